"""Plans over several years, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.cycle import planning, plans
from ska.cycle.models import MultiYearPlan
from ska.cycle.plan_forms import PlanForm
from ska.organizers.dependencies import Call, GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, replace
from ska.web.versions import IfMatch, Stamped, tagged


class PlanOut(Stamped):
    """A plan; *subjects* is what is looked at each läsår from *first_year* on, a list a year."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Granskning av undervisningen",
        "first_year": 2026,
        "subjects": [["Matematik", "Läsning"], ["Trygghet och studiero"]],
        "month": 11,
        "responsible": "quality_lead",
        "struck_on": None,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    name: str
    first_year: int
    subjects: list[list[str]]
    month: int
    responsible: str
    struck_on: date | None


class PlanApi(Controller):
    """What is looked at in which läsår."""

    path = "/api/v1/organizers/{organizer:str}/multi-year-plans"
    tags = ("Årshjul",)

    @read(needs=Right.ENTER, summary="List the plans over several years")
    def list_plans(self, pages: GivenPages, call: GivenCall) -> Response[list[PlanOut]]:
        """Return the plans, those that are struck last."""
        return pages.of(plans.plans_of(*call.where), _out)

    @create(needs=Right.EDIT_CYCLE, summary="Make a plan over several years")
    def make(self, data: JSONBody[PlanForm], call: GivenCall) -> Response[PlanOut]:
        """Make a plan; each line of a year becomes a step of that läsår's wheel."""
        made = planning.make_plan(
            *call.who, organizer_id=call.organizer_id, form=data, today=call.today
        )
        return tagged(_out(made), 201)

    @read("/{plan:uuid}", needs=Right.ENTER, summary="Read a plan")
    def read_plan(self, plan: FromPath[UUID], call: GivenCall) -> Response[PlanOut]:
        """Return a plan with its print as ETag."""
        return tagged(_out(plans.plan_by_id(*call.where, plan)))

    @replace("/{plan:uuid}", needs=Right.EDIT_CYCLE, summary="Say what a plan is")
    def change(
        self,
        data: JSONBody[PlanForm],
        plan: FromPath[UUID],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[PlanOut]:
        """Save what the plan is now; the wheels from this läsår on follow."""
        one = _as_read(call, plan, if_match)
        planning.change_plan(*call.who, plan=one, form=data, today=call.today)
        return tagged(_out(one))

    @act("/{plan:uuid}/strike", needs=Right.EDIT_CYCLE, summary="Strike a plan")
    def strike(
        self, plan: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[PlanOut]:
        """Strike a plan and its steps that are not done; it can be put back."""
        one = _as_read(call, plan, if_match)
        planning.strike_plan(*call.who, plan=one, today=call.today)
        return tagged(_out(one))

    @act("/{plan:uuid}/restore", needs=Right.EDIT_CYCLE, summary="Put a plan back")
    def restore(
        self, plan: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[PlanOut]:
        """Put a struck plan back with its steps."""
        one = _as_read(call, plan, if_match)
        planning.restore_plan(*call.who, plan=one, today=call.today)
        return tagged(_out(one))


def _as_read(call: Call, plan: UUID, if_match: str | None) -> MultiYearPlan:
    return call.on(plans.plan_by_id(*call.where, plan), _out, if_match=if_match)


def _out(one: MultiYearPlan) -> PlanOut:
    return told(PlanOut, one)
