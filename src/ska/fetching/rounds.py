"""The folder of a round: what was asked for and when, so that a resumed round asks the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import orjson

from ska.fetching.answers import write_whole

OVERLAP = timedelta(days=2)  # a change is asked for once too often rather than not at all
TOO_OLD = timedelta(days=7)


@dataclass(frozen=True)
class RoundFolder:
    """Where a huvudman's answers are kept: the round under way, and the last whole one."""

    root: Path

    @property
    def now(self) -> Path:
        """Return the folder of the round under way."""
        return self.root / "now"

    @property
    def last(self) -> Path:
        """Return the folder of the last whole round."""
        return self.root / "last"

    def begin(self, today: date) -> tuple[date, date | None]:
        """Return the day and the since-day of the round: of the one to go on with, or a new one.

        A round that nobody finished within a week is begun anew: its answers are stale.
        """
        found = _read(self.now)
        if found and today - found.today <= TOO_OLD:
            return found.today, found.since
        shutil.rmtree(self.now, ignore_errors=True)
        last = _read(self.last)
        since = last.today - OVERLAP if last else None
        _Note(today, since).write(self.now)
        return today, since

    def held(self, asked: Iterable[str]) -> bool:
        """Tell whether the last whole round asked for all of this: then changes are enough."""
        last = _read(self.last)
        return last is not None and set(asked) <= last.asked

    def close(self, today: date, asked: Iterable[str]) -> None:
        """Make the round under way the last whole one, and remember what it asked for."""
        _Note(today, None, frozenset(asked)).write(self.now)
        shutil.rmtree(self.last, ignore_errors=True)
        self.now.replace(self.last)


@dataclass(frozen=True)
class _Note:
    """What a round says of itself."""

    today: date
    since: date | None = None
    asked: frozenset[str] = frozenset()

    def write(self, folder: Path) -> None:
        note = {"today": self.today, "since": self.since, "asked": sorted(self.asked)}
        write_whole(folder / "round.json", orjson.dumps(note))


def _read(folder: Path) -> _Note | None:
    try:
        note = orjson.loads((folder / "round.json").read_bytes())
        since = date.fromisoformat(note["since"]) if note["since"] else None
        return _Note(date.fromisoformat(note["today"]), since, frozenset(note.get("asked") or ()))
    except (OSError, ValueError, KeyError, TypeError):
        return None
