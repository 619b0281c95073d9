"""The map of municipalities: values in a few steps of one colour, with the table as its twin.

It is drawn by us alone: every outline tells its value when it is pointed at, without a script.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape

from markupsafe import Markup
from pydantic.dataclasses import dataclass

from ska.charts.build import Said, build
from ska.charts.chart import Chart
from ska.charts.dots import words
from ska.charts.dots.spec import DotRow, DotSpec
from ska.charts.house import CONTEXT, INK, PANEL
from ska.charts.paint import svg, tag
from ska.charts.paint import words as written
from ska.charts.picture import Axis, axis_over
from ska.charts.spec import Role

STEPS = ("#DCE9F4", "#A9CBE6", "#6FA3CF", "#2F78B4", "#00508C")
HEIGHT = 1000
SHEET, TALLEST, LEGEND, ROW = 600, 860, 240, 44
"""How wide the picture is and how tall a map may be;
how wide the stair of steps is, and how tall each of them."""
MOST_OF_ALL = 0.6
"""A map of fewer than all is drawn closer, unless its places span this much of the country."""
Box = tuple[int, int, int, int]
HOW = (
    "Färgen visar värdet, enligt trappan vid kartan. Stegen är lika stora och säger inget om vad"
    " som är bra. Den egna kommunen har en tjock kant. Stora kommuner syns mest på en"
    " karta, men har inte fler elever för det: läs också listan."
    " Peka på en kommun för att se dess värde."
)


@dataclass(frozen=True)
class Outlines:
    """Every municipality's outline as an SVG path by its code, and the box that holds it."""

    paths: dict[str, str]
    boxes: dict[str, Box]


def outlines_of(rings: Mapping[str, Sequence[Sequence[int]]]) -> Outlines:
    """Return the outlines of *rings*: flat lists of x and y on a sheet HEIGHT high, y upwards."""
    paths = {code: "".join(map(_path, shape)) for code, shape in rings.items()}
    return Outlines(paths, {code: _box(shape) for code, shape in rings.items()})


def _box(shape: Sequence[Sequence[int]]) -> Box:
    across = [x for ring in shape for x in ring[::2]]
    down = [HEIGHT - y for ring in shape for y in ring[1::2]]
    return min(across), min(down), max(across), max(down)


