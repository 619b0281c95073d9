"""From what was read for a set of places to the picture of them, and what is told beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ska.charts import Role
from ska.charts.places import units_in
from ska.comparisons.expecting import ExpectedShown, expected_of
from ska.comparisons.pictures import Shape, Shown, picture
from ska.comparisons.pooling import pooled, span_of
from ska.comparisons.queries.alike import chosen_by
from ska.comparisons.queries.context import Places
from ska.comparisons.queries.outlines import codes_of, outlines
from ska.comparisons.queries.rows import Measured, broken
from ska.comparisons.queries.shown import Compared, ComparisonView, Sharing, parts_of
from ska.comparisons.rules import (
    GROUP_LINE,
    Standing,
    beside_of,
    dot_rows,
    latest_shared,
    off_the_line,
    periods_of,
    standings,
    together,
    without_value,
    years_of,
)
from ska.core.text import _
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow
from ska.overview.rules.breaks import silent_at
from ska.overview.rules.trends import about_of, caution_of, source_of
from ska.values.rules import ValueStatus

BESIDE_A_WHOLE = (Shape.DOTS, Shape.HEAP, Shape.MULTIPLES)
"""In the others places stand beside their common level: a whole would count them twice."""


@dataclass(frozen=True)
class Read:
    """What was read for one set."""

    measured: Measured
    places: Sequence[tuple[str, str]] = ()
    definitions: dict[str, str] = field(default_factory=dict)
    silent: tuple[Standing, ...] = ()
    own: str = "own"
    sharing: Sharing | None = None
    home: str = ""
    unit: UnitRow | None = None
    known_as: Places = field(default_factory=Places)


def draw(view: ComparisonView, item: ItemRow, asked: Compared, read: Read) -> ComparisonView:
    """Put the picture of one period on the page, with every place of the set in it."""
    rows, all_wholes = read.measured.rows, read.measured.wholes
    known = None if read.sharing else asked.known  # a copy has no history
    periods = periods_of(rows)
    period = asked.period if asked.period in periods else latest_shared(rows)
    view = replace(
        view, periods=periods, period=period, sharing=read.sharing, known=known,
        groups=read.measured.groups, group=read.measured.group,
    )  # fmt: skip
    unit = str(rows[0].unit or "") if rows else str(item.details.get("unit") or "")
    subject, breaks = broken(item, read.measured)
    span = span_of(period) if period else ()
    view = replace(view, can_pool=unit == "%" and bool(span) and span[0] in periods)
    view = replace(view, pooled=asked.pooled and view.can_pool)
    if view.pooled:
        anew = {one.at for one in breaks.told}
        found, wholes = (pooled(some, span, anew) if some else [] for some in (rows, all_wholes))
        period = f"{span[0]}–{span[-1]}"
    else:
        found, wholes = (standings(some, period) for some in (rows, all_wholes))
        span = (period,)
    places, wholes = _completed(found, read), _counted(wholes, read)
    told_beside = [one for one in wholes if one.key != GROUP_LINE]
    reference = beside_of(asked.beside, places, told_beside, read.own)
    stands = {reference} if view.chosen.is_ours else {one.key for one in wholes}
    places += [one for one in wholes if one.key in stands]
    rows = [*rows, *(one for one in all_wholes if one.line in stands)]
    notes = (*silent_at(breaks, view.period), *(read.sharing.notes if read.sharing else ()))
    told = {
        "name": item.heading,
        "source": source_of([one for one in rows if one.period in span], known),
        "caution": caution_of(item.details, read.measured.group),
        "subtitle": " · ".join(filter(None, [view.chosen.label, item.details.get("of")])),
        "unit": unit,
        "share": unit == "%",
        "of_units": view.chosen.is_ours,
        "about": (*chosen_by(view.alike), *about_of(subject)),
    }
    drawn = dot_rows(places, reference, view.order)
    years = years_of(rows, periods) if view.shape is Shape.MULTIPLES else {}
    parts = parts_of(drawn, wholes)
    if view.shape in (Shape.DOTS, Shape.HEAP, Shape.MAP):
        notes = (*notes, *together(drawn, of_units=view.chosen.is_ours))
    if view.shape is Shape.MULTIPLES:
        notes = (*notes, *off_the_line(drawn, places))
    shown = Shown(
        drawn if view.shape in BESIDE_A_WHOLE else parts, years, view.order, reference, period,
        silent=next((one for one in places if one.key == asked.beside != reference), None),
        beside=(
            *(view.alike.beside if view.alike else ()),
            *(one.beside([(row.key, row.name) for row in parts]) for one in view.factors),
        ),
        breaks=breaks.told,
        instead=_("Välj ett år i taget för att jämföra.") if view.pooled else "",
        wholes=tuple(one.key for one in wholes),
    )  # fmt: skip
    if view.shape is Shape.MAP:
        shown = replace(shown, codes=codes_of(view.chosen, read.home), outlines=outlines())
    return replace(
        view, places=tuple(places), wholes=tuple(wholes), rows=drawn, reference=reference,
        chart=picture(view.shape, shown, told | {"notes": notes}), when=period,
        expected=in_words_of(view, expected_of(parts, view.factors, reference, share=unit == "%")),
        own=read.own, network_id=read.sharing.network_id if read.sharing else None,
        unit=read.unit if read.unit and read.unit.slug == reference else None,
    )  # fmt: skip


def in_words_of(view: ComparisonView, shown: ExpectedShown | None) -> ExpectedShown | None:
    """Return what would be expected, with units for places where the places are units."""
    if shown is None or not view.chosen.is_ours:
        return shown
    names = [row[0] for row in shown.table.rows] if shown.table else []
    table = shown.table and replace(shown.table, head=units_in(shown.table.head))
    return ExpectedShown(units_in(shown.sentence, names), table, units_in(shown.note))


def _completed(found: list[Standing], read: Read) -> list[Standing]:
    """Add the places that have no row at all, and say how each is counted."""
    known = {one.key for one in found}
    missing = [
        without_value(key, name, ValueStatus.MISSING, Role.OWN if key == read.own else Role.OTHER)
        for key, name in read.places
        if key not in known
    ]
    return [*_counted(found, read), *missing, *read.silent]


def _counted(found: Sequence[Standing], read: Read) -> list[Standing]:
    """Return the places with how each is counted."""
    return [replace(one, definition=read.definitions.get(one.key)) for one in found]
