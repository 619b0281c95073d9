"""What a picture of deviations says; both ways get the same words, and no cause is concluded."""

from __future__ import annotations

from ska.charts.bounds import spread_around
from ska.charts.chart import PlottedValue, Table
from ska.charts.deviations.spec import DeviationRow, DeviationSpec
from ska.charts.groups import named
from ska.core.swedish import format_number, format_signed, join_words
from ska.statistics import FEW, Comparison

POINTS = "procentenheter"
HOW = (
    "Varje rad har en stapel åt vardera hållet från mitten: till vänster andelen med lägre betyg än"
    " provbetyget, till höger andelen med högre. Strecken visar hur långt slumpen kan flytta"
    " andelen. Rutan på högkant är skillnaden mellan dem. Att ena hållet väger över är en fråga,"
    " lika viktig åt båda hållen."
)


def title(spec: DeviationSpec) -> str:
    """Return a message only when one way clearly outweighs the other, else the shares."""
    row = spec.standing
    if row is None:
        return _of_all(spec) or neutral(spec)
    if row.shift is not None and row.shift.is_clear:
        return f"{row.shift.title} – {row.name}"
    if row.is_silent:
        return f"{row.name}: {row.lower.written()}"
    return f"{row.name}: {_both(spec, row)}"


def neutral(spec: DeviationSpec) -> str:
    """Return what the picture is of, without any message."""
    return f"{spec.name} {spec.period}".rstrip()


def _of_all(spec: DeviationSpec) -> str:
    """Return which way clearly outweighs in which of the rows; empty when none can be judged."""
    judged = _judged_rows(spec)
    clear = [row for row in spec.rows if row.shift and row.shift.is_clear]
    if not judged:
        return ""
    if not clear:
        return "Ingen tydlig övervikt åt något håll"
    titles = {row.shift.title for row in clear if row.shift}
    if len(titles) > 1:
        return f"Tydlig övervikt i {len(clear)} av {len(judged)}, åt olika håll"
    return f"{titles.pop()}: {named([row.name for row in clear])}"


def _judged_rows(spec: DeviationSpec) -> list[DeviationRow]:
    return [row for row in spec.rows if row.shift and not row.shift.reason]


def _both(spec: DeviationSpec, row: DeviationRow) -> str:
    return f"{row.lower.written()} {spec.ways[0]}, {row.higher.written()} {spec.ways[1]}"


def sentence(spec: DeviationSpec) -> str:
    """Return which way outweighs where, each row counted once."""
    row = spec.standing
    if row is None:
        return _overview(spec)
    if row.is_silent:
        return f"{row.name}: {row.lower.written()}."
    judged = row.shift is not None and row.shift.verdict.value != "cannot_tell"
    said = row.shift.sentence if row.shift is not None else ""
    if not judged:
        said = f"{row.name}: {_both(spec, row)}. {said}".strip()
    return " ".join([said, *_beside(spec, row)])


def _beside(spec: DeviationSpec, row: DeviationRow) -> list[str]:
    if row.beside is None:
        return []
    told = [f"{way} {_judged(one)}" for way, one in zip(spec.ways, row.beside, strict=True)]
    return [f"Jämfört med {spec.beside}: {told[0]}; {told[1]}."]


def _judged(one: Comparison) -> str:
    if one.gap is None:
        return one.word
    return f"{one.word} ({format_signed(one.gap, 1)} {POINTS})"


def _overview(spec: DeviationSpec) -> str:
    known = [row for row in spec.rows if not row.is_silent]
    if not known:
        return "Det finns inga värden att visa."
    clear = [row for row in known if row.shift is not None and row.shift.is_clear]
    groups = (
        (f"Tydligt fler {spec.ways[0]}", [row for row in clear if (row.net or 0) < 0]),
        (f"Tydligt fler {spec.ways[1]}", [row for row in clear if (row.net or 0) > 0]),
        ("Ingen tydlig övervikt åt något håll",
         [row for row in known if row.shift and row.shift.verdict.value == "within_variation"]),
    )  # fmt: skip
    parts = [f"{heading}: {_named(rows)}." for heading, rows in groups if rows]
    unsure = [row for row in known if row.shift is None or row.shift.reason]
    if unsure:
        parts.append(f"Går inte att avgöra: {_named(unsure)}.")
    silent = [row for row in spec.rows if row.is_silent]
    if silent:
        told = [f"{row.name} ({row.lower.written()})" for row in silent]
        parts.append(f"Utan värde: {join_words(told)}.")
    return " ".join(parts)


