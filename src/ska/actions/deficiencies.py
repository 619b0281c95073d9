"""Pages of brister: what must be mended (skollagen 4:7), and what is done about it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import queries, rules, services
from ska.actions.forms import ActionForm, DeficiencyForm
from ska.actions.models import Deficiency
from ska.actions.thread import about_deficiency
from ska.actions.thread_steps import Frame
from ska.core.prints import print_of
from ska.core.text import _
from ska.errors import Changed, Conflict, Invalid, Missing, NotAllowed
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.queries import units_of
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Written = dict[str, str]


class DeficiencyController(Controller):
    """The brister of a huvudman and its units."""

    path = "/{organizer:str}/brister"

    @read(needs=Right.READ)
    def list_deficiencies(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show the brister, those not mended first."""
        return Page(
            "actions/deficiencies.html",
            deficiencies=queries.deficiencies_of(session, actor, place.organizer.id),
            may_plan=actor.may(Right.PLAN_ACTIONS, place.organizer.id),
        )

    @read("/ny", needs=Right.PLAN_ACTIONS)
    def new_deficiency(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> Page:
        """Show the form that notes a brist."""
        return _form_page(session, actor, place, today, Form())

    @write("/ny", needs=Right.PLAN_ACTIONS)
    def note_deficiency(
        self,
        data: URLEncodedBody[Written],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Note a brist, or show what is wrong with the form."""
        form = bind(DeficiencyForm, data)
        if form.value is None:
            return _form_page(session, actor, place, today, form)
        try:
            noted = services.note_deficiency(
                session, actor, organizer_id=place.organizer.id, form=form.value, today=today
            )
        except (NotAllowed, Invalid) as error:
            form.errors = getattr(error, "fields", None) or {"unit_id": error.detail}
            return _form_page(session, actor, place, today, form)
        return Done(_("Bristen är noterad. Planera nu en åtgärd."), to=_address(place, noted))

    @read("/{deficiency_id:uuid}", needs=Right.READ)
    def show_deficiency(
        self,
        deficiency_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show a brist and what is done about it."""
        return _page(session, actor, place, _found(session, actor, place, deficiency_id))

    @write("/{deficiency_id:uuid}", needs=Right.PLAN_ACTIONS)
    def change_deficiency(
        self,
        deficiency_id: FromPath[UUID],
        data: URLEncodedBody[Written],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page | Done:
        """Change what a brist says; what was typed is never lost."""
        deficiency = _found(session, actor, place, deficiency_id)
        seen = data.pop("seen", "")
        form = bind(DeficiencyForm, data)
        if form.value is None:
            return _page(session, actor, place, deficiency, form)
        try:
            services.change_deficiency(
                session, actor, deficiency=deficiency, form=form.value, seen=seen
            )
        except (Changed, Conflict) as error:
            form.errors = {"text": error.detail}
            return _page(session, actor, place, deficiency, form, status_code=error.status)
        return Done(_("Bristen är ändrad."), to=_address(place, deficiency))

    @write("/{deficiency_id:uuid}/{act:str}", needs=Right.PLAN_ACTIONS)
    def mend_or_reopen(
        self,
        deficiency_id: FromPath[UUID],
        act: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Say that a brist is avhjälpt, or open it again."""
        deficiency = _found(session, actor, place, deficiency_id)
        if act not in {"avhjalpt", "oppna"}:
            raise Missing
        if act == "oppna":
            services.reopen_deficiency(session, actor, deficiency=deficiency)
            return Done(_("Bristen är öppen igen."), to=_address(place, deficiency))
        try:
            services.mend_deficiency(session, actor, deficiency=deficiency, today=today)
        except Conflict as error:
            form: Form[DeficiencyForm] = Form(errors={"": error.detail})
            return _page(session, actor, place, deficiency, form)
        return Done(_("Bristen är avhjälpt."), to=_address(place, deficiency))

    @read("/{deficiency_id:uuid}/atgard", needs=Right.PLAN_ACTIONS)
    def new_remedy(
        self,
        deficiency_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the form for an åtgärd that mends a brist."""
        return _remedy_page(_found(session, actor, place, deficiency_id), Form())

    @write("/{deficiency_id:uuid}/atgard", needs=Right.PLAN_ACTIONS)
    def plan_remedy(
        self,
        deficiency_id: FromPath[UUID],
        data: URLEncodedBody[Written],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Plan an åtgärd, or show what is wrong with the form."""
        deficiency = _found(session, actor, place, deficiency_id)
        ground = {"deficiency_id": str(deficiency.id), "unit_id": str(deficiency.unit_id or "")}
        form = bind(ActionForm, {**data, **ground}, today=today)
        if form.value is None:
            return _remedy_page(deficiency, form)
        try:
            action = services.plan_action(
                session,
                actor,
                organizer_id=place.organizer.id,
                area=None,
                analysis=None,
                form=form.value,
            )
        except Invalid as error:
            form.errors = error.fields or {"": error.detail}
            return _remedy_page(deficiency, form)
        return Done(_("Åtgärden är sparad."), to=f"{place.path}/insatser/{action.id}")


def _found(session: Session, actor: Actor, place: Place, deficiency_id: UUID) -> Deficiency:
    return queries.deficiency_by_id(session, actor, place.organizer.id, deficiency_id)


def _address(place: Place, deficiency: Deficiency) -> str:
    return f"{place.path}/brister/{deficiency.id}"


def _form_page(
    session: Session, actor: Actor, place: Place, today: date, form: Form[DeficiencyForm]
) -> Page:
    own = actor.units(Right.PLAN_ACTIONS, place.organizer.id)
    units = units_of(session, actor, place.organizer.id)
    return Page(
        "actions/deficiency_form.html",
        form=form,
        units=[one for one in units if one.is_open(today) and (own is None or one.id in own)],
        may_whole=own is None,
    )


def _remedy_page(deficiency: Deficiency, form: Form[ActionForm]) -> Page:
    return Page("actions/new.html", form=form, deficiency=deficiency, **rules.NAMES)


def _page(
    session: Session,
    actor: Actor,
    place: Place,
    deficiency: Deficiency,
    form: Form[DeficiencyForm] | None = None,
    **more: Any,
) -> Page:
    actions = queries.actions_mending(session, actor, deficiency)
    may = actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, deficiency.unit_id)
    return Page(
        "actions/deficiency.html",
        form=form or Form(),
        deficiency=deficiency,
        actions=actions,
        thread=about_deficiency(deficiency, actions, Frame("", place.path, may_plan=may)),
        seen=print_of(deficiency.text, deficiency.source),
        may_plan=may,
        **more,
    )
