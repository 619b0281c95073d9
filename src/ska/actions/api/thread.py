"""The röd tråd for programs."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller
from litestar.params import QueryParameter

from ska.access import Right
from ska.actions import queries
from ska.actions.chain import ground_in, why
from ska.actions.thread_steps import Thread
from ska.analyses import queries as analyses
from ska.core.text import _
from ska.errors import Invalid
from ska.organizers.dependencies import GivenCall
from ska.values.known import read_day
from ska.web.answers import told
from ska.web.routing import read


class StepOut(msgspec.Struct):
    """One kind of thing on the röd tråd."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "cause",
        "nodes": [
            {"label": "Nya elever kartläggs sent", "href": None, "status": "", "current": True}
        ],
    }

    kind: str
    nodes: list[dict[str, str | bool | None]]
    gap: str | None


class ThreadOut(msgspec.Struct):
    """The röd tråd, from underlag to decision."""

    steps: list[StepOut]


def _thread(thread: Thread) -> ThreadOut:
    return ThreadOut(
        [
            told(
                StepOut,
                step,
                nodes=[
                    {"label": n.label, "href": n.href, "status": n.status, "current": n.current}
                    for n in step.nodes
                ],
                gap=step.gap.text if step.gap else None,
            )
            for step in thread.steps
        ]
    )


class ThreadApi(Controller):
    """From anything on the röd tråd: why it is done, and what came of it."""

    path = "/api/v1/organizers/{organizer:str}/thread"
    tags = ("Insatser",)

    @read(needs=Right.ENTER, summary="Follow the röd tråd both ways from anything on it")
    def read_thread(
        self,
        call: GivenCall,
        action: Annotated[UUID | None, QueryParameter()] = None,
        analysis: Annotated[UUID | None, QueryParameter()] = None,
        of: Annotated[UUID | None, QueryParameter()] = None,
        as_known_on: Annotated[str | None, QueryParameter()] = None,
    ) -> ThreadOut:
        """Return the thread with its gaps: of an insats, or an analysis, or *of* a thing in it.

        *as_known_on* is a day, of an analysis: what was written, answered or decided by its end.
        """
        if action is not None:
            one = queries.action_by_id(*call.where, action)
            thread = why(*call.who, call.place, one, of)
            return _thread(thread) if thread else ThreadOut([])
        if analysis is None:
            raise Invalid(_("Ange analysis eller action."))
        found = analyses.analysis_by_id(*call.where, analysis)
        known = read_day(as_known_on, call.today, field="as_known_on")
        ground = ground_in(*call.who, found)
        thread = ground.thread(call.actor, call.place, of)
        if known is not None:
            thread = ground.thread_on(call.actor, call.place, of, known)
        return _thread(thread)
