"""The values of an indicator or of many, published and own, in one question (decision 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.values.areas import names_of
from ska.values.own import OWN_CELL, Asked, cells, group_cells

_PUBLISHED = """
s.gender = ANY(%(genders)s::text[])
AND ((m.source = 'skolverket_pxweb' AND m.title = ANY(%(titles)s::text[]))
     OR (m.source = ANY(ARRAY['kolada', 'siris']) AND m.code = ANY(%(codes)s::text[])))
AND (a.area_type = 'country'
     OR (a.area_type = 'municipality' AND a.code = ANY(%(municipalities)s::text[]))
     OR (a.area_type = 'organizer' AND a.code = ANY(%(organizers)s::text[]))
     OR (a.area_type = ANY(ARRAY['region', 'municipality_group'])
         AND a.code = ANY(%(groups)s::text[]))
     OR (a.area_type = 'school_unit' AND a.unit_code = ANY(%(units)s::text[])))
"""
COLUMNS = {"is_own": pl.Boolean, **OWN_CELL}


@dataclass(frozen=True)
class Wanted:
    """Which measures (by title, or by the source's code) and which areas to read."""

    titles: tuple[str, ...]
    codes: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    organizers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def wanted_of(
    indicators: Sequence[dict[str, Any]],
    *,
    municipality_code: str | None,
    organisation_number: str | None,
    units: Sequence[str | None] = (),
    others: Sequence[str] = (),
    groups: Sequence[str] = (),
) -> Wanted:
    """Return what to read for *indicators* (their definitions), for one place and *others*.

    *others* are municipality codes and organisation numbers; *units* school unit codes; *groups*
    the numbers of many municipalities as one.
    """
    named = [names_of(one) for one in indicators]
    return Wanted(
        tuple(dict.fromkeys(title for titles, _codes in named for title in titles)),
        tuple(dict.fromkeys(code for _titles, codes in named for code in codes)),
        _known(municipality_code, *others),
        _known(organisation_number, *others),
        _known(*units),
        _known(*groups),
    )


def _known(*codes: str | None) -> tuple[str, ...]:
    return tuple(code for code in codes if code)


def read_values(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    wanted: Wanted,
    *,
    known: date | None = None,
    genders: Sequence[str] = ("T",),
) -> pl.DataFrame:
    """Return values of today or as *known* on a day, own ones as they may be told (COLUMNS).

    Raises Missing outside the huvudman.
    """
    found = cells(session, actor, organizer_id, _asked(wanted, known, genders))
    return _in_order(found, genders)


def read_with_groups(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    wanted: Wanted,
    *,
    known: date | None = None,
    genders: Sequence[str] = ("T",),
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the same, and beside it own values by a group of the pupils, in the same question."""
    found, groups = group_cells(session, actor, organizer_id, _asked(wanted, known, genders))
    return _in_order(found, genders), groups.sort("value_id")


def _asked(wanted: Wanted, known: date | None, genders: Sequence[str]) -> Asked:
    parameters = {
        "titles": list(wanted.titles),
        "codes": list(wanted.codes),
        "municipalities": list(wanted.municipalities),
        "organizers": list(wanted.organizers),
        "units": list(wanted.units),
        "groups": list(wanted.groups),
        "genders": list(genders),
    }
    names = (*wanted.titles, *wanted.codes)
    return Asked(names, published=_PUBLISHED, parameters=parameters, known=known, with_silence=True)


def _in_order(found: pl.DataFrame, genders: Sequence[str]) -> pl.DataFrame:
    return found.filter(pl.col("gender").is_in(list(genders))).sort("value_id", "is_own")
