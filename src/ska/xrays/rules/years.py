"""Checks across years: what is carried on, repeated, or has gone quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from difflib import SequenceMatcher

from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.xrays.rules.causes import hit, short
from ska.xrays.rules.done import Step
from ska.xrays.rules.findings import Hit, check
from ska.xrays.rules.work import Work
from ska.xrays.rules.written import Analysis, Area, Cause

ALIKE = 0.8
FEWEST_WORDS = 20  # a shorter section says the same in the same words without being copied
OLD = timedelta(days=730)


def alike(one: str, other: str) -> float:
    """Return how much of two texts is the same words in the same order, 0–1 (Ratcliff/Obershelp).

    The count of shared words bounds it from above and is looked at first.
    """
    first, second = one.casefold().split(), other.casefold().split()
    total = len(first) + len(second)
    if not total or 2 * sum((Counter(first) & Counter(second)).values()) / total <= ALIKE:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _before(work: Work, analysis: Analysis, years: int = 1) -> list[Analysis]:
    return list(work.by_year[analysis.unit_id, analysis.year - years])


@check("carried-three-years")
def carried_three_years(work: Work) -> Iterator[Hit]:
    """Find areas that stand three years in a row while nothing was decided about their insatser."""
    for analysis in work.current_analyses:
        for area in work.areas_in[analysis.id]:
            chain = [area, *(_twin(work, area, _before(work, analysis, ago)) for ago in (1, 2))]
            kept = [one for one in chain if one is not None]
            if len(kept) == len(chain) and not any(_decided(work, one) for one in kept):
                words = _("Området ”{text}” har stått i tre läsår utan något beslut.")
                yield hit(analysis, area.id, words, "#omraden", text=area.title)


def _twin(work: Work, area: Area, analyses: list[Analysis]) -> Area | None:
    for analysis in analyses:
        for one in work.areas_in[analysis.id]:
            if _same(one.title, area.title):
                return one
    return None


def _same(one: str, other: str) -> bool:
    return alike(one, other) > ALIKE or one.casefold().split() == other.casefold().split()


def _decided(work: Work, area: Area) -> bool:
    return any(
        follow_up.id in work.decision_on
        for action in work.actions_for[area.id]
        for follow_up in work.follow_ups_of[action.id]
    )


@check("text-like-last-year")
def text_like_last_year(work: Work) -> Iterator[Hit]:
    """Find sections that are nearly last year's."""
    sections = {(one.analysis_id, one.key): one.text for one in work.texts}
    for one in work.current(work.texts):
        analysis = work.analysis[one.analysis_id]
        if len(one.text.split()) < FEWEST_WORDS:
            continue
        for before in _before(work, analysis):
            share = alike(one.text, sections.get((before.id, one.key), ""))
            if share > ALIKE:
                words = _("Ett avsnitt i {analysis} är till {share} procent lika förra årets.")
                subject = f"{analysis.id}|{one.key}"
                yield hit(analysis, subject, words, share=f"{share * 100:.0f}")


@check("analysis-missing-this-year")
def analysis_missing_this_year(work: Work) -> Iterator[Hit]:
    """Find units whose day for the analysis has gone, with one last year and none this."""
    due = {one.unit_id for one in work.steps if _asks_for_analysis(work, one)}
    for unit in work.units:
        has_this = work.by_year[unit.id, work.year.start]
        had_last = work.by_year[unit.id, work.year.start - 1]
        if unit.is_open and unit.id in due and had_last and not has_this:
            words = _("{unit} har ingen analys för {year}, fast dagen har gått.")
            sentence = words.format(unit=unit.name, year=work.year)
            yield Hit(unit.id, sentence, f"/{work.year.slug}/analyser/ny", unit.id, work.year)


def _asks_for_analysis(work: Work, step: Step) -> bool:
    wheel = work.wheel.get(step.cycle_id)
    is_this_year = wheel is not None and wheel.school_year == work.year.start
    return is_this_year and step.artefact == "analysis" and step.due < work.today


@check("decision-not-taken-up")
def decision_not_taken_up(work: Work) -> Iterator[Hit]:
    """Find analyses that do not begin with what last year's decisions left."""
    decided = {
        (work.action[one.action_id].unit_id, SchoolYear.containing(decision.decided_on).start)
        for one, decision in work.followed({"continue", "adjust", "stop", "embed"})
        if one.action_id in work.action
    }
    for analysis in work.current_analyses:
        if (analysis.unit_id, analysis.year - 1) not in decided or not work.found[analysis.id]:
            continue
        if all(one.origin == "written" for one in work.observed[analysis.id]):
            words = _("{analysis} tar inte upp det som beslutades förra läsåret.")
            yield hit(analysis, analysis.id, words, "/ny/underlag")


