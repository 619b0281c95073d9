"""Which rows are hidden: of the whole as if nobody was divided, of groups beside what that tells.

What is read in by groups takes nothing of the whole from anybody. Where a small group could only be
hidden by hiding a whole as well, nothing by group is told of that table.
"""

from __future__ import annotations

from collections.abc import Sequence

from ska.values.gate.hiding import hidden_cells
from ska.values.gate.rows import Row
from ska.values.gate.sums import Book
from ska.values.rules import Audience


def hidden_rows(rows: Sequence[Row], audience: Audience) -> set[int]:
    """Return the places of the rows of a measure that may not be told."""
    divided = {at for at, row in enumerate(rows) if row.division}
    if not divided:
        return _hidden(rows, audience)
    whole = [at for at in range(len(rows)) if at not in divided]
    found = {whole[at] for at in _hidden([rows[at] for at in whole], audience)}
    for some, reader in _no_stricter(rows, audience):
        found |= _hidden_groups(some, reader, whole)
    return found


def _hidden(rows: Sequence[Row], audience: Audience) -> set[int]:
    book = Book(rows, audience)
    hidden = hidden_cells(book.cells, book.sums, book.earlier)
    return book.untold | {at for at, place in enumerate(book.places) if place in hidden}


def _no_stricter(rows: Sequence[Row], audience: Audience) -> list[tuple[Sequence[Row], Audience]]:
    """Return the rows as those read them who may see as much or more; no group is hidden for these
    and told to others.
    """
    readers: list[tuple[Sequence[Row], Audience]] = [(rows, audience)]
    if audience is Audience.OUTSIDE:
        readers.append((rows, Audience.INSIDE))
    if any(row.limit_inside or row.limit_outside for row in rows):
        unraised = [row._replace(limit_inside=None, limit_outside=None) for row in rows]
        readers += [(unraised, reader) for _, reader in readers]
    return readers


def _hidden_groups(rows: Sequence[Row], audience: Audience, whole: Sequence[int]) -> set[int]:
    """Return the places of the groups' rows that may not be told beside the whole as it is told."""
    together = _hidden(rows, audience)
    alone = {whole[at] for at in _hidden([rows[at] for at in whole], audience)}
    tables = {rows[at].line[0] for at in together.intersection(whole) - alone}
    if tables and any(row.carried_from for row in rows):  # a repeated number is in two tables
        tables = {row.line[0] for row in rows}
    groups = set(range(len(rows))) - set(whole)
    return {at for at in groups if at in together or rows[at].line[0] in tables}
