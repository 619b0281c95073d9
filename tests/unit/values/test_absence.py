"""Absence exports, survey workbooks and the relation of tests to grades: invented figures only."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.pupils import FIRST, LAST, number
from tests.unit.values.books import book

from ska.values.importers.kept import keep
from ska.values.importers.observations import Refused
from ska.values.importers.people import NOT_ASKED_TO, People
from ska.values.importers.recognise import read_content

YES = People(may_be_counted=True)
HEAD = "Namn;Personnr;Undv. tid;Lekt.;N min;GF min;F min;N %;GF %;F %"


def pupils(count, first=0, minutes="1000;20;900;60;40;90 %;6 %;4 %"):
    return [f"{FIRST} {LAST};{number(i)};{minutes}" for i in range(first, first + count)]


def vklass(*sections, top=("Skola: Påhittskolan", "Period: 2025/26", "Gräns: 15 %", "", "")):
    return "\n".join([*top, *(line for section in sections for line in section)]).encode()


def read(content, people=YES):
    return read_content(content, "franvaro.xls", people)


def values(reading, **where):
    frame = reading.observations.filter(**where) if where else reading.observations
    return {one["measure"]: one["value"] for one in frame.to_dicts()}


CLASSES = (
    ["Klass: 7A", HEAD, *pupils(12), "", "Klass: 7B", HEAD, *pupils(8, 12)],
    ["", "Klass: 8A", HEAD, *pupils(10, 20, "1000;20;500;300;0;50 %;30 %;0 %")],
)


def test_vklass_is_refused_until_it_may_be_counted():
    with pytest.raises(Refused) as refusal:
        read(vklass(*CLASSES), People())

    assert str(refusal.value) == NOT_ASKED_TO


def test_vklass_is_counted_to_school_and_year_with_the_reported_share_beside():
    reading = read(vklass(*CLASSES))
    found = values(reading)

    assert found["Frånvaro, giltig, åk 7, gräns 15 %"] == 6
    assert found["Frånvaro, ogiltig, åk 7, gräns 15 %"] == 4
    assert found["Frånvaro, rapporterad tid, åk 8, gräns 15 %"] == 80
    assert found["Frånvaro, totalt, åk 8, gräns 15 %"] == 37.5  # of what was reported
    assert set(reading.measures["scope_note"]) == {"gräns 15 %"}
    assert set(reading.observations["n"]) == {30, 10}  # the smallest told: see all åk or none
    assert (reading.report.rows, reading.report.is_complete) == (30, True)


def test_a_small_year_and_the_next_smallest_are_hidden_and_no_pupil_is_left():
    small = ["Klass: 9A", HEAD, *pupils(3, 40), f"{FIRST};{number(50)};inget;;;;"]
    reading = read(vklass(*CLASSES, small))
    found = values(reading)

    assert found["Frånvaro, giltig, åk 9, gräns 15 %"] is None
    assert found["Frånvaro, giltig, åk 8, gräns 15 %"] is None
    assert found["Frånvaro, giltig, åk 7, gräns 15 %"] == 6
    assert [(one.column, one.raw) for one in reading.report.rejections] == [("raden", "")]
    kept = keep(reading).decode()
    assert not any(word in kept for word in (FIRST, LAST, number(0), "7A"))


def test_vklass_without_school_or_period_is_refused():
    with pytest.raises(Refused, match="vilken skola och period"):
        read(vklass(*CLASSES, top=("Frånvaro",)))


EDLEVO = (
    "Skola;Läsår;Antal elever;Undervisningstid;Giltig frånvaro;Ogiltig frånvaro;Rapporterat (%)\n"
    "Påhittskolan;2024/25;210;179293,6 h;8964,68 h;1 792,936 h;97,5\n"
    "Lilla skolan;2024/25;4;100 h;5 h;5 h;90\n"
    "Totalt;2024/25;214;1 h;1 h;1 h;1\n"
)
LEARNPOINT = (
    "Enhet;Antal elever;Antal tillfällen;Totalt (t);Frånvaro (t);Frånvaro (%);Giltig (tim);"
    "Giltig (%);Ogiltig (tim);Ogiltig (%);Rapporterat (%)\n"
    "Påhittskolan;52;900;1000;80;8,0;60;6,0;20;2,0;99,1\n"
)
SKOLA24 = (
    "Skola24 Frånvarostatistik\nPeriod: 2025/26\n\n"
    "Skola;Kön;Antal elever;Total frånvaro (%);Giltig frånvaro (%);Ogiltig frånvaro (%);"
    "Rapporteringsgrad (%)\n"
    "Påhittskolan;Flickor;100;9,0 %;7,0 %;2,0 %;98 %\n"
    "Påhittskolan;Pojkar;90;110;7,5;2,5;98\n"
)


def test_edlevo_hours_become_shares_and_a_total_row_is_no_school():
    reading = read(EDLEVO.encode())

    assert values(reading, area_code="Påhittskolan") == {
        "Frånvaro, giltig": 5.0, "Frånvaro, ogiltig": 1.0, "Frånvaro, rapporterad tid": 97.5,
    }  # fmt: skip
    assert set(values(reading, area_code="Lilla skolan").values()) == {None}
    assert reading.observations.filter(area_code="Lilla skolan")["n"].null_count() == 3
    assert (reading.report.rows, reading.report.is_complete, reading.is_own) == (2, True, True)


def test_learnpoint_shares_are_taken_as_they_stand():
    found = values(read(f"Läsår 2025/26\n{LEARNPOINT}".encode()))

    assert found == {
        "Frånvaro, totalt": 8.0, "Frånvaro, giltig": 6.0, "Frånvaro, ogiltig": 2.0,
        "Frånvaro, rapporterad tid": 99.1,
    }  # fmt: skip


def test_skola24_by_gender_and_a_share_above_100_is_rejected():
    reading = read(SKOLA24.encode())

    assert values(reading, gender="K")["Frånvaro, totalt"] == 9
    assert [one.reason for one in reading.report.rejections] == ["utanför det möjliga, 0–100"]
    assert reading.report.is_complete


def test_a_table_with_a_personal_number_column_is_refused():
    table = SKOLA24.replace("Skola;Kön", "Skola;Personnr;Kön")

    with pytest.raises(Refused, match="en rad för varje elev"):
        read(table.encode(), People())
    with pytest.raises(Refused, match="per skola eller årskurs"):
        read(table.encode())


SURVEY = [
    ["Skolenkäten våren 2026", "", "", "Trygghet", "", "Studiero", ""],
    ["", "", "", "Känner du dig trygg?", "", "Är det lugnt?", ""],
    ["Skola", "Skolenhetskod", "Antal svar", "Andel", "Index", "Andel", "Index"],
    ["Påhittskolan", "99900001", 45, 60, 8.6, 50, 6.1],
    ["Lilla skolan", "99900002", "-", "-", "-", "-", "-"],
    ["Utan kod", "", 10, 1, 7, 1, 11],
]


def test_the_index_columns_of_a_survey_workbook_are_found_by_their_two_headers():
    reading = read(book({"Elever åk 5": SURVEY}), People())

    assert values(reading, area_code="99900001") == {
        "Elever åk 5 | Trygghet": 8.6, "Elever åk 5 | Studiero": 6.1,
    }  # fmt: skip
    assert reading.report.by_status == {"survey_rules_not_met": 2, "value": 2}
    assert len(reading.report.rejections) == 2
    assert reading.observations["period"].unique().to_list() == ["VT26"]
    assert reading.report.is_complete


def test_the_relation_of_tests_to_grades_is_an_export_like_the_others():
    export = (
        "\ufeffStatistik från Skolverket, https://www.skolverket.se\n\n"
        "Grundskola - Relationen mellan nationella prov och slutbetyg\nValt läsår: 2024/25\n\n"
        "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Ämne;Andel (%) lägre slutbetyg än "
        "provbetyg;Andel (%) lika;Andel (%) högre;\n"
        "Påhitt;1497;Län;14;Samtliga;Matematik;5,1;60,2;34,7;\n"
        "Påhitt;1497;Län;14;Kommunal;Matematik;..;..;..;\n"
    )
    reading = read(export.encode(), People())

    assert reading.report.by_status == {"suppressed_small_group": 3, "value": 3}
    assert sum(value or 0 for value in values(reading, scope="all").values()) == 100


WHOLE = vklass(*CLASSES)
SECRETS = (FIRST, LAST, "2010")


@settings(max_examples=150, deadline=None)
@given(
    at=st.integers(0, len(WHOLE)),
    cut=st.integers(0, 2500),
    put=st.binary(max_size=6) | st.sampled_from([b"\n", b";", b'"', b"\t"]),
    encoding=st.sampled_from(["utf-8", "cp1252", "utf-16"]),
    may=st.booleans(),
)
def test_a_damaged_vklass_file_never_leaks_into_a_message(at, cut, put, encoding, may):
    damaged = (WHOLE[:at] + put + WHOLE[at + cut :]).decode("utf-8", "ignore")
    try:
        said = keep(read(damaged.encode(encoding, "ignore"), People(may))).decode()
    except Refused as refusal:
        said = f"{refusal} {refusal.__cause__}"

    assert not any(word in said for word in SECRETS)
