"""Answers counted together to unit × question; nothing of a single answer is kept."""

from __future__ import annotations

import polars as pl

from ska.core.swedish import count_words, format_number
from ska.values.importers.cells import SHORT_POINT, SWEDISH_NUMBER, tidy
from ska.values.importers.observations import Report
from ska.values.rules import FEWEST_WITH_SPREAD, Cell, Origin, ValueStatus, status_shown

_KEY = ["område", "period", "kön"]
_SAID = {
    ValueStatus.HIDDEN_BY_RULE: "för få",
    ValueStatus.ROUNDED_NEAR_100: "~100",
}
Question = tuple[str, str, str, list[str]]


def together(
    answers: pl.DataFrame, questions: list[Question], limit: int, report: Report
) -> pl.DataFrame:
    """Return our own long table of the answers: a mean or a share, and how many stand behind it.

    Beside a mean stands how the answers differ, where they are many.

    What may not be shown inside the huvudman (decision 27) is gone here, before anything is kept.
    """
    known = answers.filter(pl.col("område") != "")
    unknown = answers.height - known.height
    rows = []
    for cell, name, unit, counted in questions:
        number = _share(cell, counted) if counted else _number(cell)
        asked = known.filter(pl.col(cell) != "").with_columns(number=number)
        unknown += asked["number"].null_count()
        grouped = (
            asked.filter(pl.col("number").is_not_null())
            .group_by(_KEY, maintain_order=True)
            .agg(
                n=pl.len(),
                mean=pl.col("number").mean(),
                spread=pl.col("number").std(),
                row=pl.col("row").first(),
            )
        )
        rows += [
            {**dict(zip(_KEY, key, strict=True)), "row": row, "mått": name, "column": name,
             "enhet": unit} | _shown(mean, n, unit, limit) | _spread(spread, n, unit)
            for *key, n, mean, spread, row in grouped.iter_rows()
        ]  # fmt: skip
    if unknown:
        said = count_words(unknown, "svar", "svar")
        report.warn("answers_not_counted", f"{said} är tomma eller har inget tal och räknas inte.")
    texts = ("mått", *_KEY, "värde", "antal", "standardavvikelse", "enhet", "column")
    return pl.DataFrame(rows, schema={"row": pl.Int64} | dict.fromkeys(texts, pl.String))


def _spread(spread: float | None, n: int, unit: str) -> dict[str, str]:
    """Return how the answers behind a mean differ, where it may be used (`told_spread`)."""
    if unit == "%" or n < FEWEST_WITH_SPREAD or not spread:
        return {"standardavvikelse": ""}
    return {"standardavvikelse": format_number(spread, 2)}


def _number(cell: str) -> pl.Expr:
    text = tidy(pl.col(cell))
    plain = text.str.replace_all(r"[ %]", "").str.replace(",", ".", literal=True)
    is_number = text.str.contains(f"{SWEDISH_NUMBER}|{SHORT_POINT}")
    return pl.when(is_number).then(plain.cast(pl.Float64, strict=False))


def _share(cell: str, counted: list[str]) -> pl.Expr:
    """Return 100 for an answer that counts, else 0; of several answers one is enough."""
    said = tidy(pl.col(cell)).str.to_lowercase()
    parts = said.str.split(";").list.eval(pl.element().str.strip_chars())
    hit = said.is_in(counted) | parts.list.eval(pl.element().is_in(counted)).list.any()
    return pl.when(hit).then(100.0).otherwise(0.0)


def _shown(mean: float, n: int, unit: str, limit: int) -> dict[str, str]:
    cell = Cell(ValueStatus.VALUE, mean, n, is_share=unit == "%")
    status = status_shown(cell, Origin.OWN, limit)
    if status is ValueStatus.VALUE:
        return {"värde": format_number(mean, 2), "antal": str(n)}
    return {"värde": _SAID[status], "antal": ""}
