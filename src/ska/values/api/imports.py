"""The huvudman's own imports for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery, MultipartBody

from ska.access import Right
from ska.core.text import _
from ska.errors import Invalid, found
from ska.organizers.dependencies import GivenCall
from ska.values import queries, services
from ska.values.given import Given
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove
from ska.web.versions import IfMatch, Stamped, tagged


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


def _import(row: Any) -> ImportOut:
    return told(ImportOut, row)


class ImportApi(Controller):
    """The huvudman's own imports."""

    path = "/api/v1/organizers/{organizer:str}/imports"
    tags = ("Värden",)

    @read(needs=Right.IMPORT_VALUES, summary="List the imports")
    def list_imports(self, pages: GivenPages, call: GivenCall) -> Response[list[ImportOut]]:
        """Return the imports, newest first."""
        return pages.answer(queries.imports_of(*call.where, part=pages.part()), _import)

    @read("/{made:uuid}", needs=Right.IMPORT_VALUES, summary="Show an import")
    def show_import(self, made: FromPath[UUID], call: GivenCall) -> Response[WholeImportOut]:
        """Return an import with its report; its version is the ETag."""
        row = found(queries.import_by_id(*call.where, made))
        return tagged(told(WholeImportOut, row, version=_import(row).version))

    @create(needs=Right.IMPORT_VALUES, summary="Read a file in")
    def read_in(
        self,
        data: MultipartBody[dict[str, Any]],
        call: GivenCall,
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
            *call.who,
            organizer_id=call.organizer_id,
            given=Given(
                tuple((one.filename or "fil", one.file.read()) for one in sent),
                counts_people=counts_people,
            ),
        )
        if report is None:
            unknown = _("Tabellens uppställning känns inte igen. Tolka den en gång på sidan.")
            raise Invalid(unknown, {"file": unknown})
        if dry_run:
            services.drop_upload(*call.who, upload=upload)
        else:
            report = services.read_in(*call.who, upload=upload)
        return report.as_json()

    @remove("/{made:uuid}", needs=Right.IMPORT_VALUES, summary="Undo an import")
    def undo(self, made: FromPath[UUID], call: GivenCall, if_match: IfMatch = None) -> None:
        """Take a whole import back and restore what it replaced."""
        row = call.on(queries.import_by_id(*call.where, made), _import, if_match=if_match)
        services.undo_import(*call.who, made=row)
