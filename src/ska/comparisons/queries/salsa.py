"""SALSA as Skolverket publishes it: what the own schools reached, and what the model expects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.charts import Chart, ExpectedRow, ExpectedSpec, expected_chart
from ska.core.swedish import sort_key
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.queries.pages import UnitRow, units_to_choose
from ska.values.importers.observations import Source
from ska.values.queries import published_values_at_units
from ska.values.rules import word_beside

SCHOOL_TYPE = "compulsory_school"


@dataclass(frozen=True)
class Modelled:
    """What the model is of: its word, and Skolverket's names of the three values."""

    key: str
    word: str
    actual: str
    expected: str
    deviation: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the three names."""
        return (self.actual, self.expected, self.deviation)


MODELLED = (
    Modelled(
        "meritvarde", _("Meritvärde"), "salsaAverageGradesIn9thGradeActual",
        "salsaAverageCalculated", "salsaAverageGradesIn9thGradeDeviation",
    ),
    Modelled(
        "alla-amnen", _("Godkänt i alla ämnen, andel i procent"), "salsaRequirementsReachedActual",
        "salsaRequirementsReachedCalculated", "salsaRequirementsReachedDeviation",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class SalsaView:
    """The page: what is modelled, which years there are, and the picture; None without schools."""

    modelled: Modelled
    periods: list[str]
    period: str
    chart: Chart | None


def salsa_view(
    session: Session, actor: Actor, organizer: Organizer, key: str, period: str
) -> SalsaView:
    """Return the huvudman's schools with year 9 beside the model, a to ö."""
    modelled = next((one for one in MODELLED if one.key == key), MODELLED[0])
    units = [
        one
        for one in units_to_choose(session, actor, organizer.id)
        if one.school_unit_code and SCHOOL_TYPE in (one.school_types or (SCHOOL_TYPE,))
    ]
    codes = [one.school_unit_code or "" for one in units]
    rows = published_values_at_units(session, Source.SALSA, modelled.codes, codes)
    periods = sorted(rows["period"].unique(), reverse=True)
    chosen = period if period in periods else next(iter(periods), "")
    if not chosen:
        return SalsaView(modelled, periods, "", None)
    now = rows.filter(pl.col("period") == chosen)
    spec = ExpectedSpec(
        id="salsa",
        name=_("SALSA: {what}").format(what=modelled.word.lower()),
        source=_("Skolverket, SALSA. Modellen räknas om varje år."),
        caution=_(
            "Läs avvikelsen som ett års avläsning. Se till flera år innan ni drar en slutsats."
        ),
        unit="",
        rows=tuple(_rows(units, now, modelled)),
        period=chosen,
    )
    return SalsaView(modelled, periods, chosen, expected_chart(spec))


def _rows(units: list[UnitRow], now: pl.DataFrame, modelled: Modelled) -> list[ExpectedRow]:
    """Return the schools that the model knows, alphabetically."""
    told: dict[str, dict[str, Any]] = {}
    for row in now.iter_rows(named=True):
        told.setdefault(row["unit_code"], {})[row["measure"]] = row
    known = [one for one in units if one.school_unit_code in told]
    ordered = sorted(known, key=lambda one: sort_key(one.name))
    return [_row(one, told[one.school_unit_code or ""], modelled) for one in ordered]


def _row(unit: UnitRow, cells: dict[str, Any], modelled: Modelled) -> ExpectedRow:
    actual, expected, deviation = (cells.get(code) or {} for code in modelled.codes)
    status = actual.get("status") or expected.get("status") or "missing"
    values = (actual.get("value"), expected.get("value"), deviation.get("value"))
    return ExpectedRow(unit.slug, unit.name, *values, word=word_beside(status))
