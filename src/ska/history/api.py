"""Earlier reports for programs: read in, arranged, kept and struck by the pages' own services."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody

from ska.access import Right
from ska.analyses.models import PastAnalysis
from ska.analyses.past import past_by_id, past_of, whole_past
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.errors import Invalid
from ska.history import queries, services
from ska.history.forms import ArrangeForm, PastedForm
from ska.history.models import HistoryDraft
from ska.organizers.dependencies import Call, GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, remove, replace
from ska.web.versions import IfMatch, Stamped, tagged


class SectionOut(msgspec.Struct):
    """A section of a waiting report: where it starts, its heading, and its part."""

    example: ClassVar[dict[str, Any]] = {"start": 0, "heading": "Resultat", "part": "results"}

    start: int
    heading: str
    part: str
    paragraphs: list[str]


class PromiseOut(msgspec.Struct):
    """A candidate for an insats; accepted ones become utkast when the report is kept."""

    example: ClassVar[dict[str, Any]] = {
        "place": 3,
        "title": "Vi ska läsa varje dag",
        "is_accepted": False,
    }

    place: int
    title: str
    is_accepted: bool


class WaitingOut(Stamped):
    """A report that waits for its reader; nobody else finds it."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Kvalitetsrapport 2024/25",
        "year": "2024/25",
        "source": "Word-fil: rapport.docx",
        "paragraphs": 2,
        "left_out": ["Bilder och diagram är inte med."],
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    unit_id: UUID | None
    year: str
    title: str
    source: str
    paragraphs: int
    left_out: list[str]
    sections: list[SectionOut]
    promises: list[PromiseOut]


