"""The map of municipalities: values in a few steps of one colour, with the table as its twin.

It is drawn by us alone: every outline tells its value when it is pointed at, without a script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
HEIGHT, LEGEND = 1000, 26
HOW = (
    "Färgen visar värdet, enligt trappan vid kartan. Stegen är lika stora och säger inget om vad"
    " som är bra. Den egna kommunen har en tjock kant. Stora kommuner syns mest på en"
    " karta, men har inte fler elever för det: läs också listan."
    " Peka på en kommun för att se dess värde."
)


@dataclass(frozen=True)
class Outlines:
    """Every municipality's outline as an SVG path by its code, and how wide the sheet is."""

    paths: dict[str, str]
    width: int


def outlines_of(rings: Mapping[str, Sequence[Sequence[int]]]) -> Outlines:
    """Return the outlines of *rings*: flat lists of x and y on a sheet HEIGHT high, y upwards."""
    wide = max(x for shape in rings.values() for ring in shape for x in ring[::2])
    paths = {code: "".join(map(_path, shape)) for code, shape in rings.items()}
    return Outlines(paths, wide)


def _path(ring: Sequence[int]) -> str:
    pairs = zip(ring[::2], ring[1::2], strict=True)
    return f"M{' '.join(f'{x},{HEIGHT - y}' for x, y in pairs)}Z"


@dataclass(frozen=True, kw_only=True)
class MapSpec(DotSpec):
    """The rows of a dot plot on a map; *codes* are municipality codes by the key of the row."""

    codes: dict[str, str]
    outlines: Outlines

    @property
    def axis(self) -> Axis:
        """Return the scale that holds every value; what chance may do is told in the table."""
        values = [row.measure.value for row in self.rows if row.measure.value is not None]
        return axis_over(values, share=self.share)

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
    found = ["Vita kommuner har inget värde eller är inte med i jämförelsen."]
    found += [f"Tjock kant: {row.name}." for row in spec.rows if row.role is Role.OWN]
    return (*found, "Karta: SCB:s gränser.")


def step_of(axis: Axis, value: float) -> int:
    """Return which of the equally wide steps a value lies in, from 0."""
    share = (value - axis.low) / ((axis.high - axis.low) or 1)
    return min(len(STEPS) - 1, max(0, int(share * len(STEPS))))


def _drawn(spec: MapSpec) -> Markup:
    inside = [*_ground(spec), *_municipalities(spec), *_legend(spec)]
    return svg("trend map", spec.outlines.width + 130, HEIGHT + 10, inside)


def _ground(spec: MapSpec) -> Iterator[str]:
    """Draw every municipality that is not among the rows as a faint outline, in one stroke."""
    among = set(spec.codes.values())
    path = "".join(one for code, one in spec.outlines.paths.items() if code not in among)
    if path:
        yield tag("path", d=path, fill=PANEL, stroke=CONTEXT, stroke_width=0.5, class_="land")


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
            stroke_width=3.0 if is_own else 0.5, class_=f"{look} own" if is_own else look,
        )  # fmt: skip


def _legend(spec: MapSpec) -> Iterator[str]:
    axis, wide = spec.axis, spec.outlines.width
    part = (axis.high - axis.low) / len(STEPS)
    for at in reversed(range(len(STEPS))):
        y = HEIGHT - 40 - LEGEND * at
        low, high = axis.low + part * at, axis.low + part * (at + 1)
        yield tag(
            "rect", x=wide - 60, y=y - 16, width=20, height=20, fill=STEPS[at], stroke=CONTEXT,
            class_=f"step step-{at + 1}",
        )  # fmt: skip
        ends = f"{axis.written(low).removesuffix(axis.suffix)}–{axis.written(high)}"
        yield written(wide - 32, y, ends, INK, 20)
