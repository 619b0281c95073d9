"""What an indicator can be trusted with, for programs."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from litestar import Controller
from litestar.params import FromPath

from ska.access import Right
from ska.organizers.dependencies import GivenCall
from ska.overview.queries.trust import TrustView, trust_view
from ska.web.routing import read


class TrustOut(msgspec.Struct):
    """What may be trusted: *steadiness* is the share (0–1) of differences that is not chance."""

    example: ClassVar[dict[str, Any]] = {
        "code": "gr-alla-amnen-ak9",
        "name": "Godkänt i alla ämnen, årskurs 9",
        "says": "Hur stor andel som fått lägst E i alla ämnen.",
        "cannot_say": "Varför det är så.",
        "period": "2026",
        "units": 12,
        "units_with_value": 9,
        "steadiness": 0.62,
        "steadiness_sentence": "Ungefär sex av tio skillnader är mer än slump.",
        "next_release": "september 2027",
    }

    code: str
    name: str
    says: str
    cannot_say: str
    misreadings: list[str]
    breaks: list[dict[str, str]]
    period: str
    units: int
    units_with_value: int
    without: dict[str, int]
    steadiness: float | None
    steadiness_sentence: str
    next_release: str


def _trust(view: TrustView) -> TrustOut:
    standing = view.standing
    return TrustOut(
        code=view.item.code,
        name=view.item.heading,
        says=view.says,
        cannot_say=view.cannot_say,
        misreadings=list(view.misreadings),
        breaks=[{"period": period, "reason": reason} for period, reason in view.breaks],
        period=standing.period if standing else "",
        units=standing.units if standing else 0,
        units_with_value=standing.with_value if standing else 0,
        without=dict(standing.without) if standing else {},
        steadiness=view.steadiness.share,
        steadiness_sentence=view.steadiness.sentence,
        next_release=view.next_release,
    )


class TrustApi(Controller):
    """What an indicator says, and what it cannot say."""

    path = "/api/v1/organizers/{organizer:str}/indicators/{indicator:str}/trust"
    tags = ("Resultat",)

    @read(needs=Right.ENTER, summary="Read what an indicator can say")
    def read_trust(self, indicator: FromPath[str], call: GivenCall) -> TrustOut:
        """Return what the measure says and cannot say, its breaks, and how steady it is."""
        return _trust(trust_view(*call.who, call.place.organizer, indicator))
