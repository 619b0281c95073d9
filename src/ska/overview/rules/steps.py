""" "Om tre elever till …", as many as the reader asks for: how much single pupils weigh. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ska.core.swedish import parse_whole
from ska.statistics import Measure, pupils_in_words, what_if

USUAL, MOST = 3, 20


@dataclass(frozen=True)
class Step:
    """What so many pupils more and fewer had meant for each share; the next steps either way."""

    pupils: int
    heading: str
    sentences: tuple[str, ...]
    fewer: int | None
    more: int | None


def step_of(shares: Sequence[tuple[str, Measure | None]], asked: str | None) -> Step | None:
    """Return the step that the address asks for, three without one; None where no n is known.

    *shares* are measures, each with a word for what it is (empty where there is only one).
    """
    wanted = parse_whole(asked or "", 0, 10**18)
    pupils = USUAL if wanted is None else min(max(wanted, 1), MOST)
    told = [(word, what_if(one, pupils)) for word, one in shares if one is not None]
    said = tuple(f"{word}: {words}" if word else words for word, words in told if words)
    known = next((one for _word, one in shares if one is not None), None)
    if known is None or not said:
        return None
    return Step(
        pupils,
        f"Om {pupils_in_words(pupils, known)} till …",
        said,
        pupils - 1 if pupils > 1 else None,
        pupils + 1 if pupils < MOST else None,
    )
