"""Pages of values: read a file in (trial first), undo it, and take values away as sheets."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from litestar import Controller
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery, MultipartBody, URLEncodedBody
from litestar.response import Response
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.swedish import count_words
from ska.core.text import _
from ska.db.parts import Part
from ska.errors import Conflict, Invalid, Missing, found
from ska.organizers.dependencies import GivenPlace, Place
from ska.values import exporting, queries, services, teaching
from ska.values.forms import LEAST_INSIDE, LEAST_OUTSIDE, LimitsForm
from ska.values.given import Given
from ska.values.importers.observations import AreaType
from ska.values.known import read_day
from ska.values.models import Measure, OwnImport, Upload
from ska.values.own import own_cells
from ska.values.past import past_of
from ska.values.reports import FileReport, shown
from ska.values.xrays.queries import xray_of_import
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.files import CSV, INVENTED, XLSX, attachment
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

READ_IN = "las-in"
_KINDS = {"csv": (exporting.as_csv, CSV), "xlsx": (exporting.as_xlsx, XLSX)}


class ImportController(Controller):
    """Reading in files of values."""

    path = "/{organizer:str}/resultat"

    @read("/las-in", needs=Right.IMPORT_VALUES)
    def show_imports(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the form for a file, and what has been read in before."""
        return _imports(session, actor, place, Form())

    @write("/las-in", needs=Right.IMPORT_VALUES)
    def try_file(
        self,
        data: MultipartBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Try a file: read all of it, store nothing, and show what would happen."""
        form: Form[Any] = Form(raw={"pasted": str((data or {}).get("pasted") or "")})
        given = _given(data or {})
        if not any(content for _name, content in given.files):
            form.add_error("file", _("Välj en fil med innehåll, eller klistra in en tabell."))
            return _imports(session, actor, place, form)
        try:
            tried = services.try_file(session, actor, organizer_id=place.organizer.id, given=given)
            upload, report = tried
        except Invalid as invalid:
            form.refuse(invalid, "file")
            return _imports(session, actor, place, form)
        step = "" if report else "/tolka"
        return Done(to=f"{place.path}/resultat/las-in/{upload.id}{step}")

    @read("/las-in/{upload:uuid}", needs=Right.IMPORT_VALUES)
    def show_trial(
        self, upload: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page | Done:
        """Show what reading the file would do."""
        waiting = _upload(session, actor, place, upload)
        try:
            report, reading = services.tried_again(session, actor, waiting)
        except Invalid:  # what it was read by has been forgotten since
            return Done(to=f"{place.path}/resultat/las-in/{waiting.id}/tolka")
        unknown = teaching.unknown_names(session, actor, place.organizer.id, reading)
        return Page(
            "values/trial.html", report=report, upload=waiting, unknown=unknown, **shown(report)
        )

    @write("/las-in/{upload:uuid}", needs=Right.IMPORT_VALUES)
    def answer_trial(
        self,
        upload: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Read the file in, all of it, or let it go."""
        waiting = _upload(session, actor, place, upload)
        back = f"{place.path}/resultat/las-in"
        if (data or {}).get("answer") != READ_IN:
            services.drop_upload(session, actor, upload=waiting)
            return Done(_("Filen lästes inte in."), to=back)
        report = services.read_in(session, actor, upload=waiting)
        if report.import_id is None:
            return Done(_("Allt i filen fanns redan. Inget ändrades."), to=back)
        sentence = _("{new} och {revised} lästes in.").format(
            new=count_words(report.new, _("nytt värde"), _("nya värden")),
            revised=count_words(report.revised, _("ändrat"), _("ändrade")),
        )
        return Done(sentence, to=f"{place.path}/resultat/inlasningar/{report.import_id}")

    @read("/inlasningar/{made:uuid}", needs=Right.IMPORT_VALUES)
    def show_import(
        self,
        made: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page:
        """Show an import's report, and what the X-ray finds in its measures."""
        row = _import(session, actor, place, made)
        report = FileReport(**row.report)
        xray = xray_of_import(session, actor, place.organizer, today, report)
        return Page("values/import.html", made=row, report=report, xray=xray, **shown(report))

    @write("/inlasningar/{made:uuid}/angra", needs=Right.IMPORT_VALUES)
    def undo(
        self, made: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Take a whole import back."""
        row = _import(session, actor, place, made)
        back = f"{place.path}/resultat/las-in"
        try:
            count = services.undo_import(session, actor, made=row)
        except Conflict as conflict:
            return Done(conflict.detail, to=back)
        words = count_words(count, _("värde är borttaget"), _("värden är borttagna"))
        return Done(_("Inläsningen är ångrad. {words}.").format(words=words), to=back)


class LimitsController(Controller):
    """The smallest groups that may be shown of the huvudman's own values."""

    path = "/{organizer:str}/resultat/granser"

    @read(needs=Right.MANAGE_UNITS)
    def show_limits(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the limits in force and the form that raises them."""
        return _limits(session, actor, place, Form())

    @write(needs=Right.MANAGE_UNITS)
    def set_limits(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Raise the limits, or show what is wrong with the form."""
        form = bind(LimitsForm, data or {})
        if form.value is None:
            return _limits(session, actor, place, form)
        services.set_limits(session, actor, organizer_id=place.organizer.id, form=form.value)
        return Done(_("Gränserna är sparade."))


class PastController(Controller):
    """What was known of a value, and when."""

    path = "/{organizer:str}/resultat/varde"

    @read("/{value:int}", needs=Right.ENTER)
    def show_past(
        self, value: FromPath[int], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show each version of a value with the import that it came with."""
        return Page(
            "values/past.html",
            past=past_of(session, actor, place.organizer.id, value),
            may_import=actor.may(Right.IMPORT_VALUES, place.organizer.id),
        )


class SheetController(Controller):
    """Values to take away as CSV or Excel."""

    path = "/{organizer:str}/resultat/ladda-ner"

    @read("/egna/{kind:str}", needs=Right.ENTER)
    def own(
        self,
        kind: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        kant: FromQuery[str] = "",
    ) -> Response[bytes]:
        """Give the huvudman's own values, through the gate."""
        known = read_day(kant, today, field="kant")
        frame = own_cells(session, actor, place.organizer.id, known=known)
        mark = INVENTED if place.organizer.is_demo else ""
        return _sheet(frame, kind, f"egna-varden-{place.organizer.slug}", known, mark)

    @read("/mall/csv", needs=Right.ENTER)
    def template(self, place: GivenPlace) -> Response[bytes]:
        """Give the long table for own values, with its header and two invented rows."""
        return attachment(exporting.template(), CSV, "mall-egna-varden.csv")

    @read("/matt/{measure:int}/{kind:str}", needs=Right.ENTER)
    def published(
        self,
        measure: FromPath[int],
        kind: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        today: GivenToday,
        kant: FromQuery[str] = "",
    ) -> Response[bytes]:
        """Give a published measure for the huvudman, its units, municipality and country."""
        found = session.get(Measure, measure)
        if found is None:
            raise Missing
        known = read_day(kant, today, field="kant")
        frame = queries.published_values(session, found.id, known=known).filter(of_place(place))
        return _sheet(frame, kind, f"matt-{found.id}-{place.organizer.slug}", known)


def of_place(place: Place) -> pl.Expr:
    """Return the filter of what is about the huvudman, its units, its municipality, the country."""
    organizer = place.organizer
    is_country = pl.col("area_type") == str(AreaType.COUNTRY)
    is_own = pl.col("organizer_number") == (organizer.organisation_number or "-")
    is_municipality = (pl.col("area_type") == str(AreaType.MUNICIPALITY)) & (
        pl.col("area_code") == (organizer.municipality_code or "-")
    )
    return is_country | is_own | is_municipality


def _sheet(
    frame: pl.DataFrame, kind: str, name: str, known: date | None, mark: str = ""
) -> Response[bytes]:
    if kind not in _KINDS:
        raise Missing
    make, media_type = _KINDS[kind]
    day = f"-kant-{known}" if known else ""
    return attachment(make(frame, known, mark), media_type, f"{name}{day}.{kind}")


def _given(data: dict[str, Any]) -> Given:
    """Return the files that were sent, or the table pasted instead."""
    sent = [one for one in (data.get("file"), data.get("also")) if isinstance(one, UploadFile)]
    files = [(one.filename, one.file.read()) for one in sent if one.filename]
    pasted = str(data.get("pasted") or "").strip("\r\n").encode()
    files = files or [(_("Inklistrad tabell"), pasted)]
    return Given(tuple(files), counts_people=bool(data.get("counts_people")))


def _imports(session: Session, actor: Actor, place: Place, form: Form[Any]) -> Page:
    return Page(
        "values/imports.html",
        form=form,
        imports=queries.imports_of(session, actor, place.organizer.id, part=Part(100)),
        lessons=queries.lessons_of(session, actor, place.organizer.id),
    )


def _limits(session: Session, actor: Actor, place: Place, form: Form[LimitsForm]) -> Page:
    own = queries.limits_of(session, actor, place.organizer.id)
    inside, outside = (own.inside, own.outside) if own else (LEAST_INSIDE, LEAST_OUTSIDE)
    return Page("values/limits.html", form=form, inside=inside, outside=outside)


def _upload(session: Session, actor: Actor, place: Place, upload_id: UUID) -> Upload:
    return found(queries.upload_by_id(session, actor, place.organizer.id, upload_id))


def _import(session: Session, actor: Actor, place: Place, import_id: UUID) -> OwnImport:
    return found(queries.import_by_id(session, actor, place.organizer.id, import_id))


PAGES = [ImportController, LimitsController, PastController, SheetController]
