"""Pages of history: earlier reports, those that wait for a look, and reading one in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.datastructures import UploadFile
from litestar.params import FromPath, MultipartBody, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.analyses.past import past_by_id, past_rows, whole_past
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.errors import Invalid
from ska.history import queries, services
from ska.history.catalogue import shipped
from ska.history.forms import ArrangeForm, PastedForm
from ska.history.models import HistoryDraft
from ska.history.rules.headings import LONGEST
from ska.history.rules.pasted import as_text
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

YEARS_BACK = 12
FormData = dict[str, str | list[str]]


class HistoryController(Controller):
    """The reports of earlier years."""

    path = "/{organizer:str}/historia"

    @read(needs=Right.ENTER)
    def list_history(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the reports that are kept, and those that wait for this person."""
        return Page(
            "history/list.html",
            past=past_rows(session, actor, place.organizer.id),
            waiting=queries.drafts_of(session, actor, place.organizer.id),
            may_keep=actor.may(Right.ESTABLISH, place.organizer.id),
            own=actor.units(Right.ESTABLISH, place.organizer.id),
            school_year=SchoolYear,
        )

    @read("/{past_id:uuid}", needs=Right.ENTER)
    def show_past(
        self,
        past_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show an earlier report, part by part, in its own words."""
        whole = whole_past(session, actor, place.organizer.id, past_id)
        past = whole.past
        parts = [
            (part.name, some)
            for part in shipped().of(past.level)
            if (some := [one for one in whole.paragraphs if one.part == part.id])
        ]
        return Page(
            "history/show.html",
            past=past,
            unit=whole.unit,
            parts=parts,
            placed=sum(one.stands_for for _name, some in parts for one in some),
            may_strike=actor.may_for(Right.ESTABLISH, place.organizer.id, past.unit_id),
        )

    @write("/{past_id:uuid}/stryk", needs=Right.ESTABLISH)
    def strike(
        self,
        past_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Take a report out of the history."""
        past = past_by_id(session, actor, place.organizer.id, past_id)
        services.strike(session, actor, past=past, now=now)
        return Done(
            _("Rapporten är struken ur historiken. Ni kan ångra det."), to=f"{place.path}/historia"
        )

    @write("/{past_id:uuid}/angra", needs=Right.ESTABLISH)
    def restore(
        self,
        past_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Put a struck report back."""
        past = past_by_id(session, actor, place.organizer.id, past_id)
        services.restore(session, actor, past=past)
        return Done(_("Rapporten är tillbaka."), to=f"{place.path}/historia/{past.id}")


class WaitingController(Controller):
    """A report on its way in: read, looked at, kept or let go."""

    path = "/{organizer:str}/historia"

    @read("/ny", needs=Right.ESTABLISH)
    def new_report(self, place: GivenPlace) -> Page:
        """Show the form for a file or pasted text."""
        return Page("history/new.html")

    @write("/ny", needs=Right.ESTABLISH)
    def read_in(
        self,
        data: MultipartBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Read a report and go on to look at it, or show what is wrong; nothing is kept yet."""
        form = _written(data or {})
        try:
            draft = _read(session, actor, place, data or {}, form, today)
        except services.Unsafe as unsafe:
            form.raw["text"] = unsafe.text
            form.refuse(unsafe, "text")
        except Invalid as invalid:
            form.errors = invalid.fields or {"file": invalid.detail}
        else:
            if draft is not None:
                return Done(to=f"{place.path}/historia/vantar/{draft.id}")
        return Page("history/new.html", form=form)

    @read("/vantar/{waiting_id:uuid}", needs=Right.ESTABLISH)
    def show_waiting(
        self,
        waiting_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show how a report is read, with every paragraph in its place."""
        draft = queries.draft_by_id(session, actor, place.organizer.id, waiting_id)
        return _look(session, actor, draft, place, Form())

    @read("/vantar/{waiting_id:uuid}/text", needs=Right.ESTABLISH)
    def change_text(
        self,
        waiting_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the text of a waiting report in the form, to be changed and read again."""
        draft = queries.draft_by_id(session, actor, place.organizer.id, waiting_id)
        text = as_text(services.looked_at(draft).blocks)
        return Page("history/new.html", form=Form(raw={"text": text, "name": draft.title}))

    @write("/vantar/{waiting_id:uuid}", needs=Right.ESTABLISH)
    def answer(
        self,
        waiting_id: FromPath[UUID],
        data: URLEncodedBody[FormData],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Keep the report, show it as it is arranged now, or let it go."""
        draft = queries.draft_by_id(session, actor, place.organizer.id, waiting_id)
        answer = (data := data or {}).pop("answer", "")
        if answer == "nej":
            services.throw_away(session, actor, draft=draft)
            return Done(_("Rapporten sparades inte."), to=f"{place.path}/historia")
        form = bind(ArrangeForm, data)
        if form.value is None:
            return _look(session, actor, draft, place, form)
        try:
            services.arrange(session, actor, draft=draft, form=form.value, today=today)
        except Invalid as invalid:
            form.errors = invalid.fields
            return _look(session, actor, draft, place, form)
        if answer != "spara":
            return Done(_("Så här läses rapporten nu."))
        past = services.keep(session, actor, draft=draft, today=today)
        return Done(_("Rapporten är sparad som historik."), to=f"{place.path}/historia/{past.id}")


def _written(data: dict[str, Any]) -> Form[PastedForm]:
    raw = {name: str(data.get(name) or "") for name in ("text", "name", "not_personal_data")}
    return Form(raw=raw)


def _read(
    session: Session,
    actor: Actor,
    place: Place,
    data: dict[str, Any],
    form: Form[PastedForm],
    today: date,
) -> HistoryDraft | None:
    """Read the file that was sent, else the text; None when there is neither."""
    organizer_id, sent = place.organizer.id, data.get("file")
    if isinstance(sent, UploadFile) and sent.filename:
        given = services.Given(sent.filename[-200:], sent.file.read())
        return services.read_file(
            session, actor, organizer_id=organizer_id, given=given, today=today
        )
    checked = bind(PastedForm, form.raw)
    if checked.value is None:
        form.errors = checked.errors
        return None
    return services.read_text(
        session, actor, organizer_id=organizer_id, form=checked.value, today=today
    )


def _look(
    session: Session, actor: Actor, draft: HistoryDraft, place: Place, form: Form[ArrangeForm]
) -> Page:
    content = services.looked_at(draft)
    choices = queries.choices_of(session, actor, draft.organizer_id)
    whole = _("{name} (hela huvudmannen)").format(name=place.organizer.name)
    latest = SchoolYear.containing(place.today).start
    years = {draft.year, *range(latest, latest - YEARS_BACK, -1)}
    beside = [
        one
        for one in past_rows(session, actor, draft.organizer_id, year=SchoolYear(draft.year))
        if one.unit_id == draft.unit_id
    ]
    return Page(
        "history/waiting.html",
        form=form,
        draft=draft,
        content=content,
        whose=[
            *([("", whole)] if choices.may_whole else []),
            *((str(one.id), one.name) for one in choices.units),
        ],
        beside=beside,
        years=[(str(SchoolYear(one)), str(SchoolYear(one))) for one in sorted(years, reverse=True)],
        year=str(SchoolYear(draft.year)),
        parts=[(one.id, one.name) for one in shipped().of(content.level)],
        longest=LONGEST,
    )


PAGES = [HistoryController, WaitingController]
