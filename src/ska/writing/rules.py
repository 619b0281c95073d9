"""What is true of texts whoever writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from ska.core.personal_data import Hit, find_personal_data

LONGEST = 20_000  # characters of one section; a dense page is about 3 000
KEEP_EVERY = timedelta(minutes=5)


class Reason(StrEnum):
    """Why a version was kept."""

    REPLACED = "replaced"
    ESTABLISHED = "established"
    SET_ASIDE = "set_aside"

    @property
    def words(self) -> str:
        """Return the Swedish words for the history page."""
        return _WORDS[self]


_WORDS = {
    Reason.REPLACED: "sparad version",
    Reason.ESTABLISHED: "fastställd version",
    Reason.SET_ASIDE: "lagd åt sidan vid en krock",
}


@dataclass(frozen=True)
class Draft:
    """What a person wants to save, and which version it was written on.

    *follows* is the writer's own text whose confirmation never arrived, if any. *keeps_old* tells
    that the text it replaces is to be kept whatever the clock says.
    """

    text: str
    seen: int
    follows: str | None = None
    not_personal_data: bool = False
    keeps_old: bool = False


def worth_keeping(old: str, new: str, *, same_writer: bool, since_kept: timedelta | None) -> bool:
    """Tell whether *old* must be kept as a version before *new* takes its place.

    Always when someone else wrote it or a fifth of it disappears; otherwise every five minutes,
    so that saving while typing does not fill the history.
    """
    if not old.strip() or old == new:
        return False
    if not same_writer or len(new) < 0.8 * len(old):
        return True
    return since_kept is None or since_kept >= KEEP_EVERY


def stands_after(version: int, text: str, draft: Draft) -> bool:
    """Tell whether *draft* may take the place of *text* at *version* without hiding any words.

    It was written on this very version, or on the writer's own text that the server holds.
    """
    return draft.seen == version or draft.follows == text


def new_hits(old: str, new: str) -> list[Hit]:
    """Return what looks like personal data in *new* and was not already let through in *old*."""
    known = {old[hit.start : hit.end] for hit in find_personal_data(old)}
    return [hit for hit in find_personal_data(new) if new[hit.start : hit.end] not in known]


def digest(text: str) -> str:
    """Return a short print of *text* that tells whether a form's text was touched."""
    return sha256(_plain(text).encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    """Return *text* as it looks after a trip through a browser's form."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in line endings only."""
    return _plain(one) == _plain(other)


def written_since(moment: datetime | None, now: datetime) -> timedelta | None:
    """Return how long ago *moment* was, or None when it never was."""
    return None if moment is None else now - moment


def is_same_person(one: UUID | None, other: UUID | None) -> bool:
    """Tell whether both are the same known person."""
    return one is not None and one == other
