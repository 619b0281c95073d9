"""Which rows are hidden: of the whole as if nobody was divided, of groups beside what that tells.

What is read in by groups takes nothing of the whole from anybody, and a group is told only where
all pupils are. So the wholes stand fast: a small group is hidden by other groups alone, and where
that is not enough nothing by group is told of all that hangs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ska.values.gate.hiding import hidden_cells
from ska.values.gate.lines import AREA_TYPE, GENDER
from ska.values.gate.rows import KEPT, Row, contents_of, has_part
from ska.values.gate.sums import Book
from ska.values.gate.tables import Cell, Counts
from ska.values.rules import FEWEST_OUTSIDE_A_LEVEL, Audience

Place = tuple[object, ...]  # a table, a scope and an area: where a whole and its groups are


def hidden_rows(rows: Sequence[Row], audience: Audience) -> set[int]:
    """Return the places of the rows of a measure that may not be told."""
    whole = [at for at, row in enumerate(rows) if not row.division]
    hidden = {whole[at] for at in _hidden_in(Book([rows[at] for at in whole], audience))}
    if len(whole) == len(rows):
        return hidden
    shut = _shut_tables(rows, hidden)
    kept = [
        at for at, row in enumerate(rows) if row.gender == "T" and row.line[0] not in shut
    ]  # groups of girls or of boys are never told: they would tie genders to groups
    book = Book([rows[at] for at in kept], audience)
    _stand_fast(book, [rows[at] for at in kept], _closed(rows, hidden))
    found = {kept[at] for at in _hidden_in(book)} - set(whole)
    found |= set(range(len(rows))) - set(kept) - set(whole)
    return hidden | found | _corrected(rows, found)


def _hidden_in(book: Book) -> set[int]:
    hidden = hidden_cells(book.cells, book.sums, book.earlier)
    return book.untold | {at for at, place in enumerate(book.places) if place in hidden}


def _place(row: Row) -> Place:
    table, tail = row.line
    return (table, tail[0], *tail[AREA_TYPE:])


def _shut_tables(rows: Sequence[Row], hidden: Iterable[int]) -> set[object]:
    """Return the tables that tell nothing by group: some whole of several versions is hidden.

    What stood then and what stands now share pupils, whom groups of both could tell apart.
    """
    shut = {rows[at].line[0] for at in hidden}
    moments: dict[object, set[object]] = {}
    for row in rows:
        moments.setdefault(row.line[0], set()).update((row.recorded_at, row.superseded_at))
    if any(row.carried_from for row in rows):  # a repeated number is in two tables
        return set(moments) if shut else set()
    return {one for one in shut if len(moments[one] - {None}) > 1}


def _corrected(rows: Sequence[Row], found: set[int]) -> set[int]:
    """Return every group of the tables in which some is hidden and some was corrected.

    What stands of girls and boys since before tells what the corrected ones were.
    """
    groups = [at for at, row in enumerate(rows) if row.division]
    some = {rows[at].line[0] for at in found if rows[at].gender == "T"}
    some &= {rows[at].line[0] for at in groups if rows[at].superseded_at}
    if some and any(row.carried_from for row in rows):
        return set(groups)
    return {at for at in groups if rows[at].line[0] in some}


def _closed(rows: Sequence[Row], hidden: Iterable[int]) -> set[Place]:
    """Return where no group is told: a whole is not told there, or tells of few girls or boys."""
    closed = {_place(rows[at]) for at in hidden if rows[at].gender == "T"}
    for row in rows:
        if row.division or not has_part(row):
            continue
        is_few = any(0 < one < FEWEST_OUTSIDE_A_LEVEL for one in contents_of(row))
        if row.status in KEPT or (is_few and row.line[1][GENDER] != "T"):
            closed.add(_place(row))
    return closed


def _stand_fast(book: Book, rows: Sequence[Row], closed: set[Place]) -> None:
    """Let the wholes stand fast, and the groups be hidden in no more than their wholes."""
    most: dict[Place, Counts] = {}
    for row, place in zip(rows, book.places, strict=True):
        if place is not None and not row.division:
            cell = book.cells[place]
            here = most.get(_place(row), cell.contents)
            most[_place(row)] = tuple(map(min, here, cell.contents))
            book.cells[place] = replace(
                cell, is_secret=False, is_always=False, is_near=False, fixed_since=0
            )
    for row, place in zip(rows, book.places, strict=True):
        if place is not None and row.division:
            told = None if _place(row) in closed else most.get(_place(row))
            book.cells[place] = _part_of(book.cells[place], told)


def _part_of(cell: Cell, whole: Counts | None) -> Cell:
    """Return the cell of a group; without a *whole* that is told it is not told either."""
    return replace(cell, is_secret=cell.is_secret or whole is None, most=whole)
