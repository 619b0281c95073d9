"""What a huvudman sets for itself, tied to delmål with a reason."""

import pytest
from pydantic import ValidationError
from tests.factories.framework import (
    LocalGoalFactory,
    LocalIndicatorFactory,
    LocalTieFactory,
    load_shipped,
)
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.audit import AuditEvent
from ska.errors import Conflict, Invalid, Missing, NotAllowed
from ska.framework import queries
from ska.framework.forms import GoalForm, LocalIndicatorForm, TieForm
from ska.framework.models import LocalTie
from ska.framework.services import (
    add_goal,
    add_local_indicator,
    change_goal,
    change_local_indicator,
    tie,
    untie,
)

GOAL = {
    "title": "Alla läser säkert i årskurs 3",
    "decided_by": "Nämnden",
    "valid_from": "2026-07-01",
}
MEASURE = {
    "name": "Läsflyt",
    "unit": "%",
    "better": "higher",
    "definition": "Elever som läser med flyt, av alla i årskurs 3.",
    "caution": "Testet görs av läraren själv.",
    "smallest_group": "10",
}


@pytest.fixture
def ekhult(session):
    load_shipped()
    return OrganizerFactory()


@pytest.fixture
def kim(ekhult, acting):
    return acting(Role.QUALITY_LEAD, ekhult)


def test_a_goal_is_added_changed_and_ended(session, ekhult, kim):
    goal = add_goal(session, kim, organizer_id=ekhult.id, form=GoalForm(**GOAL))

    change_goal(session, kim, goal=goal, form=GoalForm(**GOAL, valid_to="2027-06-30"))

    [kept] = queries.goals(session, kim, ekhult.id)
    assert kept.valid_to is not None
    assert [e.act for e in session.query(AuditEvent)] == ["local_goal.add", "local_goal.change"]


def test_a_goal_has_a_name_of_its_own(session, ekhult, kim):
    add_goal(session, kim, organizer_id=ekhult.id, form=GoalForm(**GOAL))
    other = add_goal(
        session, kim, organizer_id=ekhult.id, form=GoalForm(**{**GOAL, "title": "Ett annat"})
    )

    with pytest.raises(Conflict, match="redan"):
        add_goal(session, kim, organizer_id=ekhult.id, form=GoalForm(**GOAL))
    with pytest.raises(Conflict, match="redan"):
        change_goal(session, kim, goal=other, form=GoalForm(**GOAL))
    assert other.title == "Ett annat"


def test_two_huvudman_may_have_goals_by_the_same_name(session, ekhult, kim):
    LocalGoalFactory(organizer=OrganizerFactory(name="Lindåsa"), title=GOAL["title"])

    add_goal(session, kim, organizer_id=ekhult.id, form=GoalForm(**GOAL))

    assert len(queries.goals(session, kim, ekhult.id)) == 1


def test_a_goal_and_an_indicator_are_tied_to_many_delmal_each_with_its_reason(session, ekhult, kim):
    goal = LocalGoalFactory(organizer=ekhult)
    measure = LocalIndicatorFactory(organizer=ekhult)

    for item in ("nks-2023/gr-1", "nks-2023/gr-5", "curriculum-areas/lgr22-kunskaper"):
        tie(session, kim, to=goal, form=TieForm(item_id=item, reason="Läsning bär ämnena."))
    tie(session, kim, to=measure, form=TieForm(item_id="nks-2023/gr-5", reason="Mäter läsning."))

    made = queries.ties(session, kim, ekhult.id)
    assert [one.item_id for one in made if one.local_goal_id] == [
        "nks-2023/gr-1",
        "nks-2023/gr-5",
        "curriculum-areas/lgr22-kunskaper",
    ]
    assert [one.reason for one in made if one.local_indicator_id] == ["Mäter läsning."]


def test_a_tie_is_made_once_and_can_be_taken_away(session, ekhult, kim):
    goal = LocalGoalFactory(organizer=ekhult)
    form = TieForm(item_id="nks-2023/gr-1", reason="Hör ihop.")
    made = tie(session, kim, to=goal, form=form)

    with pytest.raises(Conflict, match="finns redan"):
        tie(session, kim, to=goal, form=form)
    untie(session, kim, made=made)

    assert queries.ties(session, kim, ekhult.id) == []


@pytest.mark.parametrize("item", ["nks-2023/hittepa", "nks-2023/diskussion-1", "skollagen-4"])
def test_a_tie_goes_to_something_that_can_be_a_goal(session, ekhult, kim, item):
    goal = LocalGoalFactory(organizer=ekhult)

    with pytest.raises(Invalid):
        tie(session, kim, to=goal, form=TieForm(item_id=item, reason="Hör ihop."))


def test_an_indicator_follows_a_goal_of_the_same_huvudman(session, ekhult, kim):
    mine = LocalGoalFactory(organizer=ekhult)
    theirs = LocalGoalFactory(organizer=OrganizerFactory(name="Lindåsa"))

    measure = add_local_indicator(
        session,
        kim,
        organizer_id=ekhult.id,
        form=LocalIndicatorForm(**MEASURE, local_goal_id=str(mine.id)),
    )

    assert measure.local_goal_id == mine.id
    with pytest.raises(Missing):
        change_local_indicator(
            session,
            kim,
            indicator=measure,
            form=LocalIndicatorForm(**MEASURE, local_goal_id=str(theirs.id)),
        )


@pytest.mark.parametrize(
    ("form", "change", "told"),
    [
        (GoalForm, {"title": ""}, "Skriv vad ni vill nå"),
        (GoalForm, {"valid_to": "2026-06-01"}, "Sista dagen"),
        (GoalForm, {"title": "Mål för 19121212-1212"}, "personnummer"),
        (LocalIndicatorForm, {"caution": ""}, "vilseleda"),
        (LocalIndicatorForm, {"smallest_group": "4"}, "minst 5"),
        (LocalIndicatorForm, {"better": "upp"}, "riktning"),
        (TieForm, {"reason": ""}, "varför"),
    ],
)
def test_what_is_off_is_told(form, change, told):
    right = {GoalForm: GOAL, LocalIndicatorForm: MEASURE}.get(form, {"item_id": "nks-2023/gr-1"})

    with pytest.raises(ValidationError, match=told):
        form(**{**right, **change})


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.TEACHER, Role.POLITICIAN, Role.AUDITOR])
def test_goals_are_read_by_all_and_set_by_few(session, ekhult, acting, role):
    goal = LocalGoalFactory(organizer=ekhult)
    actor = acting(role, ekhult)

    assert [one.id for one in queries.goals(session, actor, ekhult.id)] == [goal.id]
    with pytest.raises(NotAllowed):
        change_goal(session, actor, goal=goal, form=GoalForm(**GOAL))
    with pytest.raises(NotAllowed):
        tie(session, actor, to=goal, form=TieForm(item_id="nks-2023/gr-1", reason="x"))


def test_nothing_of_another_huvudman_is_seen_or_tied(session, ekhult, acting):
    made = LocalTieFactory(goal__organizer=ekhult)
    other = OrganizerFactory(name="Lindåsa")
    robin = acting(Role.QUALITY_LEAD, other)

    assert queries.goals(session, robin, ekhult.id) == []
    assert queries.ties(session, robin, ekhult.id) == []
    assert queries.tie_by_id(session, robin, other.id, made.id) is None
    assert session.query(LocalTie).count() == 0