def _around(boxes: Collection[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _path(ring: Sequence[int]) -> str:
    pairs = zip(ring[::2], ring[1::2], strict=True)
    return f"M{' '.join(f'{x},{HEIGHT - y}' for x, y in pairs)}Z"


@dataclass(frozen=True, kw_only=True)
class MapSpec(DotSpec):
    """The rows of a dot plot on a map; *codes* are municipality codes by the key of the row."""

    codes: dict[str, str]
    outlines: Outlines

    @property
    def draws_spread(self) -> bool:
        """Tell whether the picture draws how far chance may move a value: a colour has no room."""
        return False

    @property
    def axis(self) -> Axis:
        """Return the scale that holds every value; what chance may do is told in the table."""
        values = [row.measure.value for row in self.rows if row.measure.value is not None]
        return axis_over(values, share=self.share, decimals=self.decimals)

    @property
    def placed(self) -> list[tuple[DotRow, str]]:
        """Return the rows that have an outline, the own last so that its edge is seen."""
        rows = sorted(self.rows, key=lambda one: one.role is Role.OWN)
        paths = [(row, self.outlines.paths.get(self.codes.get(row.key, ""), "")) for row in rows]
        return [pair for pair in paths if pair[1]]


def map_chart(spec: MapSpec) -> Chart:
    """Return the map of *spec*; what has no outline stands in the table only."""
    said = Said(
        title=words.title(spec),
        sentence=words.sentence(spec),
        table=words.table(spec),
        values=words.values(spec),
        how=HOW,
        caution=words.few(spec),
        notes=_notes(spec),
    )
    return build(spec, None, said, picture=_drawn(spec) if spec.placed else None)


def _notes(spec: MapSpec) -> tuple[str, ...]:
    found = ["Kommuner utan färg har inget värde eller är inte med i jämförelsen."]
    found += [f"Tjock kant: {row.name}." for row in spec.rows if row.role is Role.OWN]
    return (*found, "Karta: SCB:s gränser.")


def step_of(axis: Axis, value: float) -> int:
    """Return which of the equally wide steps a value lies in, from 0."""
    share = (value - axis.low) / ((axis.high - axis.low) or 1)
    return min(len(STEPS) - 1, max(0, int(share * len(STEPS))))


def _drawn(spec: MapSpec) -> Markup:
    """Draw the map, with the steps beside it where there is room and below it otherwise."""
    left, top, right, bottom = _window(spec)
    scale = min(SHEET / (right - left), TALLEST / (bottom - top))
    wide, tall = (right - left) * scale, (bottom - top) * scale
    stair = ROW * len(STEPS)
    is_beside = wide <= SHEET - LEGEND and tall >= stair
    at = (SHEET - LEGEND + 20, tall - stair) if is_beside else (0, tall + 20)
    land = tag(
        "svg", "".join([*_ground(spec), *_municipalities(spec)]), width=wide, height=tall,
        viewBox=f"{left} {top} {right - left} {bottom - top}",
    )  # fmt: skip
    return svg("trend map", SHEET, max(tall, at[1] + stair), [land, *_legend(spec, at)])


def _window(spec: MapSpec) -> Box:
    """Return the part of the country that is drawn: around the places, with some air."""
    country = _around(spec.outlines.boxes.values())
    near = _around([spec.outlines.boxes[spec.codes[row.key]] for row, _path in spec.placed])
    tall = near[3] - near[1]
    if tall > MOST_OF_ALL * (country[3] - country[1]):
        return country
    air = max(10, round(0.06 * max(tall, near[2] - near[0])))
    return near[0] - air, near[1] - air, near[2] + air, near[3] + air


def _ground(spec: MapSpec) -> Iterator[str]:
    """Draw every municipality that is not among the rows as a faint outline, in one stroke."""
    among = set(spec.codes.values())
    path = "".join(one for code, one in spec.outlines.paths.items() if code not in among)
    if path:
        yield tag("path", d=path, fill=PANEL, stroke=CONTEXT, stroke_width=0.5,
                  vector_effect="non-scaling-stroke", class_="land")  # fmt: skip


def _municipalities(spec: MapSpec) -> Iterator[str]:
    axis = spec.axis
    for row, path in spec.placed:
        value = row.measure.value
        at = None if value is None else step_of(axis, value)
        look = "land" if at is None else f"step step-{at + 1}"
        is_own = row.role is Role.OWN
        yield tag(
            "path", tag("title", escape(f"{row.name}: {row.measure.written_with_count()}")),
            d=path, fill=PANEL if at is None else STEPS[at], stroke=INK if is_own else CONTEXT,
            stroke_width=3.0 if is_own else 0.5, vector_effect="non-scaling-stroke",
            paint_order="stroke" if is_own else None,
            class_=f"{look} own" if is_own else look,
        )  # fmt: skip


def _legend(spec: MapSpec, at: tuple[float, float]) -> Iterator[str]:
    axis = spec.axis
    part = (axis.high - axis.low) / len(STEPS)
    for row, step in enumerate(reversed(range(len(STEPS)))):
        y = at[1] + ROW * row
        low, high = axis.low + part * step, axis.low + part * (step + 1)
        yield tag(
            "rect", x=at[0], y=y + 6, width=30, height=30, fill=STEPS[step], stroke=CONTEXT,
            class_=f"step step-{step + 1}",
        )  # fmt: skip
        ends = f"{axis.written(low).removesuffix(axis.suffix)}–{axis.written(high)}"
        yield written(at[0] + 42, y + 32, ends, INK, 34)
