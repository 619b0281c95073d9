"""The acts of a step, one table for pages and programs alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.core.text import _
from ska.cycle import building, services
from ska.cycle.forms import CompleteForm, EmptyForm, MoveForm, SettingsForm, SnoozeForm
from ska.cycle.models import CycleStep


@dataclass(frozen=True)
class Act:
    """One thing people do with a step: its form, what happens, and what is said afterwards."""

    form: type[BaseModel]
    run: Callable[[Session, Actor, CycleStep, Any, date], None]
    said: str


ACTS: dict[str, Act] = {
    "borja": Act(
        EmptyForm,
        lambda s, a, step, _f, today: services.start_step(s, a, step=step, today=today),
        _("Steget pågår."),
    ),
    "klart": Act(
        CompleteForm,
        lambda s, a, step, form, today: services.complete_step(
            s, a, step=step, note=form.note, today=today
        ),
        _("Steget är klart. Påminnelserna upphör."),
    ),
    "oppna": Act(
        EmptyForm,
        lambda s, a, step, _f, today: services.reopen_step(s, a, step=step, today=today),
        _("Steget är öppet igen."),
    ),
    "flytta": Act(
        MoveForm,
        lambda s, a, step, form, today: services.move_step(
            s, a, step=step, due=form.due, because=form.because, today=today
        ),
        _("Steget har fått ett nytt datum."),
    ),
    "skjut-upp": Act(
        SnoozeForm,
        lambda s, a, step, form, today: services.snooze_step(
            s, a, step=step, until=form.until, because=form.reason, today=today
        ),
        _("Steget är uppskjutet."),
    ),
    "vack": Act(
        EmptyForm,
        lambda s, a, step, _f, _today: services.wake_step(s, a, step=step),
        _("Steget är inte längre uppskjutet."),
    ),
    "sett-over": Act(
        EmptyForm,
        lambda s, a, step, _f, _today: services.look_at_step(s, a, step=step),
        _("Bra. Det är noterat att du har sett över steget."),
    ),
    "stryk": Act(
        EmptyForm,
        lambda s, a, step, _f, today: building.strike_step(s, a, step=step, today=today),
        _("Steget är struket. Du kan ta tillbaka det."),
    ),
    "ta-tillbaka": Act(
        EmptyForm,
        lambda s, a, step, _f, today: building.restore_step(s, a, step=step, today=today),
        _("Steget är tillbaka i hjulet."),
    ),
    "installningar": Act(
        SettingsForm,
        lambda s, a, step, form, _today: services.change_settings(s, a, step=step, form=form),
        _("Ansvar och påminnelser är ändrade."),
    ),
}
