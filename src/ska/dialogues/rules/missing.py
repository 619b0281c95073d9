"""What is missing before the state's kvalitetsdialog, each with where it is mended. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ska.analyses.rules import GROUP_NAMES, Group
from ska.core.text import _
from ska.dialogues.rules.contents import Ground, National
from ska.handover.rules import Line
from ska.xrays.rules import Work


def missing_of(work: Work, found: National, ground: Ground) -> Iterator[Line]:
    """Yield what is missing, in the order of the page."""
    yield from _of_organisation(work, ground)
    yield from _of_numbers(found, ground.path)
    yield from _of_work(work, found, ground.path)
    yield from _of_voices(found, ground)


def _of_organisation(work: Work, ground: Ground) -> Iterator[Line]:
    known = {unit for _kind, unit in ground.types}
    for unit in work.units:
        if unit.is_open and unit.id not in known:
            words = _("Skolform för {unit}").format(unit=unit.name)
            yield Line(words, f"{ground.path}/enheter/{unit.slug}")
    if not any(one.is_open for one in work.units):
        yield Line(_("Enheter och skolformer"), f"{ground.path}/enheter")


def _of_numbers(found: National, path: str) -> Iterator[Line]:
    if not found.goals:
        yield Line(_("Det nationella kvalitetssystemet är inte inläst"), f"{path}/malsattningar")
    silent = sum(len(one.silent) for one in found.goals)
    every = silent + sum(len(one.measures) for one in found.goals)
    if silent:
        words = _("{silent} av {every} indikatorer har inga värden").format(
            silent=silent, every=every
        )
        yield Line(words, f"{path}/resultat")


def _of_work(work: Work, found: National, path: str) -> Iterator[Line]:
    new = f"{path}/{work.year.slug}/analyser"
    if not found.areas:
        yield Line(_("Huvudmannens utvecklingsområden med orsaker"), new)
    elif len(found.areas) < 3:
        words = _("Utvecklingsområden: {n} av de tre som dialogen brukar utgå från")
        yield Line(words.format(n=len(found.areas)), new)
    for area in found.areas:
        if not area.causes:
            yield Line(_("Orsak till ”{title}”").format(title=area.title), area.href)
        if not area.effects:
            yield Line(_("Förväntad effekt av ”{title}”").format(title=area.title), area.href)
    if not (found.ongoing or found.ended):
        yield Line(_("Huvudmannens egna insatser"), f"{path}/insatser")
    for action in work.actions:
        late = [
            one
            for one in work.follow_ups_of[action.id]
            if one.waits and one.planned_on < work.today
        ]
        if action.unit_id is None and action.in_force and late:
            words = _("Uppföljning av ”{title}” är sen").format(title=action.title)
            yield Line(words, path + late[0].at)
    for group in (Group.TEACHERS, Group.PUPILS, Group.GUARDIANS):
        name = GROUP_NAMES[group]
        if not any(one.startswith(name) for one in found.taken_part):
            yield Line(_("Medverkan: {group}").format(group=name.lower()), new)


def _of_voices(found: National, ground: Ground) -> Iterator[Line]:
    if not ground.here:
        yield Line(_("Dagen för dialogen, egna frågor och självskattning"), "#oppna")
        return
    for factor in found.factors:
        for one in factor.voices:
            if not one.word:
                words = _("Självskattning: {name} {waits}").format(
                    name=one.name.lower(), waits=one.waits
                )
                yield Line(words, f"{ground.here}/skattning")
    if not found.factors:
        yield Line(_("Framgångsfaktorerna är inte inlästa"), f"{ground.path}/malsattningar")
    if ground.texts.get("questions") == "":  # without the key the reader does not see drafts
        yield Line(_("Våra egna frågor"), f"{ground.here}/skriv")
