"""Every indicator at every unit beside the huvudman, in one question for the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.charts import Chart, HeatRow, HeatSpec, heat_chart
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, choosable, units_to_choose, where_is
from ska.overview.queries.results import titles_of
from ska.overview.queries.values import read_values, wanted_of
from ska.overview.rules.places import place_rows, place_units
from ska.overview.rules.rows import Row, own_of
from ska.overview.rules.signals import Column, Signals, judged, signals_of
from ska.overview.rules.trends import source_of


@dataclass(frozen=True)
class SignalView:
    """The page of signals: the units as columns, the indicators with any value as rows."""

    units: tuple[UnitRow, ...]
    rows: tuple[HeatRow, ...]
    chart: Chart
    silent: int


def signal_view(
    session: Session, actor: Actor, organizer: Organizer, kind: str = "indicator"
) -> SignalView:
    """Return what may be said of each unit in each indicator of *kind*; three questions in all."""
    units = units_to_choose(session, actor, organizer.id)
    items = [one for one in choosable(session, actor, organizer.id) if one.kind in {kind, "local"}]
    items = [one for one in items if any(unit.has_use_of(one) for unit in units)]
    rows = _values(session, actor, organizer, items, units)
    found = [_signals(one, rows, units) for one in items]
    known = [one for one in found if one is not None]
    heat = judged(known)
    spec = HeatSpec(
        id="signaler",
        name=_("Signaler"),
        rows=heat,
        places=tuple(one.name for one in units),
        whole=organizer.name,
        source=source_of(rows),
        caution=_("En signal är en fråga, inte ett betyg. Sök orsaken innan ni drar en slutsats."),
        subtitle=_("Senaste perioden med värden för både enheterna och helheten"),
    )
    return SignalView(tuple(units), heat, heat_chart(spec), len(items) - len(known))


def _values(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    items: Sequence[ItemRow],
    units: Sequence[UnitRow],
) -> list[Row]:
    """Return the rows of the huvudman ("own") and of its units ("peer", the line is the slug)."""
    where = where_is(organizer, None)
    wanted = wanted_of(
        [{**one.details, "kolada_links": ()} for one in items],
        municipality_code=where.municipality_code,
        organisation_number=where.organisation_number,
        units=[one.school_unit_code for one in units],
    )
    values = read_values(session, actor, organizer.id, wanted)
    known = [(one.slug, one.name, one.school_unit_code or "") for one in units]
    return [*own_of(place_rows(values, where)), *place_units(values, known)]


def _signals(item: ItemRow, rows: Sequence[Row], units: Sequence[UnitRow]) -> Signals | None:
    columns = [Column(one.slug, one.name, one.has_use_of(item)) for one in units]
    titles = titles_of(item)
    of_item = [one for one in rows if one.title in titles]
    return signals_of(item.code, item.heading, of_item, columns)
