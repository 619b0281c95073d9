"""A step for programs: the same acts as the pages, versions as ETag and If-Match."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.cycle import queries
from ska.cycle.acts import ACTS
from ska.cycle.models import CycleStep, Reminder
from ska.errors import found
from ska.organizers.dependencies import GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, read
from ska.web.versions import IfMatch, tagged


class StepOut(msgspec.Struct):
    """A step as programs see it; *version* is also the answer's ETag."""

    example: ClassVar[dict[str, Any]] = {
        "key": "enhetsanalys",
        "name": "Enhetsanalys klar",
        "guidance": "Skriv vad resultaten visar och varför.",
        "level": "unit",
        "phase": "analyse",
        "responsible": "principal",
        "artefact": "Enhetsanalys",
        "law": ["skollagen 4:4"],
        "when": {"kind": "last_weekday", "month": 8},
        "hours": 12,
        "state": "not_started",
        "version": 0,
    }

    id: UUID
    unit_id: UUID | None
    key: str
    name: str
    guidance: str
    level: str
    phase: str
    responsible: str
    together_with: list[str]
    artefact: str
    law: list[str]
    when: dict[str, Any]
    hours: float
    starts: date
    due: date
    state: str
    started_on: date | None
    done_on: date | None
    done_by: str | None
    snoozed_until: date | None
    snoozed_because: str | None
    moved_because: str | None
    review: list[str]
    struck_on: date | None
    version: int


class ReminderOut(msgspec.Struct):
    """A reminder that went out."""

    example: ClassVar[dict[str, Any]] = {
        "rule": "lead-21",
        "receivers": ["Robin Berg"],
    }

    id: UUID
    due: date
    rule: str
    escalates: bool
    meant_for: date
    sent_on: date
    receivers: list[str]


def step_out(step: CycleStep, today: date) -> StepOut:
    """Return the step as programs see it on the day."""
    said = step.rule
    return told(
        StepOut,
        step,
        when=said.when.model_dump(mode="json"),
        hours=said.hours,
        state=step.state_on(today),
        version=step.sequence,
    )


def _reminder(one: Reminder) -> ReminderOut:
    return told(ReminderOut, one)


def _act_route(word: str, act_name: str, summary: str, does: str) -> Any:
    """Return the route of one thing that people do with a step, on the version in If-Match."""
    deed = ACTS[act_name]

    def do(
        self: Any,
        data: JSONBody[Any],
        step: FromPath[UUID],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[StepOut]:
        def said(one: CycleStep) -> StepOut:
            return step_out(one, call.today)

        one = call.on(queries.step_by_id(*call.where, step), said, if_match=if_match)
        deed.run(*call.who, one, data, call.today)
        return tagged(said(one))

    do.__annotations__["data"] = cast("Any", JSONBody)[deed.form]
    do.__name__ = word.replace("-", "_")
    do.__doc__ = does
    return act(f"/{word}", needs=Right.ENTER, summary=summary)(do)


class StepApi(Controller):
    """One step, its reminders, and what people do with it."""

    path = "/api/v1/organizers/{organizer:str}/steps/{step:uuid}"
    tags = ("Årshjul",)

    @read(needs=Right.ENTER, summary="Read a step")
    def read_step(self, step: FromPath[UUID], call: GivenCall) -> Response[StepOut]:
        """Return a step with its version as ETag."""
        return tagged(step_out(found(queries.step_by_id(*call.where, step)), call.today))

    @read("/reminders", needs=Right.ENTER, summary="List a step's reminders")
    def list_reminders(
        self, pages: GivenPages, step: FromPath[UUID], call: GivenCall
    ) -> Response[list[ReminderOut]]:
        """Return what has gone out about a step, the newest first."""
        one = found(queries.step_by_id(*call.where, step))
        return pages.of(queries.reminders_of_step(*call.who, one), _reminder)

    start = _act_route("start", "borja", "Begin a step", "Note that the work has begun.")
    complete = _act_route(
        "complete", "klart", "Finish a step", "Note that the step is done; its reminders stop."
    )
    reopen = _act_route(
        "reopen",
        "oppna",
        "Open a step again",
        "Open a finished step; reminders count from today.",
    )
    move = _act_route("move", "flytta", "Move a step", "Give the step a new date, with the reason.")
    snooze = _act_route(
        "snooze",
        "skjut-upp",
        "Put a step off",
        "Let the reminders wait until a day, with the reason.",
    )
    wake = _act_route("wake", "vack", "End a snooze", "Let the ordinary reminders hold again.")
    look_at = _act_route(
        "look-at", "sett-over", "Note that a step is looked at", "Empty the step's review list."
    )
    strike = _act_route(
        "strike", "stryk", "Strike a step", "Take a step out of its wheel; it can be taken back."
    )
    restore = _act_route(
        "restore", "ta-tillbaka", "Take a struck step back", "Take a struck step back."
    )
    settings = _act_route(
        "settings",
        "installningar",
        "Change a step's settings",
        "Change the role that sees to it and its reminders.",
    )
