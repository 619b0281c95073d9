"""A value's history: each version with when it came, from which import, and what it said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.periods import spelled
from ska.core.swedish import beside, format_number
from ska.errors import Missing
from ska.values.exporting import GENDER_WORDS, SOURCE_WORDS
from ska.values.known import CELL_KEY, as_known
from ska.values.models import OWN_IDS_START
from ska.values.own import own_versions
from ska.values.queries import ORDER, every_version, read_cells
from ska.values.rules import word_beside

MOST = 20
_IMPORTS = """
SELECT v.id, i.id, i.file, i.person_name, i.source_url, i.source_published_at, i.undone_at
FROM {own}value v LEFT JOIN {imports} i ON i.id = v.import_id WHERE v.id = ANY(%(ids)s)
"""


@dataclass(frozen=True)
class Version:
    """What was known of a cell from one moment to another, as it may be shown today."""

    value_id: int
    value: float | None
    word: str
    n: int | None
    finality: str
    recorded_at: datetime
    superseded_at: datetime | None
    file: str = ""
    person_name: str = ""
    source_url: str = ""
    source_published_at: datetime | None = None
    import_id: UUID | None = None
    is_undone: bool = False

    @property
    def written(self) -> str:
        """Return the number, or the words for why there is none."""
        return beside(None if self.value is None else format_number(self.value), self.word)


@dataclass(frozen=True)
class Past:
    """A cell with its versions, the newest first."""

    title: str
    area: str
    period: str
    unit: str
    source: str
    gender: str
    is_own: bool
    versions: tuple[Version, ...]

    @property
    def place(self) -> str:
        """Return where, when and for whom, with the source."""
        source = SOURCE_WORDS.get(self.source, self.source)
        return f"{self.area}, {spelled(self.period)}, {GENDER_WORDS[self.gender]}. {source}."


def past_of(session: Session, actor: Actor, organizer_id: UUID, value_id: int) -> Past:
    """Return the history of the cell that a value stands in; each version through the gate.

    What is hidden today is hidden in every version. Raises Missing for a value that is not there
    for this person.
    """
    if not actor.may(Right.ENTER, organizer_id):
        raise Missing
    is_own = value_id >= OWN_IDS_START
    family = _family(session, actor, organizer_id, value_id)
    mine = family.filter(pl.col("value_id") == value_id)
    if mine.is_empty():
        raise Missing
    cell = mine.row(0, named=True)
    key = [name for name in CELL_KEY if name in family.columns]
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(cell[name])) for name in key)
    rows = family.filter(same).sort("recorded_at", "value_id", descending=True).head(MOST)
    imports = _imports(session, rows["value_id"].to_list(), is_own=is_own)
    shown = [_shown(family, row, is_own=is_own) for row in rows.iter_rows(named=True)]
    names = ("title", "area", "period", "unit", "source", "gender")
    return Past(
        **{name: cell[name] for name in names},
        is_own=is_own,
        versions=tuple(_version(row, imports.get(row["value_id"])) for row in shown),
    )


def own_imports_of(session: Session, value_ids: Iterable[int]) -> dict[int, UUID]:
    """Return the import that each of a huvudman's own values came with; others are left out."""
    own = [one for one in value_ids if one >= OWN_IDS_START]
    found = _imports(session, own, is_own=True) if own else {}
    return {value_id: made[0] for value_id, made in found.items()}


def _family(session: Session, actor: Actor, organizer_id: UUID, value_id: int) -> pl.DataFrame:
    """Return all versions of the cell, an own one with all that it was judged with."""
    if value_id >= OWN_IDS_START:
        return own_versions(session, actor, organizer_id, value_id)
    same = "v.{part} = (SELECT {part} FROM value WHERE id = %(value)s)"
    which = " AND ".join(same.format(part=part) for part in ("series_id", "area_id", "period"))
    return read_cells(session, f"{every_version()} WHERE {which}{ORDER}", {"value": value_id})


def _shown(family: pl.DataFrame, row: dict[str, Any], *, is_own: bool) -> dict[str, Any]:
    if is_own:  # the gate has judged every version
        return row
    just_after = row["recorded_at"] + timedelta(microseconds=1)
    then = as_known(family, just_after).filter(pl.col("value_id") == row["value_id"])
    return then.row(0, named=True)


def _imports(session: Session, ids: list[int], *, is_own: bool) -> dict[int, Any]:
    tables = {"own": "own_", "imports": "own_import"} if is_own else {
        "own": "", "imports": "value_import"
    }  # fmt: skip
    cursor = session.connection().exec_driver_sql(_IMPORTS.format(**tables), {"ids": ids}).cursor
    return {row[0]: row[1:] for row in (cursor.fetchall() if cursor is not None else [])}


def _version(row: dict[str, Any], made: Any) -> Version:
    names = ("value_id", "value", "n", "finality", "recorded_at", "superseded_at")
    import_id, file, person, url, published, undone = made or (None,) * 6
    return Version(
        **{name: row[name] for name in names},
        word=word_beside(row["status"]),
        import_id=import_id,
        file=file or "",
        person_name=person or "",
        source_url=url or "",
        source_published_at=published,
        is_undone=undone is not None,
    )
