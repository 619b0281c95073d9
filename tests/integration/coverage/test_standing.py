"""Var står vi?: what is there per delmål and what is not; nothing foreign is counted."""

import pytest
from tests.factories.chain import (
    ObservationFactory,
)
from tests.factories.framework import (
    FindingObservationFactory,
    LocalGoalFactory,
    LocalTieFactory,
    load_shipped,
)
from tests.factories.indicator_values import unit_value, value
from tests.factories.organizers import (
    OrganizerFactory,
    SchoolUnitFactory,
)
from tests.factories.shelves import store_values
from tests.standing import NUMBER, chain

from ska.access import Role
from ska.core.ids import new_id
from ska.core.school_year import SchoolYear
from ska.coverage.queries.places import UnitRow, ours
from ska.coverage.queries.standing import coverage
from ska.errors import Missing

SINCE = SchoolYear(2025)
BASE = "/api/v1/organizers/ekhult"


@pytest.fixture
def ekhult(session):
    load_shipped()
    return OrganizerFactory(organisation_number=NUMBER)


@pytest.fixture
def kim(ekhult, acting):
    return acting(Role.QUALITY_LEAD, ekhult)


def row_of(unit_id, code, *school_types):
    return UnitRow(unit_id, "enhet", "Enheten", code, frozenset(school_types))


def rows_of(session, actor, organizer, **options):
    found = coverage(
        session, actor, organizer, ours=ours(session, actor, organizer.id), since=SINCE, **options
    )
    return found, {row.code: row for row in found.rows}


def test_before_anything_is_done_every_row_is_there_and_empty(session, ekhult, kim):
    found, rows = rows_of(session, kim, ekhult)

    assert [code for code in rows if code.startswith("gr-")] == [f"gr-{n}" for n in range(1, 7)]
    assert len([code for code in rows if code.startswith(("lgr22", "lpfo18"))]) == 13
    assert found.empty == len(found.rows) == 19
    assert len(found.unread) == 9
    assert rows["gr-1"].indicators == 3
    assert rows["gr-1"].missing == "values"


def test_values_of_the_huvudman_and_its_units_are_counted_never_others(session, ekhult, kim):
    store_values(
        value("2023/24", 71.0),
        value("2024/25", 72.5),
        unit_value("2022/23", 70.0, organizer_number=NUMBER),
    )
    _, rows = rows_of(session, kim, ekhult)
    other = OrganizerFactory(name="Lindåsa", organisation_number="2120009999")

    assert (rows["gr-1"].measured, rows["gr-1"].latest) == (1, "2024/25")
    assert rows["gr-2"].measured == 0
    assert rows["gr-1"].parts[1].measured == 1
    assert rows["gr-1"].missing == "analysis"
    with pytest.raises(Missing):
        coverage(session, kim, other, ours=ours(session, kim, other.id), since=SINCE)


def test_hidden_cells_are_told_apart_from_no_cells(session, ekhult, kim):
    store_values(value("2024/25", None, status="suppressed_small_group"))

    _, rows = rows_of(session, kim, ekhult)

    assert (rows["gr-1"].measured, rows["gr-1"].hidden) == (0, 1)
    assert rows["gr-1"].missing == "values"


def test_what_does_not_apply_is_nothing_at_all(session, ekhult, kim):
    store_values(value("2024/25", None, status="not_applicable_or_missing"))

    _, rows = rows_of(session, kim, ekhult)

    assert (rows["gr-1"].measured, rows["gr-1"].hidden) == (0, 0)


def test_own_values_count_for_their_owner_alone(session, ekhult, acting):
    lindasa = OrganizerFactory(name="Lindåsa", organisation_number="2120009999")
    store_values(value("2024/25", 71.0, n=60, is_own=True), organizer=lindasa)

    _, mine = rows_of(session, acting(Role.QUALITY_LEAD, ekhult), ekhult)
    _, theirs = rows_of(session, acting(Role.QUALITY_LEAD, lindasa), lindasa)

    assert mine["gr-1"].measured == 0
    assert theirs["gr-1"].measured == 1


