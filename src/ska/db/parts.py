"""Long lists in parts: the database finds the next rows, whatever came or went elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    UnaryExpression,
    and_,
    false,
    literal,
    or_,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.operators import desc_op

from ska.core.text import _
from ska.errors import Invalid

Row = TypeVarTuple("Row")
Order = Sequence[SQLColumnExpression[Any]]


@dataclass(frozen=True)
class Part:
    """Which rows of a list are wanted: at most so many, after the one that is named."""

    most: int | None = None
    after: Any = None


WHOLE = Part()


class UnknownPlace(Invalid):
    """The row that the part is to follow is not in the list."""

    def __init__(self) -> None:
        sentence = _("Markören känns inte igen. Börja om utan den.")
        super().__init__(sentence, {"cursor": sentence})


def in_parts(session: Session, query: Select[*Row], order: Order, part: Part) -> Select[*Row]:
    """Return *query* in *order*, which ends with what is named, limited to *part*.

    No key may be null unless a key before it tells whether it is. Raises UnknownPlace when the
    row to follow is not there.
    """
    if part.after is not None:
        keys = [_bare(one) for one in order]
        named: Select[*tuple[Any, ...]] = query.where(keys[-1] == part.after).with_only_columns(
            *(key.label(f"key_{number}") for number, key in enumerate(keys)),
            maintain_column_froms=True,
        )
        last = session.execute(named).one_or_none()
        if last is None:
            raise UnknownPlace
        query = query.where(_follows(order, last))
    return query.order_by(*order).limit(part.most)


def _bare(key: SQLColumnExpression[Any]) -> Any:
    """Return what is compared of a key, whichever way it runs."""
    if isinstance(key, UnaryExpression) and key.modifier is desc_op:
        return key.element
    return key


def _follows(order: Order, last: Sequence[Any]) -> ColumnElement[bool]:
    """Return what holds for the rows after the one whose keys are *last*."""
    later: list[ColumnElement[bool]] = []
    level: list[ColumnElement[bool]] = []
    for key, value in zip(order, last, strict=True):
        bare = _bare(key)
        there = literal(value, bare.type)
        ahead = bare > there if bare is key else bare < there
        later.append(and_(*level, ahead))
        level.append(bare.is_not_distinct_from(there))
    return or_(false(), *later)
