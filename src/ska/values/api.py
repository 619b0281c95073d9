"""Values for programs: measures, published and own values, imports."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
import polars as pl
from litestar import Controller
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, MultipartBody, SkipValidation

from ska.access import Right
from ska.core.text import _
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
from ska.web.routing import create, read, remove

PAGE = 500


class MeasureOut(msgspec.Struct):
    """A published measure as programs see it."""

    id: int
    source: str
    code: str
    title: str
    unit: str
    definition: str
    next_publication: str | None


class ValueOut(msgspec.Struct):
    """One value; a gap has no value, but a status and its Swedish word."""

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


class ValuesOut(msgspec.Struct):
    """A page of values, and the cursor of the next page when there is one."""

    values: list[ValueOut]
    next_cursor: str | None


class ImportOut(msgspec.Struct):
    """A file that the huvudman read in."""

    id: UUID
    file: str
    source: str
    title: str
    person_name: str
    recorded_at: datetime
    undone_at: datetime | None


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
        place: GivenPlace,
        session: GivenSession,
        source: FromQuery[str] = "",
        q: FromQuery[str] = "",
    ) -> list[MeasureOut]:
        """Return at most fifty published measures whose title or code holds every word of *q*."""
        found = queries.find_measures(session, source=source or None, words=q[:200])
        names = MeasureOut.__struct_fields__
        return [MeasureOut(**{name: getattr(one, name) for name in names}) for one in found]

    @read("/measures/{measure:int}/values", needs=Right.ENTER, summary="Values of a measure")
    def values_of_measure(
        self,
        measure: FromPath[int],
        place: GivenPlace,
        session: GivenSession,
        wanted: GivenWanted,
        cursor: FromQuery[str] = "",
    ) -> ValuesOut:
        """Return a measure's published values, of one area code or all, page by page.

        Those of today, or as they were known at the end of the day *as_known_on*.
        """
        found = session.get(Measure, measure)
        if found is None:
            raise Missing
        frame = queries.published_values(session, found.id, known=wanted.known)
        return _page(_filtered(frame, wanted.cells), cursor)

    @read("/values", needs=Right.ENTER, summary="The huvudman's own values")
    def own_values(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        wanted: GivenWanted,
        measure: FromQuery[str] = "",
        cursor: FromQuery[str] = "",
    ) -> ValuesOut:
        """Return the huvudman's own values as the gate lets them through, page by page.

        Those of today, or as they were known at the end of the day *as_known_on*.
        """
        frame = own_cells(session, actor, place.organizer.id, known=wanted.known)
        return _page(_filtered(frame, wanted.cells | {"measure": measure}), cursor)


class VersionOut(msgspec.Struct):
    """One version of a value; *file* is the import that it came with."""

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
        self, value: FromPath[int], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> list[VersionOut]:
        """Return each version with its import, newest first; what is hidden today is in none."""
        past = past_of(session, actor, place.organizer.id, value)
        names = VersionOut.__struct_fields__
        return [VersionOut(**{name: getattr(one, name) for name in names}) for one in past.versions]


class ImportApi(Controller):
    """The huvudman's own imports."""

    path = "/api/v1/organizers/{organizer:str}/imports"
    tags = ["Values"]  # noqa: RUF012

    @read(needs=Right.IMPORT_VALUES, summary="List the imports")
    def list_imports(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> list[ImportOut]:
        """Return the latest hundred imports, newest first."""
        rows = queries.imports_of(session, actor, place.organizer.id)
        return [ImportOut(**row._mapping) for row in rows]

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
        self, made: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> None:
        """Take a whole import back and restore what it replaced."""
        row = queries.import_by_id(session, actor, place.organizer.id, made)
        if row is None:
            raise Missing
        services.undo_import(session, actor, made=row)


def _filtered(frame: pl.DataFrame, wanted: dict[str, str]) -> pl.DataFrame:
    for column, value in wanted.items():
        if value:
            frame = frame.filter(pl.col(column) == value)
    return frame


def _page(frame: pl.DataFrame, cursor: str) -> ValuesOut:
    start = _start(cursor)
    rows = queries.with_words(frame.slice(start, PAGE)).rename({"value_id": "id"})
    names = ValueOut.__struct_fields__
    values = [ValueOut(**{name: row[name] for name in names}) for row in rows.to_dicts()]
    following = start + PAGE
    if following >= frame.height:
        return ValuesOut(values, None)
    return ValuesOut(values, base64.urlsafe_b64encode(str(following).encode()).decode())


def _start(cursor: str) -> int:
    try:
        return max(0, int(base64.urlsafe_b64decode(cursor.encode()).decode())) if cursor else 0
    except ValueError:
        unknown = _("Markören känns inte igen. Börja om utan den.")
        raise Invalid(unknown, {"cursor": unknown}) from None
