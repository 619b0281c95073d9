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

_MARK = b"\0counted\n"  # no file begins so: text with a NUL is refused when it is read


def is_kept(content: bytes) -> bool:
    """Tell whether bytes are a reading that was kept."""
    return content.startswith(_MARK)


def keep(reading: Reading) -> bytes:
    """Return the figures of a reading and its account; it never had more than that."""
    frames = {name: getattr(reading, name).to_dicts() for name in _FRAMES}
    return _MARK + orjson.dumps({"report": asdict(reading.report), **frames})


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
        frames["observations"],
        frames["measures"],
        frames["areas"],
        is_own=True,
        is_counted=True,
    )


_FRAMES: dict[str, dict[str, Any]] = {
    "observations": OBSERVATION,
    "measures": MEASURE,
    "areas": AREA,
}
