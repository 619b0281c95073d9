"""The X-ray of published imports, for whoever runs SKA: at the command line, measure by measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.errors import Missing
from ska.values.models import Measure, ValueImport
from ska.values.queries import published_values
from ska.values.xrays.catalogue import Severity
from ska.values.xrays.findings import Finding
from ska.values.xrays.presence import renamed
from ska.values.xrays.rules import examine, in_order


@dataclass(frozen=True)
class Examined:
    """An import and what is found in its measures, all areas and periods that are known of them."""

    import_id: UUID
    file: str
    findings: list[Finding]

    @property
    def is_stopped(self) -> bool:
        """Tell whether any finding says that the numbers must not be used."""
        return any(one.rule.severity is Severity.STOP for one in self.findings)

    def as_json(self) -> dict[str, object]:
        """Return it as programs read it."""
        told = [
            {
                "id": one.key,
                "rule": one.rule_id,
                "severity": str(one.rule.severity),
                "measure": one.measure,
                "sentence": one.sentence,
                "advice": one.rule.advice,
                "value_id": one.value_id,
            }
            for one in self.findings
        ]
        return {"import_id": str(self.import_id), "file": self.file, "findings": told}

    def in_words(self) -> str:
        """Return it as lines for a person at a terminal."""
        lines = [f"{self.file} ({self.import_id}): {len(self.findings)} fynd"]
        lines += [f"  {one.rule.grade}: {one.sentence}" for one in self.findings]
        return "\n".join(lines)


def examine_imports(session: Session, import_ids: Iterable[UUID]) -> Iterator[Examined]:
    """Yield what is found in each import, the newest alone when none is named.

    One measure is held in memory at a time. Raises Missing for an import that is not there.
    """
    query = select(ValueImport).where(ValueImport.undone_at.is_(None))
    named = list(import_ids)
    if named:
        query = query.where(ValueImport.id.in_(named))
    else:
        query = query.order_by(ValueImport.recorded_at.desc()).limit(1)
    found = {one.id: one for one in session.scalars(query)}
    for import_id in named or list(found):
        if import_id not in found:
            raise Missing(f"Inläsningen {import_id} finns inte bland de publicerade.")
        yield _examined(session, found[import_id])


def _examined(session: Session, made: ValueImport) -> Examined:
    codes = made.report.get("measures") or []
    measures = session.scalars(
        select(Measure.id).where(Measure.source == made.source, Measure.code.in_(codes))
    )
    findings = [
        one
        for measure in measures.all()
        for one in examine(published_values(session, measure).with_columns(is_own=pl.lit(False)))
    ]
    warnings = [(str(made.id), one) for one in made.report.get("warnings", ())]
    return Examined(made.id, made.file, in_order([*findings, *renamed(warnings)]))
