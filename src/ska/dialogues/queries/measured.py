"""Indicators in one line each, from the cards of the results."""

from __future__ import annotations

from collections.abc import Iterable

from ska.dialogues.rules.results import MeasureLine
from ska.overview.rules.cards import Card


def lines_of(cards: Iterable[Card], results: str, query: str = "") -> list[MeasureLine]:
    """Return the cards that have a value as lines; *results* is the address of the results."""
    return [
        MeasureLine(
            name=one.name,
            href=f"{results}/{one.code}{query}",
            value=f"{one.value} {one.unit}".strip(),
            period=one.period,
            people=one.people,
            interval=one.interval,
            change=one.change,
            verdict=one.verdict,
            source=one.source,
            shifts=[shift.said for shift in one.shifts],
        )
        for one in cards
        if one.has_value
    ]
