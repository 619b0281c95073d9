"""Checks of the chain inside an analysis: finding → cause → area → expected effect → insats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ska.core.swedish import format_date_long
from ska.core.text import _
from ska.xrays.rules.findings import Hit, check
from ska.xrays.rules.work import Work
from ska.xrays.rules.written import Analysis

GRACE = timedelta(days=30)
MOST_AREAS = 5
FEWEST_EVIDENCE = 3
LONGEST = 80


def short(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    plain = " ".join(text.split())
    if len(plain) <= LONGEST:
        return plain
    return plain[:LONGEST].rsplit(" ", 1)[0] + " …"


def hit(analysis: Analysis, subject: object, sentence: str, at: str = "", **said: str) -> Hit:
    """Return a hit in *analysis*, mended at *at* below it while it may still be changed."""
    told = {name: short(text) for name, text in said.items()}
    can_change = not (analysis.is_established and at.startswith(("/ny", "/andra")))
    return Hit(
        subject, sentence.format(analysis=analysis.title, **told),
        analysis.at + (at if can_change else ""), analysis.unit_id,
    )  # fmt: skip


@check("challenge-without-cause")
def challenge_without_cause(work: Work) -> Iterator[Hit]:
    """Find challenges that no cause explains."""
    for one in work.current(work.findings):
        if one.kind == "challenge" and not work.causes_of[one.id]:
            words = _("”{text}” i {analysis} har ingen orsak.")
            at = f"/ny/orsak?fynd={one.id}"
            yield hit(work.analysis[one.analysis_id], one.id, words, at, text=one.text)


@check("cause-without-evidence")
def cause_without_evidence(work: Work) -> Iterator[Hit]:
    """Find causes, open questions aside, that nothing speaks for or against."""
    for one in work.current(work.causes):
        if not one.is_open and not work.evidence_of[one.id]:
            words = _("Orsaken ”{text}” i {analysis} har inga belägg.")
            at = f"/ny/belagg?orsak={one.id}"
            yield hit(work.analysis[one.analysis_id], one.id, words, at, text=one.text)


@check("causes-one-sided")
def causes_one_sided(work: Work) -> Iterator[Hit]:
    """Find fastställda analyses in which nothing was held against any cause."""
    for analysis in work.current_analyses:
        sides = [one.side for one in work.evidence_in[analysis.id]]
        if analysis.is_established and len(sides) >= FEWEST_EVIDENCE and "against" not in sides:
            words = _("I {analysis} talar alla belägg för orsakerna och inget emot.")
            yield hit(analysis, analysis.id, words, "#fynd")


@check("causes-all-external")
def causes_all_external(work: Work) -> Iterator[Hit]:
    """Find challenges whose every cause is outside the school's control."""
    for one in work.current(work.findings):
        causes = work.causes_of[one.id]
        if one.kind == "challenge" and causes and all(cause.is_external for cause in causes):
            words = _("Alla orsaker till ”{text}” i {analysis} ligger utanför skolan.")
            at = f"/ny/orsak?fynd={one.id}"
            yield hit(work.analysis[one.analysis_id], one.id, words, at, text=one.text)


@check("question-overdue")
def question_overdue(work: Work) -> Iterator[Hit]:
    """Find open questions whose day has gone."""
    for one in work.current(work.causes):
        if one.is_open and one.answer_by is not None and one.answer_by < work.today:
            words = _("Frågan ”{text}” i {analysis} skulle ha fått svar {day}.")
            analysis = work.analysis[one.analysis_id]
            at = f"/andra/orsak/{one.id}"
            day = format_date_long(one.answer_by)
            yield hit(analysis, one.id, words, at, text=one.text, day=day)


@check("area-without-cause")
def area_without_cause(work: Work) -> Iterator[Hit]:
    """Find areas that answer no cause."""
    for one in work.current(work.areas):
        if not work.answers[one.id]:
            words = _("Området ”{text}” i {analysis} svarar inte mot någon orsak.")
            at = f"/andra/omrade/{one.id}"
            yield hit(work.analysis[one.analysis_id], one.id, words, at, text=one.title)


@check("area-without-effect")
def area_without_effect(work: Work) -> Iterator[Hit]:
    """Find areas that do not say what should become different."""
    for one in work.current(work.areas):
        if not work.effects_of[one.id]:
            words = _("Området ”{text}” i {analysis} har ingen förväntad effekt.")
            at = f"/ny/effekt?omrade={one.id}"
            yield hit(work.analysis[one.analysis_id], one.id, words, at, text=one.title)


@check("effect-without-date")
def effect_without_date(work: Work) -> Iterator[Hit]:
    """Find expected effects that do not say when."""
    for one in work.effects:
        area = work.area[one.area_id]
        if one.expected_by is None and not work.analysis[area.analysis_id].is_new(work.today):
            words = _("Effekten ”{text}” i {analysis} har ingen dag.")
            at = f"/andra/effekt/{one.id}"
            yield hit(work.analysis[area.analysis_id], one.id, words, at, text=one.text)


@check("effect-passed-unseen")
def effect_passed_unseen(work: Work) -> Iterator[Hit]:
    """Find expected effects whose day has gone without an answered follow-up on or after it."""
    for one in work.effects:
        area, day = work.area[one.area_id], one.expected_by
        actions = work.actions_for[area.id]
        if day is None or day >= work.today or not actions:
            continue
        seen = (
            answer.answered_at is not None and answer.answered_at.date() >= day
            for action in actions
            for answer in work.follow_ups_of[action.id]
        )
        if not any(seen):
            words = _("”{text}” skulle ha synts {day}, men ingen uppföljning säger hur det gick.")
            analysis = work.analysis[area.analysis_id]
            yield Hit(
                one.id,
                words.format(text=short(one.text), day=format_date_long(day)),
                actions[0].at,
                analysis.unit_id,
            )


@check("area-without-action")
def area_without_action(work: Work) -> Iterator[Hit]:
    """Find areas that nothing has been planned for a while after the analysis was fastställd."""
    for one in work.current(work.areas):
        analysis = work.analysis[one.analysis_id]
        if analysis.established_at is None or work.actions_for[one.id]:
            continue
        if analysis.established_at.date() + GRACE <= work.today:
            words = _("Området ”{text}” i {analysis} har ingen insats.")
            yield hit(analysis, one.id, words, f"/omraden/{one.id}/insats", text=one.title)


@check("too-many-areas")
def too_many_areas(work: Work) -> Iterator[Hit]:
    """Find analyses with more areas than can be worked on."""
    for analysis in work.current_analyses:
        count = len(work.areas_in[analysis.id])
        if count > MOST_AREAS:
            words = _("{analysis} har {count} utvecklingsområden.")
            yield hit(analysis, analysis.id, words, "#omraden", count=str(count))
