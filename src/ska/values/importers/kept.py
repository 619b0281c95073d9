"""A reading as bytes: what waits for a yes in place of a file that may not be kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson
import polars as pl

from ska.values.importers.observations import (
    AREA,
    MEASURE,
    OBSERVATION,
    Reading,
    Rejection,
    Remark,
    Report,
    Source,
)
from ska.values.rules import WHOLE

_MARK = b"\0counted\n"  # no file begins so: text with a NUL is refused when it is read


def is_read_whole(reading: Reading) -> bool:
    """Tell whether a file holds no more than its reading, so that it may wait for a yes itself.

    What was not read of a file may be about persons: another sheet, another column.
    """
    report = reading.report
    unread = {"sheets_not_read", "columns_not_read"} & {one.code for one in report.warnings}
    is_loose = report.source is Source.SCHOOL_SURVEY or (
        report.source is Source.LOCAL and report.layout != "own_long_table"
    )
    return not (unread or is_loose or reading.is_counted)


def is_kept(content: bytes) -> bool:
    """Tell whether bytes are a reading that was kept."""
    return content.startswith(_MARK)


def keep(reading: Reading) -> bytes:
    """Return the figures of a reading and its account; it never had more than that."""
    frames = {name: getattr(reading, name).to_dicts() for name in _FRAMES}
    about = {name: getattr(reading, name) for name in _ABOUT}
    return _MARK + orjson.dumps({"report": asdict(reading.report), "about": about, **frames})


def read_kept(content: bytes) -> Reading:
    """Return the reading that was kept."""
    said: dict[str, Any] = orjson.loads(content.removeprefix(_MARK))
    report = Report(**said["report"])
    report.source = Source(report.source)
    report.rejections = [Rejection(**one) for one in said["report"]["rejections"]]
    report.warnings = [Remark(**one) for one in said["report"]["warnings"]]
    frames = {
        name: pl.DataFrame(said[name], schema=schema, orient="row")
        for name, schema in _FRAMES.items()
    }
    return Reading(
        report,
        frames["observations"].with_columns(pl.col("pupil_group").fill_null(WHOLE)),
        frames["measures"],
        frames["areas"],
        **said["about"],
    )


_ABOUT = ("is_catalogue", "is_own", "is_counted", "definitions")
_FRAMES: dict[str, dict[str, Any]] = {
    "observations": OBSERVATION,
    "measures": MEASURE,
    "areas": AREA,
}
