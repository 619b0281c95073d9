"""How grades relate to test grades, as indicators: one for each subject and way."""

from __future__ import annotations

from functools import cache

from ska.framework.definitions import Relation, RelationSubject, read_relations
from ska.framework.queries.guides import guide_of
from ska.overview.queries.items import ItemRow
from ska.settings import bundled

KIND = "relation"
PREFIX = "np-betyg-"
WAYS = {"lower": "lagre", "same": "lika", "higher": "hogre"}
_HEADINGS = {"lower": "Lägre betyg än provbetyg", "same": "Samma betyg som provbetyg",
             "higher": "Högre betyg än provbetyg"}  # fmt: skip


@cache
def relations() -> tuple[Relation, ...]:
    """Return the relations of indicators/relations, read once a process."""
    return read_relations(bundled("indicators") / "relations")


@cache
def relation_items() -> dict[str, ItemRow]:
    """Return every subject and way as an indicator, by its code."""
    found = [
        _item(relation, subject, way)
        for relation in relations()
        for subject in relation.subjects
        for way in WAYS
    ]
    return {one.code: one for one in found}


def code_of(relation: Relation, subject: RelationSubject, way: str) -> str:
    """Return the code of the indicator of one way in one subject."""
    return f"{relation.id}-{subject.id}-{WAYS[way]}"


def relation_questions(code: str) -> tuple[str, ...]:
    """Return what is asked about the relation that an indicator is of; nothing for any other."""
    found = next((one for one in relations() if code.startswith(f"{one.id}-")), None)
    return tuple(one.text for one in found.questions) if found else ()


def _item(relation: Relation, subject: RelationSubject, way: str) -> ItemRow:
    heading = f"{_HEADINGS[way]} i {subject.name}, årskurs {relation.stage}"
    code = code_of(relation, subject, way)
    details = {
        "id": code,
        "name": heading,
        "published_label": getattr(subject.own, way),
        "unit": "%",
        "better": "neutral",
        "of": relation.of,
        "reading": relation.reading,
        "caution": relation.caution,
        "cannot_say": relation.cannot_say,
        "sub_goals": [],
        "breaks": _breaks(relation),
        "kolada_links": _links(subject, way, heading),
        "method_source": relation.seen_in,
    }
    return ItemRow(code, code, KIND, heading, [str(relation.school_type)], details)


def _breaks(relation: Relation) -> list[tuple[str, str]]:
    """Return where a new stretch starts: the first spring of a break and the one after it."""
    found: dict[str, str] = {}
    for one in relation.breaks:
        for spring in (min(one.springs), max(one.springs) + 1):
            for period in (f"{spring - 1}/{spring % 100:02}", str(spring)):
                found.setdefault(period, one.reason)
    return list(found.items())


def _links(subject: RelationSubject, way: str, heading: str) -> list[dict[str, str]]:
    kpi = getattr(subject.kolada, way, None)
    if kpi is None or subject.kolada is None:
        return []
    return [{"kpi": kpi, "title": heading, "relation": "same_concept",
             "population": subject.kolada.population}]  # fmt: skip


def questions_of(code: str) -> tuple[str, ...]:
    """Return what is asked about causes when the indicator says something clearly."""
    guide = guide_of(code)
    return guide.questions if guide else relation_questions(code)
