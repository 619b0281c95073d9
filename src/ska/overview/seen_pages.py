"""The page that pins numbers to what is seen in them, the same from wherever the numbers stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.organizers.dependencies import Place
from ska.overview import services
from ska.overview.forms import SeenForm
from ska.overview.queries.seen import open_analyses
from ska.overview.rules.pinning import ToPin
from ska.web.forms import Form, bind
from ska.web.page import Done, Page


@dataclass(frozen=True)
class Sheet:
    """What is to be pinned, the page it stands on (*base* and *query*) and the name of its room."""

    seen: ToPin
    base: str
    query: str
    room: str
    room_path: str = "/resultat"


def seen_page(
    session: Session,
    actor: Actor,
    place: Place,
    sheet: Sheet,
    form: Form[SeenForm] | None = None,
) -> Page:
    """Return the form, with the page's own sentence as a proposal."""
    seen = sheet.seen
    return Page(
        "overview/seen.html",
        form=form or Form(raw={"text": seen.sentence}),
        sheet=sheet,
        seen=seen,
        analyses=open_analyses(session, actor, place.organizer.id, seen.unit_id),
        may_begin=actor.may_for(Right.ANALYSE, place.organizer.id, seen.unit_id),
    )


def note_seen(
    session: Session, actor: Actor, place: Place, sheet: Sheet, data: Mapping[str, Any]
) -> Page | Done:
    """Pin the numbers in an analysis, a new one when none is chosen; or show what is wrong."""
    form = bind(SeenForm, data)
    if form.value is None:
        return seen_page(session, actor, place, sheet, form)
    analysis, _observation = services.pin_what_is_seen(
        session,
        actor,
        organizer_id=place.organizer.id,
        year=place.year,
        seen=sheet.seen,
        form=form.value,
        today=place.today,
    )
    home = f"{place.path}/{analysis.school_year.slug}/analyser/{analysis.id}"
    return Done(_("Siffrorna är sparade som underlag."), to=f"{home}#underlag")
