"""What people write to sign in."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ska.core.fields import Optional, Reference, Required, Written
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
