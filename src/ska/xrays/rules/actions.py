"""Checks of insatser, åtgärder and brister."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ska.core.swedish import format_date_long
from ska.core.text import _
from ska.xrays.rules.causes import GRACE, short
from ska.xrays.rules.done import Action, Deficiency
from ska.xrays.rules.findings import Hit, check
from ska.xrays.rules.work import Work

MOST_ACTIONS = 7
HALF_A_YEAR = timedelta(days=183)


def hit(one: Action | Deficiency, words: str, at: str = "", **said: str) -> Hit:
    """Return a hit about an insats or a brist, mended at *at* below its address."""
    name = one.title if isinstance(one, Action) else one.text
    return Hit(one.id, words.format(name=short(name), **said), one.at + at, one.unit_id)


@check("action-without-expected-effect")
def action_without_expected_effect(work: Work) -> Iterator[Hit]:
    """Find insatser in force whose area says nothing about what should change."""
    for one in work.actions:
        if one.in_force and one.area_id in work.area and not work.effects_of[one.area_id]:
            yield hit(one, _("Insatsen ”{name}” har ingen förväntad effekt."))


@check("action-past-its-end")
def action_past_its_end(work: Work) -> Iterator[Hit]:
    """Find insatser in force after their last day."""
    for one in work.actions:
        if one.in_force and one.ends is not None and one.ends < work.today:
            words = _("Insatsen ”{name}” gäller, men skulle vara slut {day}.")
            yield hit(one, words, day=format_date_long(one.ends))


@check("draft-past-its-start")
def draft_past_its_start(work: Work) -> Iterator[Hit]:
    """Find drafts of insatser that should have begun."""
    for one in work.actions:
        if one.state == "draft" and one.starts + GRACE <= work.today:
            words = _("Insatsen ”{name}” skulle ha börjat {day}, men är ett utkast.")
            yield hit(one, words, "/andra", day=format_date_long(one.starts))


@check("only-investigating")
def only_investigating(work: Work) -> Iterator[Hit]:
    """Find areas in which things are only being found out, for half a year."""
    for area in work.areas:
        current = [one for one in work.actions_for[area.id] if one.in_force]
        if not current or not all(one.is_investigation for one in current):
            continue
        oldest = min(current, key=lambda one: one.starts)
        if oldest.starts + HALF_A_YEAR <= work.today:
            words = _("I området ”{area}” undersöker ni sedan {day}. Inget ändras än.")
            day = format_date_long(oldest.starts)
            sentence = words.format(area=short(area.title), day=day)
            at = f"{work.analysis[area.analysis_id].at}/omraden/{area.id}/insats"
            yield Hit(area.id, sentence, at, oldest.unit_id)


@check("role-without-holder")
def role_without_holder(work: Work) -> Iterator[Hit]:
    """Find insatser in force whose role nobody holds today, when it is a role of the house."""
    for one in work.actions:
        role = work.role_called.get(one.owner_role.strip().casefold())
        if one.in_force and role and not work.holds(role, one.unit_id, work.today):
            words = _("Ingen har i dag rollen som ansvarar för insatsen ”{name}”.")
            yield hit(one, words, "/andra")


@check("many-actions")
def many_actions(work: Work) -> Iterator[Hit]:
    """Find units with more insatser than can be carried at once."""
    for unit in work.units:
        count = len(work.actions_on[unit.id])
        if count > MOST_ACTIONS:
            words = _("{unit} har {count} insatser som gäller samtidigt.")
            sentence = words.format(unit=unit.name, count=count)
            yield Hit(unit.id, sentence, f"/enheter/{unit.slug}", unit.id)


@check("deficiency-without-remedy")
def deficiency_without_remedy(work: Work) -> Iterator[Hit]:
    """Find open brister that nothing mends (skollagen 4:7)."""
    for one in work.deficiencies:
        if one.mended_on is None and not work.remedies_for[one.id]:
            yield hit(one, _("Bristen ”{name}” har ingen åtgärd."), "/atgard")


@check("deficiency-old")
def deficiency_old(work: Work) -> Iterator[Hit]:
    """Find brister that have stayed open for half a year."""
    for one in work.deficiencies:
        if one.mended_on is None and one.found_on + HALF_A_YEAR <= work.today:
            words = _("Bristen ”{name}” har varit öppen sedan {day}.")
            yield hit(one, words, day=format_date_long(one.found_on))


@check("mended-without-follow-up")
def mended_without_follow_up(work: Work) -> Iterator[Hit]:
    """Find brister that are said to be mended while no åtgärd was followed up."""
    for one in work.deficiencies:
        remedies = work.remedies_for[one.id]
        if one.mended_on is None or not remedies:
            continue
        if not any(work.answered(remedy.id) for remedy in remedies):
            words = _("Bristen ”{name}” är avhjälpt utan att åtgärden är uppföljd.")
            yield hit(one, words)


@check("remedy-without-end")
def remedy_without_end(work: Work) -> Iterator[Hit]:
    """Find åtgärder in force that do not say when the brist is mended."""
    for one in work.actions:
        if one.in_force and one.deficiency_id is not None and one.ends is None:
            yield hit(one, _("Åtgärden ”{name}” har ingen slutdag."), "/andra")
