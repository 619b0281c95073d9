"""Seed the demo's numbers: own measures, own values in two turns, and accepted shifts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.demo.chain import Acting, moment_of
from ska.demo.definitions import OrganizerSeed, ShiftSeed, ValueSeed
from ska.framework.forms import LocalIndicatorForm
from ska.framework.services.local import add_local_indicator
from ska.organizers.models import Organizer, SchoolUnit
from ska.overview.forms import ShiftForm
from ska.overview.queries.indicator import indicator_view
from ska.overview.queries.pages import Choice, local_items
from ska.overview.rules.shapes import Shape
from ska.overview.rules.shifts import Line
from ska.overview.services import accept_shift
from ska.values import services
from ska.values.given import Given

HEAD = (
    "mått",
    "område",
    "områdesnamn",
    "kön",
    "grupp",
    "slag",
    "period",
    "värde",
    "antal",
    "enhet",
    "standardavvikelse",
)


def seed_measures(
    session: Session, organizer: Organizer, actor: Actor, seeds: Iterable[dict[str, Any]]
) -> None:
    """Add the huvudman's own measures."""
    for one in seeds:
        form = LocalIndicatorForm.model_validate(one)
        add_local_indicator(session, actor, organizer_id=organizer.id, form=form)


def seed_values(
    session: Session,
    organizer: Organizer,
    actor: Actor,
    seed: OrganizerSeed,
    units: dict[str, SchoolUnit],
) -> None:
    """Read in what was known when the insatser began; all where no outcome is told apart."""
    until = seed.outcome_from
    _read_in(session, organizer, actor, _rows(seed, units, lambda one: not until or one < until))


def seed_outcome(
    session: Session,
    organizer: Organizer,
    actor: Actor,
    seed: OrganizerSeed,
    units: dict[str, SchoolUnit],
) -> None:
    """Read in what has come since the insatser began."""
    since = seed.outcome_from
    if since:
        _read_in(session, organizer, actor, _rows(seed, units, lambda one: one >= since))


def _rows(
    seed: OrganizerSeed, units: dict[str, SchoolUnit], wanted: Callable[[str], bool]
) -> list[list[Any]]:
    columns = [series for one in seed.columns for series in one.series()]
    return [
        row
        for one in (*seed.values, *columns)
        for row in _rows_of(one, _code(seed, units, one), wanted)
    ]


def _code(seed: OrganizerSeed, units: dict[str, SchoolUnit], one: ValueSeed) -> str | None:
    unit = units.get(one.area)
    return unit.school_unit_code if unit else seed.organisation_number


def _rows_of(
    seed: ValueSeed, code: str | None, wanted: Callable[[str], bool]
) -> Iterable[list[Any]]:
    whose = [seed.measure, code, seed.area, seed.gender, seed.group, seed.about]
    for period, value, n, *spread in seed.rows:
        if wanted(period):
            shown = value if isinstance(value, str) else str(value).replace(".", ",")
            yield [*whose, period, shown, n or "", seed.unit, *_spread(spread)]


def _spread(told: Sequence[float]) -> list[str]:
    return [str(told[0]).replace(".", ",") if told else ""]


def _read_in(
    session: Session, organizer: Organizer, actor: Actor, rows: Iterable[list[Any]]
) -> None:
    """Read the own values in as a file, the way a quality lead would."""
    told = list(rows)
    if not told:
        return
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows([HEAD, *told])
    given = Given((("egna-varden.csv", table.getvalue().encode()),))
    upload, _report = services.try_file(session, actor, organizer_id=organizer.id, given=given)
    services.read_in(session, actor, upload=upload)


def seed_shifts(
    session: Session,
    organizer: Organizer,
    seeds: Iterable[ShiftSeed],
    units: dict[str, SchoolUnit],
    acting: Acting,
) -> None:
    """Accept shifts of level from the control chart that they are seen in."""
    for one in seeds:
        actor, unit = acting(one.accepted_by), units[one.unit]
        own = local_items(session, actor, organizer.id)
        code = next(item.code for item in own if item.heading == one.measure)
        now = Choice(unit.slug, shape=Shape.CONTROL)
        view = indicator_view(session, actor, organizer, code, now, with_happenings=False)
        line = Line(organizer.id, unit.id, code, view.group, view.seen.spec.periods[1:])
        form = ShiftForm(period=one.period, reason=one.reason)
        accept_shift(session, actor, line=line, form=form, now=moment_of(one.accepted_on))
