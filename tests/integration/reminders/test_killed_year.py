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
        self.running = {}

    @property
    def day(self) -> date:
        return read_day(self.folder)

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

    def finish_some_step(self, chance: random.Random) -> None:
        """Finish an open step as its quality lead does, by the web; try until it is answered."""
        with self.place.as_owner() as session:
            step = chance.choice(
                session.scalars(select(CycleStep).where(CycleStep.done_on.is_(None))).all()
            )
            lead = session.scalars(
                select(Person)
                .join(RoleAssignment, RoleAssignment.person_id == Person.id)
                .where(
                    RoleAssignment.organizer_id == step.organizer_id,
                    RoleAssignment.role == Role.QUALITY_LEAD,
                )
            ).one()
        self.place.clock.now = self.place.clock.now.replace(
            year=self.day.year, month=self.day.month, day=self.day.day
        )
        secret = self.place.sign_in(lead)
        slug = next(one for one in self.slugs if one[0] == step.organizer_id)[1]
        address = f"http://127.0.0.1:{self.port}/api/v1/organizers/{slug}/steps/{step.id}"
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
        with current.using(made.place.as_owner):
            organizers = [settle(made.place, n, YEAR, UNITS) for n in range(ORGANIZERS)]
        made.slugs = [(one.id, one.slug) for one in organizers]
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
    kills, victims = Counter(), cycle(("walk", "database", "web", "walk"))
    household.start("web")
    household.start("walk")
    until = time.monotonic() + LONGEST
    while household.running["walk"].poll() is None or wanted:
        assert time.monotonic() < until, household.day
        mail.refuse = household.day in down
        with suppress(httpx.HTTPError, SQLAlchemyError):
            household.finish_some_step(chance)
        if wanted and household.day >= wanted[0]:
            wanted.pop(0)
            time.sleep(chance.uniform(0, 0.3))
            victim = next(victims)
            household.kill(victim)
            kills[victim] += 1
        time.sleep(size(0.3, 1.0))
    mail.refuse = False
    household.kill("walk")
    household.running["walk"].wait(60)

    told_exactly_once(household.place)
    took_every_mail(household.place, mail, sum(kills.values()))
    sys.stdout.write(f"kills {dict(kills)}, mails {len(mail.taken)}\n")
    assert sum(kills.values()) == KILLS


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
