"""What is missing of a plan once everything is loaded: judged by the values, not by the answers."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from ska.fetching.answers import Trouble
from ska.fetching.plan import Plan
from ska.organizers.register import UnitRow

_KOLADA = text(
    "SELECT m.code, bool_or(a.code = :own) AS own, count(DISTINCT a.code) AS areas"
    " FROM measure m JOIN series s ON s.measure_id = m.id JOIN value v ON v.series_id = s.id"
    " JOIN area a ON a.id = v.area_id WHERE m.source = 'kolada' AND m.code = ANY(:codes)"
    " AND a.code = ANY(:areas) AND v.period = ANY(:years) AND v.superseded_at IS NULL"
    " GROUP BY m.code"
)
_OWN = text(
    "SELECT a.code, m.source FROM area a JOIN value v ON v.area_id = a.id"
    " JOIN series s ON s.id = v.series_id JOIN measure m ON m.id = s.measure_id"
    " WHERE a.code = ANY(:codes) AND m.source = ANY(:sources) AND v.superseded_at IS NULL"
    " GROUP BY a.code, m.source"
)
_SOURCES = {"skolverket_pxweb": "kvalitetssystemets tabell", "planned_educations": "skolstatistik"}


def missing(connection: Connection, plan: Plan, units: Iterable[UnitRow]) -> list[Trouble]:
    """Return what the plan asked for that no stored value answers."""
    return [*_kolada(connection, plan), *_tables(connection, plan, units)]


def _kolada(connection: Connection, plan: Plan) -> list[Trouble]:
    if plan.municipality is None:
        return []
    asked = {
        "own": plan.municipality,
        "codes": [one.code for one in plan.measures],
        "areas": list(plan.areas),
        "years": [str(year) for year in plan.years],
    }
    found = {row.code: row for row in connection.execute(_KOLADA, asked)}
    told = []
    for one in plan.measures:
        row = found.get(one.code)
        if row is None or not row.own:
            told.append(
                Trouble("kolada", f"{one.code} {one.title}", f"inget värde för {plan.name}")
            )
    pairs = len(plan.measures) * len(plan.areas)
    have = sum(row.areas for row in found.values())
    if have < pairs:
        what = f"{pairs - have} av {pairs} par av nyckeltal och område"
        told.append(Trouble("kolada", what, "inget värde i de år som efterfrågades"))
    return told


def _tables(connection: Connection, plan: Plan, units: Iterable[UnitRow]) -> list[Trouble]:
    at_work = {one.school_unit_code: one.name for one in units if one.status == "active"}
    asked = {"codes": [plan.number, *at_work], "sources": list(_SOURCES)}
    found = {(row.code, row.source) for row in connection.execute(_OWN, asked)}
    told = []
    if (plan.number, "skolverket_pxweb") not in found:
        told.append(Trouble("skolverket_pxweb", plan.name, "inget värde i någon tabell"))
    told += [
        Trouble("planned_educations", f"{name} ({code})", f"inget värde i {words}")
        for code, name in sorted(at_work.items())
        for source, words in _SOURCES.items()
        if source == "planned_educations" and (code, source) not in found
    ]
    if not at_work:
        told.append(Trouble("skolenhetsregistret", plan.name, "inga skolenheter är kända"))
    return told
