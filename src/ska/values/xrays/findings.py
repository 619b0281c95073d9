"""What a check hands over, and what a column and a line of values are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import polars as pl

from ska.values.xrays.catalogue import RULES, Rule

FEWEST_IN_A_COLUMN = 10
COLUMN = ["is_own", "source", "measure", "area_type", "scope", "gender", "period_type"]
LINE = [*COLUMN, "area_code"]


@dataclass(frozen=True)
class Finding:
    """A fynd: what a rule saw. *subject* is what it is about, *content* what was seen there."""

    rule_id: str
    subject: str
    sentence: str
    content: str
    source: str = ""
    measure: str = ""
    value_id: int | None = None
    import_id: str | None = None  # the import that it came with, when that is known at once

    @property
    def rule(self) -> Rule:
        """Return the rule in words."""
        return RULES[self.rule_id]

    @property
    def key(self) -> str:
        """Return the short name of this very finding; another content gives another."""
        text = "\x1f".join((self.rule_id, self.subject, self.content))
        return hashlib.sha256(text.encode()).hexdigest()[:24]


def made(rule: str, row: dict[str, Any], sentence: str, *content: Any) -> Finding:
    names = (*LINE, "period")
    subject = "|".join(str(row[name]) for name in names if row.get(name) is not None)
    return Finding(
        rule,
        subject,
        sentence,
        "|".join(map(str, content)),
        row["source"],
        row["measure"],
        row.get("value_id"),
    )


def rows_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dicts()
