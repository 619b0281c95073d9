"""What a person had written when they were no longer signed in: kept on a page, to be sent again.

Only what one of our own pages sent is kept, and never a password. Nothing of it is stored: it
stands in the page that is answered, and in the sign-in form on it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import FormMultiDict

TOKEN = "csrf_token"  # noqa: S105  # the name of a field
_KEEPS = "application/x-www-form-urlencoded"
_SHOWN = 20


@dataclass(frozen=True)
class Held:
    """A form that was sent too late: to which address, and its fields."""

    to: str
    fields: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> list[str]:
        """Return what was written in words, to be read and copied."""
        return [text for _name, text in self.fields if len(text) > _SHOWN and " " in text.strip()]

    @property
    def packed(self) -> str:
        """Return it as one line, for a form to carry on."""
        return json.dumps([self.to, *self.fields])


def unpacked(line: str) -> Held | None:
    """Return what *line* carries; None when it is not something that we packed."""
    try:
        to, *fields = json.loads(line)
        held = Held(to, tuple((name, text) for name, text in fields))
    except (TypeError, ValueError, RecursionError):
        return None
    strings = [to, *(one for pair in held.fields for one in pair)]
    is_ours = all(isinstance(one, str) for one in strings) and to.startswith("/")
    return held if is_ours and not urlsplit(to).netloc and "\\" not in to else None


def is_plain(content_type: str) -> bool:
    """Tell whether a form comes as plain fields: a file is never held."""
    return content_type.startswith(_KEEPS)


def hold(request: Request[Any, Any, Any], form: FormMultiDict) -> None:
    """Keep at hand what was sent, if one of our own pages sent it."""
    sent = [(name, text) for name, text in form.multi_items() if name != TOKEN]
    is_secret = any("password" in name for name, _text in sent)
    if (
        is_plain(request.headers.get("content-type", ""))
        and _is_own(request)
        and not is_secret
        and any(text for _name, text in sent)
    ):
        to = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        request.state.held = Held(to, tuple((name, str(text)) for name, text in sent))


def _is_own(request: Request[Any, Any, Any]) -> bool:
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site == "same-origin"
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")
