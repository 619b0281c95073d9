"""What the page of a wheel under work shows: its steps with their rules, and a step tried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ska.core.swedish import format_date_long
from ska.core.text import _
from ska.cycle.dates import StepDates
from ska.cycle.definitions import StepDefinition
from ska.cycle.models import CycleStep
from ska.cycle.step_forms import StepForm
from ska.cycle.words import rule_words
from ska.cycle.workbench import Bench
from ska.errors import Invalid
from ska.fetching.calendar import SOURCE_NAMES, publications
from ska.notices.rules import Deadline, sends_of
from ska.web.forms import bind

# What is not about the date does not stand in the way of seeing it.
STAND_INS = {
    "name": _("Det här steget"),
    "level": "organizer",
    "phase": "where_are_we",
    "responsible": "quality_lead",
    "artefact": "notes",
}
ABOUT_DATE = {
    "rule", "first_week", "last_week", "first_month", "last_month", "month", "day", "weekday",
    "pick", "step", "publication", "working_days", "side", "latest_month", "latest_day",
    "weeks_of_work", "lead_days", "last_working_day", "escalate_after",
}  # fmt: skip
BESIDE = 2


@dataclass(frozen=True)
class Row:
    """A step of the wheel as it would be: where it lies, and whether it is the one tried out."""

    name: str
    due: date
    is_this: bool


@dataclass(frozen=True)
class Preview:
    """A step's dates before it is saved, or why there are none yet."""

    dates: StepDates | None = None
    sends: tuple[date, ...] = ()
    first: int = 1
    rows: tuple[Row, ...] = ()
    moves: tuple[Row, ...] = ()
    wants: tuple[str, ...] = ()


def preview_of(
    bench: Bench, data: Mapping[str, Any], step: CycleStep | None, today: date
) -> Preview:
    """Return what the written rule gives in this wheel; *step* is the one that is changed."""
    asked = STAND_INS | {name: value for name, value in data.items() if name in ABOUT_DATE}
    form = bind(StepForm, asked)
    if form.value is None:
        return Preview(wants=tuple(form.errors.values()))
    definition = form.value.definition(step.key if step else bench.key_for(form.value.name))
    name = str(data.get("name") or "").strip() or STAND_INS["name"]
    try:
        dates = bench.dates_with(definition)
    except Invalid as error:
        return Preview(wants=tuple(error.fields.values()))
    return _shown(bench, definition, dates, (name, today))


def _shown(
    bench: Bench,
    definition: StepDefinition,
    dates: Mapping[str, StepDates],
    said: tuple[str, date],
) -> Preview:
    name, today = said
    this = dates[definition.key]
    others = [one for one in bench.standing if one.key != definition.key]
    dues = {one.key: _due(one, bench, dates) for one in others}
    rows = [Row(one.name, dues[one.key], is_this=False) for one in others]
    rows = sorted([*rows, Row(name, this.due, is_this=True)], key=lambda row: row.due)
    at = next(index for index, row in enumerate(rows) if row.is_this)
    deadline = Deadline(this.due, today)
    sends = sends_of(deadline, definition.reminders, bench.wheel.rests)
    return Preview(
        dates=this,
        sends=tuple(one.day for one in sends if not one.escalates),
        first=max(0, at - BESIDE) + 1,
        rows=tuple(rows[max(0, at - BESIDE) : at + BESIDE + 1]),
        moves=tuple(
            Row(one.name, dues[one.key], is_this=False)
            for one in others
            if dues[one.key] != one.due
        ),
    )


def _due(step: CycleStep, bench: Bench, dates: Mapping[str, StepDates]) -> date:
    """Return when another step would be due: as its rule gives, unless it stands fast."""
    return step.due if bench.keeps(step) else dates[step.key].due


def figures() -> dict[str, str]:
    """Return what each publication is called, with its source."""
    return {
        one.key: f"{one.title} ({SOURCE_NAMES.get(one.source, one.source)})"
        for one in publications()
    }


def rules_in_words(bench: Bench) -> dict[str, str]:
    """Return each step's rule in words, by key; where it was moved by hand, to which day."""
    names = {one.key: one.name for one in (*bench.above, *bench.steps)}
    titles = {one.key: one.title for one in publications()}
    return {
        one.key: _("flyttat till {day}").format(day=format_date_long(one.due))
        if one.moved_because
        else rule_words(one.rule.when, names, titles)
        for one in bench.steps
    }


def followable(bench: Bench, step: CycleStep | None = None) -> list[tuple[str, str]]:
    """Return the steps that *step* may follow, by key and name: the own first."""
    own = [(one.key, one.name) for one in bench.standing if step is None or one.key != step.key]
    keys = {key for key, _name in own}
    return own + [(one.key, one.name) for one in bench.above if one.key not in keys]
