"""The state's kvalitetsdialog, its self-assessment and kept versions, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.dialogues import forms
from ska.dialogues.api import AgreementOut, agreement_out
from ska.dialogues.models import DialoguePack, NationalQualityDialogue, SelfAssessment
from ska.dialogues.queries import national as reading
from ska.dialogues.services import common
from ska.dialogues.services import national as services
from ska.organizers.dependencies import Call, GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import act, create, read, replace
from ska.web.versions import IfMatch, Stamped, tagged


class NationalOut(Stamped):
    """A kvalitetsdialog with Skolverket and SPSM: when, with whom, and whether it is closed."""

    example: ClassVar[dict[str, Any]] = {
        "took_part": "Skolchef, nämndens ordförande och två rektorer",
        "opened_by": "Kim Ekman",
        "closed_by": None,
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    held_on: date
    took_part: str
    opened_by: str
    closed_at: datetime | None
    closed_by: str | None


class MaterialOut(msgspec.Struct):
    """What is known before the dialogue and what is missing; *dialogue* is the open one."""

    example: ClassVar[dict[str, Any]] = {"content": {}}

    content: dict[str, Any]
    dialogue: NationalOut | None
    agreements: list[AgreementOut]


class AssessmentOut(msgspec.Struct):
    """How one's own voice sees a success factor."""

    example: ClassVar[dict[str, Any]] = {
        "voice": "director",
        "factor": "ff-ska-undervisning",
        "rating": "some",
        "ground": "Rapporterna visar orsaker, men sällan vad insatserna ledde till.",
        "written_by": "Lo Lind",
        "print": "0f3c9a417be2d856",
    }

    id: UUID
    voice: str
    factor: str
    rating: str
    ground: str
    written_by: str
    print: str


class KeptVersionOut(msgspec.Struct):
    """A kept version of the page."""

    example: ClassVar[dict[str, Any]] = {"kept_by": "Kim Ekman"}

    id: UUID
    held_on: date
    kept_at: datetime
    kept_by: str


class PackOut(msgspec.Struct):
    """A kept version with its content, as it was."""

    example: ClassVar[dict[str, Any]] = {"kept_by": "Kim Ekman", "content": {}}

    id: UUID
    national_id: UUID
    kept_at: datetime
    kept_by: str
    content: dict[str, Any]


class NationalDialogueApi(Controller):
    """The state's kvalitetsdialog: prepared, held, agreed in, kept and closed."""

    path = "/api/v1/organizers/{organizer:str}/national-dialogues"
    tags = ("Dialoger",)

    @read(needs=Right.ENTER, summary="Read what is known before the dialogue")
    def read_material(self, call: GivenCall) -> MaterialOut:
        """Return today's content, as far as the person sees, and the dialogue that is open."""
        view = reading.national_view(*call.who, call.place, call.today)
        return MaterialOut(
            msgspec.to_builtins(view.content),
            _out(view.dialogue) if view.dialogue else None,
            [agreement_out(one) for one in view.agreements],
        )

    @create(needs=Right.PLAN_ACTIONS, summary="Open the dialogue one is invited to")
    def open_national(
        self, data: JSONBody[forms.MeetingForm], call: GivenCall
    ) -> Response[NationalOut]:
        """Open the dialogue; 422 while one is open."""
        made = services.open_national(*call.who, organizer_id=call.organizer_id, form=data)
        return tagged(_out(made), 201)

    @replace("/{national:uuid}", needs=Right.PLAN_ACTIONS, summary="Say when and with whom")
    def say_meeting(
        self,
        national: FromPath[UUID],
        data: JSONBody[forms.MeetingForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[NationalOut]:
        """Say which day it is and who takes part; 409 once it is closed."""
        one = _as_read(call, national, if_match)
        common.say_meeting(*call.who, dialogue=one, form=data)
        return tagged(_out(one))

    @create("/{national:uuid}/assessments", needs=Right.ENTER, summary="Assess a success factor")
    def assess(
        self, national: FromPath[UUID], data: JSONBody[forms.AssessmentForm], call: GivenCall
    ) -> AssessmentOut:
        """Answer for one's voice; *seen* is the print of the answer it replaces, else empty."""
        one = reading.national_by_id(*call.where, national)
        view = reading.national_view(*call.who, call.place, call.today)
        unit = services.unit_of_answer(call.actor, call.organizer_id, data.voice, view.principals)
        return _assessment(services.assess(*call.who, dialogue=one, form=data, unit_id=unit))

    @create(
        "/{national:uuid}/agreements", needs=Right.PLAN_ACTIONS, summary="Write an agreement down"
    )
    def agree(
        self, national: FromPath[UUID], data: JSONBody[forms.AgreementForm], call: GivenCall
    ) -> AgreementOut:
        """Plan what the dialogue led to as a draft insats of the huvudman."""
        one = reading.national_by_id(*call.where, national)
        made = common.agree(*call.who, dialogue=one, form=data, today=call.today)
        return agreement_out(made)

    @create("/{national:uuid}/versions", needs=Right.PLAN_ACTIONS, summary="Keep a version")
    def keep_version(self, national: FromPath[UUID], call: GivenCall) -> PackOut:
        """Keep the content as it is now; it is then read by all in the huvudman."""
        one = reading.national_by_id(*call.where, national)
        content = reading.national_view(*call.who, call.place, call.today).content
        pack = services.keep_version(*call.who, dialogue=one, content=content, now=call.now)
        return _kept(pack)

    @act("/{national:uuid}/close", needs=Right.PLAN_ACTIONS, summary="Close the dialogue")
    def close_national(
        self, national: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[NationalOut]:
        """Close it with a last version; 422 before its day or without who took part."""
        one = _as_read(call, national, if_match)
        content = reading.national_view(*call.who, call.place, call.today).content
        common.close(*call.who, dialogue=one, content=content, now=call.now)
        return tagged(_out(one))

    @read("/versions", needs=Right.ENTER, summary="List the kept versions")
    def list_versions(self, pages: GivenPages, call: GivenCall) -> Response[list[KeptVersionOut]]:
        """Return the kept versions, the latest first."""
        return pages.of(reading.versions_kept(*call.where), lambda one: told(KeptVersionOut, one))

    @read("/versions/{pack:uuid}", needs=Right.ENTER, summary="Read a kept version")
    def read_version(self, pack: FromPath[UUID], call: GivenCall) -> PackOut:
        """Return a version with its content, as it was kept."""
        return _kept(reading.pack_by_id(*call.where, pack))


def _as_read(call: Call, national: UUID, if_match: str | None) -> NationalQualityDialogue:
    return call.on(reading.national_by_id(*call.where, national), _out, if_match=if_match)


def _out(one: NationalQualityDialogue) -> NationalOut:
    return told(NationalOut, one)


def _assessment(one: SelfAssessment) -> AssessmentOut:
    return told(AssessmentOut, one)


def _kept(one: DialoguePack) -> PackOut:
    return told(PackOut, one)
