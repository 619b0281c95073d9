"""Values for programs: measures, published and own values, imports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

import msgspec
import polars as pl
from litestar import Controller, Response
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, MultipartBody, SkipValidation

from ska.access import Right
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Invalid, Missing
from ska.organizers.dependencies import GivenPlace
from ska.values import queries, services
from ska.values.given import Given
from ska.values.known import read_day
from ska.values.models import Measure
from ska.values.own import own_cells
from ska.values.past import past_of
from ska.web.dependencies import (
    GivenActor,
    GivenScopedSession,
    GivenSession,
    GivenToday,
    closed_on_refusal,
)
from ska.web.paging import GivenPages, Pages
from ska.web.routing import create, read, remove
from ska.web.versions import IfMatch, Stamped, etag, must_be

# The order of a page of values. Two definitions of one cell are told apart by the value's number.
_TEXTS = (
    "source", "measure", "area_type", "area_code", "scope", "gender", "period_type", "period",
)  # fmt: skip
_ORDER = (*_TEXTS, "value_id")


class MeasureOut(msgspec.Struct):
    """A published measure as programs see it."""

    example: ClassVar[dict[str, Any]] = {
        "id": 41,
        "source": "kolada",
        "code": "N15419",
        "title": "Elever i åk 9 som uppnått kunskapskraven i alla ämnen, andel (%)",
        "unit": "%",
        "definition": "Andel elever i årskurs 9 med lägst E i alla ämnen.",
    }

    id: int
    source: str
    code: str
    title: str
    unit: str
    definition: str
    next_publication: str | None


class ValueOut(msgspec.Struct):
    """One value; a gap has no value, but a status and its Swedish word."""

    example: ClassVar[dict[str, Any]] = {
        "source": "kolada",
        "measure": "N15419",
        "title": "Elever i åk 9 som uppnått kunskapskraven i alla ämnen, andel (%)",
        "unit": "%",
        "area_type": "municipality",
        "area_code": "1497",
        "area": "Ekhult",
        "scope": "",
        "gender": "all",
        "period_type": "year",
        "period": "2026",
        "value": 61.8,
        "n": 68,
        "status": "value",
        "word": "",
        "finality": "final",
    }

    id: int
    source: str
    measure: str
    title: str
    unit: str
    area_type: str
    area_code: str
    area: str
    scope: str
    gender: str
    period_type: str
    period: str
    value: float | None
    status: str
    word: str
    n: int | None
    finality: str
    carried_from: str | None
    recorded_at: datetime


class ImportOut(Stamped):
    """A file that the huvudman read in."""

    example: ClassVar[dict[str, Any]] = {
        "file": "egna-varden.csv",
        "source": "local",
        "title": "Egna värden",
        "person_name": "Kim Ekman",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    file: str
    source: str
    title: str
    person_name: str
    recorded_at: datetime
    undone_at: datetime | None


class WholeImportOut(ImportOut):
    """An import with the account of its cells."""

    example: ClassVar[dict[str, Any]] = {
        "report": {"cells": 4, "by_status": {"value": 4}, "rejected_cells": 0},
    }

    report: dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Which values a program asks for: of what cells, as known on which day."""

    cells: dict[str, str]
    known: date | None


def provide_wanted(
    place: GivenPlace,  # waited for: refusing beside a link at work would close its session
    session: GivenScopedSession,
    today: GivenToday,
    area: FromQuery[str] = "",
    gender: FromQuery[str] = "",
    as_known_on: FromQuery[str] = "",
) -> Wanted:
    """Give what is asked for; *as_known_on* is a day, whose end counts."""
    with closed_on_refusal(session):
        known = read_day(as_known_on, today, field="as_known_on")
    return Wanted({"area_code": area, "gender": gender}, known)


GivenWanted = NamedDependency[SkipValidation[Wanted]]


