"""A step for programs: the same acts as the pages, versions as ETag and If-Match."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, HeaderParameter, JSONBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.core.text import _
from ska.cycle import queries
from ska.cycle.acts import ACTS
from ska.cycle.forms import CompleteForm, EmptyForm, MoveForm, SettingsForm, SnoozeForm
from ska.cycle.models import CycleStep
from ska.errors import Changed, Missing, NeedsVersion
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.paging import GivenPages
from ska.web.routing import create, read

_ETAG = re.compile(r'^(?:W/)?"(\d+)"$')
IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", required=False)]


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
    names = set(StepOut.__struct_fields__) - {"state", "version"}
    values = {name: getattr(step, name) for name in names}
    return StepOut(**values, state=step.state_on(today), version=step.sequence)


class StepApi(Controller):
    """One step and its reminders."""

    path = "/api/v1/organizers/{organizer:str}/steps/{step:uuid}"
    tags = ["Årshjul"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="Read a step")
    def read_step(
        self,
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Response[StepOut]:
        """Return a step with its version as ETag."""
        return _answer(_found(session, actor, place, step), today)

    @read("/reminders", needs=Right.ENTER, summary="List a step's reminders")
    def list_reminders(
        self,
        pages: GivenPages,
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[ReminderOut]]:
        """Return what has gone out about a step, the newest first."""
        found = _found(session, actor, place, step)
        out = queries.reminders_of_step(session, actor, found)
        page, headers = pages.of(out)
        names = ReminderOut.__struct_fields__
        shown = [ReminderOut(**{name: getattr(one, name) for name in names}) for one in page]
        return Response(shown, headers=headers)


def _found(
    session: Session, actor: Actor, place: Place, step_id: UUID, *, lock: bool = False
) -> CycleStep:
    step = queries.step_by_id(session, actor, place.organizer.id, step_id, lock=lock)
    if step is None:
        raise Missing
    return step


def _answer(step: CycleStep, today: date) -> Response[StepOut]:
    return Response(step_out(step, today), headers={"ETag": f'"{step.sequence}"'})


def _on_version(step: CycleStep, if_match: str | None) -> CycleStep:
    if if_match is None:
        raise NeedsVersion(_("Skicka versionen du läste i If-Match."))
    seen = _ETAG.match(if_match.strip())
    if seen is None or int(seen[1]) != step.sequence:
        raise Changed(_("Steget har ändrats sedan du läste det. Läs det igen."))
    return step


class StepActApi(Controller):
    """What people do with a step: on the version in If-Match, 412 when it has changed since."""

    path = StepApi.path
    tags = ["Årshjul"]  # noqa: RUF012

    @create("/start", needs=Right.ENTER, summary="Begin a step", status_code=200)
    def start(
        self,
        data: JSONBody[EmptyForm],
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> Response[StepOut]:
        """Note that the work has begun."""
        found = _on_version(_found(session, actor, place, step, lock=True), if_match)
        ACTS["borja"].run(session, actor, found, data, today)
        return _answer(found, today)

    @create("/complete", needs=Right.ENTER, summary="Finish a step", status_code=200)
    def complete(
        self,
        data: JSONBody[CompleteForm],
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> Response[StepOut]:
        """Note that the step is done; its reminders stop."""
        found = _on_version(_found(session, actor, place, step, lock=True), if_match)
        ACTS["klart"].run(session, actor, found, data, today)
        return _answer(found, today)

    @create("/reopen", needs=Right.ENTER, summary="Open a step again", status_code=200)
    def reopen(
        self,
        data: JSONBody[EmptyForm],
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> Response[StepOut]:
        """Open a finished step; reminders count from today."""
        found = _on_version(_found(session, actor, place, step, lock=True), if_match)
        ACTS["oppna"].run(session, actor, found, data, today)
        return _answer(found, today)

    @create("/move", needs=Right.ENTER, summary="Move a step", status_code=200)
    def move(
        self,
        data: JSONBody[MoveForm],
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> Response[StepOut]:
        """Give the step a new date, with the reason."""
        found = _on_version(_found(session, actor, place, step, lock=True), if_match)
        ACTS["flytta"].run(session, actor, found, data, today)
        return _answer(found, today)

    @create("/snooze", needs=Right.ENTER, summary="Put a step off", status_code=200)
    def snooze(
        self,
        data: JSONBody[SnoozeForm],
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> Response[StepOut]:
        """Let the reminders wait until a day, with the reason."""
        found = _on_version(_found(session, actor, place, step, lock=True), if_match)
        ACTS["skjut-upp"].run(session, actor, found, data, today)
        return _answer(found, today)

    @create("/wake", needs=Right.ENTER, summary="End a snooze", status_code=200)
    def wake(
        self,
        data: JSONBody[EmptyForm],
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> Response[StepOut]:
        """Let the ordinary reminders hold again."""
        found = _on_version(_found(session, actor, place, step, lock=True), if_match)
        ACTS["vack"].run(session, actor, found, data, today)
        return _answer(found, today)

    @create("/settings", needs=Right.ENTER, summary="Change a step's settings", status_code=200)
    def settings(
        self,
        data: JSONBody[SettingsForm],
        step: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
        if_match: IfMatch = None,
    ) -> Response[StepOut]:
        """Change the role that sees to it and its reminders."""
        found = _on_version(_found(session, actor, place, step, lock=True), if_match)
        ACTS["installningar"].run(session, actor, found, data, today)
        return _answer(found, today)
