"""Two texts side by side: what was added and taken away, and how two changes go together.

Texts are compared sentence by sentence, and inside changed sentences word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain

_SENTENCE = re.compile(r".+?(?:[.!?:]+[ \t]+|\n+|$)", re.DOTALL)
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORDS = 1500  # above this a sentence-by-sentence answer is enough, and fast


class PieceKind(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A run of text that was kept, added or removed."""

    kind: PieceKind
    text: str


@dataclass(frozen=True)
class Merge:
    """Two changes of one text put together; *clean* tells that they did not meet."""

    text: str
    clean: bool


def differences(old: str, new: str) -> list[Piece]:
    """Return the pieces that make *new* of *old*; without the removed ones they are *new*."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    pieces: list[Piece] = []
    for kind, gone, come in _steps(before, after):
        old_part, new_part = "".join(gone), "".join(come)
        if kind == "equal":
            pieces.append(Piece(PieceKind.SAME, new_part))
        else:
            pieces.extend(_by_word(old_part, new_part))
    return _joined(pieces)


def _steps(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        yield kind, before[start:end], after[new_start:new_end]


def _by_word(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > _MOST_WORDS:
        before, after = [old], [new]
    for kind, gone, come in _steps(before, after):
        if kind == "equal":
            yield Piece(PieceKind.SAME, "".join(come))
            continue
        yield Piece(PieceKind.REMOVED, "".join(gone))
        yield Piece(PieceKind.ADDED, "".join(come))


def _joined(pieces: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].kind is piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    mine: bool
    text: tuple[str, ...]


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Return both changes of *base* in one text.

    Where they meet, both wordings stand after each other, mine first: nothing is thrown away.
    """
    sentences = _SENTENCE.findall(base)
    changes = sorted(
        chain(_changes(sentences, mine, True), _changes(sentences, theirs, False)),
        key=lambda change: (change.start, change.end),
    )
    parts: list[str] = []
    done, clean = 0, True
    for cluster in _clusters(changes):
        low = min(change.start for change in cluster)
        high = max(change.end for change in cluster)
        parts += sentences[done:low]
        texts = list(dict.fromkeys(_versions(sentences, cluster, low, high)))
        clean = clean and len(texts) == 1
        parts += _apart(texts)
        done = high
    return Merge("".join([*parts, *sentences[done:]]), clean)


def _changes(base: list[str], other: str, mine: bool) -> Iterator[_Change]:
    matcher = SequenceMatcher(None, base, after := _SENTENCE.findall(other), autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            yield _Change(start, end, mine, tuple(after[new_start:new_end]))


def _clusters(changes: list[_Change]) -> Iterator[list[_Change]]:
    cluster: list[_Change] = []
    for change in changes:
        if cluster and not _meets(change, cluster):
            yield cluster
            cluster = []
        cluster.append(change)
    if cluster:
        yield cluster


def _meets(change: _Change, cluster: list[_Change]) -> bool:
    """Tell whether a change overlaps the ones before it, or adds at the very same place."""
    high = max(before.end for before in cluster)
    if change.start != high:
        return change.start < high
    adds_here = (high, high)
    return (change.start, change.end) == adds_here and any(
        (before.start, before.end) == adds_here for before in cluster
    )


def _versions(base: list[str], cluster: list[_Change], low: int, high: int) -> Iterator[str]:
    """Yield each side's wording of base[low:high]; a side that did not touch it yields nothing."""
    for side in (True, False):
        own = [change for change in cluster if change.mine is side]
        if not own:
            continue
        parts: list[str] = []
        at = low
        for change in own:
            parts += [*base[at : change.start], *change.text]
            at = change.end
        yield "".join([*parts, *base[at:high]])


def _apart(texts: list[str]) -> list[str]:
    """Return wordings that can stand after each other without running together."""
    spaced = [t if t.endswith(("\n", " ")) or not t else f"{t}\n" for t in texts[:-1]]
    return [*spaced, *texts[-1:]]
