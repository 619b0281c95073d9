"""Tiles of SALSA and of grades beside test grades, drawn as their own pages draw them. Pure."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from ska.assessment.queries.chosen import Asked
from ska.assessment.queries.relation import relation_in
from ska.comparisons.queries.salsa import MODELLED, AskedSalsa, Modelled, salsa_in
from ska.core.text import _
from ska.dashboards.definitions import OF, SALSA, Of, Tile
from ska.dashboards.drawn import Drawn
from ska.dashboards.ground import Ground
from ska.framework.definitions import Relation, RelationSubject
from ska.overview.queries.relations import relations


def modelled_of(indicator: str) -> Modelled | None:
    """Return what a tile of SALSA names, None for anything else."""
    what, _of, key = indicator.partition(OF)
    return next((one for one in MODELLED if what == SALSA and one.key == key), None)


def relation_of(indicator: str) -> tuple[Relation, RelationSubject] | None:
    """Return the relation and the subject that a tile names, None for anything else."""
    what, _of, subject = indicator.partition(OF)
    return next(
        (
            (relation, one)
            for relation in relations()
            for one in relation.subjects
            if (relation.id, one.id) == (what, subject)
        ),
        None,
    )


def modelled_names() -> dict[str, str]:
    """Return what one may choose of SALSA and of grades beside test grades, with its name."""
    found = {
        f"{SALSA}{OF}{one.key}": _("SALSA: {what}").format(what=one.word.lower())
        for one in MODELLED
    }
    for relation in relations():
        for one in relation.subjects:
            found[f"{relation.id}{OF}{one.id}"] = f"{relation.name}: {one.name}"
    return found


def draw_salsa(tile: Tile, at: int, ground: Ground) -> Drawn:
    """Return the schools beside the model."""
    modelled = modelled_of(tile.indicator)
    if modelled is None:
        return Drawn(tile, at, tile.indicator, "", "")
    asked = AskedSalsa(modelled.key, back=tile.back)
    view = salsa_in(ground.salsa, ground.units, asked)
    path = f"/jamfor/salsa?matt={modelled.key}"
    path += f"&nar={quote(view.period, safe='')}" if tile.back else ""
    name = modelled_names()[tile.indicator]
    why = _("Inga värden ur SALSA för enheterna än.")
    return Drawn(tile, at, name, _("Enheterna"), path, view.chart, why=why)


def draw_relation(tile: Tile, at: int, ground: Ground) -> Drawn:
    """Return the places of one subject beside each other, both ways."""
    named = relation_of(tile.indicator)
    if named is None:
        return Drawn(tile, at, tile.indicator, "", "")
    relation, subject = named
    unit = ground.unit if tile.of is Of.UNIT else None
    slug, whom = unit.slug if unit else "", str(tile.whom)
    asked = Asked(unit=slug, relation=relation.id, subject=subject.id, group=whom)
    view = relation_in(ground.values, ground.organizer, list(ground.units), asked)
    path = f"/np-betyg?enhet={slug}&prov={relation.id}&amne={subject.id}&grupp={view.group.key}"
    name = modelled_names()[tile.indicator]
    why, unit_id = _("Inga värden i ämnet än."), unit.id if unit else None
    drawn = Drawn(tile, at, name, view.here, path, why=why, unit_id=unit_id)
    if view.spring is None:
        return drawn
    if tile.back:
        spring = str(view.springs[min(tile.back, len(view.springs) - 1)])
        asked, path = replace(asked, spring=spring), f"{path}&var={spring}"
        view = relation_in(ground.values, ground.organizer, list(ground.units), asked)
    return replace(drawn, chart=view.places, path=path)
