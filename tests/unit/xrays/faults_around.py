"""Faults between years and levels, in the wheel, in roles, units and goals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.unit.xrays.declaring import CHAIN, ONE, fault, so, without
from tests.unit.xrays.world import (
    SECTION,
    World,
    add,
    analysis,
    change,
    drop,
    held,
    key,
    step,
)

from ska.xrays.rules import written


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
