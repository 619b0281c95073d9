"""Saved answers of every API that is read, told apart by their content alone."""

from __future__ import annotations

from collections.abc import Callable

from ska.values.importers import (
    kolada,
    planned_educations,
    pxweb,
    school_map,
    survey_series,
)
from ska.values.importers.observations import Reading, Refused
from ska.values.importers.saved import SavedAnswer, origin_of, read_saved

_SHAPES: tuple[
    tuple[Callable[[list[SavedAnswer]], bool], Callable[[list[SavedAnswer], str], Reading]], ...
] = (
    (pxweb.recognises, pxweb.read),
    (survey_series.recognises, survey_series.read),
    (school_map.recognises, school_map.read),
    (planned_educations.recognises, planned_educations.read),
)


def read_answers(content: bytes, file: str) -> Reading:
    """Return what saved answers hold; raise Refused, with what was seen, for another shape."""
    saved = read_saved(content)
    reading = _reading(saved, file)
    if reading is not None:
        reading.origin = origin_of(saved)
        return reading
    body = saved[0].body
    if isinstance(body, dict) and "variables" in body:
        raise Refused(
            "Det är en tabells metadata, utan värden. Läs in den med ska load framework --metadata."
        )
    raise Refused(f"Det är JSON av en form som inte läses. Den börjar: ”{_start(content)}”.")


def _reading(saved: list[SavedAnswer], file: str) -> Reading | None:
    body = saved[0].body
    if len(saved) == 1 and isinstance(body, dict) and kolada.recognises(body):
        return kolada.read(body, file)
    for recognises, read in _SHAPES:
        if recognises(saved):
            return read(saved, file)
    return None


def _start(content: bytes) -> str:
    return " ".join(content[:400].decode("utf-8", errors="replace").split())[:80]
