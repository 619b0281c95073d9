"""Published values by the million, made by SQL: measures of 290 municipalities over many years.

A million is 300 measures: 60 over twenty years and 240 over nine. The first have the codes of the
KPIs that the framework's indicators point to, so that pages read them too.
"""

from __future__ import annotations

import csv
import re
from typing import Any

from sqlalchemy import Engine, create_engine, text

from ska.core.ids import new_id
from ska.settings import bundled
from ska.values.models import Value

EDITION = 1  # of what is built; a kept database of another edition is built anew
MEASURES, LONG, YEARS, FEW_YEARS, LATEST = 300, 60, 20, 9, 2024
_WHOLE = "whole"
_KPI = re.compile(r"kpi: *(\w+)")
_MEASURES = """
INSERT INTO measure (source, code, title, unit)
SELECT 'kolada', code, 'Mått ' || code, '%' FROM unnest(CAST(:codes AS text[])) AS code
"""
_AREAS = """
INSERT INTO area (area_type, code, name, municipality_code)
SELECT 'municipality', code, name, code
FROM unnest(CAST(:codes AS text[]), CAST(:names AS text[])) AS a(code, name)
"""
_SERIES = """
INSERT INTO series (measure_id, area_type, scope, gender, period_type)
SELECT id, 'municipality', 'by_measure', 'T', 'calendar_year' FROM measure ORDER BY id
"""
_IMPORT = """
INSERT INTO value_import (id, file, sha256, source, kind, title, report, recorded_at)
VALUES (:id, 'miljon.csv', '', 'kolada', 'data', 'Kolada', '{}', now())
"""
_VALUES = """
INSERT INTO value (series_id, area_id, period, value, n, status, finality, raw_value, import_id,
                   recorded_at)
SELECT s.id, a.id, (:latest - y)::text, v, NULL,
       CASE WHEN v IS NULL THEN 'missing' ELSE 'value' END, 'final', v::text, :import_id, now()
FROM series s CROSS JOIN area a CROSS JOIN generate_series(0, :years - 1) y
CROSS JOIN LATERAL (SELECT abs(hashint8(s.id * 1000003 + a.id * 1009 + y)) % 10000 AS h) random
CROSS JOIN LATERAL (SELECT CASE WHEN h % 20 > 0 THEN h / 100.0 END AS v) drawn
WHERE s.id > :first AND s.id <= :first + :measures AND (s.id <= :first + :long OR y < :few)
ORDER BY s.id, a.id, y DESC
"""


def build(engine: Engine, scale: int) -> None:
    """Fill an empty database with *scale* million values; the indexes are made afterwards."""
    with engine.begin() as connection:
        for index in Value.__table__.indexes:
            index.drop(connection)
        connection.execute(text(_MEASURES), {"codes": _codes(MEASURES * scale)})
        connection.execute(text(_AREAS), _municipalities())
        connection.execute(text(_SERIES))
        for number in range(scale):
            _add_million(connection, number)
        for index in Value.__table__.indexes:
            index.create(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def is_whole(server: str, name: str) -> bool:
    """Tell whether a database was built to its end."""
    engine = create_engine(server)
    with engine.connect() as connection:
        said = connection.scalar(
            text(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = :n"
            ),
            {"n": name},
        )
    engine.dispose()
    return bool(said == _WHOLE)


def mark_whole(server: str, name: str) -> None:
    """Say of a database that it was built to its end."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"COMMENT ON DATABASE \"{name}\" IS '{_WHOLE}'")
    engine.dispose()


def _add_million(connection: Any, number: int) -> None:
    import_id = new_id()
    connection.execute(text(_IMPORT), {"id": import_id})
    sizes = {"measures": MEASURES, "long": LONG, "years": YEARS, "few": FEW_YEARS}
    sizes |= {"first": number * MEASURES, "latest": LATEST}
    connection.execute(text(_VALUES), {"import_id": import_id, **sizes})


def _codes(count: int) -> list[str]:
    linked = {
        code
        for path in sorted(bundled("indicators").rglob("*.yaml"))
        for code in _KPI.findall(path.read_text(encoding="utf-8"))
    }
    invented = (f"X{number:05}" for number in range(count))
    return [*sorted(linked), *invented][:count]


def _municipalities() -> dict[str, list[str]]:
    with (bundled("seeds") / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        "codes": [row["municipality_code"] for row in rows],
        "names": [row["municipality_name"] for row in rows],
    }
