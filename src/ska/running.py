"""Make an installation ready to look at: framework, reference data, demo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Role
from ska.db.connect import Addresses, owner_address
from ska.db.migrate import OWNER
from ska.db.session import make_engine
from ska.demo import services as demo
from ska.demo.definitions import read_demo
from ska.demo.rules import years_from_base
from ska.framework.services import load_framework
from ska.organizers import loading
from ska.organizers.register import municipalities
from ska.serving import prepare
from ska.settings import Settings, bundled

FIRST_LOOK = (
    "Öppna {address}, klicka ”Kim Ekman” och sedan Lägst betyget E i samtliga ämnen, årskurs 9: "
    "se varför 61,8 % efter 68,1 % inte räcker för att säga att resultatet har sjunkit."
)


def seed(settings: Settings, today: date) -> tuple[int, list[dict[str, Any]]]:
    """Seed the demo; return whether it was added, and how its people sign in."""
    return _seed(prepare(settings), today)


def _seed(addresses: Addresses, today: date) -> tuple[int, list[dict[str, Any]]]:
    network = read_demo(bundled("seeds") / "demo", years=years_from_base(today))
    owner, app = create_engine(owner_address(addresses)), make_engine(addresses.app)
    added = demo.seed_demo(owner, app, network, today)
    owner.dispose()
    app.dispose()
    return added, [asdict(one) for one in demo.sign_ins(network)]


def make_ready(settings: Settings, today: date, *, say: Callable[[str], None]) -> None:
    """Load framework, reference data and demo, telling each step; quick when all is there."""
    say("Databasen startar …")
    addresses = prepare(settings)
    owner = create_engine(owner_address(addresses))
    with owner.begin() as connection, Session(connection) as session:
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
        say("Det nationella kvalitetssystemet läses in …")
        load_framework(session, root=bundled("indicators"), today=today)
        session.flush()
        loading.load_sheet(connection, municipalities())
    owner.dispose()
    say("Demon Nätverk Mellanslätt läses in …")
    _added, people = _seed(addresses, today)
    say("")
    say(f"SKA finns på {settings.address}")
    for one in people[:8]:
        role = ROLE_NAMES[Role(one["role"])]
        say(f"  {one['name']}, {role}: {one['email']}")
    say(f"Lösenord för alla i demon: {people[0]['password']}")
    say(FIRST_LOOK.format(address=settings.address))
    say("")
