"""The rules of the X-ray as data: what each looks for, its ground, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from ska.derived.definitions import Derived
from ska.framework.definitions import (
    BrokenEdition,
    Part,
    Problem,
    json_schemas,
    read_edition,
    read_file,
)
from ska.framework.definitions.common import Address, Code, Text

FOLDER = "work-rules"
Theme = Literal["analysis", "actions", "years", "wheel", "people"]
Severity = Literal["must", "should", "consider"]
Thing = Literal[
    "action", "analysis", "area", "board_date", "cause", "decision", "deficiency", "effect",
    "evidence", "finding", "follow_up", "goal", "indicator", "observation", "participation",
    "requirement", "role", "step", "tag", "text", "tie", "unit", "value", "wheel",
]  # fmt: skip


class Ground(Part):
    """En grund for rules: the law's paragraph, advice that was read, or our own choice."""

    id: Code
    kind: Literal["law", "advice", "local"]
    words: Text
    address: Address | None = None


class GroundFile(Part):
    """The grounds that are no paragraphs."""

    grounds: tuple[Ground, ...]


class WorkRule(Part):
    """En regel: what it looks for and across what, its ground, severity, and what to do."""

    id: Code
    name: Text
    looks_for: Text
    advice: Text
    ground: Code
    severity: Severity
    across: Annotated[tuple[Thing, ...], Field(min_length=1)]
    over_years: bool = False
    five_minutes: bool = False  # what it finds is mended in one sitting, for Tisdagskvarten

    @property
    def looks_across(self) -> bool:
        """Tell whether the rule puts two kinds of thing, or two years, beside each other."""
        return len(self.across) > 1 or self.over_years


class RuleFile(Part):
    """The rules of one theme."""

    theme: Theme
    name: Text
    rules: Annotated[tuple[WorkRule, ...], Field(min_length=1)]


class Catalogue(Part):
    """All rules by theme, and all they stand on by id."""

    themes: tuple[RuleFile, ...]
    grounds: dict[str, Ground]

    @property
    def rules(self) -> dict[str, WorkRule]:
        """Return the rules by id, in the order of the themes."""
        return {rule.id: rule for theme in self.themes for rule in theme.rules}


THEMES: tuple[Theme, ...] = ("analysis", "actions", "years", "wheel", "people")


def read_rules(root: Path) -> Catalogue:
    """Return the catalogue under *root*; raise BrokenEdition with every mistake found."""
    problems: list[Problem] = []
    folder = root / FOLDER
    themes = [read_file(folder / f"{theme}.yaml", RuleFile, problems) for theme in THEMES]
    own = read_file(folder / "grounds.yaml", GroundFile, problems)
    law = {
        one.id: Ground(
            id=one.id, kind="law", words=f"{one.law}, {one.reference}. {one.text}", address=one.url
        )
        for one in read_edition(root / "skollagen-4").file.requirements
    }
    grounds = law | {one.id: one for one in (own.grounds if own else ())}
    found = tuple(one for one in themes if one)
    seen: set[str] = set()
    for theme in found:
        for rule in theme.rules:
            if rule.ground not in grounds:
                problems.append(_problem(theme, rule, "ground", f"{rule.ground} finns inte"))
            if rule.id in seen:
                problems.append(_problem(theme, rule, "id", "id används två gånger"))
            seen.add(rule.id)
    if problems:
        raise BrokenEdition(problems)
    return Catalogue(themes=found, grounds=grounds)


def _problem(theme: RuleFile, rule: WorkRule, field: str, words: str) -> Problem:
    return Problem(f"{FOLDER}/{theme.theme}.yaml", None, f"{rule.id}.{field}", words)


def all_schemas() -> dict[str, str]:
    """Return file name → text of every JSON schema that stands in indicators/."""
    above: dict[str, type[BaseModel]] = {
        "derived.schema.json": Derived,
        "work-rules.schema.json": RuleFile,
        "work-rule-grounds.schema.json": GroundFile,
    }
    return json_schemas() | json_schemas(above)
