"""The units that planned-educations lists, as areas: code, name, municipality and huvudman."""

from __future__ import annotations

from typing import Any

import polars as pl

from ska.values.importers.long_rows import dicts, municipality_of, plain
from ska.values.importers.observations import (
    MEASURE,
    AreaType,
    Reading,
    Refused,
    Report,
    Source,
    area_frame,
    empty_observations,
)
from ska.values.importers.saved import Json, SavedAnswer
from ska.values.rules import ValueStatus

_LISTS = ("listedSchoolUnits", "compactSchoolUnits")


def recognises(answers: list[SavedAnswer]) -> bool:
    """Tell whether any answer is a list of units or one unit's details."""
    return any(units_in(one.body) for one in answers)


def units_in(body: Any) -> list[Json]:
    """Return the units that an answer lists, or the one it is about."""
    if not isinstance(body, dict):
        return []
    embedded = body.get("_embedded")
    if isinstance(embedded, dict):
        return [one for name in _LISTS for one in dicts(embedded.get(name))]
    return [body] if "geographicalAreaCode" in body and "typeOfSchooling" in body else []


def read(answers: list[SavedAnswer], file: str) -> Reading:
    """Return the units as a catalogue of areas; raise Refused for one without code or name."""
    found = [_area(unit) for answer in answers for unit in units_in(answer.body)]
    if any(not area["code"] or not area["name"] for area in found):
        raise Refused("En enhet i svaret saknar kod eller namn.")
    report = Report(
        file=file,
        source=Source.PLANNED_EDUCATIONS,
        kind="school_units",
        layout="api_school_units",
        title="Skolverket, skolenheter",
    )
    report.rows = report.cells = len(found)
    report.by_status = {str(ValueStatus.VALUE): len(found)} if found else {}
    return Reading(
        report=report,
        observations=empty_observations(),
        measures=pl.DataFrame(schema=MEASURE),
        areas=area_frame(found),
        is_catalogue=True,
    )


def _area(unit: Json) -> dict[str, object]:
    code = plain(unit.get("code") or unit.get("schoolUnitCode")) or ""
    return {
        "area_type": str(AreaType.SCHOOL_UNIT),
        "code": code,
        "name": plain(unit.get("name") or unit.get("schoolUnitName")),
        "municipality_code": municipality_of(unit.get("geographicalAreaCode")),
        "organizer_number": plain(unit.get("organisationRegistryNumber")),
        "unit_code": code,
    }
