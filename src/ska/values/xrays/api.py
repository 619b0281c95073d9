"""The X-ray for programs."""

from __future__ import annotations

import msgspec
from litestar import Controller

from ska.access import Right
from ska.organizers.dependencies import GivenPlace
from ska.values.xrays.queries import xray_of
from ska.web.dependencies import GivenActor, GivenSession, GivenToday
from ska.web.routing import read


class FindingOut(msgspec.Struct):
    """One finding; *reason* is why it was closed as known, empty while it is open."""

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
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, today: GivenToday
    ) -> list[FindingOut]:
        """Run the checks and return what they find, the open findings first."""
        xray = xray_of(session, actor, place.organizer, today)
        found = [(one, "") for one in xray.open]
        found += [(one, alarm.reason) for one, alarm in xray.closed]
        return [
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
            for one, reason in found
        ]
