"""The values of one measure in all places of a set, one row a place and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.queries.shown import Compared
from ska.organizers.models import Organizer
from ska.overview.queries.derived import with_derived
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, where_is
from ska.overview.queries.peers import Peer
from ska.overview.queries.values import read_values, wanted_of
from ska.overview.rules.places import Where, place_rows
from ska.overview.rules.trends import OFFICIAL, VALUE_ROWS, groups_with_values, one_each
from ska.questions.queries import questions_here
from ska.sharing.copies import Copies, copied_at, copies_in
from ska.sharing.models import SharedValue, ShareGrant
from ska.values.own import Asked, cells, own_changed_since
from ska.values.rules import Audience


@dataclass(frozen=True)
class Measured:
    """Rows of one group (VALUE_ROWS, one a line and period) and the groups there are."""

    rows: pl.DataFrame
    groups: list[str]
    group: str


EMPTY = Measured(pl.DataFrame(schema=VALUE_ROWS), [], OFFICIAL)


def beside_municipalities(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    item: ItemRow,
    peers: Sequence[Peer],
    asked: Compared,
) -> Measured:
    """Return the huvudman, the country and *peers*; published numbers stand beside published.

    Own numbers are taken only where nothing is published of the huvudman.
    """
    where = where_is(organizer, None, peers=peers)
    rows = place_rows(_values(session, actor, organizer, where, item, known=asked.known), where)
    published = rows.filter((pl.col("role") == "own") & ~pl.col("is_own"))
    if published["value"].is_not_null().any():
        rows = rows.filter(~pl.col("is_own"))
    return _one_group(rows, asked.measure)


def _values(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    where: Where,
    item: ItemRow,
    units: Sequence[UnitRow] = (),
    known: date | None = None,
) -> pl.DataFrame:
    wanted = wanted_of(
        [item.details],
        municipality_code=where.municipality_code,
        organisation_number=where.organisation_number,
        units=[one.school_unit_code for one in units],
        others=[code for code, _name in where.peers],
    )
    values = read_values(session, actor, organizer.id, wanted, known=known)
    return with_derived(values, [item.code])


def beside_units(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    item: ItemRow,
    units: Sequence[UnitRow],
    *,
    home: UnitRow | None,
    asked: Compared,
) -> Measured:
    """Return the huvudman's units that run the skolform, with the unit that is *home* as own."""
    where = where_is(organizer, None)
    values = _values(session, actor, organizer, where, item, units, asked.known)
    at_units = values.filter(pl.col("area_type") == "school_unit")
    parts = []
    for one in units:
        if not one.has_use_of(item):
            continue
        there = place_rows(at_units, where_is(organizer, one)).filter(pl.col("role") == "own")
        role = "own" if home is not None and one.id == home.id else "peer"
        parts.append(there.with_columns(role=pl.lit(role), line=pl.lit(one.slug)))
    rows = pl.concat(parts) if parts else EMPTY.rows.with_columns(value_id=pl.lit(0))
    return _one_group(rows, asked.measure)


def _one_group(rows: pl.DataFrame, group: str | None) -> Measured:
    groups = groups_with_values(rows)
    drawn = group if group in groups else next(iter(groups), OFFICIAL)
    kept = rows.filter(pl.col("group") == drawn)
    if kept.is_empty():
        return Measured(EMPTY.rows, groups, drawn)
    kind = kept["period_type"].mode().sort()[0]
    return Measured(one_each(kept.filter(pl.col("period_type") == kind)), groups, drawn)


def own_names(item: ItemRow, organizer: Organizer) -> tuple[str, ...]:
    """Return the measures that an indicator's own values may go by: titles and codes."""
    wanted = wanted_of(
        [item.details],
        municipality_code=organizer.municipality_code,
        organisation_number=organizer.organisation_number,
    )
    return (*wanted.titles, *wanted.codes)


def own_copy(
    session: Session, actor: Actor, organizer: Organizer, item: ItemRow
) -> list[dict[str, Any]]:
    """Return what would leave the huvudman if *item* were shared: its whole, behind the gate."""
    where = where_is(organizer, None)
    asked = Asked(own_names(item, organizer), Audience.OUTSIDE)
    values = cells(session, actor, organizer.id, asked).filter(
        pl.col("is_own") & (pl.col("gender") == "T")
    )
    rows = place_rows(with_derived(values, [item.code]), where).filter(pl.col("role") == "own")
    if rows.is_empty():
        return []
    kept = one_each(rows.filter(pl.col("period_type") == rows["period_type"].mode().sort()[0]))
    told = kept.with_columns(
        recorded_at=pl.col("recorded_on").cast(pl.Datetime).dt.replace_time_zone("UTC"),
        n=pl.when(pl.col("value").is_not_null()).then(pl.col("n")),
    )
    return told.sort("period").to_dicts()


def of_copies(grants: Sequence[ShareGrant], copies: Sequence[SharedValue]) -> pl.DataFrame:
    """Return shared copies as rows of values; a line is the huvudman's id."""
    known = {one.id: one for one in grants}
    rows = [
        {
            "group": OFFICIAL, "role": "peer", "line": str(one.organizer_id), "name": "",
            "period_type": one.period_type, "period": one.period, "value": one.value, "n": one.n,
            "status": one.status, "finality": one.finality, "carried_from": one.carried_from,
            "definition_version": 1, "is_own": True, "source": "shared",
            "recorded_on": one.recorded_at.date(), "unit": one.unit, "scope": "all",
            "title": known[one.grant_id].title,
        }
        for one in copies
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=VALUE_ROWS)


def copies_of(
    session: Session, actor: Actor, organizer: Organizer, item: ItemRow, slug: str, today: date
) -> Copies:
    """Return the copies, with the network's questions and whether our numbers have changed."""
    since = copied_at(organizer.id, slug, item.code)
    changed = own_changed_since(actor, organizer.id, own_names(item, organizer), since)
    questions = questions_here(actor, organizer.id, item=item.code, network=slug)
    also = [changed, *questions]
    return copies_in(session, actor, organizer.id, slug, item.code, today, also=also)
