"""How alike two names are, for suggestions that a person confirms; never for a silent match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_LEAST = 0.5
_KIND = re.compile(r"(?:för|grund|fri)?skolan?s?$|enhet(?:en)?s?$|s$")  # not what a name is told by


def plain(name: str) -> str:
    """Return a name without case, punctuation and doubled blanks: what counts as the same name."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def likeness(first: str, second: str) -> float:
    """Return 0–1: mostly the words that tell schools apart, a little the letters in order."""
    one, other = _telling(first), _telling(second)
    shorter, longer = sorted((one, other), key=len)
    best = [max((_ratio(word, another) for another in longer), default=0.0) for word in shorter]
    told = sum(best) / len(best) if best else 0.0
    return 0.75 * told + 0.25 * _ratio(plain(first), plain(second))


def ranked(name: str, candidates: Iterable[str], most: int = 5) -> list[str]:
    """Return the candidates most like *name*, best first; those with no likeness are left out."""
    scored = [(likeness(name, one), one) for one in candidates]
    near = sorted((one for one in scored if one[0] >= _LEAST), key=lambda one: (-one[0], one[1]))
    return [one for _, one in near[:most]]


def _telling(name: str) -> list[str]:
    """Return a name's words without what every school's name has: Ekskolan is told by ek."""
    words = [_KIND.sub("", _KIND.sub("", word)) for word in plain(name).split()]
    return [word for word in words if word] or plain(name).split()


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
