"""Similar places: many thin lines gathered into one, since each line of its own costs time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ska.charts.chart import PlottedValue
from ska.charts.spec import Line, TrendSpec


@dataclass(frozen=True)
class Peers:
    """The lines of similar places laid end to end; None in *positions* and *values* parts them.

    *alone* are the places of points without a neighbour, *grid* holds a value, or none, for every
    line and period.
    """

    lines: tuple[Line, ...]
    positions: tuple[int | None, ...]
    values: tuple[float | None, ...]
    alone: tuple[int, ...]
    grid: tuple[PlottedValue, ...]

    @property
    def has_lines(self) -> bool:
        """Tell whether any two values are joined: where none are, dots must carry it all."""
        return len(self.alone) < sum(one is not None for one in self.values)

    def pieces(self) -> list[list[tuple[int, float]]]:
        """Return the runs of (position, value) that a line may join."""
        found: list[list[tuple[int, float]]] = [[]]
        for position, value in zip(self.positions, self.values, strict=True):
            if position is None or value is None:
                found.append([])
            else:
                found[-1].append((position, value))
        return [run for run in found if run]


def gather(spec: TrendSpec, by_line: Mapping[str, Mapping[str, PlottedValue]]) -> Peers:
    """Return the peers' lines, parted at gaps, breaks and repeated values.

    *by_line* holds the values of each line by period.
    """
    lines = tuple(line for line in spec.lines if line.role == "peer")
    breaks = {one.at for one in spec.breaks}
    positions: list[int | None] = []
    values: list[float | None] = []
    grid: list[PlottedValue] = []
    for line in lines:
        of_line, was_carried = by_line[line.key], False
        for at, period in enumerate(spec.periods):
            one = of_line.get(period) or PlottedValue(line.key, period, None)
            is_carried = bool(one.carried_from)
            if is_carried or was_carried or period in breaks:
                positions.append(None)
                values.append(None)
            positions.append(None if one.value is None else at)
            values.append(one.value)
            grid.append(one)
            was_carried = is_carried
        positions.append(None)
        values.append(None)
    return Peers(lines, tuple(positions), tuple(values), _alone(values), tuple(grid))


def _alone(values: list[float | None]) -> tuple[int, ...]:
    """Return the places of values that have none on either side."""
    around = zip([None, *values], values, [*values[1:], None], strict=False)
    return tuple(
        at
        for at, (before, value, after) in enumerate(around)
        if value is not None and before is None and after is None
    )
