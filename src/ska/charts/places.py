"""What places are called: a huvudman's own are its units."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

_PLACE = re.compile(r"\b([Pp])lats(erna|er|en|)(s?)\b")


def _as_unit(letter: str, ending: str, s: str) -> str:
    return f"{'Enhet' if letter == 'P' else 'enhet'}{ending}{s}"


def units_in(told: Any, names: Sequence[str] = ()) -> Any:
    """Return a text, or whatever holds texts, with units where it says places.

    What is called so stays: *names* of measures and units are no words of ours.
    """
    kept = sorted({one for one in names if _PLACE.search(one)}, key=len, reverse=True)
    either = re.compile("|".join([*(f"({re.escape(one)})" for one in kept), _PLACE.pattern]))
    first = len(kept) + 1

    def as_unit(found: re.Match[str]) -> str:
        return _as_unit(*found.group(first, first + 1, first + 2)) if found[first] else found[0]

    return in_texts(told, lambda text: either.sub(as_unit, text))


def in_texts(told: Any, change: Callable[[str], str]) -> Any:
    """Return a text, or whatever holds texts, changed."""
    if isinstance(told, str):
        return change(told)
    if isinstance(told, dict):
        return {key: in_texts(one, change) for key, one in told.items()}
    if isinstance(told, list | tuple):
        return type(told)(in_texts(one, change) for one in told)
    return told
