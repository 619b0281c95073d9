"""A whole fetch for one huvudman: collect what the plan needs, load it, tell what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, or_, select, text

from ska.db.migrate import OWNER
from ska.errors import Missing, SkaError
from ska.fetching.account import missing
from ska.fetching.answers import Trouble
from ska.fetching.collecting import Addresses, Round, collect
from ska.fetching.loading import Kept, keep_apart, load_kept, read_folder, remember_labels
from ska.fetching.plan import Plan, plan_for
from ska.fetching.polite import Polite
from ska.fetching.proposals import fresh_labels
from ska.fetching.rounds import RoundFolder
from ska.organizers.models import Network, NetworkMember, Organizer
from ska.settings import Settings

LOCK = 0x48414D54  # "HAMT": one fetch at a time for a huvudman
Tell = Callable[[int, str], None]


def _silent(_count: int, _name: str) -> None:
    """Tell nobody."""


@dataclass
class FetchReport:
    """The account of a fetch, as programs and pages read it."""

    organizer: str
    organizer_id: UUID
    answered: int = 0
    files: list[dict[str, Any]] = field(default_factory=list)
    units: dict[str, Any] = field(default_factory=dict)
    missing: list[dict[str, str]] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many cells came, and what they changed."""
        names = ("cells", "new", "revised", "unchanged", "rejected_cells")
        return {name: sum(one[name] for one in self.files) for name in names}

    @property
    def exit_code(self) -> int:
        """Return 0 when all that was asked for came, else 1."""
        return 1 if self.missing or self.counts["rejected_cells"] else 0

    def as_json(self) -> dict[str, Any]:
        """Return the report as it is printed."""
        return {
            "organizer": self.organizer,
            "answered": self.answered,
            "counts": self.counts,
            "units": self.units,
            "missing": self.missing,
            "alarms": self.alarms,
            "proposals": self.proposals,
            "skipped": self.skipped,
            "files": self.files,
        }


def addresses_of(settings: Settings) -> Addresses:
    """Return where the sources are, as the installation says."""
    return Addresses(
        kolada=f"{settings.kolada_url.rstrip('/')}/",
        statistics_database=settings.pxweb_url.rstrip("/"),
        planned_educations=settings.planned_educations_url.rstrip("/"),
        school_register=settings.school_register_url.rstrip("/"),
    )


def find_organizer(connection: Connection, word: str) -> Any:
    """Return the huvudman by municipality code, organisation number or slug; raise Missing."""
    table = Organizer.__table__
    row = connection.execute(
        select(table).where(
            or_(
                table.c.municipality_code == word,
                table.c.organisation_number == word.replace("-", ""),
                table.c.slug == word,
            )
        )
    ).one_or_none()
    if row is None or not row.organisation_number:
        raise Missing(f"Hittar ingen huvudman ”{word}”. Läs in huvudmännen med ska load units.")
    return row


def make_plan(connection: Connection, organizer: Any, today: date, since: date | None) -> Plan:
    """Return the plan of a huvudman, with the members of its networks among its peers."""
    mine = select(NetworkMember.network_id).where(NetworkMember.organizer_id == organizer.id)
    members = connection.scalars(
        select(Organizer.municipality_code)
        .join(NetworkMember, NetworkMember.organizer_id == Organizer.id)
        .join(Network, Network.id == NetworkMember.network_id)
        .where(NetworkMember.network_id.in_(mine), Organizer.municipality_code.is_not(None))
    )
    return plan_for(
        organizer.organisation_number,
        organizer.name,
        organizer.municipality_code,
        network=frozenset(code for code in members if code),
        organizer_id=organizer.id,
        today=today,
        since=since,
    )


def fetch_live(
    engine: Engine,
    settings: Settings,
    word: str,
    polite: Polite,
    *,
    today: date,
    tell: Tell = _silent,
) -> FetchReport:
    """Ask the sources for a huvudman's open data, going on where a stopped fetch was, and load it.

    *engine* connects as the database's owner. A round that came whole is closed; one with gaps
    that may be filled is kept, so that the next run asks only for what is missing.
    """
    with _transaction(engine) as connection:
        organizer = find_organizer(connection, word)
        folder = RoundFolder(settings.data_dir / "fetches" / organizer.organisation_number)
        began, since = folder.begin(today)
        plan = make_plan(connection, organizer, began, since)
    if not folder.held(plan.scope):
        plan = replace(plan, since=None)
    made = collect(plan, folder.now, addresses_of(settings), polite, tell)
    report = _load(engine, plan, folder.now, made, began)
    if all(one.lasts for one in made.troubles):
        folder.close(began, plan.scope)
    return report


def fetch_from_files(engine: Engine, word: str, folder: Path, *, today: date) -> FetchReport:
    """Load a folder of saved answers and exports for a huvudman, and tell what is missing."""
    if not folder.is_dir():
        raise SkaError(f"Mappen {folder} finns inte.")
    with _transaction(engine) as connection:
        plan = make_plan(connection, find_organizer(connection, word), today, None)
    return _load(engine, plan, folder, Round(), today)


def _load(engine: Engine, plan: Plan, folder: Path, made: Round, today: date) -> FetchReport:
    kept = read_folder(folder, plan.number)
    report = FetchReport(plan.name, plan.organizer_id, answered=made.answered, skipped=kept.skipped)
    with _transaction(engine) as connection:
        levels = [code for shape in made.shapes.values() for code in shape.areas]
        keep_apart(connection, [reading for _path, reading in kept.readings], levels)
        accounts, report.units = load_kept(connection, kept, plan.number)
        report.files = [one.as_json() for one in accounts]
        for path, shape in made.shapes.items():
            report.alarms += remember_labels(connection, path, shape.measures, today)
        report.proposals = fresh_labels(connection, _labels(made, kept))
        troubles = [*made.troubles, *missing(connection, plan, kept.units)]
    report.missing = [one.as_json() for one in _once(troubles)]
    return report


def _labels(made: Round, kept: Kept) -> list[str]:
    labels = [label for shape in made.shapes.values() for label in shape.measures.values()]
    for _path, reading in kept.readings:
        labels += [
            title for title in reading.measures["title"].drop_nulls() if title.startswith("Delmål ")
        ]
    return list(dict.fromkeys(labels))


def _once(troubles: list[Trouble]) -> list[Trouble]:
    return list({(one.source, one.what, one.reason): one for one in troubles}.values())


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    """Give one transaction as the database's owner; all of it is kept, or nothing."""
    with engine.begin() as connection:
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
        yield connection
