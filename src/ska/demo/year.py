"""Seed the demo's wheels, with what lies behind already done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.core.school_year import SchoolYear
from ska.cycle import board, building, making, planning
from ska.cycle import services as cycles
from ska.cycle.models import CycleStep
from ska.cycle.plan_forms import PlanForm
from ska.cycle.wheel_forms import WheelForm
from ska.demo.definitions import OrganizerSeed
from ska.organizers.models import Organizer, SchoolUnit

BUDGET = WheelForm.model_validate(
    {
        "kind": "budget",
        "name": "Budget och bokslut",
        "begin_with": "mall:tva-tidtabeller-kalenderar",
    }
)

REVIEWS = {
    "name": "Granskning år för år",
    "month": 3,
    "responsible": "quality_lead",
    "year_1": "Läsning och skrivande",
    "year_2": "Matematik\nÖvergångar mellan skolformer",
    "year_3": "Trygghet och studiero",
    "year_4": "Särskilt stöd och extra anpassningar",
}


def seed_year(
    session: Session,
    organizer: Organizer,
    actor: Actor,
    seed: OrganizerSeed,
    units: dict[str, SchoolUnit],
    today: date,
) -> None:
    """Give the huvudman and each unit a wheel this year, with what lies behind already done.

    A huvudman beside the network has its own wheel alone: its units are there for the figures.

    Where there are three units or more, one resultatdialog is late: there is something to do. There
    a wheel of the coming calendar year stands beside the läsår's, and a plan goes over four years.
    """
    year = SchoolYear.containing(today)
    made = min(date(year.start, 8, 1), today)
    for day in seed.board_days:
        board.add_board_date(
            session, actor, organizer_id=organizer.id, day=day, name="Nämndmöte", today=made
        )
    wheeled = [unit.id for unit in units.values()] if seed.in_network else []
    scopes: list[UUID | None] = [None, *wheeled]
    making.start_year(
        session, actor, organizer_id=organizer.id, year=year, scopes=scopes, today=made
    )
    if len(units) >= 3:
        building.begin_wheel(
            session, actor, organizer_id=organizer.id, year=year, form=BUDGET, today=today
        )
        form = PlanForm.model_validate({**REVIEWS, "first_year": year.start - 1})
        planning.make_plan(session, actor, organizer_id=organizer.id, form=form, today=made)
    late = {("resultatdialog", units[max(units)].id)} if len(units) >= 3 else set()
    behind = [
        step
        for step in session.scalars(
            select(CycleStep).where(CycleStep.organizer_id == organizer.id)
        ).all()
        if step.done_on is None and step.due < today and (step.key, step.unit_id) not in late
    ]
    for step in behind:
        cycles.complete_step(session, actor, step=step, note="", today=step.due)
