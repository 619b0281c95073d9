"""How hard a Swedish text is to read."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_END = re.compile(r"[.!?:]+(?=\s|$)|\n{2,}|\n(?=[-*#\d])")
LONG = 6  # letters; a word with more is long (Björnsson 1968, Läsbarhet)


def count_words_of(text: str) -> int:
    """Return the number of words in *text*; figures alone are not words."""
    return len(_WORD.findall(text))


def lix(text: str) -> int | None:
    """Return Björnsson's readability index, or None for less than ten words.

    Words per sentence plus the percentage of words longer than six letters; 40 is a
    newspaper, 50 an authority.
    """
    words = _WORD.findall(text)
    if len(words) < 10:
        return None
    sentences = max(1, sum(1 for part in _END.split(text) if _WORD.search(part)))
    long = sum(1 for word in words if len(word.replace("-", "")) > LONG)
    return round(len(words) / sentences + 100 * long / len(words))
