"""Steadied values: each place's own value, and beside it the one that is drawn to the others'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic.dataclasses import dataclass

from ska.charts.bounds import spread_around
from ska.charts.build import Said, build
from ska.charts.chart import Chart, Figure, PlottedValue, Table
from ska.charts.dots.figure import places_of, spread_of
from ska.charts.dots.spec import MOST_ROWS, DotRow, drawn_of, highest
from ska.charts.dots.words import not_drawn
from ska.charts.funnel import FunnelSpec
from ska.charts.groups import named, without_value
from ska.charts.house import CONTEXT, INK, MARKERS, SERIES, SOFT
from ska.charts.listed import Rows, rows_layout
from ska.charts.picture import Axis, axis_over
from ska.charts.spec import Role
from ska.core.swedish import format_number, format_percent
from ska.statistics import Measure
from ska.statistics.steadied import FEWEST_PLACES, Steadied, steady_means, steady_shares

ROWS = Rows(34, 90)
FEW_PLACES = 10
STEADIED, GROUP = "utjämnat", "Gruppens nivå"
HOW = (
    "Varje rad är en plats. Den fyllda punkten är platsens eget värde, och strecket hur långt"
    " slumpen kan flytta det. Romben är det utjämnade värdet: det egna, draget mot gruppens nivå."
    " Ju färre elever en plats har, desto mer av det utjämnade värdet är gruppens. Det visar vad"
    " som troligen är kvar när slumpen är borta. Det är en uppskattning: elevernas resultat är det"
    " egna värdet."
)


@dataclass(frozen=True, kw_only=True)
class SteadiedSpec(FunnelSpec):
    """The places of one period; *reference* is the key of the one that is told of, or empty.

    Those without a known n keep their own value and get no steadied one.
    """

    reference: str = ""

    @property
    def reason(self) -> str:
        """Return why nothing is steadied, in Swedish; empty when something is."""
        told = [row.measure for row in self.drawn]
        if (self.share or told) and len(told) < FEWEST_PLACES:
            known = "är känt" if self.share else "och standardavvikelsen är kända"
            return f"det behövs minst {FEWEST_PLACES} platser där antalet {self.people[1]} {known}"
        found = super().reason
        if not self.share:
            return found
        counts, ns = sum(one.count or 0 for one in told), sum(one.n or 0 for one in told)
        if not found and counts in {0, ns}:
            return f"platserna har samma värde: {'alla' if counts else 'inga'} {self.people[1]}"
        return found

    def axis(self, steadied: Steadied | None) -> Axis:
        """Return the scale that holds both values and the uncertainty of the own ones."""
        ends = [row.measure.value for row in self.rows if row.measure.value is not None]
        around = [row.measure.reach() for row in self.rows]
        ends += [end for one in around if one for end in (one.low, one.high)]
        ends += [float(one) * self.scale for one in steadied.value] if steadied else []
        return axis_over([*ends, *highest(self.rows)], share=self.share, decimals=self.decimals)

    @property
    def scale(self) -> int:
        """Return what leads from statistics' fractions to per cent, 1 for means."""
        return 100 if self.share else 1

    def written(self, value: float) -> str:
        """Return a value in the unit of the measure as it is read."""
        return Measure(value, share=self.share, decimals=self.decimals).written()


def steadied_chart(spec: SteadiedSpec) -> Chart:
    """Return own and steadied values beside each other; where none can be, say why in their place.

    The sentence tells how much of a steadied value is borrowed from the group.
    """
    steadied = _steadied(spec)
    cells = [_cells(row, spec, _told(spec, steadied)) for row in spec.rows]
    if steadied is not None:
        common = spec.written(steadied.common * spec.scale)
        cells.append((GROUP, common, "–", "–", "–", "–"))
    said = Said(
        title=_title(spec, steadied),
        sentence=" ".join(_sentences(spec, steadied)),
        table=_table(spec, cells),
        values=tuple(_values(spec, steadied)),
        how=HOW,
        caution="Det utjämnade värdet är en uppskattning. Redovisa det egna värdet."
        if steadied
        else "",
        notes=_notes(spec, steadied),
    )
    drawn = steadied is not None and len(drawn_of(spec.rows)) <= MOST_ROWS
    return build(spec, _figure(spec, steadied) if steadied and drawn else None, said)


