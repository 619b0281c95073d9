"""What of an address a question carries with it. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

LONGEST = 1500
"""An address longer than this is not carried: the question is told without its picture."""
_NAME = re.compile(r"[a-z-]{1,30}")


def picture_of(asked: str, item: str, among: str) -> str:
    """Return the picture that a question is asked of, by its page and what is chosen there.

    It is always a comparison of the *item* among those that are asked; else there is none, as when
    the address is somebody's own making. What is chosen is chosen in the reader's own huvudman.
    """
    chosen = [
        (name, value) for name, value in parse_qsl(asked.lstrip("?")) if _NAME.fullmatch(name)
    ]
    is_of = dict(chosen).get("vad") == item and dict(chosen).get("vilka") == among
    found = f"/jamfor?{urlencode(chosen)}"
    return found if is_of and len(found) <= LONGEST else ""
