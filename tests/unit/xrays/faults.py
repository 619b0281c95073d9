"""For each rule, the least change of a sound huvudman that the rule must find.

A fault returns the day it is seen, when it cannot be seen on the ordinary day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.unit.xrays.world import (
    SECTION,
    World,
    add,
    analysis,
    at,
    change,
    drop,
    held,
    key,
    step,
)

from ska.xrays.rules import done, written

Fault = Callable[[World], date | None]
FAULTS: dict[str, Fault] = {}
ONE = "aby-2026"
CHAIN = key(f"{ONE}-challenge")


def fault(rule: str) -> Callable[[Fault], Fault]:
    """Let the function be the fault of *rule*."""

    def declare(function: Fault) -> Fault:
        assert rule not in FAULTS
        FAULTS[rule] = function
        return function

    return declare


def so(rule: str, kind: str, name: str, /, **new: object) -> None:
    """Let the fault of *rule* be that one thing is otherwise."""

    def make(things: World) -> None:
        change(things, kind, name, **new)

    fault(rule)(make)


def without(rule: str, kind: str, /, **of: object) -> None:
    """Let the fault of *rule* be that some things are missing."""

    def make(things: World) -> None:
        drop(things, kind, **of)

    fault(rule)(make)


# The analysis
without("challenge-without-cause", "causes", finding_id=CHAIN)
without("finding-without-observation", "finding_observations", finding_id=CHAIN)
without("cause-without-evidence", "evidence", cause_id=key(f"{ONE}-cause"))
without("area-without-cause", "area_causes", area_id=key(f"{ONE}-area"))
without("area-without-effect", "effects", area_id=key(f"{ONE}-area"))
without("area-without-action", "actions", area_id=key(f"{ONE}-area"))
without("no-pupils-voice", "participations", analysis_id=key(ONE), group="pupils")
without("no-staff-voice", "participations", analysis_id=key(ONE), group="teachers")
without("guardians-not-offered", "participations", analysis_id=key(ONE), group="guardians")
so("causes-all-external", "causes", f"{ONE}-cause", is_external=True)
so("question-overdue", "causes", f"{ONE}-cause", is_open=True, answer_by=date(2026, 11, 20))
so("effect-without-date", "effects", f"{ONE}-effect", expected_by=None)
so("effect-passed-unseen", "effects", f"{ONE}-effect", expected_by=date(2026, 11, 1))
so("observation-without-source", "observations", f"{ONE}-number", source=" ")
so("analysis-forgotten", "analyses", ONE, state="draft", established_at=None)
so("old-observation", "observations", f"{ONE}-voice", observed_on=date(2023, 5, 1))


@fault("causes-one-sided")
def _one_sided(things: World) -> None:
    things["evidence"] = [replace(one, side="for") for one in things["evidence"]]


@fault("too-many-areas")
def _areas(things: World) -> None:
    for number in range(5):
        add(things, "areas", written.Area(key(f"more{number}"), key(ONE), f"Område {number}"))


@fault("offered-but-nobody-came")
def _nobody(things: World) -> None:
    things["participations"] = [
        replace(one, took_part=one.group != "guardians") for one in things["participations"]
    ]


@fault("no-goal-tagged")
def _untagged(things: World) -> None:
    things["tags"] = [
        one for one in things["tags"]
        if one.analysis_id != key(ONE) or one.kind == "local_goal"
    ]  # fmt: skip


@fault("only-numbers")
def _numbers(things: World) -> None:
    change(things, "observations", f"{ONE}-voice", kind="survey")


@fault("only-challenges")
def _challenges(things: World) -> None:
    change(things, "findings", f"{ONE}-strength", kind="challenge")
    add(things, "findings", written.Finding(key("third"), key(ONE), "challenge", "En till"))


@fault("rests-on-few")
def _few(things: World) -> None:
    things["pinned"] = [replace(one, n=12) for one in things["pinned"]]


@fault("number-without-count")
def _countless(things: World) -> None:
    things["pinned"] = [replace(one, n=None, value_id=None) for one in things["pinned"]]


# Insatser and follow-ups
without("action-without-expected-effect", "effects", area_id=key(f"{ONE}-area"))
so("follow-up-overdue", "follow_ups", f"{ONE}-follow", planned_on=date(2026, 11, 25))
so("action-unwatched", "follow_ups", f"{ONE}-follow", effect_answer="no",
   answered_at=at(date(2026, 11, 20)))  # fmt: skip
so("action-past-its-end", "actions", f"{ONE}-action", ends=date(2026, 11, 25))
so("draft-past-its-start", "actions", f"{ONE}-action", state="draft")
so("follow-up-before-start", "follow_ups", f"{ONE}-follow", planned_on=date(2026, 9, 1))
so("first-follow-up-late", "follow_ups", f"{ONE}-follow", planned_on=date(2027, 11, 1))
so("decision-missing", "follow_ups", f"{ONE}-follow", answered_at=at(date(2026, 10, 1)))
so("all-follow-ups-cancelled", "follow_ups", f"{ONE}-follow", cancelled_at=at(date(2026, 10, 1)))
so("nothing-learned", "follow_ups", "aby-2025-follow", learned="")
so("only-investigating", "actions", f"{ONE}-action", is_investigation=True,
   starts=date(2026, 4, 1))  # fmt: skip


@fault("role-without-holder")
def _unheld_role(things: World) -> None:
    drop(things, "held", role="quality_lead")
    change(things, "actions", f"{ONE}-action", owner_role="Kvalitetsutvecklare")


@fault("stopped-despite-effect")
def _stopped(things: World) -> None:
    change(things, "follow_ups", "aby-2025-follow", effect_answer="yes")
    change(things, "decisions", "aby-2025-decision", kind="stop")


@fault("effect-unknown-twice")
def _unknown(things: World) -> None:
    _answers(things, "cannot_tell")


@fault("continued-without-effect")
def _continued(things: World) -> None:
    _answers(things, "no")
    last = done.Decision(key("on"), key("second"), "continue", "", date(2026, 11, 20))
    add(things, "decisions", last)


def _answers(things: World, effect: str) -> None:
    for name, day in (("first", 1), ("second", 10)):
        when = date(2026, 11, day)
        add(things, "follow_ups", done.FollowUp(
            key(name), key(f"{ONE}-action"), when, "yes", effect, "", at(when), None
        ))  # fmt: skip


@fault("adjusted-but-unchanged")
def _unchanged(things: World) -> None:
    when = date(2026, 10, 10)
    change(things, "follow_ups", f"{ONE}-follow", effect_answer="no", answered_at=at(when))
    add(things, "decisions", done.Decision(key("x"), key(f"{ONE}-follow"), "adjust", "", when))


@fault("many-actions")
def _many(things: World) -> None:
    for number in range(7):
        one = replace(things["actions"][1], id=key(f"more{number}"), unit_id=key("aby"),
                      state="in_force")  # fmt: skip
        add(things, "actions", one)


def _deficiency(things: World, found: date, mended: date | None = None) -> None:
    brist = done.Deficiency(key("brist"), key("aby"), "Ingen SYV", found, mended)
    add(things, "deficiencies", brist)


def _remedy(things: World, ends: date | None) -> None:
    one = next(one for one in things["actions"] if one.in_force)
    add(things, "actions", replace(
        one, id=key("remedy"), area_id=None, deficiency_id=key("brist"), kind="remedy", ends=ends
    ))  # fmt: skip


@fault("deficiency-without-remedy")
def _unmended(things: World) -> None:
    _deficiency(things, date(2026, 11, 1))


@fault("deficiency-old")
def _old_deficiency(things: World) -> None:
    _deficiency(things, date(2026, 3, 1))


@fault("mended-without-follow-up")
def _unseen(things: World) -> None:
    _deficiency(things, date(2026, 9, 1), date(2026, 11, 1))
    _remedy(things, date(2026, 12, 1))


@fault("remedy-without-end")
def _endless(things: World) -> None:
    _deficiency(things, date(2026, 11, 1))
    _remedy(things, None)


# Between years and levels
@fault("carried-three-years")
def _carried(things: World) -> None:
    analysis(things, "aby-2024", "aby", 2024, date(2024, 9, 20))
    things["areas"] = [replace(one, title="Läsning i alla ämnen") for one in things["areas"]]
    things["decisions"] = []


@fault("text-like-last-year")
def _copied(things: World) -> None:
    things["texts"] = [replace(one, text=SECTION) for one in things["texts"]]


@fault("analysis-missing-this-year")
def _missing(things: World) -> None:
    drop(things, "analyses", id=key(ONE))
    for kind in ("participations", "observations", "pinned", "findings", "tags", "causes",
                 "evidence", "areas", "texts"):  # fmt: skip
        drop(things, kind, analysis_id=key(ONE))
    things["effects"] = [one for one in things["effects"] if one.area_id != key(f"{ONE}-area")]


so("decision-not-taken-up", "observations", f"{ONE}-voice", origin="written")
_RETAG = {"sub_goal": "gr-9", "local_goal": "annat"}


@fault("challenge-gone-quiet")
def _quiet(things: World) -> None:
    things["tags"] = [
        replace(one, item=_RETAG[one.kind]) if one.analysis_id == key(ONE) else one
        for one in things["tags"]
    ]


@fault("findings-contradict")
def _contradict(things: World) -> None:
    add(things, "tags", written.Tag(key(f"{ONE}-strength"), key(ONE), "sub_goal", "gr-1"))
    add(things, "finding_observations",
        written.FindingObservation(key(f"{ONE}-strength"), key(f"{ONE}-number")))  # fmt: skip


@fault("levels-contradict")
def _levels(things: World) -> None:
    own = key("None-2026-challenge")
    change(things, "findings", "None-2026-challenge", kind="strength")
    assert any(one.finding_id == own for one in things["tags"])


@fault("units-not-heard")
def _unheard(things: World) -> None:
    own = key("None-2026")
    things["tags"] = [
        replace(one, item="gr-9") if one.analysis_id == own and one.item == "gr-1" else one
        for one in things["tags"]
    ]


@fault("organizer-before-units")
def _first(things: World) -> None:
    for name in (ONE, "bjork-2026"):
        change(things, "analyses", name, state="draft", established_at=None)


@fault("strength-without-keeping")
def _fell(things: World) -> None:
    drop(things, "causes", finding_id=CHAIN)
    add(things, "tags", written.Tag(CHAIN, key(ONE), "sub_goal", "gr-2"))


@fault("same-cause-again")
def _again(things: World) -> None:
    change(things, "causes", f"{ONE}-cause", text="Eleverna läser för lite hemma")
    drop(things, "actions", area_id=key("aby-2025-area"))
    drop(things, "follow_ups", action_id=key("aby-2025-action"))


@fault("cites-revised-numbers")
def _revised(things: World) -> None:
    change(things, "analyses", ONE, state="draft", established_at=None)
    things["pinned"] = [replace(one, moved=True) for one in things["pinned"]]


@fault("effect-seen-not-written")
def _unwritten(things: World) -> None:
    change(things, "follow_ups", "aby-2025-follow", effect_answer="yes")
    _quiet(things)


# The wheel
so("step-late", "steps", "aby-analys", done_on=None)
so("step-snoozed-long", "steps", "report", snoozed_until=date(2027, 2, 1))
so("review-notes-open", "steps", "report", review=("Datumet är preliminärt.",))
without("board-date-missing", "board_dates", day=date(2026, 12, 15))


@fault("no-wheel")
def _no_wheel(things: World) -> None:
    drop(things, "wheels", unit_id=None)


@fault("no-wheel-next-year")
def _spring(things: World) -> date:
    return date(2027, 5, 3)


@fault("step-without-holder")
def _unheld(things: World) -> None:
    change(things, "steps", "report", responsible="lead_teacher")


@fault("analysis-step-without-analysis")
def _unproven(things: World) -> None:
    change(things, "analyses", ONE, state="draft", established_at=None)


@fault("plan-step-without-actions")
def _unplanned(things: World) -> None:
    change(things, "steps", "aby-analys", artefact="action_plan")
    change(things, "actions", f"{ONE}-action", state="draft")


@fault("law-line-uncovered")
def _uncovered(things: World) -> None:
    change(things, "steps", "report", law=("skollagen 4:3",))


@fault("steps-crowd")
def _crowd(things: World) -> None:
    for number in range(4):
        one = step(f"crowd{number}", "wheel-aby", "aby", date(2026, 12, 8 + number), None)
        add(things, "steps", one)


# Roles, units and goals
without("unit-without-principal", "held", role="principal", unit_id=key("aby"))
without("goal-without-indicator", "goal_measures", local_goal_id=key("goal"))
without("goal-without-ground", "ties", local_goal_id=key("goal"))
without("unit-without-school-type", "unit_types", unit_id=key("aby"))


@fault("acting-without-end")
def _acting(things: World) -> None:
    things["held"] = [replace(one, acting=one.role == "principal") for one in things["held"]]


@fault("many-principals")
def _principals(things: World) -> None:
    for number in range(2):
        former = replace(held("principal", "aby", f"former{number}"),
                         valid_from=date(2022 + number, 8, 1),
                         valid_to=date(2023 + number, 7, 31))  # fmt: skip
        add(things, "held", former)


@fault("leaver-with-open-work")
def _leaver(things: World) -> None:
    things["held"] = [
        replace(one, valid_to=date(2026, 12, 20)) if one.unit_id == key("aby") else one
        for one in things["held"]
    ]


@fault("no-quality-lead")
def _leadless(things: World) -> None:
    drop(things, "held", role="quality_lead")
    drop(things, "held", role="director_of_education")


@fault("ended-unit-with-open-work")
def _ended(things: World) -> None:
    change(things, "units", "aby", is_open=False)


@fault("goal-never-analysed")
def _unanalysed(things: World) -> None:
    drop(things, "tags", kind="local_goal")


@fault("goal-past-its-end")
def _past(things: World) -> None:
    drop(things, "tags", kind="local_goal")
    change(things, "goals", "goal", valid_to=date(2026, 6, 30))
