"""What is drawn, whoever draws it: the one model behind figure, static picture and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10

from ska.charts.chart import Flag, PlottedValue
from ska.charts.house import CONTEXT, MARKERS, SERIES
from ska.charts.peers import Peers, gather
from ska.charts.spec import Line, TrendSpec
from ska.core.swedish import format_number
from ska.statistics import Measure

LEAST_SHARE_SPAN = 20.0
"""Shares are never drawn on a shorter scale: one pupil must not look like a fall."""
LEAST_STEPS = 10
"""Nor are other values: the scale holds at least so many steps of their last decimal."""


FLAG_WIDTH, FLAG_HEIGHT = 0.055, 24
"""A flag's width as a share of the picture's (drawn narrow), and its height in pixels."""


@dataclass(frozen=True)
class Dot:
    """One period of one line; *starts* is set when no line may be drawn from the dot before."""

    position: int
    measure: Measure
    starts: bool = False
    carried_from: str = ""

    @property
    def told(self) -> str:
        """Return the value with its count, and from when it is repeated."""
        repeated = f" (upprepat från {self.carried_from})" if self.carried_from else ""
        return self.measure.written_with_count() + repeated


@dataclass(frozen=True)
class DrawnLine:
    """A line with its look; *dots* has one entry for each period, with or without a value."""

    line: Line
    color: str
    marker: str
    dots: tuple[Dot, ...]

    @property
    def last(self) -> Dot | None:
        """Return the latest dot that has a value."""
        return next((dot for dot in reversed(self.dots) if dot.measure.value is not None), None)

    def pieces(self) -> list[list[Dot]]:
        """Return the runs of dots that a line may join."""
        found: list[list[Dot]] = []
        joined = False
        for dot in self.dots:
            if dot.measure.value is None:
                joined = False
                continue
            if joined and not dot.starts:
                found[-1].append(dot)
            else:
                found.append([dot])
            joined = True
        return found


@dataclass(frozen=True)
class Axis:
    """The scale of values: from *low* to *high* with a line at each *step*."""

    low: float
    high: float
    step: float
    suffix: str

    @property
    def is_cut(self) -> bool:
        """Tell whether the scale starts above zero."""
        return self.low > 0

    def written(self, value: float) -> str:
        """Return a value as it stands at the scale, with as many decimals as the steps need."""
        decimals = max(0, -floor(log10(self.step) + 1e-9))
        if decimals == 0 and self.step % 1:
            decimals = 1
        return f"{format_number(value, decimals)}{self.suffix}"

    def ticks(self) -> list[float]:
        """Return the values that get a line and a number."""
        steps = round((self.high - self.low) / self.step)
        return [round(self.low + index * self.step, 6) for index in range(steps + 1)]


@dataclass(frozen=True)
class Band:
    """Periods in a row where the own line has no value, with the word that says why."""

    first: int
    last: int
    word: str


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn; positions count periods from 0."""

    spec: TrendSpec
    lines: tuple[DrawnLine, ...]
    peers: Peers
    axis: Axis
    bands: tuple[Band, ...]
    flags: tuple[Flag, ...]
    flag_positions: tuple[float, ...]
    breaks: tuple[tuple[float, str], ...]
    right: float

    def of(self, role: str) -> list[DrawnLine]:
        """Return the lines that play *role*."""
        return [drawn for drawn in self.lines if drawn.line.role == role]

    @property
    def is_one_period(self) -> bool:
        """Tell whether there is nothing to draw lines between: dots must then carry it all."""
        return len(self.spec.periods) == 1

    @property
    def flag_rows(self) -> tuple[int, ...]:
        """Return the row of each flag, counted from the axis, so that near ones do not overlap."""
        last: dict[int, float] = {}
        rows = []
        wide = FLAG_WIDTH * (self.right + 0.5)
        for at in self.flag_positions:
            free = (row for row in range(len(last) + 1) if at - last.get(row, -99.0) >= wide)
            row = next(free)
            last[row] = at
            rows.append(row)
        return tuple(rows)

    @property
    def own(self) -> DrawnLine | None:
        """Return the reader's own line, if there is one."""
        return next(iter(self.of("own")), None)


def draw(spec: TrendSpec, values: Sequence[PlottedValue]) -> Picture:
    """Return what *values* look like under *spec*; raise ValueError for lines it does not name."""
    by_line: dict[str, dict[str, PlottedValue]] = {line.key: {} for line in spec.lines}
    unknown = {one.line for one in values} - by_line.keys()
    if unknown:
        raise ValueError(f"lines without a place in the picture: {sorted(unknown)}")
    for one in values:
        by_line[one.line][one.period] = one
    looks = _looks(spec)
    peers = gather(spec, by_line)
    lines = tuple(
        DrawnLine(line, *looks[line.key], _dots(spec, line, by_line[line.key]))
        for line in spec.lines
        if line.role != "peer"
    )
    own = next((drawn for drawn in lines if drawn.line.role == "own"), None)
    places = {period: index for index, period in enumerate(spec.periods)}
    events = sorted(spec.events, key=lambda event: event.position)
    right = max([len(spec.periods) - 0.5, *(event.position + 0.25 for event in events)])
    return Picture(
        spec=spec,
        lines=lines,
        peers=peers,
        axis=axis_over(_values(lines, peers), share=spec.share, decimals=spec.decimals),
        bands=_bands(own) if own else (),
        flags=tuple(Flag(at, event.text, event.href) for at, event in enumerate(events, 1)),
        flag_positions=tuple(event.position for event in events),
        breaks=tuple((places[one.at] - 0.5, one.text) for one in spec.breaks if one.at in places),
        right=right,
    )


