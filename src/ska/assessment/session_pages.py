"""Pages of sambedömningar: the list with its hours, one of them, and what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.analyses.queries import analysis_by_id
from ska.assessment import services
from ska.assessment.forms import LinkForm, ModerationForm, StrikeForm
from ska.assessment.hours import hours_by_year, sentence_of
from ska.assessment.models import ModerationSession
from ska.assessment.queries.sessions import analysis_tied_to, listed_sessions, session_by_id
from ska.core.school_year import SchoolYear
from ska.core.text import _
from ska.errors import Changed, Conflict, Invalid, NotAllowed
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.queries import units_of
from ska.overview.dependencies import Chosen
from ska.overview.queries.relations import relations
from ska.overview.queries.seen import open_analyses
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Sent = URLEncodedBody[dict[str, str]]
FIELDS = tuple(name for name in ModerationForm.model_fields if name != "not_personal_data")


class SessionController(Controller):
    """The sambedömningar of a huvudman and its units."""

    path = "/{organizer:str}/sambedomning"

    @read(needs=Right.READ)
    def list_sessions(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the sambedömningar, the latest first, with the hours of each läsår."""
        rows = listed_sessions(session, actor, place.organizer.id)
        standing = [one for one, _unit in rows if one.struck_at is None]
        return Page(
            "assessment/sessions.html",
            rows=[(one, unit, sentence_of(one)) for one, unit in rows],
            hours=hours_by_year(standing),
            may_write=actor.may(Right.ANALYSE, place.organizer.id),
        )

    @read("/ny", needs=Right.ANALYSE)
    def new_session(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        enhet: Chosen = None,
        amne: Chosen = None,
        arskurs: Chosen = None,
    ) -> Page:
        """Show the form that notes a sambedömning, for the unit and subject it was asked from."""
        raw = {"subject": amne or "", "stage": arskurs or ""}
        return _form_page(session, actor, place, Form(raw=raw), unit=enhet or "")

    @write("/ny", needs=Right.ANALYSE)
    def note_session(
        self,
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Note a sambedömning, or show what is wrong with the form."""
        form = bind(ModerationForm, data, today=today)
        if form.value is None:
            return _form_page(session, actor, place, form)
        try:
            held = services.note_session(
                session, actor, organizer_id=place.organizer.id, form=form.value, today=today
            )
        except (NotAllowed, Invalid) as error:
            form.errors = getattr(error, "fields", None) or {"unit_id": error.detail}
            return _form_page(session, actor, place, form)
        return Done(_("Sambedömningen är sparad."), to=_address(place, held))

    @read("/{held:uuid}", needs=Right.READ)
    def show_session(
        self, held: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show a sambedömning, the analysis it lies in, and what may be done with it."""
        return _page(session, actor, place, _found(session, actor, place, held))

    @write("/{held:uuid}", needs=Right.ANALYSE)
    def change_session(
        self,
        held: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Say a sambedömning anew; what was typed is never lost."""
        one = _found(session, actor, place, held)
        seen = data.pop("seen", "")
        form = bind(ModerationForm, data, today=today)
        if form.value is None:
            return _page(session, actor, place, one, form)
        try:
            services.change_session(
                session, actor, held=one, form=form.value, today=today, seen=seen
            )
        except (Changed, Conflict, Invalid, NotAllowed) as error:
            form.errors = getattr(error, "fields", None) or {"": error.detail}
            return _page(session, actor, place, one, form, status_code=error.status)
        return Done(_("Sambedömningen är ändrad."), to=_address(place, one))

    @write("/{held:uuid}/analys", needs=Right.ANALYSE)
    def tie_session(
        self,
        held: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Put a sambedömning into an analysis as an underlag."""
        one = _found(session, actor, place, held)
        form = bind(LinkForm, data)
        if form.value is None:
            return _page(session, actor, place, one, form)
        wanted = form.value.analysis_id
        analysis = analysis_by_id(session, actor, place.organizer.id, wanted)
        try:
            services.tie_session(session, actor, held=one, analysis=analysis)
        except Conflict as error:
            form.errors = {"analysis_id": error.detail}
            return _page(session, actor, place, one, form, status_code=error.status)
        done = _("Sambedömningen ligger nu som underlag i analysen.")
        return Done(done, to=_address(place, one))

    @write("/{held:uuid}/stryk", needs=Right.ANALYSE)
    def strike_session(
        self,
        held: FromPath[UUID],
        data: Sent,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Strike a sambedömning, with the reason."""
        one = _found(session, actor, place, held)
        form = bind(StrikeForm, data)
        if form.value is None:
            return _page(session, actor, place, one, form)
        services.strike_session(session, actor, held=one, form=form.value, now=now)
        done = _("Sambedömningen är struken. Den kan tas tillbaka.")
        return Done(done, to=_address(place, one))

    @write("/{held:uuid}/ta-tillbaka", needs=Right.ANALYSE)
    def restore_session(
        self, held: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Done:
        """Put a struck sambedömning back."""
        one = _found(session, actor, place, held)
        services.restore_session(session, actor, held=one)
        return Done(_("Sambedömningen gäller igen."), to=_address(place, one))


def _found(session: Session, actor: Actor, place: Place, held: UUID) -> ModerationSession:
    return session_by_id(session, actor, place.organizer.id, held)


def _address(place: Place, held: ModerationSession) -> str:
    return f"{place.path}/sambedomning/{held.id}"


def _choices(session: Session, actor: Actor, place: Place) -> dict[str, Any]:
    """Return what the form offers: units to write for, subjects and year groups with tests."""
    own = actor.units(Right.ANALYSE, place.organizer.id)
    units = units_of(session, actor, place.organizer.id)
    return {
        "units": [one for one in units if own is None or one.id in own],
        "may_whole": own is None,
        "subjects": list(dict.fromkeys(s.name for one in relations() for s in one.subjects)),
        "stages": [one.stage for one in reversed(relations())],
    }


def _form_page(
    session: Session, actor: Actor, place: Place, form: Form[ModerationForm], unit: str = ""
) -> Page:
    offered = _choices(session, actor, place)
    chosen = next((one.id for one in offered["units"] if one.slug == unit), None)
    return Page("assessment/session_form.html", form=form, chosen=chosen, **offered)


def _page(
    session: Session,
    actor: Actor,
    place: Place,
    held: ModerationSession,
    form: Form[Any] | None = None,
    **more: Any,
) -> Page:
    tied = analysis_tied_to(session, actor, held)
    may = actor.may_for(Right.ANALYSE, place.organizer.id, held.unit_id)
    return Page(
        "assessment/session.html",
        form=form or Form(),
        held=held,
        said=sentence_of(held),
        seen=held.print,
        tied=tied,
        tied_year=SchoolYear(tied.year).slug if tied else "",
        analyses=open_analyses(session, actor, place.organizer.id, held.unit_id)
        if may and not held.analysis_id
        else [],
        may_write=may,
        **_choices(session, actor, place),
        **more,
    )
