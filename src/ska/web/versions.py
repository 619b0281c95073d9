"""Versions in HTTP: what was read is named in If-Match when it is changed (RFC 9110, 13.1.1)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Protocol, TypeVar

import msgspec
from litestar import Response
from litestar.params import HeaderParameter

from ska.core.text import _
from ska.errors import Changed, NeedsVersion

_TAG = re.compile(r'(?:W/)?"([0-9a-f]{1,16})"')
IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", required=False)]


class Versioned(Protocol):
    """What tells its version: a number that counts changes, or a print of what it says."""

    @property
    def version(self) -> int | str:
        """Return the version, which is also the ETag."""


V = TypeVar("V", bound=Versioned)


class Stamped(msgspec.Struct, kw_only=True):
    """What keeps no number of its own: its version, also the ETag, is a print of what it says."""

    version: str = ""

    def __post_init__(self) -> None:
        """Take the print, unless the version was given."""
        if not self.version:
            # A moment is the same one wherever its clock stands.
            said = [
                one.astimezone(UTC) if isinstance(one, datetime) else one
                for one in msgspec.structs.astuple(self)
            ]
            self.version = sha256(msgspec.json.encode(said)).hexdigest()[:16]


def etag(version: int | str) -> dict[str, str]:
    """Return the header that names a version."""
    return {"ETag": f'"{version}"'}


def tagged(out: V, status: int = 200) -> Response[V]:
    """Return an answer that names its version, for the next change."""
    return Response(out, status_code=status, headers=etag(out.version))


def must_match(if_match: str | None, version: int | str) -> None:
    """Raise NeedsVersion without If-Match, and Changed when it names another version."""
    if version_in(if_match) != str(version):
        raise Changed(_("Det har ändrats sedan du läste det. Läs om och försök igen."))


def version_in(if_match: str | None) -> str:
    """Return the version that If-Match names, empty when it is none; raise NeedsVersion without."""
    if if_match is None:
        raise NeedsVersion(_("Skicka versionen du läste i If-Match."))
    found = _TAG.fullmatch(if_match.strip())
    return found[1] if found else ""