def _steadied(spec: SteadiedSpec) -> Steadied | None:
    if spec.reason:
        return None
    told = [row.measure for row in spec.drawn]
    ns = [one.n or 0 for one in told]
    if spec.share:
        return steady_shares([one.count or 0 for one in told], ns)
    return steady_means([one.value or 0.0 for one in told], [one.spread or 0.0 for one in told], ns)


def _told(spec: SteadiedSpec, steadied: Steadied | None) -> dict[str, tuple[float, str]]:
    """Return, by place, the steadied value and how much of it is the place's own."""
    if steadied is None:
        return {}
    own = [format_percent(round((1 - one) * 100), 0) for one in steadied.borrowed]
    values = [float(one) * spec.scale for one in steadied.value]
    return {
        row.key: one for row, one in zip(spec.drawn, zip(values, own, strict=True), strict=True)
    }


def _title(spec: SteadiedSpec, steadied: Steadied | None) -> str:
    """Return what the reference's value becomes, else between which values all of them lie."""
    told = _told(spec, steadied)
    row = next((one for one in spec.rows if one.key == spec.reference), None)
    if row is not None:
        told_alone = f"{row.name}: {row.told(spec.period)}"
        drawn = told[row.key][0] if row.key in told else None
        if drawn is None:
            return told_alone
        return f"{told_alone}, {spec.written(drawn)} utjämnat"
    if steadied is None:
        return f"{spec.name} {spec.period}".rstrip()
    if _are_alike(steadied):
        return f"{len(told)} platser skiljer sig inte mer åt än slumpen ger {spec.period}"
    ends = sorted(value for value, _part in told.values())
    low, high = (spec.written(ends[at]) for at in (0, -1))
    return f"Utjämnat ligger {len(told)} platser mellan {low} och {high} {spec.period}"


def _are_alike(steadied: Steadied) -> bool:
    """Tell whether nothing but chance seems to tell the places apart."""
    return float(steadied.borrowed.min()) > 0.99


def _sentences(spec: SteadiedSpec, steadied: Steadied | None) -> Iterator[str]:
    if steadied is None:
        yield f"Värdena kan inte utjämnas: {spec.reason}. De egna värdena står i tabellen."
    else:
        common = spec.written(steadied.common * spec.scale)
        yield f"{len(spec.drawn)} platser ligger kring nivån {common} {spec.period}."
        told = _told(spec, steadied)
        for row in _spoken_of(spec, steadied):
            value, part = told[row.key]
            yield (
                f"{row.name}: {row.measure.written_with_count()} blir"
                f" {spec.written(value)} utjämnat."
                f" {part} av värdet är platsens eget, resten gruppens."
            )
        if len(drawn_of(spec.rows)) > MOST_ROWS:
            yield "Platserna är för många för en bild. Alla står i tabellen."
    left = [f"{row.name} ({_why_not(row)})" for row in _left_out(spec)]
    if left and steadied is not None:
        yield f"Inte utjämnade: {named(left)}."
    yield from without_value((row.name, row.measure) for row in spec.rows)


def _spoken_of(spec: SteadiedSpec, steadied: Steadied) -> list[DotRow]:
    """Return the reference, or else the places that borrow the most and the least."""
    drawn = spec.drawn
    mine = [row for row in drawn if row.key == spec.reference]
    if mine:
        return mine
    by_borrowed = [drawn[int(at)] for at in steadied.borrowed.argsort(kind="stable")]
    return [by_borrowed[-1], by_borrowed[0]]


def _left_out(spec: SteadiedSpec) -> list[DotRow]:
    keys = {row.key for row in spec.drawn}
    return [row for row in spec.rows if row.measure.value is not None and row.key not in keys]


def _why_not(row: DotRow) -> str:
    if row.measure.whole:
        return "värdet är för hela landet"
    return row.apart or row.measure.no_interval


def _table(spec: SteadiedSpec, rows: Sequence[tuple[str, ...]]) -> Table:
    head = (
        "Plats", f"Värde {spec.period}", f"Antal {spec.people[1]}", "Osäkerhet (95\u00a0%)",
        "Utjämnat värde", "Platsens eget",
    )  # fmt: skip
    return Table(f"{spec.name} {spec.period}, {spec.order}", head, tuple(rows), (1, 2, 3, 4, 5))


