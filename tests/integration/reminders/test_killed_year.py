"""A year in which web, scheduler and database are killed: each reminder once, no mail missing."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import httpx
import psutil
import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from tests.factories.base import current
from tests.places import Clone
from tests.reminder_oracle import oracle, settle
from tests.sizes import size
from tests.smtp import mail_server
from tests.year_walker import read_day, write_day

from ska.access import Role
from ska.accounts.models import Person, RoleAssignment
from ska.core.school_year import SchoolYear
from ska.core.secrets import csrf_token
from ska.cycle.models import CycleStep, Reminder
from ska.db import embedded, migrate
from ska.db.session import make_engine
from ska.notices.models import Notice, OutboxMail

ROOT = Path(__file__).parents[3]
YEAR = SchoolYear(2026)
KILLS, ORGANIZERS, UNITS = size(3, 100), size(1, 290), size(2, 6)
BEGINS, ENDS = date(2026, 7, 20), size(date(2026, 8, 31), date(2027, 8, 31))
LONGEST = size(120, 4 * 3600)
OUTAGE = 3  # days that the mail server is down at a time
VICTIMS = ("walk", "database", "web", "walk")
DAYS_WORK = size(0.3, 10)  # seconds into the day's work that a kill may come


class Household:
    """The database, the walker of the days and the web, each of which can be killed."""

    def __init__(self, folder: Path, smtp: str) -> None:
        self.folder = folder
        folder.chmod(0o755)  # PostgreSQL runs as another user when we are root
        server = embedded.start_server(folder)
        owner_url = embedded.ensure_database(server, "ska")
        owner = create_engine(owner_url)
        migrate.upgrade(owner)
        owner.dispose()
        self.url = embedded.address(server, user="ska_app", database="ska")
        self.place = Clone(make_engine(owner_url), make_engine(self.url))
        self.smtp = smtp
        self.postgres = embedded._server(folder / "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        write_day(folder, BEGINS)
        self.hold(date.max)
        self.running = {}
        self.until = time.monotonic() + LONGEST

    @property
    def day(self) -> date:
        return read_day(self.folder)

    def hold(self, day: date) -> None:
        """Let no time pass beyond the day."""
        write_day(self.folder, day, "held")

    def settle(self) -> None:
        """Make the huvudmän, and remember their steps and who sees to them."""
        with current.using(self.place.as_owner):
            made = [settle(self.place, number, YEAR, UNITS) for number in range(ORGANIZERS)]
        slugs = {one.id: one.slug for one in made}
        lead = RoleAssignment.role == Role.QUALITY_LEAD
        own = CycleStep.organizer_id == RoleAssignment.organizer_id
        with self.place.as_owner() as session:
            found = session.execute(
                select(CycleStep.organizer_id, CycleStep.id, Person)
                .join(RoleAssignment, own & lead)
                .join(Person, Person.id == RoleAssignment.person_id)
            )
            self.steps = [(f"{slugs[owner]}/steps/{key}", who) for owner, key, who in found]

    def start(self, kind: str) -> None:
        """Start the walker or the web."""
        more = [ENDS.isoformat(), self.smtp] if kind == "walk" else [str(self.port)]
        self.running[kind] = subprocess.Popen(
            [sys.executable, "-m", "tests.year_walker", kind, self.url, str(self.folder), *more],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
            stderr=subprocess.DEVNULL,
        )

    def kill(self, kind: str) -> None:
        """Kill one of the three with -9 and start it again."""
        if kind == "database":
            self._kill_database()
        else:
            self.running[kind].kill()
            self.running[kind].wait()
            self.start(kind)

    def _kill_database(self) -> None:
        postmaster = psutil.Process(self.postgres.get_pid())
        children = postmaster.children()
        postmaster.kill()
        _gone, alive = psutil.wait_procs(children, 20)  # they see that it is gone
        assert not alive
        (self.folder / "postgres" / "postmaster.pid").unlink()  # a zombie would pass for a server
        self.postgres.ensure_postgres_running()

    def live(self, chance: random.Random) -> None:
        """Let time pass: a quality lead finishes a step by the web, if it answers."""
        assert time.monotonic() < self.until, self.day
        time.sleep(size(0.05, 0.5))
        step, lead = chance.choice(self.steps)
        self.place.clock.now = self.place.clock.now.replace(
            year=self.day.year, month=self.day.month, day=self.day.day
        )
        with suppress(SQLAlchemyError, httpx.HTTPError):
            self._finish(step, self.place.sign_in(lead))

    def _finish(self, step: str, secret: str) -> None:
        address = f"http://127.0.0.1:{self.port}/api/v1/organizers/{step}"
        headers = {"x-csrf-token": csrf_token(secret)}
        with httpx.Client(cookies={"ska": secret}, headers=headers, timeout=20) as client:
            seen = client.get(address)
            if seen.status_code == 200 and seen.json()["state"] != "done":
                match = {"If-Match": seen.headers["etag"]}
                client.post(f"{address}/complete", json={}, headers=match)

    def close(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()
        self.place.close()
        self.place.owner.dispose()
        self.place.engine.dispose()
        embedded.stop_server(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def mail():
    with mail_server() as server:
        yield server


@pytest.fixture
def household(mail):
    with ExitStack() as stack:
        made = Household(Path(tempfile.mkdtemp(prefix="ska-year-")), mail.url)
        stack.callback(made.close)
        made.settle()
        yield made


def outages(chance):
    """Return the days on which no mail is taken: three in a row, now and then."""
    days = set()
    for _ in range(size(1, 12)):
        first = BEGINS + timedelta(days=chance.randrange((ENDS - BEGINS).days - 10))
        days |= {first + timedelta(days=one) for one in range(OUTAGE)}
    return days


@pytest.mark.prove
def test_a_year_of_kills_tells_each_reminder_once_and_loses_no_mail(household, mail):
    chance = random.Random(2026)
    down = outages(chance)
    wanted = sorted(
        BEGINS + timedelta(days=chance.randrange((ENDS - BEGINS).days)) for _ in range(KILLS)
    )
    victims = [victim for victim, _ in zip(cycle(VICTIMS), wanted, strict=False)]
    mail.refuses = lambda: household.day in down
    household.start("web")
    household.start("walk")
    for day, victim in zip(wanted, victims, strict=True):
        household.hold(day)
        while household.day < day:
            household.live(chance)
        time.sleep(chance.uniform(0, DAYS_WORK))
        household.kill(victim)
    household.hold(date.max)
    while household.running["walk"].poll() is None:
        household.live(chance)

    told_exactly_once(household.place)
    took_every_mail(household.place, mail, KILLS)
    sys.stdout.write(f"kills {Counter(victims)}, mails {len(mail.taken)}\n")


def told_exactly_once(place):
    """Check the rows against the oracle, and each receiver's notice against the rows.

    A step that was done on the very day of its reminder may have been told of, or not.
    """
    with place.as_owner() as session:
        steps = session.scalars(select(CycleStep)).all()
        rows = session.scalars(select(Reminder)).all()
        notices = session.execute(select(Notice.dedupe_key, Notice.person_id)).all()
    found = [(one.step_id, one.due, one.sent_on, one.escalates) for one in rows]
    sure, perhaps = set(), set()
    for step in steps:
        decided = [(YEAR.first_day, step.due)]
        told = {one for one in oracle(step, decided) if BEGINS <= one[1] <= ENDS}
        sure |= {(step.id, *one) for one in told}
        step.done_on = step.done_on and step.done_on + timedelta(days=1)
        perhaps |= {(step.id, *one) for one in oracle(step, decided)}
    catching_up = {one for one in found if one[2] == BEGINS}
    assert len(found) == len(set(found))
    assert sure <= set(found)
    assert set(found) - catching_up <= perhaps
    expected = Counter(
        (f"{one.step_id}:{one.due}:{one.rule}", who) for one in rows for who in one.receiver_ids
    )
    assert Counter((key, str(person)) for key, person in notices) == expected
    assert set(expected.values()) == {1}


def took_every_mail(place, mail, kills):
    """Check that each mail of the outbox was taken, at most once more a kill, and is the same."""
    with place.as_owner() as session:
        states = Counter(session.scalars(select(OutboxMail.state)).all())
    times = Counter(str(message["Message-ID"]) for message in mail.taken)
    said = {(str(one["Message-ID"]), one.get_content(), str(one["To"])) for one in mail.taken}
    assert set(states) == {"sent"}
    assert len(times) == states["sent"] == len(said)
    assert sum(times.values()) - len(times) <= kills
