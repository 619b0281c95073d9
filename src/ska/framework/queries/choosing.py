"""What a person may choose to look at: indicators in force and the huvudman's own, one question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, Text, cast, func, literal, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import JSONB, array
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.core.swedish import sort_key
from ska.framework.models import FrameworkEdition, FrameworkItem, LocalIndicator

OWN = "egen-"
LAST = 1_000_000_000
"""The position of what the framework's order does not know."""
_KPIS: Any = literal_column("'$.kolada_links[*].kpi'::jsonpath")


def own_indicators(actor: Actor, organizer_id: UUID) -> Select[Any]:
    """Return the query of the huvudman's own indicators."""
    return visible(LocalIndicator, actor).where(LocalIndicator.organizer_id == organizer_id)


def choosable_rows(
    session: Session, actor: Actor, organizer_id: UUID, also: Sequence[Select[Any]] = ()
) -> Sequence[Any]:
    """Return rows (id, code, kind, heading, school_types, details, position), in order.

    *also* are queries of such rows that are asked in the same question (`as_choosable`).
    """
    shipped = (
        select(
            cast(FrameworkItem.id, String).label("id"),
            *(getattr(FrameworkItem, name) for name in ("code", "kind", "heading")),
            FrameworkItem.school_types,
            FrameworkItem.details,
            FrameworkItem.position,
        )
        .join(FrameworkEdition, FrameworkEdition.id == FrameworkItem.edition_id)
        .where(
            FrameworkEdition.kind == "quality_system",
            FrameworkEdition.status == "current",
            FrameworkItem.kind.in_(("indicator", "condition")),
            FrameworkItem.retired_on.is_(None),
        )
    )
    names = ("name", "unit", "better", "definition", "caution", "published_label")
    told = [part for name in names for part in (name, getattr(LocalIndicator, name))]
    code = literal(OWN) + cast(LocalIndicator.id, String)
    own = (
        own_indicators(actor, organizer_id)
        .where(LocalIndicator.retired_on.is_(None))
        .with_only_columns(
            cast(LocalIndicator.id, String),
            code,
            literal("local"),
            LocalIndicator.name,
            cast(array([], type_=Text), FrameworkItem.school_types.type),
            func.jsonb_build_object("id", code, *told, type_=JSONB),
            literal(LAST),
        )
    )
    rows = session.execute(union_all(shipped, own, *also)).all()
    return sorted(rows, key=lambda row: (row[6], sort_key(row[3]), row[0]))


def sub_goals() -> Select[Any]:
    """Return the query of the delmål of the system in force, as `choosable_rows` has its rows."""
    return (
        select(
            *as_choosable(
                "sub_goal",
                FrameworkItem.code,
                FrameworkItem.heading,
                is_official=FrameworkItem.details["heading_is_official"],
            )[:-1],
            FrameworkItem.position,
        )
        .join(FrameworkEdition, FrameworkEdition.id == FrameworkItem.edition_id)
        .where(
            FrameworkEdition.kind == "quality_system",
            FrameworkEdition.status == "current",
            FrameworkItem.kind == "sub_goal",
            FrameworkItem.retired_on.is_(None),
        )
    )


def published_names() -> tuple[Select[Any], Select[Any]]:
    """Return the queries of the titles and the codes by which items are found in statistics."""
    kpis = func.jsonb_path_query(FrameworkItem.details, _KPIS).op("#>>")(array([], type_=Text))
    label = func.rtrim(FrameworkItem.published_label, "* ")
    titles = select(label).where(FrameworkItem.published_label.is_not(None))
    return titles, select(kpis)


def as_choosable(
    kind: str, code: Any, name: Any, types: Any = None, /, **details: Any
) -> list[Any]:
    """Return the columns of something else to choose, as `choosable_rows` has them."""
    told = [part for one in details.items() for part in one]
    return [
        code,
        code,
        literal(kind),
        name,
        cast(array([], type_=Text) if types is None else types, FrameworkItem.school_types.type),
        func.jsonb_build_object(*told, type_=JSONB),
        literal(LAST),
    ]
