"""What a dot plot says to those who do not see it; words of difference come from statistics."""

from __future__ import annotations

from itertools import pairwise
from statistics import quantiles

from ska.charts.bounds import spread_around
from ska.charts.chart import PlottedValue, Table
from ska.charts.dots.spec import DotRow, DotSpec, drawn_of
from ska.charts.groups import (
    NAMED,
    heading_of,
    in_groups,
    named,
    told_with_gap,
    without_value,
)
from ska.charts.within import said_within
from ska.core.swedish import count_words, format_number, join_words
from ska.statistics import (
    FEW,
    Measure,
    compare_with_common_level,
    reason_against_a_level,
)


def title(spec: DotSpec) -> str:
    """Return how many differ clearly from the reference; its value where none can be judged."""
    row = spec.standing
    if row is None:
        return f"{spec.name} {spec.period}".rstrip()
    judged, clear = len(spec.judged), sum(one.is_clear for one in spec.judged)
    if not judged:
        return f"{row.name}: {row.told(spec.period)}"
    if not clear:
        return f"Ingen tydlig skillnad mot {row.name} {spec.period}"
    if judged == 1:
        return f"{spec.judged[0].name} skiljer sig tydligt från {row.name} {spec.period}"
    return f"{clear} av {judged} skiljer sig tydligt från {row.name} {spec.period}"


def sentence(spec: DotSpec) -> str:
    """Return who differs clearly from the reference, who does not, and who cannot be judged."""
    row = spec.standing
    told = [one for one in spec.rows if one.against is not None]
    if row is None or not told:
        return _without_reference(spec)
    parts = [f"{row.name}: {row.told(spec.period)}."]
    parts += in_groups(
        (heading_of(one.against, one.apart), one.name, one.measure)
        for one in told
        if one.against is not None and one.measure.value is not None
    )
    return " ".join([*parts, *(f"{half}." for half in _middle(spec)), *_gaps(spec)])


def _middle(spec: DotSpec) -> list[str]:
    """Return, of very many places, between which values half of them lie."""
    known = sorted(one.measure.value for one in spec.places if one.measure.value is not None)
    if not spec.is_crowd or len(known) < 4:
        return []
    low, _median, high = quantiles(known, n=4, method="inclusive")
    ends = [Measure(end, share=spec.share, decimals=spec.decimals).written() for end in (low, high)]
    return [f"Hälften av platserna ligger mellan {ends[0]} och {ends[1]}"]


def _without_reference(spec: DotSpec) -> str:
    known = sum(one.measure.value is not None for one in spec.rows)
    if not known:
        return " ".join(["Det finns inga värden att jämföra.", *_gaps(spec)])
    all_of = count_words(len(spec.rows), "plats", "platser")
    parts = [f"{known} av {all_of} har ett värde {spec.period}."]
    return " ".join([*parts, *_against_all(spec), *_gaps(spec)])


def _against_all(spec: DotSpec) -> list[str]:
    """Return who lies where of the level that all share, as the funnel tells it."""
    counted = [
        one for one in spec.rows
        if one.measure.is_uncertain and not one.apart
    ]  # fmt: skip
    if reason_against_a_level([one.measure for one in counted]):
        return []
    level = compare_with_common_level([one.measure for one in counted])
    together = f"Tillsammans: {level.measure.written_with_count()}."
    return [together, *said_within([(one.name, one.measure) for one in counted], level)]


def _gaps(spec: DotSpec) -> list[str]:
    return without_value((one.name, one.measure) for one in spec.rows)


def few(spec: DotSpec) -> str:
    """Return which places have few pupils behind their value, empty when none has."""
    names = [one.name for one in spec.rows if one.measure.value is not None and one.measure.is_few]
    if not names:
        return ""
    who = join_words(names) if len(names) <= NAMED else f"{len(names)} platser"
    return f"{who}: få {spec.people[1]} – enskilda {spec.people[1]} påverkar mycket."


