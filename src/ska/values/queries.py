"""Reading published values: hand-written SQL into frames (decision 10), own values: `own`.

Frames are sorted and have the columns of `CELL`. A gap has a status and no value; `with_words`
adds the Swedish word for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.db.parts import WHOLE, Part, in_parts
from ska.values.cache import Frames
from ska.values.columns import CELL, SELECTED
from ska.values.importers.observations import Source
from ska.values.known import as_known, every, parameter, versions
from ska.values.models import AreaName, Measure, OwnImport, OwnLimit, TableLesson, Upload
from ska.values.rules import ValueStatus, word_beside
from ska.values.shelves import PUBLISHED, version
from ska.values.whole import whole_measures

ORDER = " ORDER BY m.code, a.area_type, a.code, s.scope, s.gender, v.period"
_kept = Frames()


def published_cells(known: date | None = None) -> str:
    """Return the SQL of published cells (columns of CELL), to which a WHERE is added."""
    return _cells(versions("value", earlier=known is not None))


def every_version() -> str:
    """Return the SQL of published cells in every version, to which a WHERE is added."""
    return _cells(every("value"))


def _cells(value: str) -> str:
    return f"""
        SELECT {SELECTED}, NULL, NULL
        FROM measure m
        JOIN series s ON s.measure_id = m.id
        JOIN {value} v ON v.series_id = s.id
        JOIN area a ON a.id = v.area_id
    """  # noqa: S608  # put together of constants only


def read_cells(session: Session, query: str, parameters: dict[str, Any]) -> pl.DataFrame:
    """Return the rows of *query* as a frame, past SQLAlchemy's row objects (stack.md 4)."""
    cursor = session.connection().exec_driver_sql(query, parameters).cursor
    rows = cursor.fetchall() if cursor is not None else []
    return pl.DataFrame(rows, schema=CELL, orient="row", infer_schema_length=None)


def with_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with ``word``: why there is no value, or no plain one; else empty."""
    words = {str(status): word_beside(status) for status in ValueStatus}
    return frame.with_columns(word=pl.col("status").replace_strict(words, return_dtype=pl.String))


def find_measures(
    session: Session, *, source: str | None = None, words: str = "", part: Part = WHOLE
) -> Sequence[Measure]:
    """Return the published measures whose code or title holds all of *words*, by title."""
    query = measures_named(words, source)
    return session.scalars(in_parts(session, query, (Measure.title, Measure.id), part)).all()


def measures_named(words: str, source: str | None = None) -> Select[Measure]:
    """Return the query of the published measures whose code or title holds all of *words*."""
    query = select(Measure)
    if source:
        query = query.where(Measure.source == source)
    for word in words.split():
        query = query.where(
            or_(
                Measure.title.icontains(word, autoescape=True),
                Measure.code.icontains(word, autoescape=True),
            )
        )
    return query


def measure_by_code(session: Session, source: str, code: str) -> Measure | None:
    """Return the published measure with this code at its source, or None."""
    return session.scalar(select(Measure).where(Measure.source == source, Measure.code == code))


def measures_by_labels(session: Session, labels: Sequence[str]) -> dict[str, Measure]:
    """Return the measures of the national quality system's table by label, never by code."""
    plain = {label.rstrip("* ").strip(): label for label in labels}
    found = session.scalars(
        select(Measure).where(
            Measure.source == str(Source.QUALITY_SYSTEM), Measure.title.in_(plain)
        )
    )
    return {plain[measure.title]: measure for measure in found}


def published_values(
    session: Session, measure_id: int, *, known: date | None = None
) -> pl.DataFrame:
    """Return every published value of a measure, as its publisher shows it.

    Kept in the process for as long as nothing published changes; never change the frame.
    """
    return _whole(session, "m.id = %(measure)s", {"measure": measure_id}, known)


def published_values_by_title(session: Session, source: str, title: str) -> pl.DataFrame:
    """Return the same of the measures that a source gives this title; empty without one."""
    which = "m.source = %(source)s AND m.title = %(title)s"
    return _whole(session, which, {"source": source, "title": title}, None)


def _whole(
    session: Session, which: str, parameters: dict[str, Any], known: date | None
) -> pl.DataFrame:
    key = (which, *parameters.values(), known)
    if known is None:
        return cached_frame(session, key, lambda: whole_measures(session, which, parameters))
    return cached_frame(session, key, lambda: _published(session, which, parameters, known))


