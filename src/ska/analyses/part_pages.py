"""Pages of a part that stands: change it, strike it, put it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.analyses import changes, queries, services
from ska.analyses.controllers import PARTS, FormData, Part, address_of, part_named, part_page
from ska.analyses.forms import AnalysisChangeForm, StrikeForm
from ska.analyses.meeting import differing_analysis, differing_part
from ska.analyses.models import Analysis
from ska.analyses.parts import OBSERVATION, Content
from ska.analyses.rules import STATE_NAMES, Level
from ska.core.fields import FreeText
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Changed, Conflict, Invalid
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.queries import units_of
from ska.web.dependencies import GivenActor, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

SLUGS = {part.kind.name: slug for slug, part in PARTS.items()}


class PartController(Controller):
    """One part of an analysis after it was written."""

    path = "/{organizer:str}/{year:str}/analyser/{analysis_id:uuid}"

    @read("/andra", needs=Right.ANALYSE)
    def edit_analysis(
        self,
        analysis_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show an analysis' title and state, ready to change."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        written = {"title": analysis.title, "state": analysis.state}
        form: Form[AnalysisChangeForm] = Form(raw=written)
        return _analysis_page((session, actor, place), analysis, form)

    @write("/andra", needs=Right.ANALYSE)
    def change_analysis(
        self,
        analysis_id: FromPath[UUID],
        data: URLEncodedBody[FormData],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Change title, units or state: pågår, or klar för granskning."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        seen = str(data.pop("seen", ""))
        form = bind(AnalysisChangeForm, {"title": "", **data})
        if form.value is None:
            return _analysis_page((session, actor, place), analysis, form, seen=seen)
        if str(lock(session, analysis).version) != seen:
            return _analysis_page((session, actor, place), analysis, form, status_code=412)
        try:
            changes.change_analysis(
                session, actor, analysis=analysis, form=form.value, today=place.today
            )
        except (Invalid, Conflict) as error:
            form.errors = getattr(error, "fields", None) or {"": error.detail}
            return _analysis_page((session, actor, place), analysis, form, seen=seen)
        return Done(_("Analysen är ändrad."), to=address_of(place, analysis))

    @read("/andra/{part:str}/{part_id:uuid}", needs=Right.OBSERVE)
    def show_part(
        self,
        analysis_id: FromPath[UUID],
        part: FromPath[str],
        part_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show what a part says, ready to change."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        kind = part_named(part)
        whole = queries.parts_of(session, actor, analysis)
        one = whole.part(kind.kind.table, part_id)
        form: Form[Any] = Form(raw=as_page(kind.kind.content(one)))
        seen = kind.kind.print_of(one)
        at = (analysis, kind, part_id)
        return _change_page(session, actor, place, at, form, seen=seen, parts=whole)

    @write("/andra/{part:str}/{part_id:uuid}", needs=Right.OBSERVE)
    def change_part(
        self,
        analysis_id: FromPath[UUID],
        part: FromPath[str],
        part_id: FromPath[UUID],
        data: URLEncodedBody[FormData],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Change a part, or show what is wrong or what another wrote; nothing typed is lost."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        kind = part_named(part)
        seen = str(data.pop("seen", ""))
        form: Form[Any] = bind(kind.form, data, today=place.today)
        at = (analysis, kind, part_id)
        if form.value is None:
            return _change_page(session, actor, place, at, form, seen=seen)
        now = changes.part_of(session, actor, analysis, kind.kind, part_id)
        try:
            services.insist_on_day_ahead(form.value, place.today, now)
            changes.change_part(
                session,
                actor,
                analysis=analysis,
                kind=kind.kind,
                part_id=part_id,
                form=form.value,
                seen=seen,
            )
        except Changed:
            return _met(session, actor, place, at, (form, form.value))
        except (Invalid, Conflict) as error:
            form.errors = getattr(error, "fields", None) or {"": error.detail}
            return _change_page(session, actor, place, at, form, seen=seen)
        return Done(kind.done, to=f"{address_of(place, analysis)}#{part_id}")

    @write("/andra/{part:str}/{part_id:uuid}/stryk", needs=Right.OBSERVE)
    def strike_part(
        self,
        analysis_id: FromPath[UUID],
        part: FromPath[str],
        part_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Strike a part with a reason, or say what rests on it."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        kind = part_named(part)
        one = changes.part_of(session, actor, analysis, kind.kind, part_id)
        shown: Form[Any] = Form(raw=as_page(kind.kind.content(one)))
        seen = kind.kind.print_of(one)
        form = bind(StrikeForm, data)
        if form.value is not None:
            try:
                changes.strike_part(
                    session,
                    actor,
                    analysis=analysis,
                    kind=kind.kind,
                    part_id=part_id,
                    form=form.value,
                )
            except Conflict as error:
                form.errors = {"reason": error.detail}
            else:
                return Done(
                    _("Struket. Det ligger kvar längst ner och kan tas tillbaka."),
                    to=f"{address_of(place, analysis)}#struket",
                )
        shown.errors = form.errors
        return _change_page(
            session, actor, place, (analysis, kind, part_id), shown, seen=seen, strike=form
        )

    @write("/struket/{struck_id:uuid}", needs=Right.OBSERVE)
    def put_back(
        self,
        analysis_id: FromPath[UUID],
        struck_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Put a struck part back."""
        analysis = queries.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        struck = changes.struck_of(session, actor, analysis, struck_id)
        part = changes.put_back(session, actor, analysis=analysis, struck=struck)
        return Done(_("Det är med igen."), to=f"{address_of(place, analysis)}#{part.id}")


