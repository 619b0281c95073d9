"""Two people changed the same part of an analysis: what each wrote, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ska.analyses import rules
from ska.analyses.forms import AnalysisChangeForm
from ska.analyses.models import Analysis
from ska.analyses.parts import Kind
from ska.core.fields import FreeText
from ska.core.meeting import Differing, differing
from ska.core.periods import spelled
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
ANALYSIS_NAMES = {
    "title": _("Vad analysen handlar om"),
    "state": _("Var den står"),
    "about": _("Enheter"),
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


def differing_part(
    kind: Kind, part: Any, form: FreeText, labels: Mapping[str, str]
) -> list[Differing]:
    """Return the fields where *form* says something else than *part* does now, in words.

    *labels* gives the words of the things that a part points at, by id.
    """
    now = kind.content(part)
    written = {name: getattr(form, name) for name in now}
    return differing(now, written, FIELD_NAMES, lambda name, one: _word(name, one, labels))


def differing_analysis(
    analysis: Analysis, form: AnalysisChangeForm, units: Mapping[UUID, str], about: set[UUID]
) -> list[Differing]:
    """Return where *form* says something else than the analysis does now, in words."""
    now = {"title": analysis.title, "state": analysis.state, "about": list(about)}
    written = {name: getattr(form, name) for name in now if name in form.model_fields_set}
    words: dict[Any, str] = {**rules.STATE_NAMES, **units}
    return differing(now, written, ANALYSIS_NAMES, lambda _name, one: words.get(one, str(one)))


def _word(name: str, value: Any, labels: Mapping[str, str]) -> str:
    row = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    if "period" in row:
        number = "" if row["value"] is None else f"{float(row['value']):g}".replace(".", ",")
        return f"{spelled(row['period'])}: {number}" + (f" (n = {row['n']})" if row["n"] else "")
    chosen = _WORDS.get(str(value)) if name in _CHOSEN else None
    return chosen or labels.get(str(value), str(value))
