"""Pages of analyses: the year's list, a new one, and the forms for its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.analyses import forms, parts, queries, rules, services
from ska.analyses.models import Analysis, Observation
from ska.analyses.past import past_rows
from ska.core.fields import FreeText
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing
from ska.framework.queries import grouped, tags
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.queries import units_of
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

FormData = dict[str, str | list[str]]


@dataclass(frozen=True)
class Part:
    """A part of an analysis as a person writes it: its kind, the act that adds it, its page."""

    kind: parts.Kind
    add: Callable[..., Any]
    new: str
    changing: str
    done: str
    anchor: str

    @property
    def form(self) -> type[FreeText]:
        """Return the form that a person fills in."""
        return self.kind.form

    @property
    def template(self) -> str:
        """Return the page of the form."""
        return f"analyses/{self.kind.name}.html"


PARTS = {
    "underlag": Part(
        parts.OBSERVATION,
        services.observe,
        _("Lägg till underlag"),
        _("Ändra underlag"),
        _("Underlaget är sparat."),
        "underlag",
    ),
    "fynd": Part(
        parts.FINDING,
        services.find,
        _("Lägg till styrka eller utmaning"),
        _("Ändra styrka eller utmaning"),
        _("Sparat."),
        "fynd",
    ),
    "orsak": Part(
        parts.CAUSE,
        services.name_cause,
        _("Lägg till orsak"),
        _("Ändra orsak eller öppen fråga"),
        _("Orsaken är sparad."),
        "fynd",
    ),
    "belagg": Part(
        parts.EVIDENCE,
        services.weigh,
        _("Lägg till det som talar för eller emot"),
        _("Ändra det som talar för eller emot"),
        _("Sparat."),
        "fynd",
    ),
    "omrade": Part(
        parts.AREA,
        services.choose_area,
        _("Lägg till utvecklingsområde"),
        _("Ändra utvecklingsområde"),
        _("Utvecklingsområdet är sparat."),
        "omraden",
    ),
    "effekt": Part(
        parts.EFFECT,
        services.expect,
        _("Lägg till förväntad effekt"),
        _("Ändra förväntad effekt"),
        _("Den förväntade effekten är sparad."),
        "omraden",
    ),
    "medverkan": Part(
        parts.PARTICIPATION,
        services.take_part,
        _("Notera medverkan"),
        _("Ändra medverkan"),
        _("Medverkan är noterad."),
        "medverkan",
    ),
}
CHOICES: dict[str, Any] = {
    "kinds": rules.OBSERVATION_NAMES,
    "findings_kinds": rules.FINDING_NAMES,
    "certainties": rules.CERTAINTY_NAMES,
    "sides": rules.EVIDENCE_NAMES,
    "groups": rules.GROUP_NAMES,
}


class AnalysisController(Controller):
    """The analyses of a school year."""

    path = "/{organizer:str}/{year:str}/analyser"

    @read(needs=Right.ENTER)
    def list_analyses(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the year's analyses with their state."""
        rows = queries.analyses_of_year(session, actor, place.organizer.id, place.year)
        return Page(
            "analyses/list.html",
            analyses=rows,
            past=past_rows(session, actor, place.organizer.id, year=place.year),
            state_names=rules.STATE_NAMES,
            may_write=actor.may(Right.ANALYSE, place.organizer.id),
        )

    @read("/ny", needs=Right.ANALYSE)
    def new_analysis(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show the form that starts an analysis."""
        return new_page(session, actor, place, today, Form())

    @read("/{analysis_id:uuid}/ny/{part:str}", needs=Right.OBSERVE)
    def new_part(
        self,
        analysis_id: FromPath[UUID],
        part: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the form for a part of the analysis."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        return part_page(session, actor, analysis, part_named(part), Form())

    @write("/{analysis_id:uuid}/ny/{part:str}", needs=Right.OBSERVE)
    def add_part(
        self,
        analysis_id: FromPath[UUID],
        part: FromPath[str],
        data: URLEncodedBody[FormData],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Add a part to the analysis, or show what is wrong with the form."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        kind = part_named(part)
        form: Form[Any] = bind(kind.form, data, today=today)
        if form.value is not None:
            try:
                services.insist_on_day_ahead(form.value, today)
                kind.add(session, actor, analysis=analysis, form=form.value)
            except (Invalid, Conflict) as error:
                form.errors = getattr(error, "fields", None) or {"": error.detail}
            else:
                return Done(kind.done, to=f"{address_of(place, analysis)}#{kind.anchor}")
        return part_page(session, actor, analysis, kind, form)

    @write("/{analysis_id:uuid}/underlag/{observation_id:uuid}", needs=Right.OBSERVE)
    def keep_or_strike(
        self,
        analysis_id: FromPath[UUID],
        observation_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Strike an observation, or take it back."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        observation = queries.part_by_id(
            session, actor, Observation, place.organizer.id, observation_id
        )
        if observation.analysis_id != analysis.id:
            raise Missing
        keep = data.get("keep") == "1"
        services.strike_observation(
            session, actor, analysis=analysis, observation=observation, keep=keep
        )
        sentence = _("Underlaget är med igen.") if keep else _("Underlaget är struket.")
        return Done(sentence, to=f"{address_of(place, analysis)}#underlag")


def address_of(place: Place, analysis: Analysis) -> str:
    """Return the address of an analysis, in its own school year."""
    return f"{place.path}/{analysis.school_year.slug}/analyser/{analysis.id}"


def part_named(name: str) -> Part:
    if name not in PARTS:
        raise Missing
    return PARTS[name]


def new_page(
    session: Session, actor: Actor, place: Place, today: date, form: Form[forms.AnalysisForm]
) -> Page:
    """Return the page that starts an analysis, with the units this person may choose."""
    own = actor.units(Right.ANALYSE, place.organizer.id)
    units = units_of(session, actor, place.organizer.id)
    return Page(
        "analyses/new.html",
        form=form,
        units=[one for one in units if one.is_open(today) and (own is None or one.id in own)],
        may_whole=own is None,
    )


def _at_its_row(form: Form[Any]) -> None:
    """Show what is wrong with a number at the field where it was written."""
    rows = [number for number, _row in forms.written_rows(form.raw)]
    for name in [name for name in form.errors if name.startswith("values")]:
        sentence = form.errors.pop(name)
        _values, _dot, place = name.partition(".")
        index, _dot, field = place.partition(".")
        form.errors[f"{field}_{rows[int(index)]}" if field else "source"] = sentence


def part_page(
    session: Session,
    actor: Actor,
    analysis: Analysis,
    part: Part,
    form: Form[Any],
    **more: Any,
) -> Page:
    """Return the form of a part, with what it may rest on; *more* is for one that stands.

    Raises NotAllowed to who may not write it: nobody is shown a form they cannot send.
    """
    actor.must(part.kind.right, analysis.organizer_id, analysis.unit_id)
    whole = more.get("parts") or queries.parts_of(session, actor, analysis)
    _at_its_row(form)
    is_finding = part.kind is parts.FINDING
    found = tags(session, actor, analysis.organizer_id) if is_finding else []
    chosen = str(form.raw.get("observations", "")) + str(form.raw.get("observation_id", ""))
    rows = forms.written_rows(form.raw)
    context = {
        "heading": part.changing if "seen" in more else part.new,
        "analysis": analysis,
        "parts": whole,
        "offered": [one for one in whole.observations if one.is_kept or str(one.id) in chosen],
        "tags": grouped(found),
        "rows": max(5, *(number + 1 for number, _row in rows), 0),
        "has_numbers": rows or form.raw.get("population") or form.raw.get("unit_of_measure"),
    }
    return Page(part.template, form=form, **{**context, **CHOICES, **more})
