"""Checks between findings, and between the units and the huvudman."""

from __future__ import annotations

from collections.abc import Iterator

from ska.core.text import _
from ska.xrays.rules.causes import hit
from ska.xrays.rules.findings import Hit, check
from ska.xrays.rules.work import Work
from ska.xrays.rules.written import Analysis, Finding

HALF = 0.5
FEWEST_UNITS = 2


@check("findings-contradict")
def findings_contradict(work: Work) -> Iterator[Hit]:
    """Find a strength and a challenge about one goal that rest on the same underlag."""
    for analysis in work.current_analyses:
        found = work.found[analysis.id]
        strengths = [one for one in found if one.kind == "strength"]
        for challenge in (one for one in found if one.kind == "challenge"):
            for strength in strengths:
                if _same_ground(work, strength, challenge):
                    words = _("”{text}” och ”{other}” i {analysis} säger olika om samma sak.")
                    yield hit(
                        analysis, f"{strength.id}|{challenge.id}", words,
                        f"/andra/fynd/{challenge.id}", text=strength.text, other=challenge.text,
                    )  # fmt: skip


def _same_ground(work: Work, one: Finding, other: Finding) -> bool:
    goals = [{tag.goal for tag in work.goals_of[finding.id]} for finding in (one, other)]
    ground = [{seen.id for seen in work.rests_on[finding.id]} for finding in (one, other)]
    return bool(goals[0] & goals[1]) and bool(ground[0] & ground[1])


def _of_organizer(work: Work) -> Iterator[Analysis]:
    return (one for one in work.current_analyses if one.unit_id is None)


def _challenged(work: Work, year: int) -> dict[str, tuple[int, int]]:
    """Return, by goal, how many units have written about it and how many saw a challenge."""
    found: dict[str, tuple[int, int]] = {}
    for (unit_id, of_year), goals in work.goals_by_unit.items():
        if unit_id is None or of_year != year or not work.established[unit_id, year]:
            continue
        for goal, kinds in goals.items():
            wrote, saw = found.get(goal, (0, 0))
            found[goal] = (wrote + 1, saw + ("challenge" in kinds))
    return found


@check("levels-contradict")
def levels_contradict(work: Work) -> Iterator[Hit]:
    """Find strengths of the huvudman where most units that write of the goal see a challenge."""
    for analysis in _of_organizer(work):
        challenged = _challenged(work, analysis.year)
        for one in work.found[analysis.id]:
            for tag in work.goals_of[one.id]:
                wrote, saw = challenged.get(tag.goal, (0, 0))
                if one.kind == "strength" and saw >= FEWEST_UNITS and saw >= HALF * wrote:
                    words = _("”{text}” är en styrka i {analysis}, men {saw} av {wrote} enheter "
                              "ser en utmaning.")  # fmt: skip
                    yield hit(
                        analysis, f"{one.id}|{tag.goal}", words, f"/andra/fynd/{one.id}",
                        text=one.text, saw=str(saw), wrote=str(wrote),
                    )  # fmt: skip


@check("units-not-heard")
def units_not_heard(work: Work) -> Iterator[Hit]:
    """Find challenges of half the units that the huvudman's fastställda analysis leaves out."""
    for analysis in _of_organizer(work):
        if not analysis.is_established:
            continue
        units = sum(1 for (unit_id, year), some in work.established.items()
                    if unit_id is not None and year == analysis.year and some)  # fmt: skip
        own = work.goals_by_unit[None, analysis.year]
        for goal, (_wrote, saw) in _challenged(work, analysis.year).items():
            if saw >= FEWEST_UNITS and saw >= HALF * units and goal not in own:
                words = _("{saw} av {units} enheter ser en utmaning om {goal}, som {analysis} "
                          "inte nämner.")  # fmt: skip
                name = work.goal_called.get(goal, goal.partition(":")[2])
                yield hit(
                    analysis, f"{analysis.id}|{goal}", words, "#fynd", saw=str(saw),
                    units=str(units), goal=name,
                )  # fmt: skip


@check("organizer-before-units")
def organizer_before_units(work: Work) -> Iterator[Hit]:
    """Find the huvudman's analysis fastställd before any unit's of the läsår is."""
    open_units = [one for one in work.units if one.is_open]
    for analysis in _of_organizer(work):
        any_unit = any(work.established[unit.id, analysis.year] for unit in open_units)
        if analysis.is_established and open_units and not any_unit:
            words = _("{analysis} är fastställd, men ingen enhets analys för läsåret är det.")
            yield hit(analysis, analysis.id, words)
