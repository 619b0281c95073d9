"""The X-ray for programs."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from litestar import Controller, Response

from ska.access import Right
from ska.organizers.dependencies import GivenPlace
from ska.values.xrays.queries import xray_of
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.paging import GivenPages
from ska.web.routing import read


class FindingOut(msgspec.Struct):
    """One finding; *reason* is why it was closed as known, empty while it is open."""

    example: ClassVar[dict[str, Any]] = {
        "id": "stale|local|Trygghet",
        "rule": "stale",
        "severity": "note",
        "sentence": "Trygghet har inga värden efter vårterminen 2025.",
        "advice": "Läs in de senaste värdena.",
        "measure": "Trygghet",
        "reason": "",
    }

    id: str
    rule: str
    severity: str
    sentence: str
    advice: str
    measure: str
    value_id: int | None
    reason: str


class XrayApi(Controller):
    """What the standing checks find."""

    path = "/api/v1/organizers/{organizer:str}/xray"
    tags = ["Values"]  # noqa: RUF012

    @read(needs=Right.IMPORT_VALUES, summary="X-ray the numbers")
    def read_xray(
        self,
        pages: GivenPages,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Response[list[FindingOut]]:
        """Run the checks and return what they find, the open findings first."""
        xray = xray_of(session, actor, place.organizer, today)
        found = [(one, "") for one in xray.open]
        found += [(one, alarm.reason) for one, alarm in xray.closed]
        page, headers = pages.of(found, key=lambda one: one[0].key)
        out = [
            FindingOut(
                id=one.key,
                rule=one.rule_id,
                severity=str(one.rule.severity),
                sentence=one.sentence,
                advice=one.rule.advice,
                measure=one.measure,
                value_id=one.value_id,
                reason=reason,
            )
            for one, reason in page
        ]
        return Response(out, headers=headers)