def how(spec: DotSpec) -> str:
    """Return how the picture is read."""
    if spec.is_crowd:
        line = " Ett helt lodrätt streck är en helhet, inte en av platserna." if spec.lines else ""
        return (
            "Varje punkt är en plats. Där punkterna ligger högt är värdena vanliga, ute till höger"
            " och vänster är de ovanliga. Att ligga långt ut säger inte om det är bra."
            f"{line}"
        )
    return (
        "Varje rad är en plats. Punkten är värdet och strecket hur långt slumpen kan flytta det."
        " Korta streck betyder många elever, långa streck få. Att två streck går om varandra avgör"
        " inte saken: läs i meningen över bilden vad som är en tydlig skillnad."
    )


def table(spec: DotSpec) -> Table:
    """Return every row as text, in the order of the picture."""
    head = ["Plats", f"Värde {spec.period}", f"Antal {spec.people[1]}", "Osäkerhet (95\u00a0%)"]
    row = spec.standing
    if row is not None:
        head.append(f"Jämfört med {row.name}")
    rows = [_cells(spec, one, has_reference=row is not None) for one in spec.rows]
    caption = ". ".join([f"{spec.name} {spec.period}, {spec.order}", *_middle(spec)])
    return Table(caption, tuple(head), tuple(rows), (1, 2, 3))


def _cells(spec: DotSpec, one: DotRow, *, has_reference: bool) -> tuple[str, ...]:
    n = "inte känt" if one.measure.n is None else format_number(one.measure.n)
    missing = one.measure.value is None
    interval = "–" if missing else one.measure.written_interval() or "kan inte räknas"
    name = f"{one.name} ({one.apart})" if one.apart else one.name
    cells = [name, one.measure.written(), n, interval]
    if has_reference:
        cells.append(_told(spec, one))
    return tuple(cells)


def _told(spec: DotSpec, one: DotRow) -> str:
    if one.key == spec.reference:
        return "jämförs med"
    if one.against is None or one.against.gap is None:
        return one.apart or (one.against.word if one.against else "–")
    return told_with_gap(one.against, share=spec.share, decimals=spec.decimals)


def values(spec: DotSpec) -> tuple[PlottedValue, ...]:
    """Return every plotted value as a number, for sheets and programs."""
    return tuple(
        PlottedValue(
            one.name, spec.period, one.measure.value, one.measure.n, one.measure.word,
            bounds=spread_around(one.measure) if spec.draws_spread else None,
        )
        for one in spec.rows
    )  # fmt: skip


def not_drawn(rows: tuple[DotRow, ...]) -> list[str]:
    """Return how many places have no row in the picture, when some have none."""
    if all(one.measure.value is None for one in rows):
        return []
    left = len(rows) - len(drawn_of(rows))
    return [f"{left} platser utan uppgift ritas inte. De står i tabellen."] if left else []


def notes(spec: DotSpec) -> tuple[str, ...]:
    """Return what must be said under the picture: marks, scale, order and what stands apart."""
    has_last = any(other.apart and not one.apart for one, other in pairwise(spec.rows))
    last = " De som inte går att jämföra kommer sist." if has_last else ""
    order = [f"Platserna står {spec.order}.{last} Ordningen är ingen rangordning."]
    if spec.is_crowd:
        order = ["Varje punkt är en plats. Peka på den eller se tabellen för att läsa vilken."]
    known = [one.measure for one in spec.rows if one.measure.value is not None]
    found = []
    if not spec.is_crowd and spec.standing and any(one.is_clear for one in spec.shown):
        found.append(
            f"Fyrkant: tydlig skillnad mot {spec.standing.name}. Grå punkt: ingen tydlig skillnad."
        )
    if not spec.is_crowd and any(one.is_few for one in known):
        found.append(f"Ofylld: färre än {FEW} {spec.people[1]}, tolka med försiktighet.")
    if not spec.is_crowd and any(one.interval() and not one.whole for one in known):
        found.append("Strecken visar osäkerheten: så långt kan slumpen flytta värdet (95\u00a0%).")
    axis = spec.axis
    if axis.is_cut:
        found.append(f"Axeln börjar på {axis.written(axis.low)}.")
    found += [*not_drawn(spec.rows), *order]
    for why in dict.fromkeys(one.apart for one in spec.rows if one.apart):
        names = [one.name for one in spec.rows if one.apart == why]
        found.append(f"{named(names)} står för sig: {why}.")
    return tuple(found)