def _cells(row: DotRow, spec: SteadiedSpec, told: dict[str, tuple[float, str]]) -> tuple[str, ...]:
    n = "inte känt" if row.measure.n is None else format_number(row.measure.n)
    name = f"{row.name} ({row.apart})" if row.apart else row.name
    own = (name, row.measure.written(), n, row.measure.written_interval() or "–")
    if row.key not in told:
        return (*own, "–", "–")
    value, part = told[row.key]
    return (*own, spec.written(value), part)


def _values(spec: SteadiedSpec, steadied: Steadied | None) -> Iterator[PlottedValue]:
    told = _told(spec, steadied)
    for row in spec.rows:
        one = row.measure
        around = spread_around(one) if steadied is not None else None
        yield PlottedValue(row.name, spec.period, one.value, one.n, one.word, bounds=around)
        if row.key in told:
            yield PlottedValue(f"{row.name}, {STEADIED}", spec.period, told[row.key][0], one.n)


def _notes(spec: SteadiedSpec, steadied: Steadied | None) -> tuple[str, ...]:
    found = [f"Platserna står {spec.order}. Ordningen är ingen rangordning."]
    if steadied is None:
        return tuple(found)
    found += not_drawn(spec.rows)
    if _are_alike(steadied):
        found.append("Platserna skiljer sig inte mer åt än slumpen ger. Därför är nästan hela det"
                     " utjämnade värdet gruppens.")  # fmt: skip
    if len(spec.drawn) < FEW_PLACES:
        found.append(f"Med färre än {FEW_PLACES} platser är gruppens nivå osäker.")
    axis = spec.axis(steadied)
    if axis.is_cut:
        found.append(f"Axeln börjar på {axis.written(axis.low)}.")
    method = "beta-binomial" if spec.share else "normalfördelad"
    found.append(f"Metod: {method} utjämning (empirisk Bayes).")
    return tuple(found)


def _figure(spec: SteadiedSpec, steadied: Steadied) -> Figure:
    axis, told = spec.axis(steadied), _told(spec, steadied)
    keys = [row.key for row in drawn_of(spec.rows)]
    known = [row for row in spec.rows if row.measure.value is not None]
    common = round(steadied.common * spec.scale, 2)
    return {
        "data": [
            _line(GROUP, [common, common], [keys[0], keys[-1]], CONTEXT, "dash"),
            *[
                _line(STEADIED, [row.measure.value, told[row.key][0]], [row.key] * 2, SOFT)
                for row in known
                if row.key in told
            ],
            _marks(spec, [row for row in known if row.key in told], told),
            # The own values lie on top: nothing steadied hides them.
            *[one for one in (_own(known, is_own) for is_own in (False, True)) if one["x"]],
        ],
        "layout": rows_layout(places_of(drawn_of(spec.rows)), axis, ROWS),
    }


def _line(
    name: str, xs: list[float | None], ys: list[str], color: str, dash: str = "solid"
) -> Figure:
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": xs, "y": ys, "hoverinfo": "skip",
        "showlegend": dash != "solid", "line": {"color": color, "width": 2, "dash": dash},
    }  # fmt: skip


def _own(places: list[DotRow], is_own: bool) -> Figure:
    known = [row for row in places if (row.role is Role.OWN) is is_own]
    color = SERIES[0] if is_own else SERIES[2]
    return {
        "type": "scatter", "mode": "markers",
        "name": f"{known[0].name}, eget värde" if is_own and known else "Eget värde",
        "x": [row.measure.value for row in known], "y": [row.key for row in known],
        "text": [f"{row.name}: {row.measure.written_with_count()}" for row in known],
        "hovertemplate": "%{text}<extra></extra>", "error_x": spread_of(known),
        "marker": {"color": color, "size": 9, "symbol": MARKERS[0 if is_own else 1]},
    }  # fmt: skip


def _marks(spec: SteadiedSpec, known: list[DotRow], told: dict[str, tuple[float, str]]) -> Figure:
    return {
        "type": "scatter", "mode": "markers", "name": "Utjämnat värde",
        "x": [told[row.key][0] for row in known], "y": [row.key for row in known],
        "text": [f"{row.name}, {STEADIED}: {spec.written(told[row.key][0])}" for row in known],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": INK, "size": 13, "symbol": f"{MARKERS[3]}-open",
                   "line": {"width": 2, "color": INK}},
    }  # fmt: skip
