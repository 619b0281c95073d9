"""What `ska fetch` does and says."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

from ska.core.swedish import format_number
from ska.fetching import queue
from ska.fetching.polite import Polite
from ska.fetching.services import FetchReport, addresses_of, fetch_from_files, fetch_live
from ska.settings import Settings

_SHOWN = 15


def fetch(
    engine: Engine, settings: Settings, word: str, folder: Path | None, today: date, *, quiet: bool
) -> FetchReport:
    """Fetch for the huvudman *word*, from *folder* when given, and return the account."""
    report = _fetch(engine, settings, word, folder, today, quiet=quiet)
    queue.note(engine, report.organizer_id, report, datetime.now(UTC))
    return report


def _fetch(
    engine: Engine, settings: Settings, word: str, folder: Path | None, today: date, *, quiet: bool
) -> FetchReport:
    if folder is not None:
        return fetch_from_files(engine, word, folder, today=today)
    polite = Polite(addresses_of(settings).manners)

    def tell(count: int, name: str) -> None:
        sys.stderr.write(f"\r{count} svar, nu {name:<28}")
        sys.stderr.flush()

    try:
        told = (lambda _count, _name: None) if quiet else tell
        return fetch_live(engine, settings, word, polite, today=today, tell=told)
    finally:
        polite.close()


def words(report: FetchReport) -> str:
    """Return the account as a few Swedish lines for a person at a terminal."""
    counts = {name: format_number(number) for name, number in report.counts.items()}
    lines = [
        f"{report.organizer}: {len(report.files)} filer, {counts['cells']} celler",
        "  {new} nya, {revised} ändrade, {unchanged} oförändrade, {rejected_cells} avvisade".format(
            **counts
        ),
        f"  {len(report.missing)} saknas" if report.missing else "  Inget saknas.",
    ]
    lines += [
        f"  Saknas: {one['what']}: {one['reason']} ({one['source']})"
        for one in report.missing[:_SHOWN]
    ]
    lines += [f"  Larm: {alarm}" for alarm in report.alarms]
    lines += [f"  Förslag till ramverket: {label}" for label in report.proposals]
    lines += [f"  Ej läst: {one['file']}: {one['reason']}" for one in report.skipped[:_SHOWN]]
    return "\n".join(lines)
