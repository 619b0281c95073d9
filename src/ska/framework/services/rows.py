"""From an edition as read to the rows that hold it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ska.framework.definitions import Edition, Worded

Row = dict[str, Any]


def head_row(edition: Edition) -> Row:
    """Return the edition's own row; what has no item of its own lies in *details*."""
    head, file = edition.head, edition.file
    details = file.model_dump(
        mode="json", include={"school_types", "groups", "dialogue", "revisions", "gaps"}
    )
    details["mappings"] = [mapping.model_dump(mode="json") for mapping in edition.mappings]
    names = ("id", "kind", "name", "publisher", "status", "published", "released", "url")
    return {
        **{name: getattr(head, name) for name in (*names, "replaces", "text_note")},
        "digest": edition.digest,
        "sources": {source.id: source.model_dump(mode="json") for source in file.sources},
        "details": details,
    }


def item_rows(edition: Edition) -> list[Row]:
    """Return a row for each item, parents before children, in the order of the files."""
    rows = [*_system(edition), *_measures(edition), *_law_and_curricula(edition)]
    for position, row in enumerate(rows):
        row["edition_id"] = edition.head.id
        row["id"] = f"{edition.head.id}/{row['code']}"
        row["position"] = position
        if row["parent_id"]:
            row["parent_id"] = f"{edition.head.id}/{row['parent_id']}"
    return rows


def link_rows(edition: Edition) -> list[Row]:
    """Return which indicator measures which delmål, and how that is known."""
    name = edition.head.id
    return [
        {
            "item_id": f"{name}/{indicator.id}",
            "to_id": f"{name}/{goal}",
            "certainty": str(indicator.certainty.get("sub_goal", "not_seen")),
        }
        for indicator in edition.indicators
        for goal in indicator.sub_goals
    ]


def _row(part: Any, kind: str, heading: str, **values: Any) -> Row:
    worded = part if isinstance(part, Worded) else None
    return {
        "code": part.id,
        "kind": kind,
        "heading": heading,
        "heading_is_official": worded.heading_is_official if worded else False,
        "text": worded.text if worded else None,
        "text_status": str(worded.text_status) if worded else None,
        "parent_id": None,
        "number": None,
        "school_types": [],
        "published_label": None,
        "details": part.model_dump(mode="json"),
        **values,
    }


def _system(edition: Edition) -> Iterator[Row]:
    file = edition.file
    of = {objective.id: str(objective.school_type) for objective in file.objectives}
    for area in file.areas:
        yield _row(area, "area", area.name)
    for objective in file.objectives:
        yield _row(objective, "objective", objective.heading, school_types=[of[objective.id]])
    for goal in file.sub_goals:
        yield _row(
            goal,
            "sub_goal",
            goal.heading,
            parent_id=goal.objective,
            number=goal.number,
            school_types=[of[goal.objective]],
        )
    for factor in file.success_factors:
        yield _row(factor, "success_factor", factor.heading)
    if file.self_assessment:
        yield _row(file.self_assessment, "self_assessment", file.self_assessment.heading)
    for question in file.questions:
        yield _row(question, "question", question.text)


def _measures(edition: Edition) -> Iterator[Row]:
    for indicator in edition.indicators:
        yield _row(
            indicator,
            "indicator" if indicator.role == "goal" else "condition",
            indicator.name,
            school_types=[str(indicator.school_type)],
            published_label=indicator.published_label,
        )
    for candidate in edition.candidates:
        types = [str(school_type) for school_type in candidate.school_types]
        yield _row(candidate, "candidate", candidate.name, school_types=types)


def _law_and_curricula(edition: Edition) -> Iterator[Row]:
    for requirement in edition.file.requirements:
        yield _row(requirement, "requirement", requirement.heading)
    for curriculum in edition.file.curricula:
        types = [str(school_type) for school_type in curriculum.school_types]
        yield _row(curriculum, "curriculum", curriculum.name, school_types=types)
        for area in curriculum.areas:
            yield _row(
                area,
                "curriculum_area",
                area.heading,
                heading_is_official=True,
                parent_id=curriculum.id,
                school_types=types,
            )
