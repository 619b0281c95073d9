"""The account of one file, as programs, pages and the import's row keep it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

import polars as pl

from ska.core.swedish import format_number
from ska.core.text import _
from ska.values.importers.observations import Reading, Scope
from ska.values.rules import status_word

MOST_KEPT = 200
MOST_SAID = 20
MOST_SHOWN = 50
OPERATOR_TYPES = {
    Scope.ALL: "Samtliga",
    Scope.MUNICIPAL: "Kommunal",
    Scope.INDEPENDENT: "Enskild",
    Scope.INTERNATIONAL: "Internationella skolor",
    Scope.STATE: "Statlig",
    Scope.REGION: "Region",
}


@dataclass
class FileReport:
    """The contract for programs: ``cells == sum(by_status) + rejected_cells``.

    ``rejected`` names every rejected cell; what an import keeps names the first of them.
    """

    file: str
    source: str | None = None
    kind: str = ""
    layout: str = ""
    title: str = ""
    periods: list[str] = field(default_factory=list)
    operator_types: list[str] = field(default_factory=list)
    genders: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    rows: int = 0
    cells: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    rejected_cells: int = 0
    new: int = 0
    unchanged: int = 0
    revised: int = 0
    carried_forward: int = 0
    warnings: list[dict[str, str | None]] = field(default_factory=list)
    refused: str | None = None
    import_id: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the report as it is printed, with every rejected cell."""
        return asdict(self)

    def as_kept(self, *, is_own: bool = False) -> dict[str, Any]:
        """Return the report as an import keeps it, with the first of the rejected cells.

        Of a huvudman's own file what stood in them is not kept: it may be a number of few pupils,
        and no gate has judged it.
        """
        kept = self.rejected[:MOST_KEPT]
        if is_own:
            kept = [one | {"raw": None} for one in kept]
        return asdict(self) | {"rejected": kept}

    def in_words(self) -> str:
        """Return the report as a few Swedish lines for a person at a terminal."""
        if self.refused:
            return f"{self.file}: läses inte in. {self.refused}"
        counts = ", ".join(
            f"{format_number(count)} {status_word(status)}"
            for status, count in self.by_status.items()
        )
        lines = [
            f"{self.file}: {self.title}",
            f"  {format_number(self.rows)} rader, {format_number(self.cells)} celler: {counts}",
            f"  {self.new} nya, {self.revised} ändrade, {self.unchanged} oförändrade, "
            f"{self.rejected_cells} avvisade",
        ]
        lines += [f"  Obs: {warning['text']}" for warning in self.warnings]
        lines += [
            f"  Avvisad: rad {one['row']}, {one['column']}, ”{one['raw']}”: {one['reason']}"
            for one in self.rejected[:MOST_SAID]
        ]
        return "\n".join(lines)


def account_of(reading: Reading) -> FileReport:
    """Return what a file holds, before it is compared with what is stored."""
    account, found = reading.report, reading.observations
    scopes = set(found["scope"].unique())
    return FileReport(
        file=account.file,
        source=str(account.source),
        kind=account.kind,
        layout=account.layout,
        title=account.title,
        periods=_distinct(found["period"]),
        operator_types=[word for scope, word in OPERATOR_TYPES.items() if str(scope) in scopes],
        genders=_distinct(found["gender"]),
        measures=reading.measures["code"].to_list(),
        rows=account.rows,
        cells=account.cells,
        by_status=account.by_status,
        rejected=[asdict(one) for one in account.rejections],
        rejected_cells=len(account.rejections),
        carried_forward=found["carried_from"].count(),
        warnings=[asdict(one) for one in account.warnings],
    )


def with_part(whole: FileReport, part: FileReport) -> FileReport:
    """Return the account of a file to which another part of it is added."""
    statuses = whole.by_status.keys() | part.by_status.keys()
    both = set(whole.operator_types) | set(part.operator_types)
    return replace(
        whole,
        periods=sorted({*whole.periods, *part.periods}),
        operator_types=[word for word in OPERATOR_TYPES.values() if word in both],
        genders=sorted({*whole.genders, *part.genders}),
        measures=list(dict.fromkeys([*whole.measures, *part.measures])),
        rows=whole.rows + part.rows,
        cells=whole.cells + part.cells,
        by_status={
            status: whole.by_status.get(status, 0) + part.by_status.get(status, 0)
            for status in sorted(statuses)
        },
        rejected=whole.rejected + part.rejected,
        rejected_cells=whole.rejected_cells + part.rejected_cells,
        carried_forward=whole.carried_forward + part.carried_forward,
        warnings=whole.warnings + part.warnings,
    )


def shown(report: FileReport) -> dict[str, Any]:
    """Return the account as table rows for the page."""
    statuses = [
        (status_word(status), format_number(count)) for status, count in report.by_status.items()
    ]
    statuses.append((_("avvisade"), format_number(report.rejected_cells)))
    statuses.append((_("alla celler"), format_number(report.cells)))
    rejections = [
        (str(one["row"]), one["column"], _stood(one["raw"]), one["reason"])
        for one in report.rejected[:MOST_SHOWN]
    ]
    return {"statuses": statuses, "rejections": rejections}


def _stood(raw: str | None) -> str:
    return _("sparas inte") if raw is None else raw or _("tom")


def exit_code(reports: list[FileReport]) -> int:
    """Return 2 when a file was refused, 1 when a cell was rejected, else 0."""
    if any(report.refused for report in reports):
        return 2
    return 1 if any(report.rejected_cells for report in reports) else 0


def _distinct(column: pl.Series) -> list[str]:
    return column.drop_nulls().unique().sort().to_list()
