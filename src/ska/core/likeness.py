"""How alike two names are, for suggestions that a person confirms; never for a silent match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_LEAST = 0.45
_COMMON = {"skola", "skolan", "förskola", "förskolan", "f", "grundskola", "enhet"}


def plain(name: str) -> str:
    """Return a name without case, punctuation and doubled blanks: what counts as the same name."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def likeness(first: str, second: str) -> float:
    """Return 0–1: letters in order, lifted by shared words that are not in every school's name."""
    one, other = plain(first), plain(second)
    words = [set(name.split()) - _COMMON for name in (one, other)]
    shared = len(words[0] & words[1]) / max(1, min(map(len, words)))
    return max(SequenceMatcher(None, one, other).ratio(), 0.9 * shared)


def ranked(name: str, candidates: Iterable[str], most: int = 5) -> list[str]:
    """Return the candidates most like *name*, best first; those with no likeness are left out."""
    scored = [(likeness(name, one), one) for one in candidates]
    near = sorted((one for one in scored if one[0] >= _LEAST), key=lambda one: (-one[0], one[1]))
    return [one for _, one in near[:most]]
