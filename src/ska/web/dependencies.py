"""What handlers are given by name, made from the request in the handler's own thread.

The door knows who asks and where; nothing here asks the database. Litestar is not told of these
names: it would make each in a task of its own, in the loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.db.session import ScopedSession

NAMES = frozenset({"session", "actor", "place", "call", "today", "now", "pages"})
"""The names that are given; by what, the door says."""

Givers = Mapping[str, Callable[[Request[Any, Any, Any]], Any]]


def provide_now(request: Request[Any, Any, Any]) -> datetime:
    """Give the present moment, in Swedish time."""
    now: datetime = request.app.state.clock()
    return now


def provide_today(request: Request[Any, Any, Any]) -> date:
    """Give the day it is in Sweden."""
    return provide_now(request).date()


GivenScopedSession = ScopedSession
GivenSession = Session
GivenActor = Actor
GivenNow = datetime
# What reads the address is Litestar's own kind of dependency, and asks it for the day.
GivenToday = NamedDependency[SkipValidation[date]]
