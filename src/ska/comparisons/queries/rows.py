"""The values of one measure in all places of a set, one row a place and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.queries.context import as_read
from ska.comparisons.queries.placesets import PlaceSet
from ska.comparisons.rules import COUNTRY, GROUP_LINE, wholes_beside
from ska.organizers.models import Organizer
from ska.overview.queries.derived import with_derived
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, subject_of, where_is
from ska.overview.queries.values import read_values, wanted_of
from ska.overview.rules.breaks import Breaks, breaks_of, declared_in
from ska.overview.rules.places import Where, place_rows, place_units
from ska.overview.rules.rows import (
    OFFICIAL,
    Row,
    groups_with_values,
    has_value,
    of_kind,
    one_each,
    own_of,
    usual_kind,
)
from ska.overview.rules.trends import Subject
from ska.questions.queries import questions_here
from ska.sharing.copies import Copies, copied_at, copies_in
from ska.sharing.models import SharedValue, ShareGrant
from ska.sharing.queries import Member
from ska.values.areas import names_of
from ska.values.own import Asked, cells, own_changed_since
from ska.values.rules import Audience
from ska.values.zeros import silence_in


@dataclass(frozen=True)
class Sought:
    """What is read in every place: a measure, and conditions *beside* it, as *known* on a day.

    *group* is which of the measure's groups is drawn.
    """

    item: ItemRow
    beside: Sequence[ItemRow] = ()
    known: date | None = None
    group: str | None = None


@dataclass(frozen=True)
class Measured:
    """Rows of one group (one a line and period) and the groups there are.

    *wholes* are rows that are no places themselves: the huvudman's whole of its units, the country,
    and many municipalities as one. *values* is all that was read, the conditions
    too.
    """

    rows: list[Row]
    groups: list[str]
    group: str
    values: pl.DataFrame = field(default_factory=pl.DataFrame)
    wholes: Sequence[Row] = ()


EMPTY = Measured([], [], OFFICIAL)


def beside_municipalities(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    chosen: PlaceSet,
    sought: Sought,
) -> Measured:
    """Return the huvudman, the country and a set's places; published numbers beside published.

    Own numbers are taken only where nothing is published of the huvudman. The set as a whole is
    told beside its places.
    """
    where = replace(where_is(organizer, None, peers=chosen.peers), groups=chosen.whole)
    values = _values(session, actor, organizer, where, sought)
    placed = place_rows(_of_measure(values, sought), where)
    rows = [one for one in placed if one.role != GROUP_LINE]
    published = [one for one in rows if not one.is_own]
    if has_value(own_of(published)):
        rows = published
    measured = _one_group(rows, sought.group)
    as_one = [one for one in placed if one.role == GROUP_LINE]
    wholes = wholes_beside(as_one, measured.rows, has_home=True)
    return replace(measured, values=values, wholes=wholes)


def _values(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    where: Where,
    sought: Sought,
    units: Sequence[UnitRow] = (),
) -> pl.DataFrame:
    """Return the values of the measure and of the conditions beside it, in one question."""
    wanted = wanted_of(
        [sought.item.details, *as_read(sought.beside)],
        municipality_code=where.municipality_code,
        organisation_number=where.organisation_number,
        units=[one.school_unit_code for one in units],
        others=[code for code, _name in where.peers],
        groups=[code for code, _name in where.groups],
    )
    return read_values(session, actor, organizer.id, wanted, known=sought.known)


def _of_measure(values: pl.DataFrame, sought: Sought) -> pl.DataFrame:
    """Return the measure's own values, what it is worked out from and the conditions left out."""
    found = with_derived(values, [sought.item.code])
    if not sought.beside:
        return found
    mine, _codes = names_of(sought.item.details)
    beside = {title for one in as_read(sought.beside) for title in names_of(one)[0]}
    return found.filter(~pl.col("title").is_in(list(beside.difference(mine))))


def beside_units(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    units: Sequence[UnitRow],
    sought: Sought,
    *,
    home: UnitRow | None,
) -> Measured:
    """Return the huvudman's units that run the skolform, with the unit that is *home* as own."""
    where = where_is(organizer, None)
    values = _values(session, actor, organizer, where, sought, units)
    runs = [
        (one.slug, one.name, one.school_unit_code or "")
        for one in units
        if one.has_use_of(sought.item)
    ]
    rows = place_units(_of_measure(values, sought), runs)
    if home is not None:
        rows = [one._replace(role="own") if one.line == home.slug else one for one in rows]
    measured = _one_group(rows, sought.group)
    around = place_rows(_of_measure(values, sought), where)
    wholes = wholes_beside(around, measured.rows, has_home=home is not None)
    return replace(measured, values=values, wholes=wholes)


