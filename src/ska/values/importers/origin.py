"""Where figures come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Origin:
    """The address of an answer, when it was fetched, and the source's own date."""

    url: str = ""
    fetched_at: datetime | None = None
    published_at: datetime | None = None


UNTOLD = Origin()
