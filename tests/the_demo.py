"""The demo as it is seeded for the first person who looks, late in November."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from tests.places import STOCKHOLM, Clone

from ska.accounts.models import Person
from ska.demo import services
from ska.demo.definitions import NetworkSeed, read_demo
from ska.framework.services import load_framework
from ska.settings import bundled

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=STOCKHOLM)


@cache
def network() -> NetworkSeed:
    """Return the demo's network as its files tell of it."""
    return read_demo(bundled("seeds") / "demo", years=0)


def seed(db: Clone) -> int:
    """Load the framework and the demo and return how many huvudmän came."""
    with db.as_owner() as session:
        load_framework(session, root=bundled("indicators"), today=NOW.date())
    return services.seed_demo(db.owner, db.engine, network(), NOW.date())


def kim_of_the_demo(db: Clone) -> Person:
    """Return the demo's quality lead in Ekhult."""
    return person_of_the_demo(db, "kim@ekhult.example")


def person_of_the_demo(db: Clone, email: str) -> Person:
    """Return one of the demo's people."""
    with db.as_owner() as session:
        return session.query(Person).filter_by(email=email).one()
