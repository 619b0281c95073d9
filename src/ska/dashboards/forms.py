"""What people write when they arrange a tavla."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from ska.core.fields import Choice, Count, Required, Written
from ska.core.text import _
from ska.dashboards.definitions import MOST_BACK, Of, Show, Whom, why_not_shown, why_not_whom


class TileForm(Written):
    """A tile to add; *whom* and *of* each belong to some kinds of chart."""

    example: ClassVar[dict[str, Any]] = {
        "show": "trend",
        "indicator": "gr-ma-ak9",
        "of": "huvudmannen",
        "whom": "enheter",
        "back": 1,
    }

    indicator: Annotated[str, Required(_("Välj en indikator"))]
    show: Annotated[Show, Choice(Show, _("Välj vad som ska visas"))]
    of: Annotated[Of, Choice(Of, _("Välj vems värden det är"))] = Of.WHOLE
    whom: Annotated[
        Whom,
        Choice(Whom, _("Välj vilka som ska stå bredvid varandra")),
        Field(validate_default=True),
    ] = Whom.UNITS
    back: Annotated[int, Count(_("Välj en period"), low=0, high=MOST_BACK)] = 0

    @field_validator("show")
    @classmethod
    def _fits_the_indicator(cls, show: Show, info: ValidationInfo) -> Show:
        if why := why_not_shown(show, info.data.get("indicator", "")):
            raise ValueError(why)
        return show

    @field_validator("whom")
    @classmethod
    def _fits_the_picture(cls, whom: Whom, info: ValidationInfo) -> Whom:
        if (show := info.data.get("show")) and (why := why_not_whom(show, whom)):
            raise ValueError(why)
        return whom


class PutForm(Written):
    """Which tavla a chart goes to, and how far back it looks there."""

    example: ClassVar[dict[str, Any]] = {"board": "huvudman", "back": 0}

    board: Annotated[str, Required(_("Välj en tavla"))]
    back: Annotated[int, Count(_("Välj en period"), low=0, high=MOST_BACK)] = 0
