"""What handlers are given by name: the clock, and the names of what the door gives."""

from __future__ import annotations

from datetime import date, datetime

from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.db.session import ScopedSession


def provide_now(state: State) -> datetime:
    """Give the present moment, in Swedish time."""
    now: datetime = state.clock()
    return now


def provide_today(state: State) -> date:
    """Give the day it is in Sweden."""
    today: date = state.clock().date()
    return today


GivenScopedSession = NamedDependency[SkipValidation[ScopedSession]]
GivenSession = NamedDependency[SkipValidation[Session]]
GivenActor = NamedDependency[SkipValidation[Actor]]
GivenToday = NamedDependency[SkipValidation[date]]
GivenNow = NamedDependency[SkipValidation[datetime]]
