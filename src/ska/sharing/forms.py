"""What people write about networks and what is shared in them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from ska.core.fields import Day, Optional, Reference, Required, Written
from ska.core.text import _
from ska.organizers.forms import AsAddress

AS_DESCRIBED = _("Som indikatorn är beskriven")
"""How most count; it stands in the form, for what nobody says is taken for unknown."""


class NetworkForm(Written):
    """What a network is called."""

    example: ClassVar[dict[str, Any]] = {"name": "Nätverk Mellanslätt"}

    name: Annotated[str, Required(_("Skriv vad nätverket heter"), 120), AsAddress]


class InvitationForm(Written):
    """Which huvudman is invited, by name as people write it."""

    example: ClassVar[dict[str, Any]] = {"organizer": "Lindåsa"}

    organizer: Annotated[str, Required(_("Skriv vilken huvudman ni vill bjuda in"), 200)]


class ShareForm(Written):
    """What a network may read, why, and until when."""

    example: ClassVar[dict[str, Any]] = {
        "purpose": "Jämföra resultat i årskurs 6 på rektorsgruppens möte i november.",
        "until": "2027-06-30",
        "definition": "Elever i kommunens skolor (lägeskommun)",
    }

    network_id: Annotated[UUID, Reference(_("Välj vilket nätverk som får läsa"))]
    purpose: Annotated[str, Required(_("Skriv vad nätverket ska ha siffrorna till"), 500)]
    until: Annotated[date, Day(_("Skriv sista dagen som andra får läsa"))]
    definition: Annotated[str, Optional(200)] = ""
