"""Plans over several years: all of them with how far they have come, a new one, one changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right
from ska.core.swedish import MONTHS
from ska.core.text import _
from ska.cycle import planning, plans
from ska.cycle.models import MultiYearPlan
from ska.cycle.plan_forms import YEARS, PlanForm, plan_raw, years_to_begin
from ska.cycle.wheel_pages import told
from ska.errors import SkaError
from ska.framework.queries import items_in_force
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write


class PlanController(Controller):
    """Flerårsplaner: what is looked at in which läsår."""

    path = "/{organizer:str}/flerarsplaner"

    @read(needs=Right.ENTER)
    def list_plans(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show each plan läsår by läsår, with the steps that stand in the wheels."""
        organizer_id = place.organizer.id
        return Page(
            "cycle/plans.html",
            plans=plans.plans_of(session, actor, organizer_id),
            steps=plans.steps_of_plans(session, actor, organizer_id),
            key_of=plans.key_of,
            month_names=MONTHS,
            roles=ROLE_NAMES,
            may_edit=actor.may_for(Right.EDIT_CYCLE, organizer_id, None),
        )

    @read("/ny", needs=Right.EDIT_CYCLE)
    def show_new(self, place: GivenPlace, session: GivenSession, actor: GivenActor) -> Page:
        """Show the form of a new plan."""
        raw = {"first_year": str(place.year.start), "month": "11", "responsible": "quality_lead"}
        return _form(session, place, actor, Form(raw=raw))

    @write("/ny", needs=Right.EDIT_CYCLE)
    def make(
        self,
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Make a plan, and its steps in the wheels that stand."""
        form = bind(PlanForm, data)
        if form.value is not None:
            try:
                planning.make_plan(
                    session, actor, organizer_id=place.organizer.id, form=form.value, today=today
                )
                done = _("Planen är sparad. Stegen står i årshjulen och kommer i dem som skapas.")
                return Done(done, to=f"{place.path}/flerarsplaner")
            except SkaError as error:
                told(form, error, "name")
        return _form(session, place, actor, form)

    @read("/{plan:uuid}", needs=Right.EDIT_CYCLE)
    def show_plan(
        self, plan: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Page:
        """Show the form that changes a plan."""
        one = plans.plan_by_id(session, actor, place.organizer.id, plan)
        return _form(session, place, actor, Form(raw=plan_raw(one)), one)

    @write("/{plan:uuid}", needs=Right.EDIT_CYCLE)
    def change(
        self,
        plan: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Change a plan; the wheels follow."""
        one = plans.plan_by_id(session, actor, place.organizer.id, plan)
        seen = data.pop("seen", "")
        form = bind(PlanForm, data)
        if form.value is not None:
            try:
                planning.change_plan(
                    session, actor, plan=one, form=form.value, today=today, seen=seen
                )
                done = _("Planen är ändrad, och årshjulen med den.")
                return Done(done, to=f"{place.path}/flerarsplaner")
            except SkaError as error:
                told(form, error, "name")
            seen = one.print  # what the writer is told of now, when it was another
        return _form(session, place, actor, form, one, seen)

    @write("/{plan:uuid}/stryk", needs=Right.EDIT_CYCLE)
    def strike(
        self,
        plan: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Done:
        """Strike a plan and its steps that are not done."""
        one = plans.plan_by_id(session, actor, place.organizer.id, plan)
        planning.strike_plan(session, actor, plan=one, today=today)
        done = _("Planen är struken, med de steg som inte är gjorda. Den kan tas tillbaka.")
        return Done(done, to=f"{place.path}/flerarsplaner")

    @write("/{plan:uuid}/ta-tillbaka", needs=Right.EDIT_CYCLE)
    def restore(
        self,
        plan: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Done:
        """Take a struck plan back with its steps."""
        one = plans.plan_by_id(session, actor, place.organizer.id, plan)
        planning.restore_plan(session, actor, plan=one, today=today)
        return Done(_("Planen är tillbaka."), to=f"{place.path}/flerarsplaner")


def _form(
    session: Session,
    place: Place,
    actor: Actor,
    form: Form[Any],
    plan: MultiYearPlan | None = None,
    seen: str = "",
) -> Page:
    actor.must(Right.EDIT_CYCLE, place.organizer.id)
    if "form" in form.errors:  # what concerns the years together is said at the first
        form.errors["year_1"] = form.errors.pop("form")
    return Page(
        "cycle/plan_form.html",
        form=form,
        plan=plan,
        seen=seen or (plan.print if plan else ""),
        first_years=years_to_begin(place.year),
        months=list(enumerate(MONTHS, start=1)),
        roles=[(str(key), name) for key, name in ROLE_NAMES.items()],
        years=YEARS,
        goals=items_in_force(session, kinds=("objective", "curriculum_area")),
    )
