"""The sentence, table and notes of a trend: what the picture says to those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ska.charts.bounds import spread_around
from ska.charts.chart import PlottedValue, Table
from ska.charts.picture import Dot, DrawnLine, Picture
from ska.charts.spec import TrendSpec
from ska.core.swedish import format_number, join_words
from ska.statistics import FEW, Measure, Run, compare, describe_run

HOW = (
    "Varje punkt är ett värde, och linjen går från år till år. Är linjen bruten saknas ett värde,"
    " eller så går åren inte att jämföra. Med få elever är ett steg upp eller ner oftast slump:"
    " läs i meningen över bilden om skillnaden är tydlig."
)

REPEATED = "Små punkter utan linje är upprepade värden: källan mätte inte det året."


@dataclass(frozen=True)
class Told:
    """Title, sentence and caution of one trend; the sentence begins with its *answer*."""

    title: str
    sentence: str
    caution: str
    answer: str = ""


def tell(spec: TrendSpec, picture: Picture) -> Told:
    """Return what the own line says; words of change come from ``statistics.compare`` alone."""
    own = picture.own or next(iter(picture.lines), None)
    if own is None or own.last is None:
        return Told("Inga värden ännu", "Det finns inga värden att visa.", "")
    last = own.last
    title, answer, basis = _latest(spec, own, last)
    missing = own.dots[-1].measure
    if missing.value is None and missing.word:
        answer = f"{missing.label}: {missing.written()}. {answer}"
    run = _run(spec, own, last)
    if run is not None and run.comparison is not None and run.comparison.is_clear:
        answer = f"{answer} {run.sentence}"
    elif run is not None:
        basis = f"{basis} {run.sentence}"
    parts = [answer, basis.strip(), _beside_country(picture, own, last)]
    few = last.measure.is_few
    caution = f"Få {spec.people[1]} – tolka med försiktighet." if few else ""
    return Told(title, " ".join(part for part in parts if part), caution, answer)


def _latest(spec: TrendSpec, own: DrawnLine, last: Dot) -> tuple[str, str, str]:
    """Return the title, the answer, and what the answer stands on."""
    measure = last.measure
    value = f"{measure.written_with_count()} {measure.label}"
    if last.carried_from:
        value = f"{measure.written_with_count()} {last.carried_from}"
        repeated = f"{measure.label} är värdet upprepat från {last.carried_from}: ingen ny mätning."
        return value, repeated, f"{own.line.name}: {value}."
    before = _before(own, last)
    if before is None:
        return value, f"{own.line.name}: {value}.", ""
    told = compare(before, measure, over_time=True, subject=spec.subject)
    title = f"{told.title} {measure.label}" if told.title else value
    return title, told.answer, told.sentence.removeprefix(told.answer).strip()


def _before(own: DrawnLine, last: Dot) -> Measure | None:
    """Return the nearest earlier value that was measured, whatever lies between."""
    earlier = own.dots[: last.position]
    known = [d.measure for d in earlier if d.measure.value is not None and not d.carried_from]
    return known[-1] if known else None


def _run(spec: TrendSpec, own: DrawnLine, last: Dot) -> Run | None:
    dots = own.dots[: last.position + 1]
    if any(dot.carried_from for dot in dots[-3:]):
        return None
    return describe_run([dot.measure for dot in dots], subject=spec.subject)


def _beside_country(picture: Picture, own: DrawnLine, last: Dot) -> str:
    for country in [] if last.carried_from else picture.of("country"):
        other = country.dots[last.position].measure
        if other.value is not None and own is not country:
            other = Measure(
                other.value, label=country.line.name, basis=last.measure.basis,
                share=other.share, whole=True, decimals=other.decimals,
            )  # fmt: skip
            told = compare(other, replace(last.measure, label=""))
            beside = f"{country.line.name} hade {other.written()} samma år"
            if told.reason:
                return f"{beside}. Om skillnaden är tydlig går inte att avgöra: {told.why}."
            return f"{beside}: {told.word}."
    return ""


def table(spec: TrendSpec, picture: Picture) -> Table:
    """Return every plotted value, a row a period; the own line also with n and interval."""
    own = picture.own
    others = [drawn for drawn in picture.lines if drawn is not own]
    head = [spec.period_word]
    if own:
        head += [own.line.name, f"Antal {spec.people[1]}", "Osäkerhet (95\u00a0%)"]
    head += [drawn.line.name for drawn in others] + [line.name for line in picture.peers.lines]
    peers = _peer_cells(spec, picture)
    rows = []
    for position, period in enumerate(spec.periods):
        row = [period]
        if own:
            row += own_cells(own.dots[position])
        row += [_cell(drawn.dots[position]) for drawn in others]
        row += peers[position :: len(spec.periods)]
        rows.append(tuple(row))
    return Table(spec.name, tuple(head), tuple(rows), tuple(range(1, len(head))))


def _peer_cells(spec: TrendSpec, picture: Picture) -> list[str]:
    """Return the peers' cells, one place after the other."""
    rows = [(one.value, one.word, one.carried_from) for one in picture.peers.grid]
    told = {
        (value, word, carried): _cell(Dot(0, _peer(spec, value, word), carried_from=carried))
        for value, word, carried in set(rows)
    }
    return [told[row] for row in rows]


