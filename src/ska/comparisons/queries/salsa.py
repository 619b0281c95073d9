"""SALSA: what the own schools reached, and what Skolverket's model expects of them.

The values are those that Skolverket publishes. A period that has none there may have what the
huvudman read in as own values under the same names; the two are never mixed in a period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.charts import ACTUAL, EXPECTED, Chart, ExpectedRow, ExpectedSpec, expected_chart
from ska.core.swedish import sort_key
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.queries.pages import UnitRow, units_to_choose
from ska.overview.rules.pinning import MOST_PINNED, PinnedValue, ToPin
from ska.overview.rules.trends import said_source
from ska.statistics import Measure
from ska.values.importers.observations import Source
from ska.values.importers.planned_names import SALSA
from ska.values.known import said_of
from ska.values.own import Asked, cells
from ska.values.rules import word_beside

SCHOOL_TYPE = "compulsory_school"
_PUBLISHED = "m.source = 'salsa' AND m.code = ANY(%(codes)s) AND a.unit_code = ANY(%(units)s)"


@dataclass(frozen=True)
class Modelled:
    """What the model is of: its word, unit and indicator, and Skolverket's names of its values."""

    key: str
    word: str
    unit: str
    indicator: str
    actual: str
    expected: str
    deviation: str

    @property
    def has_trust_card(self) -> bool:
        """Tell whether what is modelled is an indicator, with a card of what it can say."""
        return self.indicator != "salsa"

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the three names."""
        return (self.actual, self.expected, self.deviation)

    @property
    def titles(self) -> dict[str, str]:
        """Return what own values of the three are called, each with its name at Skolverket."""
        return {f"SALSA: {SALSA[code][0]}": code for code in self.codes}


MODELLED = (
    Modelled(
        "meritvarde", _("Meritvärde"), _("poäng"), "salsa", "salsaAverageGradesIn9thGradeActual",
        "salsaAverageCalculated", "salsaAverageGradesIn9thGradeDeviation",
    ),
    Modelled(
        "alla-amnen", _("Godkänt i alla ämnen, andel i procent"), "%", "gr-alla-amnen-ak9",
        "salsaRequirementsReachedActual", "salsaRequirementsReachedCalculated",
        "salsaRequirementsReachedDeviation",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class AskedSalsa:
    """What is asked for: what is modelled, when, and as known on which day.

    *back* counts periods before the latest, where none is named.
    """

    key: str = ""
    period: str = ""
    known: date | None = None
    back: int = 0

    @property
    def modelled(self) -> Modelled:
        """Return what is modelled, the first when the address names none."""
        return next((one for one in MODELLED if one.key == self.key), MODELLED[0])


@dataclass(frozen=True)
class SalsaView:
    """The page: what is modelled, which years there are, and the picture; None without schools.

    *ids* lead from a school and one of the model's names to the row of its value; *shares* are
    what schools reached, by name, where it is a share of a known number.
    """

    asked: AskedSalsa
    modelled: Modelled
    periods: list[str]
    period: str
    units: list[UnitRow] = field(default_factory=list)
    rows: tuple[ExpectedRow, ...] = ()
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    chart: Chart | None = None
    shares: tuple[tuple[str, Measure], ...] = ()

    @property
    def query(self) -> str:
        """Return the address's question that gives this very view again."""
        day = f"&kant={self.asked.known}" if self.asked.known else ""
        return f"?matt={self.modelled.key}&nar={quote(self.period, safe='')}{day}"

    def to_pin(self, organizer: Organizer, home: UUID | None) -> ToPin:
        """Return what was reached and what the model gives, at *home* first, for an analysis."""
        unit = next((one for one in self.units if one.id == home), None)
        slug = unit.slug if unit else ""
        return ToPin(
            code=self.modelled.indicator,
            heading=_("SALSA: {what}").format(what=self.modelled.word.lower()),
            here=unit.name if unit else organizer.name,
            unit_id=unit.id if unit else None,
            sentence=self.chart.sentence if self.chart else "",
            source=self.chart.source if self.chart else "",
            population="",
            unit_of_measure=self.modelled.unit,
            values=tuple(self._pinned(slug))[:MOST_PINNED],
            at=f"/jamfor/salsa{self.query}",
        )

    def _pinned(self, first: str) -> Iterator[PinnedValue]:
        known = sorted((one for one in self.rows if one.is_known), key=lambda one: one.key != first)
        for one in known:
            codes, values = self.modelled.codes, (one.actual, one.expected)
            for code, word, value in zip(codes, (ACTUAL, EXPECTED), values, strict=False):
                label = f"{one.name}, {word.lower()} {self.period}"
                yield PinnedValue(label, value or 0.0, None, self.ids.get((one.key, code)))


