"""Checks of who took part in an analysis, and of what its findings rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from ska.core.text import _
from ska.xrays.rules.causes import hit
from ska.xrays.rules.findings import Hit, check
from ska.xrays.rules.work import Work
from ska.xrays.rules.written import Analysis, Pinned

PUPILS = frozenset({"pupils", "children"})
STAFF = frozenset({"teachers", "other_staff", "student_health"})
GUARDIANS = frozenset({"guardians"})
GROUPS = {
    "teachers": _("lärare och förskollärare"),
    "other_staff": _("övrig personal"),
    "pupils": _("elever"),
    "children": _("barn"),
    "guardians": _("vårdnadshavare"),
    "student_health": _("elevhälsan"),
}
IN_NUMBERS = frozenset({"indicator", "survey"})
FEW = 30
FORGOTTEN = timedelta(days=60)
MANY_CHALLENGES = 3


def _ready(work: Work) -> Iterator[Analysis]:
    return (one for one in work.current_analyses if one.is_ready)


@check("no-pupils-voice")
def no_pupils_voice(work: Work) -> Iterator[Hit]:
    """Find finished analyses without a pupil or child (skollagen 4:4)."""
    for analysis in _ready(work):
        if not _took_part(work, analysis, PUPILS):
            words = _("I {analysis} står inte att någon elev eller något barn har deltagit.")
            yield hit(analysis, analysis.id, words, "/ny/medverkan")


@check("no-staff-voice")
def no_staff_voice(work: Work) -> Iterator[Hit]:
    """Find finished analyses without teachers or other staff (skollagen 4:4)."""
    for analysis in _ready(work):
        if not _took_part(work, analysis, STAFF):
            words = _("I {analysis} står inte att någon ur personalen har deltagit.")
            yield hit(analysis, analysis.id, words, "/ny/medverkan")


def _took_part(work: Work, analysis: Analysis, groups: frozenset[str]) -> bool:
    return any(one.took_part and one.group in groups for one in work.participants[analysis.id])


@check("guardians-not-offered")
def guardians_not_offered(work: Work) -> Iterator[Hit]:
    """Find finished analyses of units that guardians were not offered to take part in."""
    for analysis in _ready(work):
        asked = any(
            one.group in GUARDIANS and (one.offered or one.took_part)
            for one in work.participants[analysis.id]
        )
        if analysis.unit_id is not None and not asked:
            words = _("I {analysis} står inte att vårdnadshavare har erbjudits att delta.")
            yield hit(analysis, analysis.id, words, "/ny/medverkan")


@check("offered-but-nobody-came")
def offered_but_nobody_came(work: Work) -> Iterator[Hit]:
    """Find groups that were offered to take part two years in a row, and did not."""
    for analysis in work.current_analyses:
        before = work.by_year[analysis.unit_id, analysis.year - 1]
        for group in sorted(_absent(work, [analysis]) & _absent(work, before)):
            words = _("{group} erbjöds att delta i {analysis} och året före, men ingen kom.")
            name = GROUPS.get(group, group)
            name = name[0].upper() + name[1:]
            yield hit(analysis, f"{analysis.id}|{group}", words, "#medverkan", group=name)


def _absent(work: Work, analyses: Sequence[Analysis]) -> set[str]:
    found: dict[str, bool] = {}
    for analysis in analyses:
        for one in work.participants[analysis.id]:
            if one.offered or one.took_part:
                found[one.group] = found.get(one.group, False) or one.took_part
    return {group for group, came in found.items() if not came}


@check("no-goal-tagged")
def no_goal_tagged(work: Work) -> Iterator[Hit]:
    """Find analyses whose findings point at no national goal (skollagen 4:5)."""
    for analysis in work.current_analyses:
        found = work.found[analysis.id]
        national = [one for one in work.goals_in[analysis.id] if not one.kind.startswith("local")]
        if found and not national:
            words = _("Inget fynd i {analysis} är kopplat till ett nationellt mål.")
            yield hit(analysis, analysis.id, words, f"/andra/fynd/{found[0].id}")


@check("finding-without-observation")
def finding_without_observation(work: Work) -> Iterator[Hit]:
    """Find claims that rest on nothing."""
    for one in work.current(work.findings):
        if not work.rests_on[one.id]:
            words = _("”{text}” i {analysis} vilar inte på något underlag.")
            at = f"/andra/fynd/{one.id}"
            yield hit(work.analysis[one.analysis_id], one.id, words, at, text=one.text)


@check("only-numbers")
def only_numbers(work: Work) -> Iterator[Hit]:
    """Find fastställda analyses that heard nobody."""
    for analysis in work.current_analyses:
        kinds = {one.kind for one in work.observed[analysis.id]}
        if analysis.is_established and kinds and kinds <= IN_NUMBERS:
            words = _("{analysis} bygger bara på siffror.")
            yield hit(analysis, analysis.id, words, "#underlag")


@check("only-challenges")
def only_challenges(work: Work) -> Iterator[Hit]:
    """Find fastställda analyses in which nothing is worth keeping."""
    for analysis in work.current_analyses:
        kinds = [one.kind for one in work.found[analysis.id]]
        if analysis.is_established and len(kinds) >= MANY_CHALLENGES and "strength" not in kinds:
            words = _("{analysis} har {count} utmaningar och ingen styrka.")
            yield hit(analysis, analysis.id, words, "#fynd", count=str(len(kinds)))


@check("rests-on-few")
def rests_on_few(work: Work) -> Iterator[Hit]:
    """Find claims that rest only on numbers about few pupils."""
    for one in work.current(work.findings):
        ground = work.rests_on[one.id]
        numbers = [number for seen in ground for number in work.numbers[seen.id]]
        if numbers and all(map(_is_few, numbers)) and all(work.numbers[seen.id] for seen in ground):
            words = _("”{text}” i {analysis} vilar bara på siffror om färre än 30 elever.")
            at = f"/andra/fynd/{one.id}"
            yield hit(work.analysis[one.analysis_id], one.id, words, at, text=one.text)


def _is_few(number: Pinned) -> bool:
    return number.n is not None and number.n < FEW


@check("number-without-count")
def number_without_count(work: Work) -> Iterator[Hit]:
    """Find shares that were written in without how many they are about."""
    for one in work.current(work.observations):
        bare = [number for number in work.numbers[one.id] if number.has_value and number.n is None]
        if one.unit_of_measure.strip() == "%" and bare and bare[0].value_id is None:
            words = _("Andelen i ”{text}” i {analysis} säger inte hur många den bygger på.")
            at = f"/andra/underlag/{one.id}"
            yield hit(work.analysis[one.analysis_id], one.id, words, at, text=one.text)


@check("observation-without-source")
def observation_without_source(work: Work) -> Iterator[Hit]:
    """Find numbers that do not say where they come from."""
    for one in work.current(work.observations):
        if work.numbers[one.id] and not one.source.strip():
            words = _("Siffrorna i ”{text}” i {analysis} har ingen källa.")
            at = f"/andra/underlag/{one.id}"
            yield hit(work.analysis[one.analysis_id], one.id, words, at, text=one.text)


@check("analysis-forgotten")
def analysis_forgotten(work: Work) -> Iterator[Hit]:
    """Find drafts that nobody has changed for a long time."""
    for analysis in work.current_analyses:
        if analysis.state == "draft" and analysis.updated_at.date() + FORGOTTEN <= work.today:
            words = _("{analysis} har legat som utkast utan ändring i minst 60 dagar.")
            yield hit(analysis, analysis.id, words)
