"""The small line of a card: the last years, without a scale."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from ska.charts.paint import points_of, svg, tag


def sparkline(
    values: Sequence[float | None],
    starts: Collection[int] = (),
    width: int = 144,
    height: int = 40,
) -> Markup:
    """Return a small line of the last years for a card; gaps stay gaps, the last point is a dot.

    *starts* are the positions to which no line leads from the one before.
    Hidden from screen readers: the card's text says the same.
    """
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    span = (high - low) or 1.0
    pad = 6

    def place(at: int, value: float) -> tuple[float, float]:
        x = pad + at * (width - 2 * pad) / max(1, len(values) - 1)
        y = height / 2 if high == low else pad + (high - value) / span * (height - 2 * pad)
        return x, y

    inside = [_piece([place(at, value) for at, value in run]) for run in _runs(values, starts)]
    if known:
        last = max(at for at, value in enumerate(values) if value is not None)
        x, y = place(last, known[-1])
        inside.append(tag("circle", cx=x, cy=y, r=4, fill="currentColor"))
    return svg("spark", width, height, inside)


def _runs(values: Sequence[float | None], starts: Collection[int]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = []
    joined = False
    for at, value in enumerate(values):
        if value is None:
            joined = False
            continue
        if joined and at not in starts:
            runs[-1].append((at, value))
        else:
            runs.append([(at, value)])
        joined = True
    return runs


def _piece(places: list[tuple[float, float]]) -> str:
    if len(places) == 1:
        return tag("circle", cx=places[0][0], cy=places[0][1], r=2, fill="currentColor")
    return tag(
        "polyline", points=points_of(places), fill="none", stroke="currentColor",
        stroke_width=2, stroke_linejoin="round", stroke_linecap="round",
    )  # fmt: skip
