"""Foreseen mistakes. Each carries a Swedish sentence that says what to do."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


class SkaError(Exception):
    """A mistake that the reader is told about in their own words."""

    status = 400
    title = "Det gick inte"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotSignedIn(SkaError):
    """Nobody is signed in."""

    status = 401
    title = "Du är inte inloggad"

    def __init__(self, detail: str = "Logga in för att fortsätta.") -> None:
        super().__init__(detail)


class NotAllowed(SkaError):
    """The person sees the thing but may not do this to it."""

    status = 403
    title = "Det här får du inte göra"


class OldForm(NotAllowed):
    """The form does not carry the token of this session: it is older, or from elsewhere."""

    title = "Formuläret hann bli för gammalt"


class Missing(SkaError):
    """The thing does not exist, or not for this person; the two look the same."""

    status = 404
    title = "Sidan finns inte"

    def __init__(self, detail: str = "Den kan ha flyttats, eller så saknar du behörighet.") -> None:
        super().__init__(detail)


def found(thing: T | None) -> T:
    """Return what was looked for; raise Missing when it is not there."""
    if thing is None:
        raise Missing
    return thing


class Conflict(SkaError):
    """Something else has happened in between, or the order of the work forbids it."""

    status = 409
    title = "Det går inte just nu"


class Changed(SkaError):
    """The text was changed by someone else since it was read (If-Match failed)."""

    status = 412
    title = "Texten har ändrats av någon annan"


class NeedsVersion(SkaError):
    """The request must say which version it changes (If-Match is missing)."""

    status = 428
    title = "Version saknas"


class Invalid(SkaError):
    """What was written cannot be used; *fields* says why, field by field."""

    status = 422
    title = "Det finns fel att rätta"

    def __init__(self, detail: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.fields = fields or {}


class TooMany(SkaError):
    """Too many tries in a short time."""

    status = 429
    title = "För många försök"
