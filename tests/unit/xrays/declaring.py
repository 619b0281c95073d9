"""How a fault is declared: the least change of a sound huvudman that a rule must find.

A fault returns the day it is seen, when it cannot be seen on the ordinary day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.unit.xrays.world import World, change, drop, key

Fault = Callable[[World], date | None]
FAULTS: dict[str, Fault] = {}
ONE = "aby-2026"
CHAIN = key(f"{ONE}-challenge")


def fault(rule: str) -> Callable[[Fault], Fault]:
    """Let the function be the fault of *rule*."""

    def declare(function: Fault) -> Fault:
        assert rule not in FAULTS
        FAULTS[rule] = function
        return function

    return declare


def so(rule: str, kind: str, name: str, /, **new: object) -> None:
    """Let the fault of *rule* be that one thing is otherwise."""

    def make(things: World) -> None:
        change(things, kind, name, **new)

    fault(rule)(make)


def without(rule: str, kind: str, /, **of: object) -> None:
    """Let the fault of *rule* be that some things are missing."""

    def make(things: World) -> None:
        drop(things, kind, **of)

    fault(rule)(make)
