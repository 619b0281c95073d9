"""What words mean to the search, and which words are marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ska.core.text import _

MOST_WORDS, LONGEST_WORD, LONGEST_QUERY = 8, 40, 200
SNIPPET = 180
_WORD = re.compile(r"[^\W_]+")

KINDS: dict[str, str] = {
    "page": _("Gå till"),
    "indicator": _("Indikatorer"),
    "framework": _("Mål och framgångsfaktorer"),
    "local": _("Egna mål och indikatorer"),
    "analysis": _("Analyser"),
    "action": _("Insatser"),
    "unit": _("Enheter"),
    "meeting": _("Grupper, nätverk och möten"),
}


def words_in(query: str) -> list[str]:
    """Return the words that are searched for, in lower case: at most eight."""
    found = _WORD.findall(query[:LONGEST_QUERY].casefold())
    return [word[:LONGEST_WORD] for word in dict.fromkeys(found)][:MOST_WORDS]


def prefix_query(words: Iterable[str]) -> str:
    """Return *words* as PostgreSQL asks for them: all of them, each as the beginning of a word."""
    return " & ".join(f"{word}:*" for word in words)


def is_named(text: str, words: Sequence[str]) -> bool:
    """Tell whether each of *words* begins some word of *text*."""
    own = _WORD.findall(text.casefold())
    return all(any(one.startswith(word) for one in own) for word in words)


@dataclass(frozen=True)
class Part:
    """A piece of a text; *hit* when it is a word that was searched for."""

    text: str
    hit: bool = False


def marked(text: str, stems: Sequence[str]) -> list[Part]:
    """Return *text* in parts, the words that begin with one of *stems* marked.

    The Swedish stemmer only takes endings away, so a word that matched begins with its stem; a
    stem inside a compound (matematikundervisning) is marked with the whole word.
    """
    parts: list[Part] = []
    at = 0
    for found in _WORD.finditer(text):
        word = found[0].casefold()
        if not any(word.startswith(stem) or (len(stem) > 3 and stem in word) for stem in stems):
            continue
        if found.start() > at:
            parts.append(Part(text[at : found.start()]))
        parts.append(Part(found[0], hit=True))
        at = found.end()
    if at < len(text):
        parts.append(Part(text[at:]))
    return parts


def snippet(text: str, stems: Sequence[str]) -> list[Part]:
    """Return the piece of *text* around its first hit, at most a few lines, marked."""
    plain = " ".join(text.split())
    parts = marked(plain, stems)
    before = 0
    for part in parts:
        if part.hit:
            break
        before += len(part.text)
    start = 0 if before == len(plain) or before < SNIPPET // 2 else before - SNIPPET // 3
    if start:
        start = plain.find(" ", start) + 1
    end = len(plain) if len(plain) <= start + SNIPPET else plain.rfind(" ", 0, start + SNIPPET)
    if end <= start:
        end = start + SNIPPET
    piece = ("… " if start else "") + plain[start:end] + (" …" if end < len(plain) else "")
    return marked(piece, stems)


@dataclass(frozen=True)
class Slice:
    """Which hits of how many are shown."""

    total: int
    start: int
    count: int

    @property
    def summary(self) -> str:
        """Return the sentence above a list: ``Visar 1–20 av 137``."""
        return _("Visar {first}–{last} av {total}").format(
            first=self.start + 1, last=self.start + self.count, total=self.total
        )
