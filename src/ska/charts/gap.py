"""The gap between two groups over the years, told also as a number of pupils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic.dataclasses import dataclass

from ska.charts import words
from ska.charts.build import Said, build
from ska.charts.chart import Chart, PlottedValue, Table
from ska.charts.figure import trend_figure
from ska.charts.groups import told_with_gap
from ska.charts.picture import Dot, Picture, draw
from ska.charts.spec import TrendSpec
from ska.core.swedish import format_number, join_words
from ska.statistics import Comparison, Measure, compare_many

HOW = (
    "Två linjer, en för varje grupp. Avståndet mellan dem är gapet. Läs det också i antal elever:"
    " i en liten grupp är tio procentenheter kanske två elever. Ett gap som syns ett enda år kan"
    " vara slump. Ligger samma grupp lägre år efter år är det värt att fråga varför."
)


@dataclass(frozen=True, kw_only=True)
class GapSpec(TrendSpec):
    """Two lines, the groups; *place* is where they go to school, *nothing* why none is drawn."""

    place: str = ""
    nothing: str = "Det finns inga värden för grupperna var för sig."


def gap_chart(spec: GapSpec, values: Sequence[PlottedValue]) -> Chart:
    """Return the two lines of *values* with their gap each year, judged when all are looked at."""
    picture = draw(spec, values)
    if all(one.value is None for one in values):
        said = Said(spec.name, spec.nothing, _nothing(spec), (), HOW, notes=spec.notes)
        return build(spec, None, said)
    told = _compared(spec, picture)
    figure = trend_figure(picture)
    figure["layout"]["meta"] = {"kept": True}
    title, sentence = _told(spec, picture, told)
    said = Said(
        title=title,
        sentence=sentence,
        table=_table(spec, picture, told),
        values=words.values(picture),
        how=HOW,
        caution=_few(spec, told, picture),
        notes=(*words.notes(spec, picture), *_silent(picture)),
        flags=picture.flags,
    )
    return build(spec, figure, said)


def _nothing(spec: GapSpec) -> Table:
    return Table(spec.name, (spec.period_word,), tuple((one,) for one in spec.periods))


def _pairs(picture: Picture) -> list[tuple[Dot, Dot]]:
    one, other = picture.lines
    return list(zip(one.dots, other.dots, strict=True))


def _compared(spec: GapSpec, picture: Picture) -> list[Comparison]:
    names = [drawn.line.name for drawn in picture.lines]
    pairs = [(_named(one, names[0]), _named(other, names[1])) for one, other in _pairs(picture)]
    return compare_many(pairs, subject=spec.subject)


def _named(dot: Dot, name: str) -> Measure:
    """Return a year's value under the name of its group; a repeated value is none of that year."""
    if dot.carried_from:
        repeated = f"upprepat från {dot.carried_from}"
        return replace(dot.measure, label=name, kind=True, value=None, n=None, word=repeated)
    return replace(dot.measure, label=name, kind=True)


def _told(spec: GapSpec, picture: Picture, told: list[Comparison]) -> tuple[str, str]:
    both = [at for at, one in enumerate(told) if one.gap is not None]
    if not both:
        return spec.name, "Det finns inget år då båda grupperna har ett värde."
    last = both[-1]
    period = spec.periods[last]
    named = [f"{drawn.line.name} {drawn.dots[last].measure.written()}" for drawn in picture.lines]
    named = [named[0], *(one[0].lower() + one[1:] for one in named[1:])]
    title = f"{told[last].title} {period}" if told[last].title else f"{join_words(named)} {period}"
    where = f"{spec.place} {period}." if spec.place else f"{period}."
    return title, " ".join([where, told[last].sentence, *_over_the_years(spec, told, both)])


def _over_the_years(spec: GapSpec, told: list[Comparison], both: list[int]) -> list[str]:
    """Return in which of the years the gap was clear, when there is more than one year."""
    if len(both) < 2:
        return []
    clear = [spec.periods[at] for at in both if told[at].is_clear]
    if not clear:
        return [f"Inget av de {len(both)} åren är skillnaden tydlig."]
    return [f"Skillnaden är tydlig {len(clear)} av {len(both)} år: {join_words(clear)}."]


def _silent(picture: Picture) -> list[str]:
    """Return the years that a group has no value for, each with its word."""
    return [
        f"{drawn.line.name} {dot.measure.label}: {dot.measure.written()}."
        for drawn in picture.lines
        for dot in drawn.dots
        if dot.measure.value is None
    ]


def _few(spec: GapSpec, told: list[Comparison], picture: Picture) -> str:
    both = [at for at, one in enumerate(told) if one.gap is not None]
    if not both or not any(drawn.dots[both[-1]].measure.is_few for drawn in picture.lines):
        return ""
    return f"Få {spec.people[1]} i minst en av grupperna – tolka med försiktighet."


def _table(spec: GapSpec, picture: Picture, told: list[Comparison]) -> Table:
    names = [drawn.line.name for drawn in picture.lines]
    head = [spec.period_word]
    for name in names:
        head += [name, f"Antal {name.lower()}"]
    head += [f"{names[1]} mot {names[0].lower()}", f"Gapet i {spec.people[1]}"]
    rows = []
    for period, pair, one in zip(spec.periods, _pairs(picture), told, strict=True):
        cells = [cell for dot in pair for cell in words.own_cells(dot)[:2]]
        gap = told_with_gap(one, share=spec.share, decimals=spec.decimals)
        pupils = "–" if one.gap_in_pupils is None else format_number(one.gap_in_pupils)
        rows.append((period, *cells, gap, pupils))
    return Table(spec.name, tuple(head), tuple(rows), (1, 2, 3, 4, 6))