def cached_frame(
    session: Session, key: tuple[Hashable, ...], read: Callable[[], pl.DataFrame]
) -> pl.DataFrame:
    """Return the frame of *key*, kept in the process for as long as nothing published changes."""
    whole = (*key, version(session, PUBLISHED), str(session.get_bind().engine.url))
    return _kept.get(whole, read)


def _published(
    session: Session, which: str, parameters: dict[str, Any], known: date | None
) -> pl.DataFrame:
    query = f"{published_cells(known)} WHERE {which}{ORDER}"
    return as_known(read_cells(session, query, parameters | parameter(known)), known)


def published_values_of_organizer(
    session: Session,
    organisation_number: str,
    *,
    measures: Sequence[int] | None = None,
    known: date | None = None,
) -> pl.DataFrame:
    """Return all published values of a huvudman and its units, over all measures."""
    chosen = " AND m.id = ANY(%(measures)s)" if measures is not None else ""
    return _published(
        session,
        f"a.organizer_number = %(number)s{chosen}",
        {"number": organisation_number, "measures": list(measures or [])},
        known,
    )


def published_values_of_areas(
    session: Session,
    areas: Sequence[tuple[str, str]],
    *,
    measures: Sequence[int],
    gender: str | None = None,
    known: date | None = None,
) -> pl.DataFrame:
    """Return published values of some areas (type, code) in some measures."""
    chosen = " AND s.gender = %(gender)s" if gender else ""
    return _published(
        session,
        "m.id = ANY(%(measures)s) AND (a.area_type, a.code) IN"
        f" (SELECT unnest(%(types)s::text[]), unnest(%(codes)s::text[])){chosen}",
        {
            "measures": list(measures),
            "types": [kind for kind, _ in areas],
            "codes": [code for _, code in areas],
            "gender": gender,
        },
        known,
    )


def imports_of(
    session: Session, actor: Actor, organizer_id: UUID, *, part: Part = WHOLE
) -> Sequence[Any]:
    """Return the huvudman's own imports, newest first, without their reports."""
    query = (
        visible(OwnImport, actor)
        .with_only_columns(
            OwnImport.id,
            OwnImport.file,
            OwnImport.source,
            OwnImport.title,
            OwnImport.person_name,
            OwnImport.recorded_at,
            OwnImport.undone_at,
        )
        .where(OwnImport.organizer_id == organizer_id)
    )
    order = (OwnImport.recorded_at.desc(), OwnImport.id)
    return session.execute(in_parts(session, query, order, part)).all()


def import_by_id(
    session: Session, actor: Actor, organizer_id: UUID, import_id: UUID
) -> OwnImport | None:
    """Return one of the huvudman's own imports, or None."""
    return session.scalar(
        visible(OwnImport, actor).where(
            OwnImport.organizer_id == organizer_id, OwnImport.id == import_id
        )
    )


def upload_by_id(
    session: Session, actor: Actor, organizer_id: UUID, upload_id: UUID
) -> Upload | None:
    """Return a file that the person has tried and not yet answered for, or None."""
    return session.scalar(
        visible(Upload, actor).where(
            Upload.organizer_id == organizer_id,
            Upload.id == upload_id,
            Upload.person_id == actor.person_id,
        )
    )


def lessons_of(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[TableLesson]:
    """Return the tables that the huvudman has taught, by name."""
    return session.scalars(
        visible(TableLesson, actor)
        .where(TableLesson.organizer_id == organizer_id)
        .order_by(TableLesson.name, TableLesson.id)
    ).all()


def lesson_by_id(
    session: Session, actor: Actor, organizer_id: UUID, lesson_id: UUID
) -> TableLesson | None:
    """Return one of the huvudman's lessons, or None."""
    return session.scalar(
        visible(TableLesson, actor).where(
            TableLesson.organizer_id == organizer_id, TableLesson.id == lesson_id
        )
    )


def names_of(session: Session, actor: Actor, organizer_id: UUID) -> Sequence[AreaName]:
    """Return how the huvudman's units are written in files, as people have confirmed."""
    return session.scalars(
        visible(AreaName, actor).where(AreaName.organizer_id == organizer_id)
    ).all()


def limits_of(session: Session, actor: Actor, organizer_id: UUID) -> OwnLimit | None:
    """Return the huvudman's own, stricter limits, or None when the house's are enough."""
    return session.scalar(visible(OwnLimit, actor).where(OwnLimit.organizer_id == organizer_id))
