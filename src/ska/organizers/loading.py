"""Storing what registers say: new huvudmän and units are added, people's own are left alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select, text, update

from ska.core.ids import new_id
from ska.organizers.models import Organizer, SchoolUnit, UnitSchoolType
from ska.organizers.register import OrganizerRow, Sheet, UnitRow
from ska.organizers.rules import slug_of

_SCOPE = text(
    "SELECT set_config('app.organizers', :one, true), set_config('app.organizer', :one, true)"
)
_REFERENCE = (
    "municipality_code",
    "county_code",
    "county_name",
    "skr_group",
    "skr_group_name",
)


@dataclass
class Loaded:
    """What a sheet changed."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    skipped: int = 0


def load_sheet(connection: Connection, sheet: Sheet) -> Loaded:
    """Store a sheet inside the connection's transaction, as the database's owner.

    Row-level security binds the owner too, so each huvudman's units are written in its own scope.
    """
    loaded = Loaded()
    known = _organizers(connection, sheet.organizers, loaded)
    units = sorted(sheet.units, key=lambda unit: unit.organisation_number)
    for number, rows in groupby(units, key=lambda unit: unit.organisation_number):
        if number in known:
            _units(connection, known[number], list(rows), loaded)
        else:
            loaded.skipped += len(list(rows))
    connection.execute(_SCOPE, {"one": ""})
    return loaded


def report_of(sheet: Sheet, loaded: Loaded) -> dict[str, Any]:
    """Return the account of a sheet in the form that every `ska load` prints."""
    warnings = []
    if loaded.skipped:
        warnings.append(
            f"{loaded.skipped} enheter hör till en huvudman som inte är inläst. "
            "Läs in huvudmännen först."
        )
    taken = sheet.rows - len(sheet.rejections)
    return {
        "file": sheet.file,
        "source": sheet.source,
        "rows": sheet.rows,
        "cells": sheet.rows,
        "by_status": {"value": taken} if taken else {},
        "rejected": len(sheet.rejections),
        "rejections": sheet.rejections[:200],
        "new": loaded.new,
        "unchanged": loaded.unchanged,
        "revised": loaded.revised,
        "warnings": warnings,
        "refused": None,
    }


def _organizers(
    connection: Connection, rows: Iterable[OrganizerRow], loaded: Loaded
) -> dict[str, UUID]:
    table = Organizer.__table__
    stored = connection.execute(select(table)).mappings().all()
    known = {row["organisation_number"]: row for row in stored if row["organisation_number"]}
    slugs = {row["slug"] for row in stored}
    added = []
    for row in rows:
        before = known.get(row.organisation_number)
        if before is None:
            slug = _free_slug(row.name, row.municipality_code or row.organisation_number, slugs)
            made = {"id": new_id(), "slug": slug, **asdict(row)}
            added.append(made)
            known[row.organisation_number] = made  # type: ignore[assignment]  # reads the same
            continue
        change = {
            name: value
            for name, value in asdict(row).items()
            if name in _REFERENCE and value is not None and value != before[name]
        }
        if change:
            connection.execute(
                update(Organizer).where(Organizer.id == before["id"]).values(**change)
            )
        loaded.revised += bool(change)
        loaded.unchanged += not change
    if added:
        connection.execute(insert(Organizer), added)
    loaded.new += len(added)
    return {number: row["id"] for number, row in known.items()}


def _free_slug(name: str, ending: str, taken: set[str]) -> str:
    try:
        slug = slug_of(name)
    except ValueError:
        slug = f"huvudman-{ending}"
    if slug in taken:
        slug = f"{slug}-{ending}"
    taken.add(slug)
    return slug


def _units(connection: Connection, organizer_id: UUID, rows: list[UnitRow], loaded: Loaded) -> None:
    connection.execute(_SCOPE, {"one": str(organizer_id)})
    units, kinds = SchoolUnit.__table__, UnitSchoolType.__table__
    stored = connection.execute(select(units.c.id, units.c.school_unit_code, units.c.slug)).all()
    known = {row.school_unit_code: row.id for row in stored if row.school_unit_code}
    slugs = {row.slug for row in stored}
    runs = {
        (row.unit_id, row.school_type)
        for row in connection.execute(select(kinds.c.unit_id, kinds.c.school_type))
    }
    added, added_kinds = [], []
    for row in rows:
        unit_id = known.get(row.school_unit_code)
        is_new = unit_id is None
        if unit_id is None:
            unit_id = known[row.school_unit_code] = new_id()
            added.append(
                {
                    "id": unit_id,
                    "organizer_id": organizer_id,
                    "slug": _free_slug(row.name, row.school_unit_code, slugs),
                    "name": row.name,
                    "school_unit_code": row.school_unit_code,
                    "source": row.source,
                }
            )
        missing = [kind for kind in row.school_types if (unit_id, str(kind)) not in runs]
        runs |= {(unit_id, str(kind)) for kind in missing}
        added_kinds += [
            {
                "id": new_id(),
                "organizer_id": organizer_id,
                "unit_id": unit_id,
                "school_type": str(kind),
            }
            for kind in missing
        ]
        loaded.new += is_new
        loaded.revised += bool(missing) and not is_new
        loaded.unchanged += not missing and not is_new
    if added:
        connection.execute(insert(SchoolUnit), added)
    if added_kinds:
        connection.execute(insert(UnitSchoolType), added_kinds)