def test_the_chain_is_followed_from_tag_to_follow_up(session, ekhult, kim):
    chain(ekhult, "sub_goal:gr-2", act=False)
    chain(ekhult, "indicator:gr-trygghet-ak5")
    chain(ekhult, "curriculum_area:lgr22-normer-och-varden", followed=True)

    _, rows = rows_of(session, kim, ekhult)

    assert len(rows["gr-2"].done.analyses) == 2
    assert len(rows["gr-2"].done.actions) == 1
    assert len(rows["gr-2"].done.followed_up) == 0
    assert len(rows["lgr22-normer-och-varden"].done.followed_up) == 1
    assert rows["gr-3"].is_empty


def test_a_preschools_voices_make_a_whole_chain_without_a_number(session, ekhult, kim):
    tag = "curriculum_area:lpfo18-normer-och-varden"
    analysis, finding = chain(ekhult, tag, followed=True)
    voice = ObservationFactory(analysis=analysis)
    struck = ObservationFactory(analysis=analysis, is_kept=False)
    for one in (voice, struck):
        FindingObservationFactory(analysis=analysis, finding_id=finding.id, observation_id=one.id)

    _, rows = rows_of(session, kim, ekhult)

    row = rows["lpfo18-normer-och-varden"]
    assert len(row.done.observations) == 1
    assert row.missing is None


def test_a_local_goal_counts_for_itself_and_for_the_delmal_it_is_tied_to(session, ekhult, kim):
    goal = LocalGoalFactory(organizer=ekhult)
    LocalTieFactory(goal=goal, item_id="nks-2023/gr-5")
    chain(ekhult, f"local_goal:{goal.id}")

    _, rows = rows_of(session, kim, ekhult)

    assert len(rows[str(goal.id)].done.actions) == 1
    assert len(rows["gr-5"].done.actions) == 1
    assert rows["gr-5"].local_goals == (goal.title,)


def test_older_analyses_are_left_out_and_units_are_told_apart(session, ekhult, kim):
    unit = SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    chain(ekhult, "sub_goal:gr-1", year=2024)
    chain(ekhult, "sub_goal:gr-2")
    chain(ekhult, "sub_goal:gr-3", unit=unit)
    store_values(value("2024/25", 71.0), unit_value("2024/25", 70.0, organizer_number=NUMBER))

    _, whole = rows_of(session, kim, ekhult)
    _, of_unit = rows_of(session, kim, ekhult, unit=row_of(unit.id, unit.school_unit_code))
    _, elsewhere = rows_of(session, kim, ekhult, unit=row_of(unit.id, "99999999"))

    assert [code for code, row in whole.items() if row.done.analyses] == ["gr-2", "gr-3"]
    assert [code for code, row in of_unit.items() if row.done.analyses] == ["gr-3"]
    assert (of_unit["gr-1"].measured, elsewhere["gr-1"].measured) == (1, 0)


def test_only_the_skolformer_of_the_huvudman_are_shown(session, ekhult, kim):
    found, rows = rows_of(session, kim, ekhult, unit=row_of(new_id(), None, "preschool"))

    assert [code for code in rows if code.startswith("gr-")] == []
    assert found.unread == ("Målsättningen för förskolan",)
    assert [heading for heading, _ in found.curricula] == ["Läroplan för förskolan (Lpfö 18)"]


def test_drafts_of_others_units_are_not_counted(session, ekhult, acting):
    mine, theirs = (
        SchoolUnitFactory(organizer=ekhult),
        SchoolUnitFactory(organizer=ekhult, name="Åby byskola"),
    )
    chain(ekhult, "sub_goal:gr-1", unit=mine)
    chain(ekhult, "sub_goal:gr-2", unit=theirs)

    _, rows = rows_of(session, acting(Role.PRINCIPAL, ekhult, mine), ekhult)

    assert len(rows["gr-1"].done.analyses) == 1
    assert rows["gr-2"].is_empty


def test_six_statements_however_much_there_is(session, ekhult, kim, statements):
    chain(ekhult, "sub_goal:gr-1")
    statements.clear()
    rows_of(session, kim, ekhult)
    few = len(statements)
    for number in range(8):
        chain(ekhult, f"sub_goal:gr-{number % 6 + 1}", followed=True)
        LocalTieFactory(goal__organizer=ekhult, goal__title=f"Mål {number}")

    statements.clear()
    rows_of(session, kim, ekhult)

    assert len(statements) == few <= 6
