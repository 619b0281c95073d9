"""What places are called: a huvudman's own are its units."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_PLACE = re.compile(r"\b([Pp])lats(erna|er|en|)(s?)\b")


def _as_unit(found: re.Match[str]) -> str:
    word = "Enhet" if found[1] == "P" else "enhet"
    return f"{word}{found[2]}{found[3]}"


def units_in(told: Any) -> Any:
    """Return a text, or whatever holds texts, with units where it says places."""
    return in_texts(told, lambda text: _PLACE.sub(_as_unit, text))


def in_texts(told: Any, change: Callable[[str], str]) -> Any:
    """Return a text, or whatever holds texts, changed."""
    if isinstance(told, str):
        return change(told)
    if isinstance(told, dict):
        return {key: in_texts(one, change) for key, one in told.items()}
    if isinstance(told, list | tuple):
        return type(told)(in_texts(one, change) for one in told)
    return told