def around_copies(
    session: Session, actor: Actor, organizer: Organizer, members: Sequence[Member], sought: Sought
) -> Measured:
    """Return what is published around a network's copies, in one question: the country's values
    as *wholes*, and the conditions of its *members*.
    """
    others = [(one.name, one.numbers) for one in members if sought.beside]
    peers = tuple((code, name) for name, codes in others for code in codes if code)
    where = replace(where_is(organizer, None), peers=peers)
    values = _values(session, actor, organizer, where, sought)
    rows = place_rows(_of_measure(values, sought), where)
    return Measured([], [], OFFICIAL, values, [one for one in rows if one.line == COUNTRY])


def country_beside(
    session: Session, actor: Actor, organizer: Organizer, items: Sequence[ItemRow]
) -> Measured:
    """Return the country's published values of many measures at once, as *wholes*."""
    wanted = wanted_of(
        [one.details for one in items],
        municipality_code=organizer.municipality_code,
        organisation_number=organizer.organisation_number,
    )
    values = read_values(session, actor, organizer.id, wanted)
    told = with_derived(values, [one.code for one in items])
    rows = place_rows(told, where_is(organizer, None))
    return Measured([], [], OFFICIAL, values, [one for one in rows if one.line == COUNTRY])


def broken(item: ItemRow, measured: Measured) -> tuple[Subject, Breaks]:
    """Return the measure in its own words, and where what was read of it starts anew."""
    rows = measured.rows
    subject = subject_of(item, silence_in(measured.values), rows)
    if not rows:
        return subject, Breaks()
    return subject, breaks_of(rows, rows[0].period_type, declared_in(subject.details))


def _one_group(rows: Sequence[Row], group: str | None) -> Measured:
    groups = groups_with_values(rows)
    drawn = group if group in groups else next(iter(groups), OFFICIAL)
    kept = [one for one in rows if one.group == drawn]
    if not kept:
        return Measured([], groups, drawn)
    return Measured(one_each(of_kind(kept, usual_kind(kept))), groups, drawn)


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
    rows = own_of(place_rows(with_derived(values, [item.code]), where))
    if not rows:
        return []
    kept = one_each(of_kind(rows, usual_kind(rows)))
    return [_to_copy(one) for one in sorted(kept, key=lambda one: one.period)]


def _to_copy(row: Row) -> dict[str, Any]:
    """Return a row as it leaves: n only with its number, and the day it was read in as a time."""
    day = row.recorded_on
    recorded = datetime.combine(day, time(), UTC) if day else None
    n = row.n if row.value is not None else None
    return row._asdict() | {"n": n, "recorded_at": recorded}


def of_copies(
    grants: Sequence[ShareGrant],
    copies: Sequence[SharedValue],
    names: Mapping[UUID, str],
    reader: UUID,
) -> list[Row]:
    """Return shared copies as rows of values; a line is the huvudman's id, the *reader*'s its own.

    *names* are those of the members by their ids.
    """
    known = {one.id: one for one in grants}
    return [
        Row(
            value_id=None, group=OFFICIAL, role="own" if one.organizer_id == reader else "peer",
            line=str(one.organizer_id), name=names.get(one.organizer_id, ""), gender="T",
            period_type=one.period_type, period=one.period, value=_number(one.value), n=one.n,
            status=one.status, finality=one.finality, carried_from=one.carried_from,
            definition_version=1, is_own=True, source="shared",
            recorded_on=one.recorded_at.date(), unit=one.unit, scope="all",
            title=known[one.grant_id].title,
        )
        for one in copies
    ]  # fmt: skip


def _number(value: float | None) -> float | None:
    """Return a gathered number as it was kept: JSON tells 74.0 as 74."""
    return None if value is None else float(value)


def copies_of(
    session: Session, actor: Actor, organizer: Organizer, item: ItemRow, slug: str, today: date
) -> Copies:
    """Return the copies, with the network's questions and whether our numbers have changed."""
    since = copied_at(organizer.id, slug, item.code)
    changed = own_changed_since(actor, organizer.id, own_names(item, organizer), since)
    questions = questions_here(actor, organizer.id, item=item.code, network=slug)
    also = [changed, *questions]
    return copies_in(session, actor, organizer.id, slug, item.code, today, also=also)