class ValueApi(Controller):
    """Published values, and the huvudman's own through the gate."""

    path = "/api/v1/organizers/{organizer:str}"
    dependencies = {"wanted": Provide(provide_wanted, sync_to_thread=False)}  # noqa: RUF012
    tags = ["Values"]  # noqa: RUF012

    @read("/measures", needs=Right.ENTER, summary="Find published measures")
    def find_measures(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        source: FromQuery[str] = "",
        q: FromQuery[str] = "",
    ) -> Response[list[MeasureOut]]:
        """Return published measures whose title or code holds every word of *q*, by title."""
        found = queries.find_measures(session, source=source or None, words=q[:200])
        page, headers = pages.of(found)
        names = MeasureOut.__struct_fields__
        shown = queries.measures_by_ids(session, [row.id for row in page])
        out = [MeasureOut(**{name: getattr(one, name) for name in names}) for one in shown]
        return Response(out, headers=headers)

    @read("/measures/{measure:int}/values", needs=Right.ENTER, summary="Values of a measure")
    def values_of_measure(
        self,
        pages: GivenPages,
        measure: FromPath[int],
        place: GivenPlace,
        session: GivenSession,
        wanted: GivenWanted,
    ) -> Response[list[ValueOut]]:
        """Return a measure's published values, of one area code or all, page by page.

        Those of today, or as they were known at the end of the day *as_known_on*.
        """
        found = session.get(Measure, measure)
        if found is None:
            raise Missing
        frame = queries.published_values(session, found.id, known=wanted.known)
        return _page(_filtered(frame, wanted.cells), pages)

    @read("/values", needs=Right.ENTER, summary="The huvudman's own values")
    def own_values(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        wanted: GivenWanted,
        measure: FromQuery[str] = "",
    ) -> Response[list[ValueOut]]:
        """Return the huvudman's own values as the gate lets them through, page by page.

        Those of today, or as they were known at the end of the day *as_known_on*.
        """
        frame = own_cells(session, actor, place.organizer.id, known=wanted.known)
        return _page(_filtered(frame, wanted.cells | {"measure": measure}), pages)


class VersionOut(msgspec.Struct):
    """One version of a value; *file* is the import that it came with."""

    example: ClassVar[dict[str, Any]] = {
        "value": 61.8,
        "word": "",
        "n": 68,
        "finality": "final",
        "file": "betyg-2026.csv",
        "source_url": "",
    }

    value_id: int
    value: float | None
    word: str
    n: int | None
    finality: str
    recorded_at: datetime
    superseded_at: datetime | None
    file: str
    source_url: str
    source_published_at: datetime | None
    is_undone: bool


class PastApi(Controller):
    """What was known of a value, and when."""

    path = "/api/v1/organizers/{organizer:str}/values/{value:int}/versions"
    tags = ["Values"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="A value's versions")
    def list_versions(
        self,
        value: FromPath[int],
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[VersionOut]]:
        """Return each version with its import, newest first; what is hidden today is in none."""
        past = past_of(session, actor, place.organizer.id, value)
        page, headers = pages.of(past.versions, key=attrgetter("value_id"))
        names = VersionOut.__struct_fields__
        out = [VersionOut(**{name: getattr(one, name) for name in names}) for one in page]
        return Response(out, headers=headers)


