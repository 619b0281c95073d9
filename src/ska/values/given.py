"""Files as people and commands give them: pupil files are one, no name points out a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from ska.core.personal_data import find_personal_data
from ska.db.session import Scope, tell_scope
from ska.errors import Invalid, Missing
from ska.organizers.models import Organizer
from ska.values.importers.observations import Refused
from ska.values.importers.people import People, are_pupils, together
from ska.values.importers.recognise import NOBODY
from ska.values.importers.sheets import read_bytes
from ska.values.models import OwnLimit
from ska.values.reports import FileReport
from ska.values.shelves import PUBLISHED, Shelf, own_shelf


@dataclass(frozen=True)
class Given:
    """Files as they were sent: their names, their contents, and whether persons may be counted."""

    files: tuple[tuple[str, bytes], ...]
    counts_people: bool = False

    @property
    def name(self) -> str:
        """Return what the files are called, together."""
        return " + ".join(name for name, _content in self.files)

    def content(self) -> bytes:
        """Return the content; several pupil files are one. Raises Invalid for other kinds."""
        try:
            return together([content for _name, content in self.files])
        except Refused as refusal:
            raise Invalid(str(refusal), {"file": str(refusal)}) from refusal


def file_name(written: str) -> str:
    """Return a file's name as it may be kept: one that points out a person is not."""
    return "fil" if find_personal_data(written) else written[:200]


def shelf_and_people(connection: Connection, slug: str, *, aggregate: bool) -> tuple[Shelf, People]:
    """Return the shelf of a huvudman, with the right to it, and its smallest group.

    Without a huvudman it is the published shelf. Raises Missing when there is none so called.
    """
    if not slug:
        return PUBLISHED, People(aggregate)
    found = connection.scalar(select(Organizer.id).where(Organizer.slug == slug))
    if found is None:
        raise Missing(f"Ingen huvudman heter {slug}.")
    tell_scope(connection, Scope(frozenset({found}), found))
    own = connection.scalar(select(OwnLimit.inside).where(OwnLimit.organizer_id == found))
    return own_shelf(found), People(aggregate, max(NOBODY.limit, own or 0))


def contents_of(
    files: Iterable[Path], people: People, reports: list[FileReport]
) -> Iterator[tuple[str, bytes]]:
    """Give each file's name and content, pupil files joined; what cannot be opened is reported."""
    pupils: list[tuple[str, bytes]] = []
    for path in files:
        name = file_name(path.name)
        try:
            content = read_bytes(path)
        except Refused as refusal:
            reports.append(FileReport(file=name, refused=str(refusal)))
            continue
        if people.may_be_counted and are_pupils(content):
            pupils.append((name, content))
        else:
            yield name, content
    if pupils:
        given = Given(tuple(pupils))
        yield given.name, given.content()
