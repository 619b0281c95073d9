"""Two people changed the same part: what each wrote, field by field, where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ska.analyses import rules
from ska.analyses.parts import Content, Kind
from ska.core.fields import FreeText
from ska.core.swedish import format_date
from ska.core.text import _

FIELD_NAMES = {
    "kind": _("Slag"),
    "text": _("Text"),
    "source": _("Källa"),
    "population": _("Vilka det gäller"),
    "unit_of_measure": _("Måttenhet"),
    "observed_on": _("Dag"),
    "values": _("Siffror"),
    "observations": _("Underlag"),
    "tags": _("Mål och indikatorer"),
    "finding_id": _("Det som orsaken förklarar"),
    "certainty": _("Hur säkra ni är"),
    "is_external": _("Utanför er kontroll"),
    "is_open": _("Öppen fråga"),
    "owner_role": _("Ansvarig"),
    "answer_by": _("Svar senast"),
    "cause_id": _("Orsak"),
    "side": _("För eller emot"),
    "observation_id": _("Underlag"),
    "title": _("Rubrik"),
    "reason": _("Varför"),
    "causes": _("Orsaker"),
    "area_id": _("Utvecklingsområde"),
    "expected_by": _("Senast"),
    "group": _("Vilka"),
    "offered": _("Erbjudna att delta"),
    "took_part": _("Deltog"),
    "how": _("Hur det gick till"),
    "happened_on": _("Dag"),
}
_WORDS: dict[str, str] = {
    str(key): name
    for names in (
        rules.OBSERVATION_NAMES,
        rules.FINDING_NAMES,
        rules.CERTAINTY_NAMES,
        rules.EVIDENCE_NAMES,
        rules.GROUP_NAMES,
    )
    for key, name in names.items()
}
_CHOSEN = frozenset({"kind", "certainty", "side", "group"})


@dataclass(frozen=True)
class Differing:
    """A field that two people say differently."""

    name: str
    theirs: str
    mine: str


def differing(
    kind: Kind, now: Content, form: FreeText, labels: Mapping[str, str]
) -> list[Differing]:
    """Return the fields where *form* says something else than the part does *now*, in words.

    *labels* gives the words of the things that a part points at, by id.
    """
    found = []
    for name, theirs in now.items():
        said = [_said(name, one, labels) for one in (theirs, getattr(form, name))]
        if said[0] != said[1]:
            found.append(Differing(FIELD_NAMES[name], *said))
    return found


def _said(name: str, value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if value in (None, "", []):
        return _("inget")
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, list):
        return "; ".join(sorted(_one(one, labels) for one in value))
    words = _WORDS.get(str(value)) if name in _CHOSEN else None
    return words or _one(value, labels)


def _one(value: Any, labels: Mapping[str, str]) -> str:
    row = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    if "period" in row:
        number = "" if row["value"] is None else f"{float(row['value']):g}".replace(".", ",")
        return f"{row['period']}: {number}" + (f" (n = {row['n']})" if row["n"] else "")
    return labels.get(str(value), str(value))
