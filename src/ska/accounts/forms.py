"""What people write to sign in, and on their profile."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field

from ska.access import Right
from ska.core.fields import Choice, Optional, Reference, Required, Written
from ska.core.text import _


class SignInForm(Written):
    """E-mail and password."""

    email: Annotated[str, Required(_("Skriv din e-postadress"), 254)]
    password: Annotated[str, Required(_("Skriv ditt lösenord"), 128)]
    next: Annotated[str, Optional(500)] = ""


class DemoSignInForm(Written):
    """One of the demo's people, chosen by a click."""

    person: Annotated[UUID | None, Reference()] = None
    next: Annotated[str, Optional(500)] = ""


class Lifetime(StrEnum):
    """How many days a key is good for."""

    MONTH = "30"
    TERM = "180"
    YEAR = "365"


class Theme(StrEnum):
    """How the pages look."""

    DEVICE = "device"
    LIGHT = "light"
    DARK = "dark"


def _rights(value: Any) -> list[Right]:
    chosen = value if isinstance(value, list) else [value] if value else []
    try:
        return [Right(one) for one in chosen]
    except ValueError:
        raise ValueError(_("Välj vad nyckeln får göra")) from None


class TokenForm(Written):
    """A program's key: for what, where, what it may do and for how long."""

    name: Annotated[str, Required(_("Skriv vad nyckeln ska användas till"), 120)]
    organizer_id: Annotated[UUID, Reference(_("Välj huvudman"))]
    rights: Annotated[list[Right], BeforeValidator(_rights)] = Field(default_factory=list)
    days: Annotated[Lifetime, Choice(Lifetime, _("Välj hur länge nyckeln ska gälla"))]


class ThemeForm(Written):
    """The look that the person wants."""

    theme: Annotated[Theme, Choice(Theme, _("Välj utseende"))]
