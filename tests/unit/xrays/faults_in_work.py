"""Faults in analyses, insatser, follow-ups and brister."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.unit.xrays.declaring import CHAIN, ONE, fault, so, without
from tests.unit.xrays.world import (
    World,
    add,
    at,
    change,
    drop,
    key,
)

from ska.xrays.rules import done, written

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