class PastOut(Stamped):
    """A report that is kept as history."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Kvalitetsrapport 2024/25",
        "year": "2024/25",
        "source": "Word-fil: rapport.docx",
        "paragraphs": 84,
        "kept_by": "Robin Berg",
        "struck_by": None,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    unit_id: UUID | None
    year: str
    title: str
    source: str
    paragraphs: int
    kept_by: str
    created_at: datetime
    struck_at: datetime | None
    struck_by: str | None


class ParagraphOut(msgspec.Struct):
    """A paragraph, heading, list item, row or footnote of a report."""

    example: ClassVar[dict[str, Any]] = {
        "place": 1,
        "part": "results",
        "kind": "text",
        "text": "De flesta trivs.",
        "is_promise": False,
    }

    place: int
    part: str
    kind: str
    text: str
    is_promise: bool


class WholePastOut(PastOut):
    """A report with all of its paragraphs in order."""

    all: list[ParagraphOut]


def _waiting(draft: HistoryDraft) -> WaitingOut:
    content = services.looked_at(draft)
    return told(
        WaitingOut,
        draft,
        year=str(SchoolYear(draft.year)),
        paragraphs=content.paragraphs,
        left_out=list(content.left_out),
        sections=[
            SectionOut(one.start, one.title, one.part, [b.text for _place, b in one.blocks])
            for one in content.sections
        ],
        promises=[
            PromiseOut(one.place, one.title, one.place in content.promises)
            for one in content.candidates.values()
        ],
    )


def _past(past: PastAnalysis) -> PastOut:
    return told(PastOut, past, year=str(past.school_year))


class WaitingApi(Controller):
    """Reports on their way in; they are let go of after two weeks."""

    path = "/api/v1/organizers/{organizer:str}/history/waiting"
    tags = ("Analyser",)

    @read(needs=Right.ESTABLISH, summary="List the reports that wait for you")
    def list_waiting(self, pages: GivenPages, call: GivenCall) -> Response[list[WaitingOut]]:
        """Return the reports that this very person has read in and not kept, newest first."""
        return pages.answer(queries.drafts_of(*call.where, part=pages.part()), _waiting)

    @create(needs=Right.ESTABLISH, summary="Read a report in as text")
    def read_text(self, data: JSONBody[PastedForm], call: GivenCall) -> WaitingOut:
        """Split a report by its headings and let it wait; nothing is kept as history yet."""
        return _waiting(
            services.read_text(
                *call.who, organizer_id=call.organizer_id, form=data, today=call.today
            )
        )

    @create("/file", needs=Right.ESTABLISH, summary="Read a report in from Word")
    def read_file(
        self,
        data: MultipartBody[dict[str, Any]],
        call: GivenCall,
        not_personal_data: FromQuery[bool] = False,
    ) -> WaitingOut:
        """Read the part *file*, a .docx, and let it wait; nothing is kept as history yet."""
        sent = (data or {}).get("file")
        if not isinstance(sent, UploadFile):
            missing = _("Skicka filen i delen ”file”.")
            raise Invalid(missing, {"file": missing})
        given = services.Given(
            (sent.filename or "rapport.docx")[-200:], sent.file.read(), is_sure=not_personal_data
        )
        return _waiting(
            services.read_file(
                *call.who, organizer_id=call.organizer_id, given=given, today=call.today
            )
        )

    @read("/{waiting_id:uuid}", needs=Right.ESTABLISH, summary="Read how a report is split")
    def read_waiting(self, waiting_id: FromPath[UUID], call: GivenCall) -> Response[WaitingOut]:
        """Return a waiting report with its sections and promises; its print is the ETag."""
        return tagged(_waiting(queries.draft_by_id(*call.where, waiting_id)))

    @replace("/{waiting_id:uuid}", needs=Right.ESTABLISH, summary="Arrange a waiting report")
    def arrange(
        self,
        waiting_id: FromPath[UUID],
        data: JSONBody[ArrangeForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[WaitingOut]:
        """Say whose report it is, of which läsår, and what its sections and promises are."""
        draft = _as_read(call, waiting_id, if_match)
        services.arrange(*call.who, draft=draft, form=data, today=call.today)
        return tagged(_waiting(draft))

    @act("/{waiting_id:uuid}/keep", needs=Right.ESTABLISH, summary="Keep a report as history")
    def keep(
        self, waiting_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[PastOut]:
        """Keep a report in whole, unchangeable; accepted promises become utkast to insatser."""
        draft = _as_read(call, waiting_id, if_match)
        return tagged(_past(services.keep(*call.who, draft=draft, today=call.today)))

    @remove("/{waiting_id:uuid}", needs=Right.ESTABLISH, summary="Let a waiting report go")
    def throw_away(
        self, waiting_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> None:
        """Let a waiting report go; nothing of it is kept."""
        services.throw_away(*call.who, draft=_as_read(call, waiting_id, if_match))


class HistoryApi(Controller):
    """Reports of earlier years, kept as they were written."""

    path = "/api/v1/organizers/{organizer:str}/history"
    tags = ("Analyser",)

    @read(needs=Right.ENTER, summary="List earlier reports")
    def list_past(self, pages: GivenPages, call: GivenCall) -> Response[list[PastOut]]:
        """Return the kept reports, struck ones too, the latest läsår first."""
        return pages.answer(past_of(*call.where, part=pages.part()), _past)

    @read("/{past_id:uuid}", needs=Right.ENTER, summary="Read an earlier report")
    def read_past(self, past_id: FromPath[UUID], call: GivenCall) -> Response[WholePastOut]:
        """Return a report with all of its paragraphs in order; its print is the ETag."""
        whole = whole_past(*call.where, past_id)
        out = told(
            WholePastOut,
            whole.past,
            year=str(whole.past.school_year),
            all=[told(ParagraphOut, one) for one in whole.paragraphs],
        )
        out.version = _past(whole.past).version
        return tagged(out)

    @act("/{past_id:uuid}/strike", needs=Right.ESTABLISH, summary="Strike an earlier report")
    def strike(
        self, past_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[PastOut]:
        """Take a report out of the history; it can be put back."""
        past = call.on(past_by_id(*call.where, past_id), _past, if_match=if_match)
        services.strike(*call.who, past=past, now=call.now)
        return tagged(_past(past))

    @act("/{past_id:uuid}/restore", needs=Right.ESTABLISH, summary="Put a struck report back")
    def restore(
        self, past_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[PastOut]:
        """Put a struck report back into the history."""
        past = call.on(past_by_id(*call.where, past_id), _past, if_match=if_match)
        services.restore(*call.who, past=past)
        return tagged(_past(past))


def _as_read(call: Call, waiting_id: UUID, if_match: str | None) -> HistoryDraft:
    return call.on(queries.draft_by_id(*call.where, waiting_id), _waiting, if_match=if_match)


API = [WaitingApi, HistoryApi]
