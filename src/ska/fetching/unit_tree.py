"""A huvudman's units out of its school administration system: seen first, stored on a yes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection, select, text

from ska.errors import SkaError
from ska.fetching.answers import Collector
from ska.fetching.polite import TIMEOUT, Polite, Unanswered, origin_of
from ska.fetching.rules import SKOLVERKET
from ska.fetching.services import find_organizer
from ska.fetching.sources import ss12000 as source
from ska.organizers import loading, ss12000
from ska.organizers.models import SchoolUnit
from ska.organizers.register import Sheet, UnitRow
from ska.settings import Settings
from ska.values.importers.observations import Refused
from ska.values.importers.saved import read_saved
from ska.values.importers.sheets import read_bytes

_SCOPE = text(
    "SELECT set_config('app.organizers', :one, true), set_config('app.organizer', :one, true)"
)


@dataclass(frozen=True)
class Branch:
    """A unit of the tree beside what is known: its name here is never changed by the tree."""

    code: str
    name: str
    known_as: str | None

    @property
    def says(self) -> str:
        """Return in words what it means."""
        if self.known_as is None:
            return "ny"
        return "finns" if self.known_as == self.name else f"finns, heter ”{self.known_as}” här"


@dataclass(frozen=True)
class Tree:
    """What the system says of a huvudman's units, and which of ours it does not name."""

    organizer: str
    units: tuple[UnitRow, ...]
    branches: tuple[Branch, ...]
    absent: tuple[Branch, ...]

    @property
    def has_news(self) -> bool:
        """Tell whether there is anything to store."""
        return any(one.known_as is None for one in self.branches)

    def in_words(self) -> str:
        """Return the tree as lines for a person at a terminal."""
        lines = [f"{self.organizer}: {len(self.branches)} enheter i trädet"]
        lines += [f"  {one.code} {one.name}: {one.says}" for one in self.branches]
        lines += [
            f"  {one.code} {one.name}: finns här men inte i trädet, lämnas som den är"
            for one in self.absent
        ]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """Return the tree as programs read it."""
        return {
            "organizer": self.organizer,
            "units": [asdict(one) for one in self.branches],
            "absent": [asdict(one) for one in self.absent],
        }


def read_tree(connection: Connection, settings: Settings, word: str, files: Sequence[Path]) -> Tree:
    """Return the tree of the huvudman *word*, out of saved answers or from the system itself.

    Raises SkaError when it cannot be read whole, or holds no unit with a school unit code.
    """
    organizer = find_organizer(connection, word)
    try:
        found = _from_files(files) if files else _ask(settings)
    except (Refused, Unanswered) as refusal:
        raise SkaError(f"Enhetsträdet kan inte läsas: {refusal}") from refusal
    units = ss12000.units_of(found, organizer.organisation_number)
    if not units:
        raise SkaError(
            f"Trädet har inga enheter med skolenhetskod för {organizer.name}. Kontrollera att "
            "huvudmannens organisationsnummer står i systemet."
        )
    connection.execute(_SCOPE, {"one": str(organizer.id)})
    rows = connection.execute(
        select(SchoolUnit.school_unit_code, SchoolUnit.name).where(
            SchoolUnit.organizer_id == organizer.id, SchoolUnit.school_unit_code.is_not(None)
        )
    )
    known = {str(code): name for code, name in rows}
    told = {one.school_unit_code for one in units}
    return Tree(
        organizer.name,
        tuple(units),
        tuple(
            Branch(one.school_unit_code, one.name, known.get(one.school_unit_code)) for one in units
        ),
        tuple(Branch(code, name, name) for code, name in known.items() if code not in told),
    )


def store(connection: Connection, tree: Tree) -> dict[str, Any]:
    """Store the tree's units as the database's owner; what people wrote is left as it is."""
    sheet = Sheet(file="enhetsträd", source=ss12000.SOURCE, units=list(tree.units))
    return loading.report_of(sheet, loading.load_sheet(connection, sheet))


def _from_files(files: Sequence[Path]) -> list[dict[str, Any]]:
    answers = [one.body for path in files for one in read_saved(read_bytes(path))]
    if not all(ss12000.is_page(one) for one in answers):
        raise Refused("en fil är inte ett svar på /organisations")
    tokens = [token for one in answers if (token := ss12000.next_token(one))]
    if len(tokens) >= len(answers):
        raise Refused("sista sidan är inte med")
    return [one for answer in answers for one in ss12000.organisations_in(answer)]


def _ask(settings: Settings) -> list[dict[str, Any]]:
    if not settings.ss12000_url:
        raise Unanswered("sätt SKA_SS12000_URL, eller ange filer med sparade svar")
    base, token = settings.ss12000_url.rstrip("/"), settings.ss12000_token
    headers = {"Authorization": f"Bearer {token.get_secret_value()}"} if token else {}
    client = httpx.Client(timeout=TIMEOUT, follow_redirects=False, headers=headers)
    polite = Polite({origin_of(base): SKOLVERKET}, client)
    try:
        with tempfile.TemporaryDirectory(prefix="ska-tree-") as folder:
            return source.collect(Collector(Path(folder), polite), base)
    finally:
        polite.close()
