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

_VALIDITY = {
    "status": SchoolUnit.status,
    "valid_from": SchoolUnit.valid_from,
    "valid_to": SchoolUnit.valid_to,
    "predecessor_code": SchoolUnit.predecessor_code,
}


@dataclass
class Loaded:
    """What a sheet changed."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    skipped: int = 0

    def count(self, *, is_new: bool, is_changed: bool) -> None:
        """Count one row as new, changed or as it was."""
        self.new += is_new
        self.revised += is_changed and not is_new
        self.unchanged += not is_new and not is_changed


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
        change = _change(row, before)
        if change:
            connection.execute(
                update(Organizer).where(Organizer.id == before["id"]).values(**change)
            )
        loaded.count(is_new=False, is_changed=bool(change))
    if added:
        connection.execute(insert(Organizer), added)
    loaded.new += len(added)
    return {number: row["id"] for number, row in known.items()}


def _change(row: OrganizerRow, before: Any) -> dict[str, Any]:
    return {
        name: value
        for name, value in asdict(row).items()
        if name in _REFERENCE and value is not None and value != before[name]
    }


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
    stored = connection.execute(
        select(SchoolUnit.id, SchoolUnit.school_unit_code, SchoolUnit.slug, *_VALIDITY.values())
    ).all()
    known = {row.school_unit_code: row.id for row in stored if row.school_unit_code}
    told = {row.school_unit_code: row for row in stored}
    slugs = {row.slug for row in stored}
    runs = {
        (row.unit_id, row.school_type)
        for row in connection.execute(select(UnitSchoolType.unit_id, UnitSchoolType.school_type))
    }
    units: list[dict[str, Any]] = []
    kinds: list[dict[str, Any]] = []
    for row in rows:
        is_new = row.school_unit_code not in known
        if is_new:
            units.append(_unit(organizer_id, row, slugs))
            known[row.school_unit_code] = units[-1]["id"]
        unit_id = known[row.school_unit_code]
        missing = [str(one) for one in row.school_types if (unit_id, str(one)) not in runs]
        runs |= {(unit_id, one) for one in missing}
        kinds += [_kind(organizer_id, unit_id, one) for one in missing]
        before = told.get(row.school_unit_code)
        change = _newly_told(row, before) if before is not None else {}
        if change:
            connection.execute(update(SchoolUnit).where(SchoolUnit.id == unit_id).values(**change))
        loaded.count(is_new=is_new, is_changed=bool(missing or change))
    if units:
        connection.execute(insert(SchoolUnit), units)
    if kinds:
        connection.execute(insert(UnitSchoolType), kinds)


def _unit(organizer_id: UUID, row: UnitRow, slugs: set[str]) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organizer_id": organizer_id,
        "slug": _free_slug(row.name, row.school_unit_code, slugs),
        "name": row.name,
        "school_unit_code": row.school_unit_code,
        "source": row.source,
        **{name: getattr(row, name) for name in _VALIDITY},
    }


def _newly_told(row: UnitRow, before: Any) -> dict[str, Any]:
    """Return what a register that knows validity says anew; one that does not is silent."""
    if row.valid_from is None and row.valid_to is None and row.status == "active":
        return {}
    return {
        name: value
        for name in _VALIDITY
        if (value := getattr(row, name)) is not None and value != getattr(before, name)
    }


def _kind(organizer_id: UUID, unit_id: UUID, school_type: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organizer_id": organizer_id,
        "unit_id": unit_id,
        "school_type": school_type,
    }
