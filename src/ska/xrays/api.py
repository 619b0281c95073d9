"""The X-ray of the work for programs."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response

from ska.access import Right
from ska.organizers.dependencies import GivenCall
from ska.web.paging import GivenPages
from ska.web.routing import read
from ska.xrays.catalogue import shipped
from ska.xrays.queries import work_xray
from ska.xrays.rules import Finding


class WorkFindingOut(msgspec.Struct):
    """One finding; *reason* is why it was closed as known, empty while it is open."""

    example: ClassVar[dict[str, Any]] = {
        "id": "0f3a9c51d2b7e48896a1c0de",
        "rule": "follow-up-overdue",
        "severity": "must",
        "sentence": "Uppföljningen av ”Läs högt varje dag” skulle ha gjorts måndag 5 oktober 2026.",
        "advice": "Svara på om insatsen gjordes och vad den ledde till.",
        "ground": "Skollagen (2010:800), 4 kap. 3 §. Huvudmannen planerar och följer upp.",
        "address": "/ekhult/uppfoljningar/0192e4a0-0000-7000-8000-000000000000",
        "unit_id": None,
        "reason": "",
    }

    id: str
    rule: str
    severity: str
    sentence: str
    advice: str
    ground: str
    address: str
    unit_id: UUID | None
    reason: str


class WorkXrayApi(Controller):
    """What the standing rules find in the quality work."""

    path = "/api/v1/organizers/{organizer:str}/work-xray"
    tags = ("Översikt",)

    @read(needs=Right.READ, summary="X-ray the quality work")
    def read_work_xray(self, pages: GivenPages, call: GivenCall) -> Response[list[WorkFindingOut]]:
        """Go through the rules and return what they find, the open findings first."""
        organizer = call.place.organizer
        xray = work_xray(*call.who, organizer, call.today)
        found = [(one, "") for one in xray.open]
        found += [(one, alarm.reason) for one, alarm in xray.closed]

        def out(pair: tuple[Finding, str]) -> WorkFindingOut:
            one, reason = pair
            return WorkFindingOut(
                id=one.key,
                rule=one.rule.id,
                severity=one.rule.severity,
                sentence=one.hit.sentence,
                advice=one.rule.advice,
                ground=shipped().grounds[one.rule.ground].words,
                address=f"/{organizer.slug}{one.hit.at}",
                unit_id=one.hit.unit_id,
                reason=reason,
            )

        return pages.of(found, out, key=lambda one: one[0].key)
