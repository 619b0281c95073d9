"""Senders are killed in the middle of their work: nothing is lost, a repeat is the same mail."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.cycle import AnnualCycleFactory, CycleStepFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.lindasa import STOCKHOLM, at
from tests.sizes import size
from tests.smtp import mail_server

from ska.access import Role
from ska.notices.models import Notice, OutboxMail

KILLS, UNITS = size(2, 100), size(20, 600)
ROOT = Path(__file__).parents[3]


def many_units(count):
    """Make two huvudmän with units that each have a rektor and a step due in a week."""
    for name in ("Lindåsa", "Ekhult"):
        organizer = OrganizerFactory(name=name)
        for number in range(count // 2):
            unit = SchoolUnitFactory(organizer=organizer, name=f"Skola {number}")
            RoleAssignmentFactory(
                person=PersonFactory(), organizer=organizer, unit=unit, role=Role.PRINCIPAL
            )
            CycleStepFactory(cycle=AnnualCycleFactory(organizer=organizer, unit=unit))


def start(db, smtp):
    offset = at(date(2026, 8, 24), 8) - datetime.now(STOCKHOLM)
    url = db.engine.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sender", url, smtp, str(offset.total_seconds())],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
    )


def waiting(db):
    with db.as_owner() as session:
        mails = session.scalar(select(func.count()).select_from(OutboxMail))
        open_ = session.scalar(
            select(func.count()).select_from(OutboxMail).where(OutboxMail.state != "sent")
        )
    return UNITS - mails + open_


@pytest.mark.prove
def test_kill_9_while_sending_loses_nothing_and_repeats_at_most_once_a_kill(db):
    chance = random.Random(20260824)
    many_units(UNITS)
    killed = 0
    with mail_server(delay=0.01) as server:
        while killed < KILLS and waiting(db):
            sender = start(db, server.url)
            before = len(server.taken)
            deadline = time.monotonic() + 30
            wanted = before + chance.randint(1, max(1, UNITS // (KILLS + 1)))
            while len(server.taken) < wanted and waiting(db) and time.monotonic() < deadline:
                time.sleep(chance.uniform(0.001, 0.02))
            sender.send_signal(signal.SIGKILL)
            sender.wait()
            killed += 1
        sender = start(db, server.url)
        deadline = time.monotonic() + 120
        while waiting(db) and time.monotonic() < deadline:
            time.sleep(0.1)
        sender.terminate()
        sender.wait()
        times = Counter(str(message["Message-ID"]) for message in server.taken)
        receivers = {str(message["To"]) for message in server.taken}
    repeats = sum(times.values()) - len(times)
    sys.stdout.write(f"mails {len(times)} of {UNITS}, kills {killed}, repeats {repeats}\n")
    assert killed == KILLS
    assert len(receivers) == UNITS
    assert len(times) == UNITS
    assert repeats <= killed
    assert max(times.values()) <= 1 + killed
    with db.as_owner() as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == UNITS