class ImportApi(Controller):
    """The huvudman's own imports."""

    path = "/api/v1/organizers/{organizer:str}/imports"
    tags = ["Values"]  # noqa: RUF012

    @read(needs=Right.IMPORT_VALUES, summary="List the imports")
    def list_imports(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[ImportOut]]:
        """Return the imports, newest first."""
        rows = queries.imports_of(session, actor, place.organizer.id)
        page, headers = pages.of(rows)
        return Response([_import(row) for row in page], headers=headers)

    @read("/{made:uuid}", needs=Right.IMPORT_VALUES, summary="Show an import")
    def show_import(
        self, made: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[WholeImportOut]:
        """Return an import with its report; its version is the ETag."""
        row = queries.import_by_id(session, actor, place.organizer.id, made)
        if row is None:
            raise Missing
        version = _import(row).version
        names = [name for name in WholeImportOut.__struct_fields__ if name != "version"]
        out = WholeImportOut(**{name: getattr(row, name) for name in names}, version=version)
        return Response(out, headers=etag(version))

    @create(needs=Right.IMPORT_VALUES, summary="Read a file in")
    def read_in(
        self,
        data: MultipartBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        dry_run: FromQuery[bool] = False,
        counts_people: FromQuery[bool] = False,
    ) -> dict[str, Any]:
        """Read the part *file* in, or only try it, and return the account of every cell.

        A file with a row for each pupil is read only when *counts_people* says that it may be
        counted together; a pupil file of tests may stand beside one of grades, as *also*.
        """
        parts = [(data or {}).get("file"), (data or {}).get("also")]
        sent = [one for one in parts if isinstance(one, UploadFile)]
        if not sent:
            missing = _("Skicka filen i delen ”file”.")
            raise Invalid(missing, {"file": missing})
        upload, report = services.try_file(
            session,
            actor,
            organizer_id=place.organizer.id,
            given=Given(
                tuple((one.filename or "fil", one.file.read()) for one in sent),
                counts_people=counts_people,
            ),
        )
        if report is None:
            unknown = _("Tabellens uppställning känns inte igen. Tolka den en gång på sidan.")
            raise Invalid(unknown, {"file": unknown})
        if dry_run:
            services.drop_upload(session, actor, upload=upload)
        else:
            report = services.read_in(session, actor, upload=upload)
        return report.as_json()

    @remove("/{made:uuid}", needs=Right.IMPORT_VALUES, summary="Undo an import")
    def undo(
        self,
        made: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        if_match: IfMatch = None,
    ) -> None:
        """Take a whole import back and restore what it replaced."""
        row = queries.import_by_id(session, actor, place.organizer.id, made)
        if row is None:
            raise Missing
        must_be(if_match, _import(lock(session, row)))
        services.undo_import(session, actor, made=row)


def _import(row: Any) -> ImportOut:
    names = [name for name in ImportOut.__struct_fields__ if name != "version"]
    return ImportOut(**{name: getattr(row, name) for name in names})


def _filtered(frame: pl.DataFrame, wanted: dict[str, str]) -> pl.DataFrame:
    for column, value in wanted.items():
        if value:
            frame = frame.filter(pl.col(column) == value)
    return frame


def _page(frame: pl.DataFrame, pages: Pages) -> Response[list[ValueOut]]:
    """Return the values that come next in order: those that come or go elsewhere move nothing."""
    if pages.cursor:
        frame = frame.filter(_after(json.loads(pages.place(_is_place))))
    found = frame.bottom_k(pages.limit + 1, by=_ORDER).sort(_ORDER)
    headers = {}
    if found.height > pages.limit:
        found = found.head(pages.limit)
        headers = pages.to_next(json.dumps(found.select(_ORDER).row(-1)))
    rows = queries.with_words(found).rename({"value_id": "id"}).to_dicts()
    names = ValueOut.__struct_fields__
    out = [ValueOut(**{name: row[name] for name in names}) for row in rows]
    return Response(out, headers=headers)


def _is_place(text: str) -> bool:
    try:
        place = json.loads(text)
    except ValueError:
        return False
    kinds = [type(one) for one in place] if isinstance(place, list) else []
    return kinds == [*(str for _name in _TEXTS), int] and abs(place[-1]) < 2**63


def _after(place: list[Any]) -> pl.Expr:
    after, level = pl.lit(False), pl.lit(True)
    for column, last in zip(_ORDER, place, strict=True):
        after = after | (level & (pl.col(column) > last))
        level = level & (pl.col(column) == last)
    return after
