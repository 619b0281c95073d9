"""The page of grades beside test grades: both ways with equal weight, and what to ask."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.assessment.dependencies import GivenAsked, provide_asked
from ska.assessment.hours import hours_by_year, sentence_of
from ska.assessment.queries.chosen import Asked
from ska.assessment.queries.relation import RelationView, relation_view
from ska.assessment.queries.sessions import sessions_about
from ska.assessment.rules import WORDS
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.overview.dependencies import Chosen
from ska.overview.queries.happenings import happenings_of
from ska.overview.queries.home import role_and_unit
from ska.overview.rules.steps import Step, step_of
from ska.overview.seen_pages import Sheet, note_seen, seen_page
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.figures import GivenRequest, files_of, taken
from ska.web.page import Done, Page
from ska.web.routing import read, write


class RelationController(Controller):
    """Betyg och nationella prov: shares both ways, five springs, the country and the own group."""

    path = "/{organizer:str}/np-betyg"
    dependencies = {"asked": Provide(provide_asked, sync_to_thread=False)}  # noqa: RUF012  # Litestar reads it from the class

    @read(needs=Right.ENTER)
    def show_relation(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAsked,
        elever: Chosen = None,
    ) -> Page:
        """Show one subject: places, years, what to ask, and what is already done about it."""
        view = _view(session, actor, place, asked)
        unit_id = view.unit.id if view.unit else None
        may_read = actor.may(Right.READ, place.organizer.id)
        held = sessions_about(
            session, actor, place.organizer.id,
            subject=view.subject.name, stage=view.relation.stage, unit_id=unit_id,
        ) if may_read else ()  # fmt: skip
        done = happenings_of(
            session, actor, place.organizer.id, code=view.code("lower"), sub_goals=[],
            unit_id=unit_id, path=place.path,
        )  # fmt: skip
        return Page(
            "assessment/relation.html",
            view=view,
            query=view.query,
            held=[(one, sentence_of(one)) for one in held],
            hours=hours_by_year(held),
            done=done,
            step=_step(view, elever),
            may_note=view.known is None
            and actor.may_for(Right.OBSERVE, place.organizer.id, unit_id),
            may_write=actor.may_for(Right.ANALYSE, place.organizer.id, unit_id),
        )

    @read("/underlag", needs=Right.OBSERVE)
    def show_what_is_seen(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, asked: GivenAsked
    ) -> Page:
        """Show the form that pins the three shares to what is seen in them."""
        return seen_page(session, actor, place, _sheet(session, actor, place, asked))

    @write("/underlag", needs=Right.OBSERVE)
    def note_what_is_seen(
        self,
        data: URLEncodedBody[dict[str, Any]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAsked,
    ) -> Page | Done:
        """Pin the shares in an analysis, with the questions that were ticked."""
        return note_seen(session, actor, place, _sheet(session, actor, place, asked), data)

    @read(files_of("", "/ar", "/amnen"), needs=Right.ENTER)
    def download(
        self,
        request: GivenRequest,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        asked: GivenAsked,
    ) -> Response[bytes]:
        """Give the places, the years or the subjects as a file; all through the gate."""
        view = _view(session, actor, place, asked)
        which = str(request.url.path).split("/")[-2]
        chart = {"ar": view.history, "amnen": view.subjects}.get(which, view.places)
        if chart is None:
            raise Missing
        part = which if which in {"ar", "amnen"} else ""
        named = (view.relation.id, view.subject.id, part, place.organizer.slug)
        name = "-".join(filter(None, named))
        return taken(chart, name, request, is_demo=place.organizer.is_demo)


def _step(view: RelationView, pupils: str | None) -> Step | None:
    own = view.own
    if own is None:
        return None
    ways = ((WORDS[0], own.lower), (WORDS[1], own.higher))
    return step_of([(f"{word[0].upper()}{word[1:]}", one) for word, one in ways], pupils)


def _view(session: Session, actor: Actor, place: Place, asked: Asked) -> RelationView:
    _roles, home = role_and_unit(actor, place.organizer.id)
    return relation_view(session, actor, place.organizer, asked, home=home)


def _sheet(session: Session, actor: Actor, place: Place, asked: Asked) -> Sheet:
    view = _view(session, actor, place, asked.of_today)
    return Sheet(
        view.to_pin(),
        f"{place.path}/np-betyg",
        view.query,
        _("Betyg och nationella prov"),
        "/np-betyg",
    )
