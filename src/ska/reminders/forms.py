"""What people choose about being told."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from ska.core.fields import Choice, Written
from ska.core.text import _
from ska.notices.rules import Channel

CHANNEL_NAMES = {
    Channel.MAIL: _("I appen och samlat i ett mejl om dagen"),
    Channel.APP: _("Bara i appen"),
    Channel.OFF: _("Inte alls"),
}


class ChannelForm(Written):
    """How a person wants to hear of reminders and of late steps at the level below."""

    example: ClassVar[dict[str, Any]] = {
        "reminder": "app",
        "escalation": "mail",
    }

    reminder: Annotated[Channel, Choice(Channel, _("Välj hur du får påminnelser"))]
    escalation: Annotated[Channel, Choice(Channel, _("Välj hur du får veta om försenade steg"))]
    revision: Annotated[Channel, Choice(Channel, _("Välj hur du får veta om ändrade siffror"))] = (
        Channel.MAIL
    )
    handover: Annotated[Channel, Choice(Channel, _("Välj hur du får veta om överlämningar"))] = (
        Channel.MAIL
    )
    tuesday: Annotated[Channel, Choice(Channel, _("Välj hur du får Tisdagskvarten"))] = Channel.OFF
    invitation: Annotated[Channel, Choice(Channel, _("Välj hur du får veta om inbjudningar"))] = (
        Channel.MAIL
    )
    question: Annotated[Channel, Choice(Channel, _("Välj hur du får veta om frågor och svar"))] = (
        Channel.MAIL
    )
    dialogue: Annotated[Channel, Choice(Channel, _("Välj hur du får veta om dialoger"))] = (
        Channel.MAIL
    )
    practice: Annotated[Channel, Choice(Channel, _("Välj hur du får veta om arbetssätt"))] = (
        Channel.APP
    )
