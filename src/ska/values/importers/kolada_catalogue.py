"""Kolada's catalogues: measures (KPI), municipalities with regions, and groups with members."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import polars as pl

from ska.values.importers.observations import (
    AREA,
    MEASURE,
    AreaType,
    Reading,
    Refused,
    Report,
    Source,
    area_frame,
    empty_observations,
    measure_frame,
)
from ska.values.rules import ValueStatus

Answer = dict[str, Any]
_UNIT = re.compile(r"V\d\d[A-Z]")


def read(values: list[Answer], file: str) -> Reading:
    """Return the measures or areas of a catalogue; raise Refused for records of another kind."""
    kind, entry = _kind(values[0])
    report = Report(file=file, source=Source.KOLADA, kind=kind, title=f"Kolada, katalog {kind}")
    report.layout = "api_catalogue"
    report.rows = report.cells = len(values)
    records = [entry(one) for one in values]
    if any(not record["code"] or not record.get("title", record.get("name")) for record in records):
        raise Refused("En post i katalogen saknar id eller titel.")
    report.by_status = {str(ValueStatus.VALUE): len(records)}
    is_kpi = kind == "kpi"
    return Reading(
        report=report,
        observations=empty_observations(),
        measures=measure_frame(records) if is_kpi else pl.DataFrame(schema=MEASURE),
        areas=pl.DataFrame(schema=AREA) if is_kpi else area_frame(records),
        is_catalogue=True,
    )


def _kind(first: Answer) -> tuple[str, Callable[[Answer], dict[str, object]]]:
    if "members" in first:
        return "municipality_groups", _group
    if _UNIT.match(_text(first.get("id")) or "") and "municipality" in first:
        return "ou", _unit
    if "is_divided_by_gender" in first:
        return "kpi", _kpi
    if first.get("type") in ("K", "L"):
        return "municipality", _municipality
    raise Refused(f"Posterna har fält som inte känns igen: {', '.join(sorted(first)[:8])}.")


def _kpi(one: Answer) -> dict[str, object]:
    title = re.sub(r"\s+", " ", _text(one.get("title")) or "").strip()
    return {
        "code": _text(one.get("id")),
        "title": title,
        "unit": "%" if "(%)" in title else "",
        "definition": _text(one.get("description")) or "",
        "nature": "result",
        "scope_note": _text(one.get("auspice")),
        "next_publication": _text(one.get("publication_date")),
    }


def _municipality(one: Answer) -> dict[str, object]:
    code = _text(one.get("id")) or ""
    is_region = one.get("type") == "L"
    kind = AreaType.REGION if is_region else AreaType.MUNICIPALITY
    return {
        "area_type": str(AreaType.COUNTRY if code == "0000" else kind),
        "code": code,
        "name": _text(one.get("title")),
        "municipality_code": None if is_region else code,
    }


def _unit(one: Answer) -> dict[str, object]:
    """Return a unit of Kolada's own: its id is not Skolverket's code of school units."""
    return {
        "area_type": str(AreaType.KOLADA_UNIT),
        "code": _text(one.get("id")),
        "name": _text(one.get("title")),
        "municipality_code": _text(one.get("municipality")),
    }


def _group(one: Answer) -> dict[str, object]:
    """Return a group; its values are means of members, small and large alike, and it says so."""
    members = one.get("members")
    if not isinstance(members, list) or not all(isinstance(each, dict) for each in members):
        raise Refused("En grupp i katalogen har medlemmar av en form som inte läses.")
    title = _text(one.get("title"))
    return {
        "area_type": str(AreaType.MUNICIPALITY_GROUP),
        "code": _text(one.get("id")),
        "name": f"{title} (oviktat medelvärde)" if title else None,
        "members": " ".join(_text(member.get("member_id")) or "" for member in members),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value).replace("\0", "")
