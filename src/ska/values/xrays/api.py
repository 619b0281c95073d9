"""The X-ray for programs."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from litestar import Controller, Response

from ska.access import Right
from ska.organizers.dependencies import GivenCall
from ska.values.xrays.findings import Finding
from ska.values.xrays.queries import xray_of
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


def _finding(one: tuple[Finding, str]) -> FindingOut:
    found, reason = one
    return FindingOut(
        id=found.key,
        rule=found.rule_id,
        severity=str(found.rule.severity),
        sentence=found.sentence,
        advice=found.rule.advice,
        measure=found.measure,
        value_id=found.value_id,
        reason=reason,
    )


class XrayApi(Controller):
    """What the standing checks find."""

    path = "/api/v1/organizers/{organizer:str}/xray"
    tags = ("Värden",)

    @read(needs=Right.IMPORT_VALUES, summary="X-ray the numbers")
    def read_xray(self, pages: GivenPages, call: GivenCall) -> Response[list[FindingOut]]:
        """Run the checks and return what they find, the open findings first."""
        xray = xray_of(*call.who, call.place.organizer, call.today)
        found = [(one, "") for one in xray.open]
        found += [(one, alarm.reason) for one, alarm in xray.closed]
        return pages.of(found, _finding, key=lambda one: one[0].key)
