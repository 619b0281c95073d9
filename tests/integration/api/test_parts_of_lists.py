"""Long lists come in parts from the database, in one order, whatever lies in their rows."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import ActionFactory, DeficiencyFactory, FollowUpFactory
from tests.factories.cycle import AnnualCycleFactory, CycleStepFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.writing import TextVersionFactory, WrittenTextFactory
from tests.places import acting_in

from ska.access import Role
from ska.accounts.queries import assignments_of
from ska.actions.queries import actions_of, deficiencies_of
from ska.core.school_year import SchoolYear
from ska.cycle.models import CycleStep
from ska.cycle.queries import steps_of_year
from ska.db.parts import Part, UnknownPlace
from ska.organizers.queries import units_of
from ska.writing.queries import versions_of

DAYS = (None, date(2026, 9, 1), date(2026, 10, 1))


@pytest.fixture
def ekhult(session):
    return OrganizerFactory()


@pytest.fixture
def kim(acting, ekhult):
    return acting(Role.QUALITY_LEAD, ekhult)


def brister(session, kim, ekhult):
    for mended, found in product(DAYS, DAYS[1:]):
        DeficiencyFactory(organizer=ekhult, mended_on=mended, found_on=found)
    return lambda **asked: deficiencies_of(session, kim, ekhult.id, **asked)


def insatser(session, kim, ekhult):
    for planned, starts in product(DAYS, DAYS[1:]):
        action = ActionFactory(organizer=ekhult, starts=starts)
        if planned:
            FollowUpFactory(action=action, planned_on=planned)
    return lambda **asked: actions_of(session, kim, ekhult.id, **asked)


def enheter(session, kim, ekhult):
    for name in ("Ödeskolan", "Alskolan", "Åskolan", "Björkskolan"):
        SchoolUnitFactory(organizer=ekhult, name=name)
    return lambda **asked: units_of(session, kim, ekhult.id, **asked)


def uppdrag(session, kim, ekhult):
    for _number in range(3):
        person = PersonFactory(name="Robin Berg")
        for begins in (date(2020, 1, 1), date(2021, 1, 1)):
            RoleAssignmentFactory(
                person=person, organizer=ekhult, role=Role.TEACHER, valid_from=begins
            )
    admin = acting_in(Role.ORGANIZER_ADMIN, ekhult)
    return lambda **asked: assignments_of(session, admin, ekhult.id, **asked)


def steg(session, kim, ekhult):
    cycle = AnnualCycleFactory(organizer=ekhult)
    for due, key in product(DAYS[1:], ("a", "b")):
        CycleStepFactory(cycle=cycle, due=due, starts=due, key=f"{key}-{due}")
    return lambda **asked: steps_of_year(session, kim, ekhult.id, SchoolYear(2026), **asked)


def versioner(session, kim, ekhult):
    text = WrittenTextFactory(organizer=ekhult)
    for number in range(4):
        TextVersionFactory(written_text=text, number=number + 1)
    return lambda **asked: versions_of(session, kim, text, **asked)


@pytest.mark.parametrize(
    "made", [brister, insatser, enheter, uppdrag, steg, versioner], ids=lambda one: one.__name__
)
def test_the_parts_are_the_whole_list_in_its_order(session, kim, ekhult, made):
    ask = made(session, kim, ekhult)
    whole = [row.id for row in ask()]

    walked, last = [], None
    while part := ask(part=Part(2, last)):
        assert len(part) <= 2
        walked += [row.id for row in part]
        last = walked[-1]

    assert len(whole) >= 4
    assert walked == whole


def test_after_a_row_of_someone_else_there_is_nothing(session, kim, ekhult):
    foreign = DeficiencyFactory(organizer=OrganizerFactory(name="Lindåsa"))

    with pytest.raises(UnknownPlace):
        deficiencies_of(session, kim, ekhult.id, part=Part(2, foreign.id))


def test_the_database_tells_where_a_step_stands_as_the_step_does(session, kim, ekhult):
    cycle = AnnualCycleFactory(organizer=ekhult)
    before, on, after = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3)
    for number, (due, began, done, until) in enumerate(
        product((before, on, after), (None, before), (None, before, on, after), (None, on, after))
    ):
        CycleStepFactory(
            cycle=cycle,
            key=f"steg-{number}",
            starts=before,
            due=due,
            started_on=began or done,
            done_on=done,
            done_by="Kim" if done else None,
            snoozed_on=before if until else None,
            snoozed_until=until,
            snoozed_because="Väntar" if until else None,
        )

    rows = session.execute(select(CycleStep, CycleStep.stands_on(on))).all()

    assert len({told for _, told in rows}) == 5
    assert [told for _, told in rows] == [str(step.state_on(on)) for step, _ in rows]
