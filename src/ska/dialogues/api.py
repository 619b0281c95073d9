"""Resultatdialoger and needs, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.dialogues import forms
from ska.dialogues.models import Agreement, Need, ResultsDialogue
from ska.dialogues.queries import results
from ska.dialogues.services import common
from ska.dialogues.services import results as services
from ska.organizers.dependencies import Call, GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, replace
from ska.web.versions import IfMatch, Stamped, tagged


class DialogueOut(Stamped):
    """A resultatdialog: of which unit, when, with whom, and whether it is closed."""

    example: ClassVar[dict[str, Any]] = {
        "took_part": "Rektor, skolchef och kvalitetsutvecklare",
        "opened_by": "Kim Ekman",
        "closed_by": None,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    unit_id: UUID
    held_on: date
    took_part: str
    opened_by: str
    closed_at: datetime | None
    closed_by: str | None


class AgreementOut(msgspec.Struct):
    """What was agreed, and the insats that it became."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Kartlägg nya elever inom två veckor",
        "owner_role": "rektor",
        "written_by": "Kim Ekman",
    }

    id: UUID
    action_id: UUID
    text: str
    owner_role: str
    due: date
    written_by: str


class NeedOut(Stamped):
    """What a unit needs of the level above, and the answer; *answer_kind* is empty until then."""

    example: ClassVar[dict[str, Any]] = {
        "text": "En skolpsykolog på plats en dag i veckan",
        "written_by": "Robin Berg",
        "answer_kind": "yes",
        "answer": "En dag i veckan från januari.",
        "answered_by": "Kim Ekman",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    unit_id: UUID
    dialogue_id: UUID
    text: str
    answer_by: date | None
    written_by: str
    answer_kind: str | None
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


class NoteOut(msgspec.Struct):
    """A note; it is read and written as the text of this id."""

    example: ClassVar[dict[str, Any]] = {"key": "results", "text": "Vi är överens om läsningen."}

    id: UUID
    key: str
    text: str


class WholeDialogueOut(DialogueOut):
    """A resultatdialog with what was said, agreed and needed, and what it begins with."""

    prepared: dict[str, Any]
    notes: list[NoteOut]
    agreements: list[AgreementOut]
    needs: list[NeedOut]


class ResultsDialogueApi(Controller):
    """Resultatdialoger: opened, held, agreed in, and closed."""

    path = "/api/v1/organizers/{organizer:str}/results-dialogues"
    tags = ("Dialoger",)

    @read(needs=Right.READ, summary="List the resultatdialoger")
    def list_dialogues(self, pages: GivenPages, call: GivenCall) -> Response[list[DialogueOut]]:
        """Return the dialogues, the latest first."""
        return pages.answer(results.every_dialogue(*call.where, part=pages.part()), _out)

    @create(needs=Right.PLAN_ACTIONS, summary="Open a resultatdialog")
    def open_dialogue(
        self, data: JSONBody[forms.DialogueForm], call: GivenCall
    ) -> Response[DialogueOut]:
        """Open a dialogue of a unit; 422 while it has an open one."""
        made = services.open_dialogue(
            *call.who, organizer_id=call.organizer_id, form=data, today=call.today
        )
        return tagged(_out(made), 201)

    @read("/{dialogue:uuid}", needs=Right.READ, summary="Read a resultatdialog")
    def read_dialogue(
        self, dialogue: FromPath[UUID], call: GivenCall
    ) -> Response[WholeDialogueOut]:
        """Return a dialogue; *prepared* is today's while it is open, then as it was kept."""
        view = results.dialogue_view(*call.who, call.place, dialogue, call.today)
        whole = told(
            WholeDialogueOut,
            view.dialogue,
            version=_out(view.dialogue).version,
            prepared=msgspec.to_builtins(view.prepared),
            notes=[told(NoteOut, one) for one in view.texts.values()],
            agreements=[agreement_out(one) for one in view.agreements],
            needs=[_need(one) for one in view.needs],
        )
        return tagged(whole)

    @replace("/{dialogue:uuid}", needs=Right.PLAN_ACTIONS, summary="Say when and with whom")
    def say_meeting(
        self,
        dialogue: FromPath[UUID],
        data: JSONBody[forms.MeetingForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[DialogueOut]:
        """Say which day it is held and who takes part; 409 once it is closed."""
        one = _as_read(call, dialogue, if_match)
        common.say_meeting(*call.who, dialogue=one, form=data)
        return tagged(_out(one))

    @create(
        "/{dialogue:uuid}/agreements", needs=Right.PLAN_ACTIONS, summary="Write an agreement down"
    )
    def agree(
        self, dialogue: FromPath[UUID], data: JSONBody[forms.AgreementForm], call: GivenCall
    ) -> AgreementOut:
        """Plan what was agreed as a draft insats that rests on an area or a brist (*ground*)."""
        one = results.dialogue_by_id(*call.where, dialogue)
        return agreement_out(common.agree(*call.who, dialogue=one, form=data, today=call.today))

    @create("/{dialogue:uuid}/needs", needs=Right.PLAN_ACTIONS, summary="Tell a need")
    def tell_need(
        self, dialogue: FromPath[UUID], data: JSONBody[forms.NeedForm], call: GivenCall
    ) -> NeedOut:
        """Tell what the unit needs of the level above."""
        one = results.dialogue_by_id(*call.where, dialogue)
        return _need(services.tell_need(*call.who, dialogue=one, form=data))

    @act("/{dialogue:uuid}/close", needs=Right.PLAN_ACTIONS, summary="Close a resultatdialog")
    def close_dialogue(
        self, dialogue: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[DialogueOut]:
        """Close it: notes and what it began with are kept; 422 without who took part."""
        one = _as_read(call, dialogue, if_match)
        view = results.dialogue_view(*call.who, call.place, dialogue, call.today)
        common.close(*call.who, dialogue=one, content=view.prepared, now=call.now)
        return tagged(_out(one))


class NeedApi(Controller):
    """What the units need, and what the huvudman answers."""

    path = "/api/v1/organizers/{organizer:str}/needs"
    tags = ("Dialoger",)

    @read(needs=Right.READ, summary="List the needs")
    def list_needs(self, pages: GivenPages, call: GivenCall) -> Response[list[NeedOut]]:
        """Return the needs, those that wait first."""
        lines = results.needs_of(*call.where)
        return pages.of([one.need for one in lines], _need)

    @read("/{need:uuid}", needs=Right.READ, summary="Read a need")
    def read_need(self, need: FromPath[UUID], call: GivenCall) -> Response[NeedOut]:
        """Return a need with its answer, and its print as ETag."""
        return tagged(_need(results.need_by_id(*call.where, need)))

    @act("/{need:uuid}/answer", needs=Right.PLAN_ACTIONS, summary="Answer a need")
    def answer_need(
        self,
        need: FromPath[UUID],
        data: JSONBody[forms.NeedAnswerForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[NeedOut]:
        """Answer for the huvudman; 409 when it is answered, unless the answer was "later"."""
        one = call.on(results.need_by_id(*call.where, need), _need, if_match=if_match)
        services.answer_need(*call.who, need=one, form=data, now=call.now)
        return tagged(_need(one))


def _as_read(call: Call, dialogue: UUID, if_match: str | None) -> ResultsDialogue:
    return call.on(results.dialogue_by_id(*call.where, dialogue), _out, if_match=if_match)


def _out(one: ResultsDialogue) -> DialogueOut:
    return told(DialogueOut, one)


def agreement_out(one: Agreement) -> AgreementOut:
    """Return what programs are told of an agreement."""
    return told(AgreementOut, one)


def _need(one: Need) -> NeedOut:
    return told(NeedOut, one)