def _looks(spec: TrendSpec) -> dict[str, tuple[str, str]]:
    """Give the own line the first colour, other places the next, country and peers grey."""
    looks: dict[str, tuple[str, str]] = {}
    used = 1
    for line in spec.lines:
        if line.role == "own":
            looks[line.key] = (SERIES[0], MARKERS[0])
        elif line.role == "other":
            looks[line.key] = (SERIES[used % len(SERIES)], MARKERS[used % len(MARKERS)])
            used += 1
        elif line.role == "country":
            looks[line.key] = (CONTEXT, "circle")
    return looks


def _dots(spec: TrendSpec, line: Line, values: Mapping[str, PlottedValue]) -> tuple[Dot, ...]:
    breaks = {one.at: one.said for one in spec.breaks}
    dots, part, since, was_carried = [], 0, "", False
    for position, period in enumerate(spec.periods):
        one = values.get(period) or PlottedValue(line.key, period, None)
        part, since = part + (period in breaks), breaks.get(period, since)
        carried = one.carried_from
        starts = period in breaks or bool(carried) or was_carried
        measure = _measure(spec, line, one, (f"{part}", since))
        dots.append(Dot(position, measure, starts, carried))
        was_carried = bool(carried)
    return tuple(dots)


def _measure(spec: TrendSpec, line: Line, one: PlottedValue, part: tuple[str, str]) -> Measure:
    return Measure(
        value=one.value,
        n=one.n if one.n and one.n > 0 else None,
        label=one.period,
        word=one.word,
        basis=part[0],
        since=part[1],
        share=spec.share,
        whole=line.role == "country",
        decimals=spec.decimals,
        people=spec.people,
        spread=one.spread,
    )


def _values(lines: tuple[DrawnLine, ...], peers: Peers) -> list[float]:
    named = [end for drawn in lines for dot in drawn.dots for end in _ends(drawn, dot)]
    return named + [value for value in peers.values if value is not None]


def axis_over(values: Sequence[float], *, share: bool, decimals: int = 1) -> Axis:
    """Return a scale with even steps that holds all *values* (in percent when *share*).

    It is never so short that a single step of the last of the *decimals* looks like a fall.
    """
    suffix = "\u00a0%" if share else ""
    if not values:
        return Axis(0, 100 if share else 1, 20 if share else 0.2, suffix)
    low, high = _widened(min(values), max(values), share, decimals)
    if 0 <= low < 0.35 * high or (share and low < 0):
        low = 0.0
    step = _step((high - low) or abs(high) or 1.0)
    low, high = floor(low / step) * step, ceil(high / step) * step
    if share:
        low, high = max(0.0, low), min(100.0, high)
    return Axis(round(low, 6), round(max(high, low + step), 6), step, suffix)


def _widened(low: float, high: float, share: bool, decimals: int) -> tuple[float, float]:
    span = LEAST_SHARE_SPAN if share else LEAST_STEPS * 10.0**-decimals
    if high - low >= span:
        return low, high
    middle = (low + high) / 2
    return (
        middle - span / 2 if low < 0 or share else max(0.0, middle - span / 2),
        middle + span / 2,
    )


def _ends(drawn: DrawnLine, dot: Dot) -> list[float]:
    if dot.measure.value is None:
        return []
    around = dot.measure.reach() if drawn.line.role == "own" else None
    ends = [around.low, around.high] if around else []
    return [dot.measure.value, *ends]


def _step(span: float) -> float:
    raw = span / 5
    size = 10.0 ** floor(log10(raw))
    return next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw * 0.999)


def _bands(own: DrawnLine) -> tuple[Band, ...]:
    """Return where the own line is silent between or after its values, never before the first."""
    known = [dot.position for dot in own.dots if dot.measure.value is not None]
    told = [dot.position for dot in own.dots if dot.measure.word]
    first = min([*known, *told], default=len(own.dots))
    silent = [dot for dot in own.dots if dot.measure.value is None and dot.position >= first]
    bands = []
    runs = groupby(enumerate(silent), key=lambda p: (p[1].position - p[0], p[1].measure.written()))
    for (_offset, word), run in runs:
        positions = [dot.position for _index, dot in run]
        bands.append(Band(positions[0], positions[-1], word))
    return tuple(bands)
