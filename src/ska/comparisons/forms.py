"""What people write when they save a comparison."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ska.core.fields import Choice, Day, FreeText, Reference, Required
from ska.core.text import _


class Whose(StrEnum):
    """Who finds a saved view: its maker, all in the huvudman, a network too, or a rektorsgrupp."""

    MINE = "mine"
    ALL = "all"
    NETWORK = "network"
    GROUP = "group"


class When(StrEnum):
    """Whether a view follows the latest year or stays at one."""

    LATEST = "latest"
    FIXED = "fixed"


class ViewForm(FreeText):
    """A view's name, who finds it, which year it shows, and the meeting it is fixed for.

    *network_id* names the network, where the page is not already of one.
    """

    example: ClassVar[dict[str, Any]] = {
        "name": "Åk 6 inför rektorsgruppen",
        "whose": "all",
        "when": "latest",
        "meeting_on": "2026-11-12",
    }

    name: Annotated[str, Required(_("Skriv vad vyn heter"), 120)]
    whose: Annotated[Whose, Choice(Whose, _("Välj vilka som ska hitta vyn"))]
    when: Annotated[When, Choice(When, _("Välj vilket år vyn visar"))] = When.LATEST
    meeting_on: Annotated[date | None, Day()] = None
    network_id: Annotated[UUID | None, Reference()] = None


class ViewNameForm(FreeText):
    """A view's new name."""

    example: ClassVar[dict[str, Any]] = {"name": "Åk 6 inför rektorsgruppen"}

    name: Annotated[str, Required(_("Skriv vad vyn heter"), 120)]