def salsa_view(
    session: Session, actor: Actor, organizer: Organizer, asked: AskedSalsa
) -> SalsaView:
    """Return the huvudman's schools with year 9 beside the model, a to ö."""
    units = units_to_choose(session, actor, organizer.id)
    values = read_salsa(session, actor, organizer, units, [asked.modelled], asked.known)
    return salsa_in(values, units, asked)


def salsa_in(values: pl.DataFrame, units: Sequence[UnitRow], asked: AskedSalsa) -> SalsaView:
    """Return the schools among *units* beside the model, from *values* that were read."""
    modelled, units = asked.modelled, _with_year_9(units)
    values = values.filter(pl.col("measure").is_in(modelled.codes))
    values = values.filter(pl.col("rank") == pl.col("rank").min().over("period"))
    periods = sorted(values["period"].unique(), reverse=True)
    usual = next(iter(periods[asked.back :]), periods[-1] if periods else "")
    chosen = asked.period if asked.period in periods else usual
    view = SalsaView(asked, modelled, periods, chosen, units)
    if not chosen:
        return view
    now = values.filter(pl.col("period") == chosen)
    rows = tuple(_rows(units, now, modelled))
    spec = ExpectedSpec(
        id="salsa",
        name=_("SALSA: {what}").format(what=modelled.word.lower()),
        source=_source(now, asked.known),
        caution=_(
            "Läs avvikelsen som ett års avläsning. Se till flera år innan ni drar en slutsats."
        ),
        unit="",
        rows=rows,
        period=chosen,
    )
    slugs = {one.school_unit_code: one.slug for one in units}
    told = now.select("unit_code", "measure", "value_id").rows()
    ids = {(slugs[code], measure): value_id for code, measure, value_id in told}
    shares = tuple(_shares(now, modelled, {one.school_unit_code: one.name for one in units}))
    return replace(view, rows=rows, ids=ids, chart=expected_chart(spec), shares=shares)


def _shares(
    now: pl.DataFrame, modelled: Modelled, names: Mapping[str | None, str]
) -> Iterator[tuple[str, Measure]]:
    reached = now.filter(pl.col("measure") == modelled.actual).select("unit_code", "value", "n")
    known = [row for row in reached.rows() if row[1] is not None and row[2]]
    if modelled.unit != "%":
        return
    for code, value, n in sorted(known, key=lambda row: sort_key(names[row[0]])):
        yield names[code], Measure(value, n, decimals=0)


def read_salsa(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    units: Sequence[UnitRow],
    modelled: Sequence[Modelled],
    known: date | None = None,
) -> pl.DataFrame:
    """Return the values of the schools among *units*; *rank* is lower where they are published."""
    codes = [one.school_unit_code or "" for one in _with_year_9(units)]
    names = [code for one in modelled for code in one.codes]
    titles = {title: code for one in modelled for title, code in one.titles.items()}
    wanted = Asked(
        (*names, *titles),
        published=_PUBLISHED,
        parameters={"codes": names, "units": codes},
        known=known,
    )
    found = cells(session, actor, organizer.id, wanted).with_columns(
        unit_code=pl.coalesce("unit_code", "area_code"),
        measure=pl.col("measure").replace(titles),
        rank=pl.col("is_own").cast(pl.Int8) + (pl.col("source") != str(Source.SALSA)),
    )
    return found.filter(pl.col("unit_code").is_in(codes), pl.col("gender") == "T")


def _with_year_9(units: Sequence[UnitRow]) -> list[UnitRow]:
    return [
        one
        for one in units
        if one.school_unit_code and SCHOOL_TYPE in (one.school_types or (SCHOOL_TYPE,))
    ]


def _source(now: pl.DataFrame, known: date | None) -> str:
    then = f", {said_of(known)}" if known else ""
    if str(Source.SALSA) in now["source"]:
        return _("Skolverket, SALSA{then}. Modellen räknas om varje år.").format(then=then)
    newest = now["recorded_at"].dt.date().max()
    return f"{said_source([str(Source.LOCAL)], newest)}{then}."


def _rows(units: list[UnitRow], now: pl.DataFrame, modelled: Modelled) -> list[ExpectedRow]:
    """Return the schools that the model knows, alphabetically."""
    told: dict[str, dict[str, Any]] = {}
    for row in now.iter_rows(named=True):
        told.setdefault(row["unit_code"], {})[row["measure"]] = row
    known = [one for one in units if one.school_unit_code in told]
    ordered = sorted(known, key=lambda one: sort_key(one.name))
    return [_row(one, told[one.school_unit_code or ""], modelled) for one in ordered]


def _row(unit: UnitRow, told: dict[str, Any], modelled: Modelled) -> ExpectedRow:
    actual, expected, deviation = (told.get(code) or {} for code in modelled.codes)
    status = actual.get("status") or expected.get("status") or "missing"
    values = (actual.get("value"), expected.get("value"), deviation.get("value"))
    return ExpectedRow(unit.slug, unit.name, *values, word=word_beside(status))
