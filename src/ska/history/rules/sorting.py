"""Sorting a report: headings split it into sections, each section is a part of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ska.history.definitions import OTHER, ReportPart
from ska.history.rules.blocks import Block, Kind
from ska.history.rules.headings import without_number

_NOT_WORDS = re.compile(r"[^a-zåäöé0-9-]+")


def _plain(heading: str) -> str:
    words = without_number(heading).casefold().replace("é", "e")
    return f" {_NOT_WORDS.sub(' ', words).strip()} "


def part_of(heading: str, parts: Sequence[ReportPart]) -> str:
    """Return the part whose longest words a heading holds, empty when it holds none."""
    said = _plain(heading)
    found = [
        (len(words), one.id) for one in parts for words in one.words if _spelled(words).search(said)
    ]
    return max(found, key=lambda one: one[0])[1] if found else ""


@cache
def _spelled(words: str) -> re.Pattern[str]:
    """Return the words with the endings that Swedish nouns take: resultat, resultatens."""
    return re.compile(rf" {re.escape(words)}(?:s|e?ns?|e?ts?|nas?|ernas?)? ")


def is_usual(line: str, parts: Sequence[ReportPart]) -> bool:
    """Tell whether a line says a usual heading and nothing more."""
    said = _plain(line).strip()
    return any(said in (_plain(one.name).strip(), *one.words) for one in parts)


@dataclass(frozen=True)
class Section:
    """A heading with what follows until the next; *start* is its place in the report."""

    start: int
    heading: Block | None
    blocks: Sequence[tuple[int, Block]]
    part: str

    @property
    def title(self) -> str:
        """Return the words of the heading, empty before the first one."""
        return self.heading.text if self.heading else ""

    @property
    def all_blocks(self) -> list[tuple[int, Block]]:
        """Return the heading and what follows, each with its place in the report."""
        head = [(self.start, self.heading)] if self.heading else []
        return [*head, *self.blocks]

    @property
    def stands_for(self) -> int:
        """Return how many of the report's paragraphs lie here, the heading among them."""
        return sum(one.stands_for for _place, one in self.all_blocks)


def sections_of(
    blocks: Sequence[Block], parts: Sequence[ReportPart], chosen: Mapping[int, str]
) -> list[Section]:
    """Return the sections in order; every block lies in exactly one.

    *chosen* holds the part a person has chosen, by where the section starts. Otherwise the
    heading tells it, and one that says nothing belongs where the heading above it does.
    """
    known = {one.id for one in parts}
    above: list[tuple[int, str]] = []
    found = []
    for start, heading, inside in _split(blocks):
        level = heading.level if heading else 0
        above = [one for one in above if one[0] < level]
        inherited = above[-1][1] if above else OTHER
        guessed = part_of(heading.text, parts) if heading else OTHER
        part = chosen.get(start, "")
        part = part if part in known else guessed or inherited
        above.append((level, part if heading else OTHER))
        found.append(Section(start, heading, inside, part))
    return found


def _split(
    blocks: Sequence[Block],
) -> Iterator[tuple[int, Block | None, list[tuple[int, Block]]]]:
    start, heading, inside = 0, None, list[tuple[int, Block]]()
    for place, block in enumerate(blocks):
        if block.kind is not Kind.HEADING:
            inside.append((place, block))
            continue
        if heading or inside:
            yield start, heading, inside
        start, heading, inside = place, block, []
    if heading or inside:
        yield start, heading, inside


def with_headings(blocks: Sequence[Block], places: set[int]) -> list[Block]:
    """Return the blocks with headings at exactly *places*; what becomes text keeps its words."""
    return [
        _made(block, is_heading=place in places)
        if block.kind in (Kind.HEADING, Kind.TEXT)
        else block
        for place, block in enumerate(blocks)
    ]


def _made(block: Block, *, is_heading: bool) -> Block:
    if is_heading == (block.kind is Kind.HEADING):
        return block
    kind = Kind.HEADING if is_heading else Kind.TEXT
    return Block(kind, block.text, 2 if is_heading else 0, block.stands_for)