@check("challenge-gone-quiet")
def challenge_gone_quiet(work: Work) -> Iterator[Hit]:
    """Find goals that were a challenge last year and are not mentioned this year."""
    for analysis in work.current_analyses:
        if not analysis.is_established:
            continue
        mentioned = work.goals_by_unit[analysis.unit_id, analysis.year]
        for before in _before(work, analysis):
            for one in work.found[before.id]:
                goals = [tag.goal for tag in work.goals_of[one.id]]
                if one.kind == "challenge" and goals and not any(g in mentioned for g in goals):
                    words = _("Förra årets utmaning ”{text}” nämns inte i {analysis}.")
                    yield hit(analysis, one.id, words, "#fynd", text=one.text)


@check("strength-without-keeping")
def strength_without_keeping(work: Work) -> Iterator[Hit]:
    """Find goals that went from strength to challenge without a cause."""
    for analysis in work.current_analyses:
        before = work.goals_by_unit[analysis.unit_id, analysis.year - 1]
        for one in work.found[analysis.id]:
            fell = [
                tag.goal for tag in work.goals_of[one.id]
                if before.get(tag.goal) == {"strength"}
            ]  # fmt: skip
            if one.kind == "challenge" and fell and not work.causes_of[one.id]:
                words = _("”{text}” i {analysis} var en styrka förra året. Ingen orsak står.")
                yield hit(analysis, one.id, words, f"/ny/orsak?fynd={one.id}", text=one.text)


@check("same-cause-again")
def same_cause_again(work: Work) -> Iterator[Hit]:
    """Find causes that come back without anything having been done about them."""
    for one in work.current(work.causes):
        analysis = work.analysis[one.analysis_id]
        again = (
            other
            for before in _before(work, analysis)
            for other in work.causes_in[before.id]
            if _same(other.text, one.text) and not _acted_on(work, other)
        )
        if any(again):
            words = _("Orsaken ”{text}” i {analysis} stod också förra året. Ingen insats svarade.")
            yield hit(analysis, one.id, words, "/ny/omrade", text=one.text)


def _acted_on(work: Work, cause: Cause) -> bool:
    return any(work.actions_for[link.area_id] for link in work.answered_by[cause.id])


@check("effect-seen-not-written")
def effect_seen_not_written(work: Work) -> Iterator[Hit]:
    """Find effects that were seen last year on goals that this year's analysis leaves out."""
    for one in work.follow_ups:
        action = work.action.get(one.action_id)
        if one.answered_at is None or one.effect_answer != "yes" or action is None:
            continue
        year = SchoolYear.containing(one.answered_at.date()).start + 1
        goals = _goals_behind(work, action.area_id)
        mentioned = work.goals_by_unit[action.unit_id, year]
        for analysis in work.by_year[action.unit_id, year]:
            is_written = any(goal in mentioned for goal in goals)
            if goals and work.found[analysis.id] and not is_written:
                words = _("Effekten av ”{text}” syns inte i {analysis}.")
                yield hit(analysis, one.id, words, "/ny/fynd", text=short(action.title))


def _goals_behind(work: Work, area_id: object) -> set[str]:
    causes = {one.id: one for one in work.causes}
    found = {causes[link.cause_id].finding_id for link in work.area_causes
             if link.area_id == area_id and link.cause_id in causes}  # fmt: skip
    return {tag.goal for finding in found for tag in work.goals_of[finding]}


@check("old-observation")
def old_observation(work: Work) -> Iterator[Hit]:
    """Find underlag much older than the läsår that it is used in."""
    for one in work.current(work.observations):
        analysis = work.analysis[one.analysis_id]
        begins = SchoolYear(analysis.year).first_day
        if one.observed_on is not None and one.observed_on + OLD < begins:
            words = _("Underlaget ”{text}” i {analysis} är mer än två år gammalt.")
            yield hit(analysis, one.id, words, f"/andra/underlag/{one.id}", text=one.text)


@check("cites-revised-numbers")
def cites_revised_numbers(work: Work) -> Iterator[Hit]:
    """Find unfinished analyses whose numbers their source has changed."""
    moved = {one.observation_id for one in work.pinned if one.moved}
    for one in work.observations:
        analysis = work.analysis[one.analysis_id]
        if one.id in moved and not analysis.is_established:
            words = _("Siffror i ”{text}” i {analysis} har ändrats av källan.")
            yield hit(analysis, one.id, words, f"/andra/underlag/{one.id}", text=one.text)
