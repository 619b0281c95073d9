"""Made-up schools with published values, among which an insats can be judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from sqlalchemy import select, update
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.base import current
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    DevelopmentAreaFactory,
    ExpectedEffectFactory,
    FollowUpFactory,
)
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import LABEL
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.accounts.models import Person
from ska.actions.models import Action, FollowUp
from ska.core.ids import new_id
from ska.organizers.models import Organizer, SchoolUnit
from ska.values.models import Area, Measure, Series, Value

YEARS = ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")
NEXT = "2026/27"
OWN = "10000030"
CODES = tuple(f"100000{at:02d}" for at in range(60))
LOADED = datetime(2026, 9, 1, tzinfo=UTC)


@dataclass
class Schools:
    """Sixty schools over five years; `publish` adds a year or revises one."""

    measure: int
    series: int
    areas: dict[str, int]
    values: np.ndarray

    def publish(self, period: str, numbers: dict[str, float], *, n: int = 24) -> None:
        """Publish a year's values; those that stand are superseded."""
        assert current.as_owner is not None
        now = datetime.now(UTC)
        with current.as_owner() as session:
            session.execute(
                update(Value)
                .where(
                    Value.series_id == self.series,
                    Value.period == period,
                    Value.area_id.in_([self.areas[code] for code in numbers]),
                    Value.superseded_at.is_(None),
                )
                .values(superseded_at=now)
            )
            session.add_all(
                _value(self.series, self.areas[code], period, number, n, now)
                for code, number in numbers.items()
            )

    def year(self, step: float = 0.0, seed: int = 2) -> dict[str, float]:
        """Return a year like the others, with *step* added to the own school."""
        noise = np.random.default_rng(seed).normal(0, 3, len(CODES))
        level = self.values.mean(axis=1)
        found = dict(zip(CODES, np.round(level + noise, 1).tolist(), strict=True))
        found[OWN] = round(float(level[CODES.index(OWN)]) + step, 1)
        return found


def _value(series: int, area: int, period: str, number: float, n: int, at: datetime) -> Value:
    return Value(
        series_id=series, area_id=area, period=period, value=min(max(number, 0.0), 100.0), n=n,
        status="value", finality="final", import_id=new_id(), recorded_at=at,
    )  # fmt: skip


def schools(area_type: str = "school_unit", seed: int = 1) -> Schools:
    """Store the schools with five years of the share that passed all subjects."""
    random = np.random.default_rng(seed)
    level = random.normal(60, 8, (len(CODES), 1))
    level[CODES.index(OWN)] = 60
    values = np.clip(np.round(level + random.normal(0, 3, (len(CODES), len(YEARS))), 1), 0, 100)
    assert current.as_owner is not None
    with current.as_owner() as session:
        measure = session.scalar(select(Measure).where(Measure.code == LABEL))
        if measure is None:
            measure = Measure(source="skolverket_pxweb", code=LABEL, title=LABEL, unit="%")
            session.add(measure)
            session.flush()
        series = Series(
            measure_id=measure.id, area_type=area_type, scope="all", gender="T",
            period_type="school_year", definition_version=1,
        )  # fmt: skip
        areas = [
            Area(
                area_type=area_type, code=code, name=f"Skola {code[-2:]}",
                organizer_number="2120001234" if code == OWN else "2120009999",
                unit_code=code if area_type == "school_unit" else None,
            )
            for code in CODES
        ]  # fmt: skip
        session.add_all([series, *areas])
        session.flush()
        session.add_all(
            _value(series.id, area.id, period, float(values[row, at]), 24, LOADED)
            for row, area in enumerate(areas)
            for at, period in enumerate(YEARS)
        )
        return Schools(measure.id, series.id, {a.code: a.id for a in areas}, values)


@dataclass
class Started:
    """An insats at a school with its follow-up, among published schools."""

    organizer: Organizer
    unit: SchoolUnit
    person: Person
    action: Action
    follow_up: FollowUp
    schools: Schools
    effect_id: object

    @property
    def path(self) -> str:
        """Return the address of the insats."""
        return f"/{self.organizer.slug}/insatser/{self.action.id}"


def started() -> Started:
    """Store the schools and an insats at one of them that has just started."""
    load_shipped()
    ekhult = OrganizerFactory(name="Ekhult", organisation_number="2120001234")
    unit = SchoolUnitFactory(organizer=ekhult, name="Centralskolan", school_unit_code=OWN)
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    analysis = AnalysisFactory(organizer=ekhult, unit=unit)
    area = DevelopmentAreaFactory(analysis=analysis)
    effect = ExpectedEffectFactory(
        analysis=analysis, area_id=area.id, text="Fler klarar alla ämnen",
        expected_by=date(2027, 6, 11),
    )  # fmt: skip
    action = ActionFactory(area=area, unit_id=unit.id, state="in_force")
    follow_up = FollowUpFactory(action=action, unit_id=unit.id, planned_on=date(2027, 10, 1))
    return Started(ekhult, unit, kim, action, follow_up, schools(), effect.id)
