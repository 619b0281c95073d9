"""What Skolverket's own table says today beside what the edition knows: labels, never codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ska.core.text import _
from ska.errors import Invalid

_SUB_GOAL = re.compile(r"^Delmål\s+(\d+):\s*\S")


def read_labels(path: Path) -> list[str]:
    """Return the labels of the measures in a saved answer of the table's metadata.

    Both shapes are read: PxWeb's ``variables`` and json-stat2's ``dimension`` (data-sources 4).
    Raises Invalid when the file is neither.
    """
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))
        found = _labels(answer)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(_unreadable(path)) from error
    if not found:
        raise Invalid(_unreadable(path))
    return found


def compare_labels(known: Iterable[str], table: Iterable[str]) -> list[str]:
    """Return in words what differs: measures that are new, gone, or new delmål. Nothing is kept.

    A table that shares no label with what is known is another skolform's: then nothing is gone.
    """
    before, now = list(known), list(table)
    is_ours = bool(set(before) & set(now))
    goals = {match[1] for label in before if (match := _SUB_GOAL.match(label))}
    told = [
        _("Nytt mått i tabellen: {label}").format(label=label)
        for label in now
        if label not in before
    ]
    told += [
        _("Måttet finns inte längre i tabellen: {label}").format(label=label)
        for label in before
        if is_ours and label not in now
    ]
    found = {match[1] for label in now if (match := _SUB_GOAL.match(label))}
    fresh = found - goals if is_ours else found
    told += [
        _("Nytt delmål i tabellen: delmål {number}").format(number=number)
        for number in sorted(fresh, key=int)
    ]
    return told


def _labels(answer: Any) -> list[str]:
    if "variables" in answer:
        variables = [one for one in answer["variables"] if one["code"] == "variable"]
        return [str(text) for one in variables for text in one["valueTexts"]]
    category = answer["dimension"]["variable"]["category"]
    order = sorted(category["index"], key=lambda code: category["index"][code])
    return [str(category["label"][code]) for code in order]


def _unreadable(path: Path) -> str:
    return _("{name} är inte ett sparat svar om tabellens mått.").format(name=path.name)