def _analysis_page(
    at: tuple[Session, Actor, Place],
    analysis: Analysis,
    form: Form[AnalysisChangeForm],
    **more: Any,
) -> Page:
    session, actor, place = at
    whole = analysis.of_level is Level.ORGANIZER
    chosen = queries.units_about(session, actor, analysis) if whole else set()
    units = units_of(session, actor, analysis.organizer_id) if whole else []
    form.raw.setdefault("about", [str(one) for one in chosen])
    context = {
        "seen": analysis.version,
        "state_names": STATE_NAMES,
        "units": [one for one in units if one.id in chosen or one.is_open(place.today)],
        **more,
    }
    if more.get("status_code") == 412 and form.value is not None:
        names = {unit.id: unit.name for unit in units}
        context["met"] = differing_analysis(analysis, form.value, names, chosen)
    return Page("analyses/change.html", form=form, analysis=analysis, **context)


def as_page(content: Content) -> dict[str, Any]:
    """Return what a part says as the fields of its page hold it."""
    raw = {name: _shown(value) for name, value in content.items() if name != "values"}
    for number, row in enumerate(content.get("values", ()), start=1):
        raw[f"period_{number}"] = row["period"]
        raw[f"value_{number}"] = (row["value"] or "").replace(".", ",")
        raw[f"n_{number}"] = _shown(row["n"])
    return raw


def _shown(value: Any) -> Any:
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    return value if isinstance(value, list) else str(value)


def _met(
    session: Session,
    actor: Actor,
    place: Place,
    at: tuple[Analysis, Part, UUID],
    written: tuple[Form[Any], FreeText],
) -> Page:
    """Show what another wrote beside what this person typed."""
    analysis, kind, part_id = at
    form, said = written
    now = changes.part_of(session, actor, analysis, kind.kind, part_id)
    whole = queries.parts_of(session, actor, analysis)
    return _change_page(
        session,
        actor,
        place,
        at,
        form,
        status_code=412,
        seen=kind.kind.print_of(now),
        met=differing_part(kind.kind, now, said, whole.labels),
        parts=whole,
    )


def _change_page(
    session: Session,
    actor: Actor,
    place: Place,
    at: tuple[Analysis, Part, UUID],
    form: Form[Any],
    **more: Any,
) -> Page:
    analysis, kind, part_id = at
    slug = SLUGS[kind.kind.name]
    may = actor.may_for(kind.kind.right, place.organizer.id, analysis.unit_id)
    return part_page(
        session,
        actor,
        analysis,
        kind,
        form,
        **{
            "strike": Form(),
            "may_strike": may and not analysis.is_established and kind.kind is not OBSERVATION,
            "strike_to": f"{address_of(place, analysis)}/andra/{slug}/{part_id}/stryk",
            **more,
        },
    )
