"""What a check hands over, and the list of checks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from ska.core.text import _
from ska.xrays.definitions import WorkRule
from ska.xrays.rules.work import Work

SEVERITY_WORDS = {
    "must": _("Måste rättas"),
    "should": _("Bör ses över"),
    "consider": _("Värt att fundera på"),
}
ORDER = tuple(SEVERITY_WORDS)


@dataclass(frozen=True)
class Hit:
    """What a check saw: about what, in a sentence, and the address of the form that mends it."""

    subject: object
    sentence: str
    at: str
    unit_id: UUID | None = None
    content: object = ""


@dataclass(frozen=True)
class Finding:
    """Ett fynd: a rule and what it saw."""

    rule: WorkRule
    hit: Hit

    @property
    def key(self) -> str:
        """Return the short name of this very finding; another content gives another."""
        text = "\x1f".join((self.rule.id, str(self.hit.subject), str(self.hit.content)))
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    @property
    def grade(self) -> str:
        """Return its severity in words."""
        return SEVERITY_WORDS[self.rule.severity]


Check = Callable[[Work], Iterator[Hit]]
CHECKS: dict[str, Check] = {}


def check(rule: str) -> Callable[[Check], Check]:
    """Let the function be the check of *rule*; raise ValueError when the rule has one."""

    def declare(function: Check) -> Check:
        if rule in CHECKS:
            raise ValueError(f"{rule} has two checks")
        CHECKS[rule] = function
        return function

    return declare


def examine(work: Work, rules: Iterable[WorkRule]) -> list[Finding]:
    """Return what *rules* find, the gravest first."""
    found = [Finding(rule, hit) for rule in rules for hit in CHECKS[rule.id](work)]
    return sorted(found, key=lambda one: ORDER.index(one.rule.severity))
