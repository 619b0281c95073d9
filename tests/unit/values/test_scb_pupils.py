"""SCB's pupil files: what is counted, what is hidden, and that no person leaves the reading."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.pupils import (
    CLASS,
    FIRST,
    LAST,
    SMALL,
    UNIT,
    file,
    line,
    number,
    subjects,
)

from ska.values.importers.kept import keep, read_kept
from ska.values.importers.observations import Refused
from ska.values.importers.people import NOT_ASKED_TO, People, together
from ska.values.importers.recognise import read_content

YES = People(may_be_counted=True)
SECRETS = re.compile(rf"{FIRST}|{LAST}|{CLASS}|20109\d{{7}}")


def grades(count=30, first=0, **marks):
    return [
        line("betyg_ak9", i, gender="KM"[i % 2], **subjects("C", **marks))
        for i in range(first, first + count)
    ]


def read(content, people=YES):
    return read_content(content, "elever.csv", people)


def cells(reading, measure, **where):
    rows = reading.observations.to_dicts()
    return {
        one["gender"]: one["value"] if one["status"] == "value" else one["status"]
        for one in rows
        if one["measure"] == measure and all(one[key] == value for key, value in where.items())
    }


def test_a_pupil_file_is_refused_until_it_may_be_counted():
    with pytest.raises(Refused) as refusal:
        read(file(*grades()), People())

    assert str(refusal.value) == NOT_ASKED_TO


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_counts_shares_and_merit_by_unit_subject_and_gender(encoding):
    lines = [*grades(20), *grades(10, 20, Ma="F", M2_betyg="A")]
    reading = read(file(*lines, encoding=encoding))

    assert cells(reading, "Betyg åk 9, matematik, antal C") == {"T": 20}
    assert cells(reading, "Betyg åk 9, matematik, antal F") == {"T": 10}
    assert cells(reading, "Betyg åk 9, matematik, minst E") == dict.fromkeys("TKM", 66.6667)
    assert cells(reading, "Betyg åk 9, alla ämnen, minst E") == dict.fromkeys("TKM", 67)
    assert cells(reading, "Betyg åk 9, meritvärde")["T"] == round((20 * 240 + 10 * 245) / 30, 1)
    assert reading.observations["period"].unique().to_list() == ["2025/26"]
    assert reading.observations["area_code"].unique().to_list() == [UNIT]
    assert reading.report.is_complete
    assert (reading.report.rows, reading.report.layout) == (30, "scb_betyg_ak9")


def test_merit_is_the_best_sixteen_and_the_language_choice_as_the_seventeenth():
    best = subjects("A", Tk="F", M1_betyg="A", ML_betyg="B", M2_betyg="A", OVR="A")
    lines = [line("betyg_ak9", i, **best) for i in range(6)]

    assert cells(read(file(*lines)), "Betyg åk 9, meritvärde")["T"] == 340


def test_streck_counts_as_not_reached_and_other_codes_as_themselves():
    lines = [*grades(20), *grades(6, 20, Ma="9"), *grades(5, 30, Ma="3"), *grades(5, 40, Ma="3")]
    reading = read(file(*lines))
    name = "Betyg åk 9, matematik"

    assert cells(reading, f"{name}, antal streck (underlag saknas)")["T"] == 6
    assert cells(reading, f"{name}, minst E")["T"] == pytest.approx(100 * 20 / 26, abs=1e-4)
    assert cells(reading, "Betyg åk 9, alla ämnen, minst E")["T"] == round(100 * 30 / 36)
    assert not [one for one in reading.measures["code"] if "kod" in one]


def test_year_six_has_its_own_codes_and_no_merit():
    lines = [line("betyg_ak6", i, Ma="B", Bl="YZ"[i % 2], No="D", Bi="2") for i in range(12)]
    reading = read(file(*lines))

    assert reading.report.layout == "scb_betyg_ak6"
    assert cells(reading, "Betyg åk 6, matematik, minst E")["T"] == 100
    assert cells(reading, "Betyg åk 6, meritvärde") == {}
    assert reading.report.rejections == []


def test_tests_of_year_three_and_year_six_with_35_and_29_columns_are_told_apart():
    third = [line("np_ak3", i, MA_A_PR="01"[i > 5], SV_A_PR="88", SV_KURSPLAN="2")
             for i in range(18)]  # fmt: skip
    sixth = [line("np_ak6", i, EN_PROVB="99" if i < 6 else "D") for i in range(18)]
    reading = read(together([file(*third), file(*sixth)]))

    level = "Nationella prov åk 3, matematik, delprov A, nådde kravnivån"
    assert reading.report.layout == "scb_np_ak3+scb_np_ak6"
    assert cells(reading, level)["T"] == pytest.approx(66.6667)
    assert cells(reading, "Nationella prov åk 6, engelska, har provbetyg")["T"] == pytest.approx(
        66.6667
    )


def test_grades_and_tests_read_together_tell_how_they_relate():
    given_ = [*grades(10, Sv="2", Sva="B"), *grades(10, 10, Ma="E"), *grades(10, 20, Fy="A")]
    tests = [
        line("np_ak9", i, gender="KM"[i % 2], MA_PROVB="C", NO_PROV="FY", NO_PROVB="B",
             SV_PROVB="A", SV_KURSPLAN="2" if i < 10 else "1")
        for i in range(30)
    ]  # fmt: skip
    reading = read(together([file(*given_), file(*tests, encoding="cp1252")]))

    assert cells(reading, "Betyg lägre än provbetyg, åk 9, matematik")["T"] == pytest.approx(
        33.3333
    )
    assert cells(reading, "Betyg lika med provbetyg, åk 9, matematik")["T"] == pytest.approx(
        66.6667
    )
    assert cells(reading, "Betyg högre än provbetyg, åk 9, fysik")["T"] == pytest.approx(33.3333)
    # All lower: the test's marks would be those of the grades.
    assert (
        cells(reading, "Betyg lägre än provbetyg, åk 9, svenska som andraspråk")["T"]
        == "suppressed_small_group"
    )
    assert set(reading.observations.filter(measure="Betyg lika med provbetyg, åk 9, matematik")
               .filter(gender="T")["n"]) == {30}  # fmt: skip


def test_small_groups_are_gone_and_so_is_what_would_give_them_away():
    lines = [*grades(20), *grades(3, 20, Ma="F"), *grades(9, 30, Ma="A"), *grades(8, 40, Ma="B")]
    small = [line("betyg_ak9", i, unit=SMALL, **subjects("E")) for i in range(60, 64)]
    reading = read(file(*lines, *small))
    name = "Betyg åk 9, matematik"

    assert cells(reading, f"{name}, minst E", area_code=UNIT)["T"] == "rounded_near_100"
    assert cells(reading, f"{name}, antal F", area_code=UNIT) == {"T": "not_told"}
    assert cells(reading, f"{name}, antal A", area_code=UNIT)["T"] == "suppressed_small_group"
    assert cells(reading, f"{name}, antal B", area_code=UNIT)["T"] == "suppressed_small_group"
    assert cells(reading, f"{name}, antal C", area_code=UNIT)["T"] == 20
    assert not reading.observations.filter(area_code=SMALL)["value"].is_not_null().any()
    assert not reading.observations.filter(area_code=SMALL)["n"].is_not_null().any()


def test_fewer_pupils_than_the_floor_are_not_read_at_all():
    with pytest.raises(Refused, match="färre än 5 elever"):
        read(file(*grades(4)))


def test_a_huvudmans_own_higher_limit_holds():
    reading = read(file(*grades(20)), People(True, limit=15))

    assert cells(reading, "Betyg åk 9, meritvärde") == {
        "T": 240, "K": "not_told", "M": "not_told",
    }  # fmt: skip


def test_rejected_lines_are_told_by_number_only():
    lines = grades(12)
    bad = [lines[0] + ";X;Y", lines[1].replace(UNIT, "9990"), lines[2], lines[2],
           lines[3].replace("2026-06-12", "i juni"), lines[4].replace(";C;", ";Q;", 1)]  # fmt: skip
    reading = read(file(*lines[5:], *bad))

    assert [(one.row, one.column, one.raw) for one in reading.report.rejections] == [
        (8, "raden", ""), (9, "raden", ""), (11, "raden", ""), (12, "raden", ""), (13, "Bl", ""),
    ]  # fmt: skip
    assert reading.report.is_complete


def test_no_name_number_or_class_leaves_the_reading():
    lines = [*grades(20), grades(1, 25)[0] + ";för många", "trasig rad"]
    reading = read(file(*lines))
    everything = keep(reading).decode() + repr(reading)

    assert not SECRETS.search(everything)
    assert read_kept(keep(reading)).report == reading.report
    assert read_kept(keep(reading)).observations.equals(reading.observations)


WHOLE = file(*grades(25))


@settings(max_examples=250, deadline=None)
@given(
    at=st.integers(0, len(WHOLE)),
    cut=st.integers(0, 3000),
    put=st.binary(max_size=8) | st.sampled_from([b"\n", b";", b'"', b"\t", b"\0", b"\xc3"]),
    encoding=st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-16-le"]),
    may=st.booleans(),
    swap=st.sampled_from([b";", b",", b"\t"]),
)
def test_a_damaged_pupil_file_never_leaks_into_a_message(at, cut, put, encoding, may, swap):
    damaged = WHOLE[:at] + put + WHOLE[at + cut :]
    damaged = damaged.replace(b";", swap).decode("utf-8", "ignore").encode(encoding, "ignore")
    assert not SECRETS.search(said_of(damaged, People(may)))


def said_of(content, people):
    try:
        reading = read(content, people)
    except Refused as refusal:
        return f"{refusal} {refusal.__cause__}"
    assert reading.report.is_complete
    return keep(reading).decode()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_no_count_below_the_floor_is_kept_or_follows_from_the_others(seed):
    chance = random.Random(seed)
    weights = [chance.random() ** 3 for _ in "ABCDEF9"]
    marks = {i: chance.choices("ABCDEF9", weights)[0] for i in range(chance.randint(8, 60))}
    lines = [line("betyg_ak9", i, gender=chance.choice("KM"), Ma=mark) for i, mark in marks.items()]
    reading = read(file(*lines))
    counts = reading.observations.filter(reading.observations["measure"].str.contains("antal"))
    shown = counts.filter(gender="T").drop_nulls("value")["value"]
    hidden = len(marks) - sum(shown)

    values = counts.drop_nulls("value")["value"].to_list()
    assert all(value == 0 or value >= 5 for value in values)
    assert hidden == 0 or hidden >= 5
    assert hidden == 0 or counts["value"].null_count() >= 2


def test_the_invented_numbers_are_nobodys():
    assert all(re.fullmatch(r"201\d9\d{7}", number(i)) for i in range(100))
