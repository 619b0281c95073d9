"""Two people changed the same thing: what each said, field by field, where they differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ska.core.swedish import format_date
from ska.core.text import _


@dataclass(frozen=True)
class Differing:
    """A field that two people say differently."""

    name: str
    theirs: str
    mine: str


def differing(
    now: Mapping[str, Any],
    written: Mapping[str, Any],
    names: Mapping[str, str],
    word: Callable[[str, Any], str],
) -> list[Differing]:
    """Return the fields of *written* that say something else than what stands *now*, in words.

    *names* are the fields' names to readers, *word* says one value of a field.
    """
    found = []
    for name, mine in written.items():
        said = [_said(name, one, word) for one in (now[name], mine)]
        if said[0] != said[1]:
            found.append(Differing(names[name], *said))
    return found


def _said(name: str, value: Any, word: Callable[[str, Any], str]) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if value in (None, "", []):
        return _("inget")
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, list):
        return "; ".join(sorted(word(name, one) for one in value))
    return word(name, value)
