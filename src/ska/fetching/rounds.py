"""The folder of a round: what was asked for and when, so that a resumed round asks the same."""

from __future__ import annotations

import shutil
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
        if found and today - found[0] <= TOO_OLD:
            return found
        shutil.rmtree(self.now, ignore_errors=True)
        last = _read(self.last)
        since = last[0] - OVERLAP if last else None
        note = {"today": today.isoformat(), "since": since.isoformat() if since else None}
        write_whole(self.now / "round.json", orjson.dumps(note))
        return today, since

    def close(self) -> None:
        """Make the round under way the last whole one."""
        shutil.rmtree(self.last, ignore_errors=True)
        self.now.replace(self.last)


def _read(folder: Path) -> tuple[date, date | None] | None:
    try:
        note = orjson.loads((folder / "round.json").read_bytes())
        since = date.fromisoformat(note["since"]) if note["since"] else None
        return date.fromisoformat(note["today"]), since
    except (OSError, ValueError, KeyError, TypeError):
        return None
