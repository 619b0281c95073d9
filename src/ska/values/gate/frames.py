"""The gate's door: a frame of own values in, the same frame as its reader may see it out."""

from __future__ import annotations

import hashlib

import polars as pl

from ska.values.cache import Frames
from ska.values.gate.hiding import hidden_cells
from ska.values.gate.rows import HIDDEN, KEPT, NEAR, Row, has_part, limit_of, told_alone
from ska.values.gate.sums import Book
from ska.values.rules import Audience, ValueStatus

BESIDE = "is_beside"
_STATUS = pl.Enum([str(one) for one in ValueStatus])
_NOTHING = "\0"  # PostgreSQL keeps no text with it, so a null is never taken for a text
_LARGEST = 32_000_000  # bytes, of one a row
_decided = Frames(_LARGEST)


def pass_gate(frame: pl.DataFrame, audience: Audience) -> pl.DataFrame:
    """Return the frame as *audience* may see it; value, raw text and n leave with what is hidden.

    The frame holds whole measures with every version of every value, because a part asked for
    alone could be worked out from the rest, and an earlier version from a later. Rows marked
    ``is_beside`` are what others publish of the same: they come back untouched, and no own value
    is thought hidden that they tell.
    """
    if frame.is_empty():
        return frame
    rows = frame.select(Row._fields).with_row_index("at").sort(Row._fields, nulls_last=True)
    shown = [_decide(part, audience) for part in rows.partition_by("measure", maintain_order=True)]
    placed = rows.select("at").with_columns(pl.concat(shown)["shown"]).sort("at")["shown"]
    return _without_hidden(frame, placed.cast(pl.String))


def _decide(part: pl.DataFrame, audience: Audience) -> pl.DataFrame:
    """Return in which status each row of a measure may be shown, as decided before if it was.

    No sum crosses measures, and the decision is a function of the rows alone: the same rows give
    the same answer however often they are read, and any other rows are another key.
    """
    told = part.drop("at")
    content = told.write_csv(null_value=_NOTHING).encode()
    key = (audience, hashlib.sha256(content).digest())
    return _decided.get(key, lambda: _decided_anew(told, audience))


def _decided_anew(told: pl.DataFrame, audience: Audience) -> pl.DataFrame:
    rows = [Row(*one) for one in told.iter_rows()]
    book = Book(rows, audience)
    hidden = hidden_cells(book.cells, book.sums, book.earlier)
    shown = [
        _told(row, place in hidden, audience) for row, place in zip(rows, book.places, strict=True)
    ]
    return pl.DataFrame({"shown": [str(one) for one in shown]}, schema={"shown": _STATUS})


def _told(row: Row, is_hidden: bool, audience: Audience) -> ValueStatus:
    status = ValueStatus(row.status)
    if row.is_beside or not has_part(row) or status in KEPT:
        return status
    return HIDDEN if is_hidden else told_alone(row, limit_of(row, audience))


def _without_hidden(frame: pl.DataFrame, shown: pl.Series) -> pl.DataFrame:
    kept = pl.col(BESIDE) | pl.col("shown").is_in(
        [str(one) for one in ValueStatus if one.has_value]
    )
    is_near = pl.col("shown").is_in([str(one) for one in NEAR])
    return (
        frame.with_columns(shown)
        .with_columns(
            value=pl.when(kept).then("value"),
            raw_value=pl.when(kept).then("raw_value"),
            n=pl.when(kept | is_near).then("n"),
            status=pl.col("shown"),
        )
        .drop("shown")
    )