def _peer(spec: TrendSpec, value: float | None, word: str) -> Measure:
    return Measure(value, word=word, share=spec.share, decimals=spec.decimals)


def own_cells(dot: Dot) -> list[str]:
    """Return the value of the own line, how many are behind it, and its interval."""
    n = "inte känt" if dot.measure.n is None else format_number(dot.measure.n)
    if dot.measure.value is None:
        return [_cell(dot), n, "–"]
    return [_cell(dot), n, dot.measure.written_interval() or "kan inte räknas"]


def _cell(dot: Dot) -> str:
    text = dot.measure.written()
    return f"{text} (från {dot.carried_from})" if dot.carried_from else text


def values(picture: Picture) -> tuple[PlottedValue, ...]:
    """Return every plotted value as a number, for sheets and programs; the own line first."""
    named = [_plotted(drawn, dot) for drawn in picture.lines for dot in drawn.dots]
    names = {line.key: line.name for line in picture.peers.lines}
    return (*named, *(PlottedValue(names[one.line], *one[1:]) for one in picture.peers.grid))


def _plotted(drawn: DrawnLine, dot: Dot) -> PlottedValue:
    one = dot.measure
    return PlottedValue(
        drawn.line.name, one.label, one.value, one.n, one.word, dot.carried_from,
        spread_around(one) if drawn.line.role == "own" else None, one.spread,
    )  # fmt: skip


def notes(spec: TrendSpec, picture: Picture) -> tuple[str, ...]:
    """Return what must be said under the picture: the scale, the marks, gaps and breaks."""
    found = []
    if picture.axis.is_cut:
        found.append(f"Axeln börjar på {picture.axis.written(picture.axis.low)}.")
    if picture.peers.lines:
        names = join_words([line.name for line in picture.peers.lines])
        what = "Tunna grå linjer" if picture.peers.has_lines else "Grå punkter"
        found.append(f"{what}: {spec.peers_name.lower()} ({names}).")
    own = picture.own
    if own:
        found += _marks(spec, own)
        found += [_gap(spec, own, band.first, band.last, band.word) for band in picture.bands]
    found += [f"Brott i serien före {one.at}: {one.text}." for one in spec.breaks]
    repeated = any(one.carried_from for one in picture.peers.grid)
    if repeated or any(not _is_measured(drawn) for drawn in picture.lines):
        found.append(REPEATED)
    return tuple(found)


def _is_measured(drawn: DrawnLine) -> bool:
    return not any(dot.carried_from for dot in drawn.dots)


def _marks(spec: TrendSpec, own: DrawnLine) -> list[str]:
    known = [dot.measure for dot in own.dots if dot.measure.value is not None]
    found = []
    if any(one.interval() for one in known):
        found.append(
            "Lodräta streck visar osäkerheten: så långt kan slumpen flytta värdet (95\u00a0%)."
        )
    if any(one.is_few for one in known):
        found.append(f"Öppen punkt: färre än {FEW} {spec.people[1]}, tolka med försiktighet.")
    if known and all(one.n is None for one in known):
        found.append(f"Antalet {spec.people[1]} är inte känt, så osäkerheten kan inte räknas.")
    return found


def _gap(spec: TrendSpec, own: DrawnLine, first: int, last: int, word: str) -> str:
    periods = [spec.periods[at] for at in range(first, last + 1)]
    span = join_words(periods) if len(periods) < 3 else f"{periods[0]}–{periods[-1]}"
    return f"{own.line.name} {span}: {word}."
