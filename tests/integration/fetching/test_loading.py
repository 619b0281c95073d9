"""What is seen only over all answers: rounds that repeat, units under two huvudmän."""

from datetime import date

import orjson
from sqlalchemy import text
from tests.factories.answers import UNIT, stat2
from tests.factories.organizers import OrganizerFactory

from ska.fetching.loading import keep_apart, mark_rounds, read_folder
from ska.organizers import loading, register_v2
from ska.organizers.register import Sheet, UnitRow
from ska.organizers.rules import SchoolType

SURVEY = ["N15602", "N15605", "N15608", "N15611"]


def survey(codes, value):
    return {
        "values": [
            {"kpi": code, "municipality": "1497", "period": year,
             "values": [{"gender": "T", "count": 1, "status": "", "value": value(year)}]}
            for code in codes
            for year in (2024, 2025, 2026)
        ],
        "next_url": None,
    }  # fmt: skip


def kept(folder, *answers):
    for number, answer in enumerate(answers):
        wrapped = {"url": "https://a.test/x", "fetched": "2026-11-26T08:00:00Z", "response": answer}
        (folder / f"kolada-data-{number}.json").write_bytes(orjson.dumps(wrapped))
    return [reading for _path, reading in read_folder(folder, "2120001728").readings]


def test_a_survey_round_split_over_two_answers_is_still_seen_to_repeat(tmp_path):
    def value(year):
        return 46.0 if year < 2026 else 51.0

    halves = [survey(SURVEY[:2], value), survey(SURVEY[2:], value)]

    first, second = kept(tmp_path, *halves)

    assert first.observations["carried_from"].to_list() == [None, "2024", None] * 2
    assert second.observations["carried_from"].to_list() == [None, "2024", None] * 2


def test_one_answer_alone_is_left_as_it_was(tmp_path):
    (only,) = kept(tmp_path, survey(SURVEY[:2], lambda _year: 46.0))
    mark_rounds([only])

    assert only.observations["carried_from"].count() == 0


def test_a_unit_under_two_huvudman_is_two_areas(session, tmp_path):
    levels = [f"2120001728-{UNIT}", f"2120009999-{UNIT}", "2120001728-87654321"]
    areas = {
        levels[0]: f"HJO KOMMUN (2120001728): EKSKOLAN ({UNIT})",
        levels[2]: "HJO KOMMUN (2120001728): ANNAN (87654321)",
    }
    readings = kept(
        tmp_path, stat2({"1": "Elever: Antal elever"}, areas, {"2024": "2024/25"}, [1, 2])
    )
    session.execute(text("SELECT 1"))

    keep_apart(session.connection(), readings, levels)

    assert readings[0].observations["area_code"].to_list() == [levels[0], "87654321"]
    assert readings[0].areas["code"].to_list() == [levels[0], "87654321"]


def unit(code, name="Ekskolan", start=None, end=None):
    about = {"displayName": name, "status": "UPPHORT" if end else "AKTIV", "schoolTypes": ["GR"],
             "startdate": start, "endDate": end, "headMaster": "Rektor"}  # fmt: skip
    organizer = [{"organizationNumber": "2120001728"}]
    return register_v2.read_unit(
        {"data": {"schoolUnitCode": code, "attributes": about}, "included": organizer}
    )


def test_a_predecessor_is_inferred_only_when_there_is_one():
    old = unit("11111111", end="2024-06-30")
    new = unit("22222222", start="2024-07-01")
    other = unit("33333333", name="Lillskolan", start="2024-07-01")
    twin = unit("44444444", end="2024-06-15")

    assert register_v2.likely_predecessors([old, new, other]) == {"22222222": "11111111"}
    assert register_v2.likely_predecessors([old, new, twin]) == {}
    assert register_v2.read_unit({"data": []}) is None
    assert (old.valid_to.isoformat(), old.as_row("00000000").status) == ("2024-06-30", "ended")


def test_units_of_the_older_registers_sheets_are_taken_with_their_school_types(tmp_path):
    heads = {"grundskola": "ELEVER FKLASS;FKLASS;ÅR1", "gymnasieskola": "NATURVETENSKAPSPROGRAM"}
    for name, columns in heads.items():
        head = f"HUVUDMANNATYP;ORGANISATIONSNR;JURIDISK FORM;SKOLENHETSKOD;NAMN;{columns}"
        cells = "J;" * columns.count(";") + "J"
        rows = [f"Kommunal;{number};Kommuner;{UNIT};Ekskolan;{cells}"
                for number in ("2120001728", "2120009999")]  # fmt: skip
        (tmp_path / f"{name}.csv").write_text("\n".join([head, *rows]), encoding="utf-8")

    found = read_folder(tmp_path, "2120001728")

    assert found.skipped == []
    assert [(row.school_unit_code, len(row.school_types)) for row in found.units] == [
        (UNIT, 2),
        (UNIT, 1),
    ]


def test_a_unit_told_twice_is_stored_once_with_both_school_types(db):
    huvudman = OrganizerFactory(organisation_number="2120001728")
    rows = [
        UnitRow("2120001728", UNIT, "Ekskolan", (kind,), "test", valid_from=date(2020, 7, 1))
        for kind in (SchoolType.COMPULSORY_SCHOOL, SchoolType.UPPER_SECONDARY_SCHOOL)
    ]
    with db.owner.begin() as connection:
        loading.load_sheet(connection, Sheet(file="x", source="test", units=rows))
        again = loading.load_sheet(connection, Sheet(file="x", source="test", units=rows))

    assert (again.new, again.revised) == (0, 0)
    with db.owner.begin() as connection:
        kinds = connection.scalars(text("SELECT school_type FROM unit_school_type")).all()
        units = connection.execute(text("SELECT organizer_id, valid_from FROM school_unit")).all()
    assert len(kinds) == 2
    assert units == [(huvudman.id, date(2020, 7, 1))]
