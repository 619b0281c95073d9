"""Every indicator at every unit beside the huvudman, in one question for the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.charts import Chart, HeatRow, HeatSpec, heat_chart
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.queries.derived import with_derived
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, choosable, subject_of, units_to_choose, where_is
from ska.overview.queries.results import titles_of
from ska.overview.queries.values import read_values, wanted_of
from ska.overview.rules.breaks import breaks_of, declared_in, silent_at
from ska.overview.rules.pinning import MOST_PINNED, ToPin
from ska.overview.rules.places import place_rows, place_units
from ska.overview.rules.rows import Row, of_kind, one_each, own_of, usual_kind
from ska.overview.rules.signals import (
    Column,
    Signals,
    judged,
    left_out,
    shown_in,
    signals_of,
    told_values,
)
from ska.overview.rules.trends import source_of
from ska.values.zeros import Silence, silence_in

KINDS = {"": "indicator", "forutsattningar": "condition"}
KIND_WORDS = {kind: word for word, kind in KINDS.items()}


@dataclass(frozen=True)
class SignalView:
    """The page of signals: the units as columns, the indicators with any value as rows."""

    units: tuple[UnitRow, ...]
    rows: tuple[HeatRow, ...]
    chart: Chart
    silent: int
    signals: tuple[Signals, ...]
    kind: str

    def to_pin(self, organizer: Organizer, home: UUID | None) -> ToPin:
        """Return what an analysis may hold: what clearly differs, the unit that is *home* first."""
        unit = next((one for one in self.units if one.id == home), None)
        found = told_values(self.signals, self.rows, unit.name if unit else "")[:MOST_PINNED]
        measured_in = {one for one, _value in found}
        return ToPin(
            code="signaler",
            heading=_("Signaler"),
            here=organizer.name,
            unit_id=unit.id if unit else None,
            sentence=self.chart.sentence if self.rows else "",
            source=self.chart.source,
            population="",
            unit_of_measure=measured_in.pop() if len(measured_in) == 1 else "",
            values=tuple(value for _unit, value in found),
            at=f"/resultat/signaler?visa={KIND_WORDS.get(self.kind, '')}",
        )


def signal_view(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    kind: str = "indicator",
    *,
    known: date | None = None,
) -> SignalView:
    """Return what may be said of each unit in each indicator of *kind*; three questions in all."""
    units = units_to_choose(session, actor, organizer.id)
    items = [one for one in choosable(session, actor, organizer.id) if one.kind in {kind, "local"}]
    return signals_among(session, actor, organizer, Asked(units, items, kind, known))


@dataclass(frozen=True)
class Asked:
    """Which units stand beside the whole in which indicators, as *known* on a day.

    *name* is what the table is called, *notes* what must be said of what was chosen.
    """

    units: Sequence[UnitRow]
    items: Sequence[ItemRow]
    kind: str = "indicator"
    known: date | None = None
    name: str = _("Signaler")
    notes: tuple[str, ...] = ()


def signals_among(session: Session, actor: Actor, organizer: Organizer, asked: Asked) -> SignalView:
    """Return what may be said of each of some units in some indicators, in one question."""
    units, known = asked.units, asked.known
    items = [one for one in asked.items if any(unit.has_use_of(one) for unit in units)]
    rows, silence = _values(session, actor, organizer, items, units, known)
    found = [_signals(one, rows, units) for one in items]
    told = tuple(one for one in found if one is not None)
    heat = judged(told)
    told_of = {one.code: one.period for one in told}
    spec = HeatSpec(
        id="signaler",
        name=asked.name,
        rows=heat,
        places=shown_in(heat),
        notes=(
            *left_out([one.name for one in units], heat),
            *(
                said
                for one in items
                if one.code in told_of
                for said in _silent_in(one, told_of[one.code], rows, silence)
            ),
            *asked.notes,
        ),
        whole=organizer.name,
        source=source_of(rows, known),
        caution=_("En signal är en fråga, inte ett betyg. Sök orsaken innan ni drar en slutsats."),
        about=tuple((one.heading, _said_of(one)) for one in items if one.code in told_of),
        subtitle=_("Senaste perioden med värden för både enheterna och helheten"),
    )
    silent = len(items) - len(told)
    return SignalView(tuple(units), heat, heat_chart(spec), silent, told, asked.kind)


def _said_of(item: ItemRow) -> str:
    """Return what is counted, as it stands in the file of the indicator."""
    said = subject_of(item).said
    texts = (said("definition") or said("reading"), said("of"))
    return " ".join(one if one.endswith(".") else f"{one}." for one in texts if one)


def _values(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    items: Sequence[ItemRow],
    units: Sequence[UnitRow],
    known: date | None,
) -> tuple[list[Row], Silence]:
    """Return the rows of the huvudman ("own") and of its units ("peer", the line is the slug).

    Beside them, where a source has turned to zeros everywhere.
    """
    where = where_is(organizer, None)
    wanted = wanted_of(
        [{**one.details, "kolada_links": ()} for one in items],
        municipality_code=where.municipality_code,
        organisation_number=where.organisation_number,
        units=[one.school_unit_code for one in units],
    )
    values = read_values(session, actor, organizer.id, wanted, known=known)
    values = with_derived(values, [one.code for one in items])
    named = [(one.slug, one.name, one.school_unit_code or "") for one in units]
    rows = [*own_of(place_rows(values, where)), *place_units(values, named)]
    return rows, silence_in(values)


def _silent_in(item: ItemRow, period: str, rows: Sequence[Row], silence: Silence) -> list[str]:
    """Return what must be said of an indicator at a period in which nothing seems to be counted."""
    titles = titles_of(item)
    mine = [one for one in rows if one.title in titles]
    kind = usual_kind(mine)
    kept = one_each(of_kind(mine, kind))
    breaks = breaks_of(kept, kind, declared_in(subject_of(item, silence, kept).details))
    return [f"{item.heading}: {said}" for said in silent_at(breaks, period)]


def _signals(item: ItemRow, rows: Sequence[Row], units: Sequence[UnitRow]) -> Signals | None:
    columns = [Column(one.slug, one.name, one.has_use_of(item)) for one in units]
    titles = titles_of(item)
    of_item = [one for one in rows if one.title in titles]
    return signals_of(item.code, item.heading, of_item, columns)
