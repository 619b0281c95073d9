"""An edition as a whole: its fingerprint, and whether its parts agree with each other."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ska.framework.definitions.common import Part
from ska.framework.definitions.edition import EditionFile, EditionHead
from ska.framework.definitions.indicator import Candidate, Indicator, Mapping
from ska.framework.definitions.problems import Problem

NOT_IN_DIGEST = {"released", "status"}


@dataclass(frozen=True)
class Edition:
    """An edition as read: its main file, indicators, candidates, mappings and fingerprint."""

    file: EditionFile
    indicators: tuple[Indicator, ...]
    candidates: tuple[Candidate, ...]
    mappings: tuple[Mapping, ...]

    @property
    def head(self) -> EditionHead:
        """Return the edition's id, name, status and source."""
        return self.file.edition

    @property
    def digest(self) -> str:
        """Return the sha256 of the content: comments, key order, status and release day aside."""
        return digest_of(self)


def digest_of(edition: Edition) -> str:
    """Return the sha256 of the content: comments, order of keys, status and release day aside.

    What a file leaves out is left out here too, so that a new version of SKA that knows one more
    optional field sees the same edition.
    """
    file = _said(edition.file)
    file["edition"] = {k: v for k, v in file["edition"].items() if k not in NOT_IN_DIGEST}
    content = {
        "file": file,
        "indicators": sorted((_said(one) for one in edition.indicators), key=_by_id),
        "candidates": sorted((_said(one) for one in edition.candidates), key=_by_id),
        "mappings": [_said(one) for one in edition.mappings],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _said(part: Part) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude_defaults=True)


def check_references(edition: Edition, folder: str) -> Iterator[Problem]:
    """Yield what points at nothing, is said twice, or stands in the wrong folder."""
    file = edition.file
    if file.edition.id != folder:
        words = f"utgåvan heter {file.edition.id}, mappen {folder}"
        yield Problem(folder, None, "edition.id", words)
    ids = _ids_of(edition)
    for name in _repeated(ids):
        yield Problem(folder, None, name, "id används två gånger i utgåvan")
    for label in _repeated(i.published_label for i in edition.indicators):
        yield Problem(folder, None, "published_label", f"”{label}” hör till två indikatorer")
    known = {
        "sources": {s.id for s in file.sources},
        "sub_goals": {s.id for s in file.sub_goals},
        "objective": {o.id for o in file.objectives},
        "areas": {a.id for a in file.areas},
        "suggested_areas": {a.id for a in file.areas},
        "members": {i.id for i in edition.indicators},
        "success_factor": {f.id for f in file.success_factors},
    }
    for owner, field, value in _references(edition):
        if value not in known[field]:
            yield Problem(folder, None, f"{owner}.{field}", f"{value} finns inte i utgåvan")


def _repeated(values: Iterable[str]) -> list[str]:
    return sorted(value for value, times in Counter(values).items() if times > 1)


def _ids_of(edition: Edition) -> Iterator[str]:
    file = edition.file
    groups: tuple[Iterable[Any], ...] = (
        file.objectives, file.sub_goals, file.success_factors, file.areas, file.questions,
        file.dialogue, file.groups, file.requirements, edition.indicators, edition.candidates,
    )  # fmt: skip
    for group in groups:
        yield from (part.id for part in group)
    for factor in file.success_factors:
        yield from (question.id for question in factor.questions)
    for curriculum in file.curricula:
        yield curriculum.id
        yield from (area.id for area in curriculum.areas)


def _references(edition: Edition) -> Iterator[tuple[str, str, str]]:
    file = edition.file
    parts: list[Any] = [
        file.edition, *file.areas, *file.objectives, *file.sub_goals, *file.success_factors,
        *file.questions, *file.dialogue, *file.groups, *file.gaps, *file.revisions,
        *file.requirements, *(a for c in file.curricula for a in c.areas),
        *edition.indicators, *edition.candidates,
    ]  # fmt: skip
    for part in parts:
        owner = getattr(part, "id", None) or part.source_id
        for field in ("sources", "sub_goals", "areas", "suggested_areas", "members"):
            yield from ((owner, field, value) for value in getattr(part, field, ()))
        for field in ("objective", "success_factor"):
            if value := getattr(part, field, None):
                yield owner, field, value


def _by_id(part: dict[str, Any]) -> str:
    return str(part["id"])
