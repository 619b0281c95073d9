"""What people write to sign in, and on their profile."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from ska.access import Right, Role
from ska.core.fields import Choice, Day, Optional, Reference, Required, Tick, Written
from ska.core.text import _


class SignInForm(Written):
    """E-mail and password."""

    email: Annotated[str, Required(_("Skriv din e-postadress"), 254)]
    password: Annotated[str, Required(_("Skriv ditt lösenord"), 128)]
    next: Annotated[str, Optional(500)] = ""
    held: Annotated[str, Optional(400_000)] = ""


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


OF_A_UNIT = frozenset({Role.PRINCIPAL})
OF_THE_WHOLE = frozenset(
    {
        Role.POLITICIAN,
        Role.DIRECTOR,
        Role.QUALITY_LEAD,
        Role.NETWORK_CHAIR,
        Role.ORGANIZER_ADMIN,
    }
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+", re.ASCII)


class PostForm(Written):
    """A role in a place and a time; the installation's own role is not given here."""

    example: ClassVar[dict[str, Any]] = {
        "role": "teacher",
        "valid_from": "2026-09-15",
    }

    role: Annotated[Role, Choice(Role, _("Välj uppdrag"))]
    unit_id: Annotated[UUID | None, Reference()] = Field(default=None, validate_default=True)
    acting: Tick = False
    valid_from: Annotated[date, Day(_("Skriv första dagen"))]
    valid_to: Annotated[date | None, Day()] = None

    @field_validator("role")
    @classmethod
    def _is_the_huvudmans(cls, value: Role) -> Role:
        if value is Role.SYSTEM_ADMIN:
            raise ValueError(_("Välj uppdrag"))
        return value

    @field_validator("unit_id")
    @classmethod
    def _fits_the_role(cls, value: UUID | None, info: ValidationInfo) -> UUID | None:
        role = info.data.get("role")
        if value is None and role in OF_A_UNIT:
            raise ValueError(_("En rektor leder en enhet. Välj vilken."))
        if value is not None and role in OF_THE_WHOLE:
            raise ValueError(_("Uppdraget gäller hela huvudmannen. Välj ingen enhet."))
        return value

    @field_validator("valid_to")
    @classmethod
    def _is_after_the_first(cls, value: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("valid_from")
        if value is not None and first is not None and value < first:
            raise ValueError(_("Sista dagen kan inte ligga före den första."))
        return value


class PersonForm(PostForm):
    """Someone who gets a first role here."""

    example: ClassVar[dict[str, Any]] = {
        "name": "Robin Berg",
        "email": "robin.berg@ekhult.example",
    }

    name: Annotated[str, Required(_("Skriv personens namn"), 120)]
    email: Annotated[str, Required(_("Skriv personens e-postadress"), 254)]

    @field_validator("email")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not (value.isascii() and _ADDRESS.fullmatch(value)):
            raise ValueError(_("Kontrollera e-postadressen, till exempel kim.ek@ekhult.se."))
        return value.lower()


class LastDayForm(Written):
    """When a role ends; empty means until further notice."""

    last_day: Annotated[date | None, Day()] = None


class ChosenPassword(Written):
    """The password that someone chooses by an invitation."""

    password: Annotated[str, Required(_("Välj ett lösenord"), 128)]


class PasswordForm(ChosenPassword):
    """A new password instead of the one in use."""

    current: Annotated[str, Required(_("Skriv ditt nuvarande lösenord"), 128)]
