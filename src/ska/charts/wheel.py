"""The geometry of the annual cycle's wheel: days become angles, steps become arcs and labels.

August stands at the top and the months run clockwise. Everything is plain numbers and SVG path
texts; the template draws them with classes, so that colours follow the theme.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians, sin
from textwrap import wrap

from ska.core.swedish import MONTHS

WIDTH, HEIGHT = 1300.0, 760.0
CENTRE_X, CENTRE_Y = WIDTH / 2, HEIGHT / 2
HUB = 104.0
INNER_RING = (118.0, 204.0)
OUTER_RING = (212.0, 298.0)
MONTH_BAND = (306.0, 340.0)
LABEL_REACH = 366.0
LINE = 18.0
LABEL_GAP = 9.0
LABEL_CHARACTERS = 27
SHORTEST = 5.0


@dataclass(frozen=True)
class WheelStep:
    """What the wheel needs to know of a step; *outer* is the huvudman's ring."""

    number: int
    name: str
    when: str
    starts: date
    due: date
    outer: bool


@dataclass(frozen=True)
class Month:
    """One of twelve parts of the rim."""

    name: str
    path: str
    x: float
    y: float
    is_now: bool


@dataclass(frozen=True)
class Bar:
    """A step as an arc that ends in a numbered dot, with its label outside the rim."""

    step: WheelStep
    arc: str
    dot_x: float
    dot_y: float
    leader: str
    label_x: float
    label_y: float
    anchor: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Wheel:
    """All that is drawn: rim, bars, the part of the year that has passed, and the hand of today."""

    months: tuple[Month, ...]
    bars: tuple[Bar, ...]
    passed: str
    hand: tuple[float, float, float, float] | None


def draw_wheel(steps: Sequence[WheelStep], first: date, last: date, today: date) -> Wheel:
    """Return the wheel of the year *first* to *last*; no hand when *today* lies outside it."""
    inside = first <= today <= last
    months = tuple(_month(index, today if inside else None) for index in range(12))
    bars = [*_ring(steps, OUTER_RING, outer=True), *_ring(steps, INNER_RING, outer=False)]
    return Wheel(
        months=months,
        bars=tuple(_with_labels(bars)),
        passed=_passed(first, today) if today > first else "",
        hand=_hand(today) if inside else None,
    )


def angle_of(day: date) -> float:
    """Return the day's angle in degrees clockwise from 1 August; every month takes 30."""
    days = calendar.monthrange(day.year, day.month)[1]
    return ((day.month - 8) % 12 + (day.day - 1) / days) * 30.0


def _point(angle: float, radius: float) -> tuple[float, float]:
    turn = radians(angle)
    return round(CENTRE_X + radius * sin(turn), 1), round(CENTRE_Y - radius * cos(turn), 1)


def _sector(start: float, end: float, inner: float, outer: float) -> str:
    """Return the closed path of a piece of a ring, clockwise from *start* to *end* degrees."""
    large = int(end - start > 180)
    (ax, ay), (bx, by) = _point(start, outer), _point(end, outer)
    (cx, cy), (dx, dy) = _point(end, inner), _point(start, inner)
    return (
        f"M{ax} {ay}A{outer} {outer} 0 {large} 1 {bx} {by}"
        f"L{cx} {cy}A{inner} {inner} 0 {large} 0 {dx} {dy}Z"
    )


def _month(index: int, today: date | None) -> Month:
    number = (index + 7) % 12 + 1
    x, y = _point(index * 30 + 15, sum(MONTH_BAND) / 2)
    return Month(
        name=MONTHS[number - 1],
        path=_sector(index * 30 + 0.35, index * 30 + 29.65, *MONTH_BAND),
        x=x,
        y=y,
        is_now=today is not None and today.month == number,
    )


def _passed(first: date, today: date) -> str:
    """Return the shade over the days gone since the year began on *first*."""
    begun = angle_of(first)
    gone = (angle_of(today) - begun) % 360
    whole_year = (today - first).days >= 365
    end = begun + (359.9 if whole_year else gone)
    return _sector(begun, end, INNER_RING[0], OUTER_RING[1]) if end - begun > 0.1 else ""


