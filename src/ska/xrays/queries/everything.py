"""Five years of a huvudman's quality work as plain things, in one statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from sqlalchemy import Select, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.accounts.models import RoleAssignment
from ska.actions import models as acting
from ska.analyses import models as analysing
from ska.core.school_year import SchoolYear
from ska.cycle import models as turning
from ska.framework import models as framing
from ska.organizers.models import SchoolUnit, UnitSchoolType
from ska.values.xrays.models import FalseAlarm
from ska.writing.models import WrittenText
from ska.xrays.rules import done, written

YEARS = 5
NARROWED = (turning.AnnualCycle, turning.CycleStep, acting.Deficiency)
Query = Select[Any]


@dataclass(frozen=True)
class Alarm:
    """A finding that someone has closed as known, with the reason."""

    id: UUID
    finding: str
    reason: str
    person_name: str
    created_at: datetime


def everything(
    session: Session, actor: Actor, organizer_id: UUID, today: date, unit_id: UUID | None = None
) -> dict[str, Any]:
    """Return the things that the person may see by their names in Work, and the alarms.

    With *unit_id* only analyses about that unit, and its steps and brister; all insatser.
    """
    asked = _Asked(actor, organizer_id, today, unit_id)
    parts = {**_written(asked), **_done(asked), **_around(asked)}
    statements = [
        select(literal(name), func.jsonb_build_array(*part.query.subquery().columns, type_=JSONB))
        for name, part in parts.items()
    ]
    makers = {name: _maker(part.thing) for name, part in parts.items()}
    found: dict[str, Any] = {name: [] for name in parts}
    for name, row in session.execute(union_all(*statements)):
        found[name].append(makers[name](row))
    return found


_READ: dict[Any, Callable[[Any], Any]] = {
    UUID: UUID,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    tuple[str, ...]: tuple,
}


def _maker(thing: type[Any]) -> Callable[[list[Any]], Any]:
    """Return what makes a *thing* of a row of JSON, by the types of its fields."""
    hints = get_type_hints(thing)
    readers = [_reader(hints[one.name]) for one in fields(thing)]

    def make(row: list[Any]) -> Any:
        values = (
            value if value is None or read is None else read(value)
            for value, read in zip(row, readers, strict=False)
        )
        return thing(*values)

    return make


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    kinds = [one for one in get_args(hint) if one is not NoneType]
    return _READ.get(kinds[0] if len(kinds) == 1 and hint not in _READ else hint)


@dataclass(frozen=True)
class Part:
    """A kind of thing and the query of its rows, columns in the order of its fields."""

    thing: type[Any]
    query: Query

    def where(self, *conditions: Any) -> Part:
        """Return the part with fewer rows."""
        return Part(self.thing, self.query.where(*conditions))

    def join(self, table: Any, on: Any) -> Part:
        """Return the part joined to *table*."""
        return Part(self.thing, self.query.join(table, on))


@dataclass(frozen=True)
class _Asked:
    """Who asks, about which huvudman, on which day."""

    actor: Actor
    organizer_id: UUID
    today: date
    unit_id: UUID | None = None

    @property
    def since(self) -> int:
        """Return the first läsår that is read."""
        return SchoolYear.containing(self.today).start - YEARS

    @property
    def these_years(self) -> list[Any]:
        """Return the condition of the analyses of these years, those about the unit with one."""
        analysis, about = analysing.Analysis, analysing.AnalysisUnit
        years = [analysis.year >= self.since]
        if self.unit_id is None:
            return years
        with_it = select(about.analysis_id).where(
            about.organizer_id == self.organizer_id, about.unit_id == self.unit_id
        )
        return [*years, or_(analysis.unit_id == self.unit_id, analysis.id.in_(with_it))]

    def all(self, thing: type[Any], table: type[Any], **made: Any) -> Part:
        """Return the query of all *things* that the person may see.

        Their fields are the table's columns of the same name, or *made* of something else.
        """
        query: Query = visible(table, self.actor).where(table.organizer_id == self.organizer_id)
        if self.unit_id is not None and table in NARROWED:
            query = query.where(table.unit_id == self.unit_id)
        return Part(thing, query.with_only_columns(*_columns(thing, table, made)))

    def inside(self, thing: type[Any], table: type[Any], **made: Any) -> Part:
        """Return the query of the *things* in the analyses of these years."""
        analysis = analysing.Analysis
        part = self.all(thing, table, **made)
        query = part.query.join(analysis, analysis.id == table.analysis_id)
        return Part(thing, query.where(*self.these_years))


def _columns(thing: type[Any], table: type[Any], made: dict[str, Any]) -> list[Any]:
    names = [one.name for one in fields(thing) if one.default is MISSING]
    return [made[name] if name in made else getattr(table, name) for name in names]


def _written(asked: _Asked) -> dict[str, Part]:
    own = analysing
    kept = own.Observation.is_kept
    kept_ids = select(own.Observation.id).where(kept)
    of_kept = own.ObservationValue.observation_id.in_(kept_ids)
    has_value = own.ObservationValue.value.is_not(None)
    texts = asked.all(written.SectionText, WrittenText, analysis_id=WrittenText.subject_id)
    return {
        "analyses": asked.all(written.Analysis, own.Analysis).where(*asked.these_years),
        "about": asked.inside(written.About, own.AnalysisUnit),
        "participations": asked.inside(written.Participation, own.Participation),
        "observations": asked.inside(written.Observation, own.Observation).where(kept),
        "pinned": asked.inside(
            written.Pinned, own.ObservationValue, has_value=has_value
        ).where(of_kept),
        "findings": asked.inside(written.Finding, own.Finding),
        "finding_observations": asked.inside(written.FindingObservation, own.FindingObservation),
        "tags": asked.inside(written.Tag, own.FindingTag),
        "causes": asked.inside(written.Cause, own.Cause),
        "evidence": asked.inside(written.Evidence, own.Evidence),
        "areas": asked.inside(written.Area, own.DevelopmentArea),
        "area_causes": asked.inside(written.AreaCause, own.AreaCause),
        "effects": asked.inside(written.Effect, own.ExpectedEffect),
        "texts": texts.join(own.Analysis, own.Analysis.id == WrittenText.subject_id).where(
            *asked.these_years, WrittenText.text != ""
        ),
    }  # fmt: skip


def _done(asked: _Asked) -> dict[str, Part]:
    step, wheel = turning.CycleStep, turning.AnnualCycle
    is_now = wheel.school_year >= SchoolYear.containing(asked.today).start
    board = func.coalesce(step.definition["when"]["kind"].as_string() == "board", False)
    return {
        "actions": asked.all(done.Action, acting.Action),
        "follow_ups": asked.all(done.FollowUp, acting.FollowUp),
        "decisions": asked.all(done.Decision, acting.Decision),
        "deficiencies": asked.all(done.Deficiency, acting.Deficiency),
        "wheels": asked.all(done.Wheel, wheel).where(is_now),
        "steps": asked.all(done.Step, step, follows_board=board)
        .join(wheel, wheel.id == step.cycle_id)
        .where(is_now, step.struck_on.is_(None)),
        "board_dates": asked.all(done.BoardDate, turning.BoardDate),
    }


def _around(asked: _Asked) -> dict[str, Part]:
    tie, item = framing.LocalTie, framing.FrameworkItem
    in_use = framing.LocalIndicator.retired_on.is_(None)
    is_open = SchoolUnit.open_on(literal(asked.today))
    held = select(*_columns(done.Held, RoleAssignment, {}))
    return {
        "units": asked.all(done.Unit, SchoolUnit, is_open=is_open),
        "unit_types": asked.all(done.UnitType, UnitSchoolType),
        "held": Part(done.Held, held).where(RoleAssignment.organizer_id == asked.organizer_id),
        "goals": asked.all(done.Goal, framing.LocalGoal),
        "goal_measures": asked.all(done.GoalMeasure, framing.LocalIndicator).where(in_use),
        "ties": asked.all(done.Tie, tie, item_kind=item.kind).join(item, item.id == tie.item_id),
        "alarms": asked.all(Alarm, FalseAlarm),
    }
