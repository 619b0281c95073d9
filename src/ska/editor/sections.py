"""A section as a page shows it, ready to write in or to read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ska.core.readability import count_words_of, lix
from ska.editor.rules import Sent
from ska.writing.models import WrittenText
from ska.writing.rules import digest


@dataclass(frozen=True)
class Section:
    """A section as the page shows it."""

    key: str
    heading: str
    question: str
    guide: tuple[str, ...]
    id: UUID
    text: str
    version: int
    was: str
    written_by: str
    words: int
    lix: int | None


def section_of(
    text: WrittenText,
    words: tuple[str, str],
    refused: Sent | None = None,
    *,
    guide: tuple[str, ...] = (),
) -> Section:
    """Return a section as a page shows it; *words* are its heading and its question."""
    heading, question = words
    shown = refused.text if refused else text.text
    return Section(
        key=text.key,
        heading=heading,
        question=question,
        guide=guide,
        id=text.id,
        text=shown,
        version=refused.seen if refused else text.version,
        was=digest(text.text),
        written_by=text.writer_name,
        words=count_words_of(shown),
        lix=lix(shown),
    )