def _named(rows: list[DeviationRow]) -> str:
    return named([row.name for row in rows])


def few(spec: DeviationSpec) -> str:
    """Return which rows have few pupils behind them, empty when none has."""
    names = [row.name for row in spec.rows if not row.is_silent and row.lower.is_few]
    if not names:
        return ""
    return f"{named(names)}: få {spec.people[1]} – enskilda {spec.people[1]} påverkar mycket."


def table(spec: DeviationSpec) -> Table:
    """Return every row as text, in the order of the picture."""
    low, high = (f"{way[0].upper()}{way[1:]}" for way in spec.ways)
    head = [spec.rows_are, low, "Samma", high, f"Netto ({POINTS})", f"Antal {spec.people[1]}",
            "Övervikt åt ett håll"]  # fmt: skip
    if spec.beside:
        head.append(f"Jämfört med {spec.beside}")
    rows = tuple(_cells(spec, row) for row in spec.rows)
    caption = f"{spec.name} {spec.period}".rstrip()
    return Table(caption, tuple(head), rows, (1, 2, 3, 4, 5))


def _cells(spec: DeviationSpec, row: DeviationRow) -> tuple[str, ...]:
    known = row.lower.n or row.same.n or row.higher.n
    cells = [
        f"{row.name} ({row.broken})" if row.broken else row.name,
        row.lower.written(),
        row.same.written(),
        row.higher.written(),
        "–" if row.net is None else format_signed(row.net, 1),
        "inte känt" if known is None else format_number(known),
        "–" if row.shift is None else row.shift.word,
    ]
    if spec.beside:
        told = row.beside
        cells.append("–" if told is None else _two(spec, told))
    return tuple(cells)


def _two(spec: DeviationSpec, told: tuple[Comparison, Comparison]) -> str:
    if told[0].word == told[1].word:
        return f"båda: {told[0].word}"
    return "; ".join(f"{way}: {one.word}" for way, one in zip(spec.ways, told, strict=True))


def values(spec: DeviationSpec) -> tuple[PlottedValue, ...]:
    """Return every share as a number, for sheets and programs; those drawn and the same."""
    names = (spec.ways[0], "samma", spec.ways[1])
    return tuple(
        PlottedValue(
            f"{row.name}, {name}", spec.period, one.value, one.n, one.word,
            bounds=None if one is row.same else spread_around(one),
        )
        for row in spec.rows
        for name, one in zip(names, (row.lower, row.same, row.higher), strict=True)
    )  # fmt: skip


def notes(spec: DeviationSpec) -> tuple[str, ...]:
    """Return what must be said under the picture: marks, breaks and what is not concluded."""
    found = ["Rutorna på högkant visar netto: andelen högre minus andelen lägre."]
    known = [row.lower for row in spec.rows if row.lower.value is not None]
    if any(one.interval() and not one.whole for one in known):
        found.append("Strecken visar osäkerheten: så långt kan slumpen flytta andelen (95\u00a0%).")
    if spec.standing is None and len(judged := _judged_rows(spec)) > 1:
        found.append(
            f"De {len(judged)} bedöms tillsammans: av tjugo tydliga är högst en slump."
            " Därför kan en övervikt vara tydlig för sig och inte här."
        )
    found += [f"{row.name}: {row.broken}." for row in spec.rows if row.broken]
    if any(one.is_few for one in known):
        found.append(f"Färre än {FEW} {spec.people[1]}: tolka med försiktighet.")
    return tuple(found)