def _hand(today: date) -> tuple[float, float, float, float]:
    angle = angle_of(today)
    return (*_point(angle, HUB), *_point(angle, MONTH_BAND[1] + 6))


def _ring(steps: Sequence[WheelStep], ring: tuple[float, float], *, outer: bool) -> list[Bar]:
    """Lay the ring's steps in lanes so that none covers another."""
    spans = []
    for step in steps:
        if step.outer is outer:
            end = angle_of(step.due)
            length = max(min((step.due - step.starts).days / 365 * 360, 150.0), SHORTEST)
            spans.append((end - length, end, step))
    spans.sort(key=lambda span: (span[0], span[1]))
    lanes: list[float] = []
    placed: list[tuple[int, float, float, WheelStep]] = []
    for start, end, step in spans:
        lane = next((i for i, until in enumerate(lanes) if until <= start), len(lanes))
        if lane == len(lanes):
            lanes.append(0.0)
        lanes[lane] = end + 6.0
        placed.append((lane, start, end, step))
    height = (ring[1] - ring[0]) / max(len(lanes), 3)
    return [_bar(step, ring[1] - height * lane, height, (a, b)) for lane, a, b, step in placed]


def _bar(step: WheelStep, top: float, height: float, span: tuple[float, float]) -> Bar:
    middle = top - height / 2
    half = min(height / 2 - 2.5, 9.0)
    dot_x, dot_y = _point(span[1], middle)
    arc = _sector(*span, middle - half, middle + half)
    return Bar(step, arc, dot_x, dot_y, "", 0.0, 0.0, "start", _lines(step))


def _lines(step: WheelStep) -> tuple[str, ...]:
    name = wrap(step.name, LABEL_CHARACTERS, max_lines=2, placeholder=" …")
    return (*name, step.when)


def _with_labels(bars: Sequence[Bar]) -> list[Bar]:
    """Put the labels in two columns beside the rim, near their day and never on each other."""
    found: list[Bar] = []
    for on_right in (True, False):
        side = [bar for bar in bars if (angle_of(bar.step.due) < 180) is on_right]
        # From the top down: the numbers rise on the right side and fall on the left.
        side.sort(key=lambda bar: angle_of(bar.step.due) * 1000 + bar.step.number)
        if not on_right:
            side.reverse()
        heights = [len(bar.lines) * LINE + LABEL_GAP for bar in side]
        wanted = [_point(angle_of(bar.step.due), LABEL_REACH)[1] for bar in side]
        for bar, y in zip(side, _spread(wanted, heights), strict=True):
            found.append(_labelled(bar, y, on_right=on_right))
    return sorted(found, key=lambda bar: bar.step.number)


def _labelled(bar: Bar, y: float, *, on_right: bool) -> Bar:
    angle = angle_of(bar.step.due)
    rim_x, rim_y = _point(angle, MONTH_BAND[1] + 3)
    side = 1 if on_right else -1
    knee_x = round(CENTRE_X + side * (LABEL_REACH + 4), 1)
    end_x = knee_x + side * 10
    return Bar(
        bar.step,
        bar.arc,
        bar.dot_x,
        bar.dot_y,
        f"M{rim_x} {rim_y}L{knee_x} {round(y, 1)}L{end_x} {round(y, 1)}",
        end_x + side * 14,
        round(y - (len(bar.lines) - 1) * LINE / 2 + 5, 1),
        "start" if on_right else "end",
        bar.lines,
    )


def _spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return middles as near the wanted ones as the heights allow, inside the picture."""
    places: list[float] = []
    lowest = 4.0
    for middle, height in zip(wanted, heights, strict=True):
        place = max(middle, lowest + height / 2)
        places.append(place)
        lowest = place + height / 2
    highest = HEIGHT - 4.0
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], highest - heights[index] / 2)
        highest = places[index] - heights[index] / 2
    return places
