"""The process that wakes services on time. APScheduler is only its clock: due work is rows."""

from __future__ import annotations

import logging
import signal
import smtplib
import socket
import threading
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from ska.accounts import services as accounts
from ska.cycle import queries
from ska.cycle.following import follow_releases
from ska.db.session import Scope, open_session
from ska.fetching import queue as fetches
from ska.handover.letters import tell_of_handovers
from ska.history.services import forget_waiting
from ska.notices import services as notices
from ska.notices.mail import Postman, message_of, postman_of
from ska.notices.rules import is_sending_hour
from ska.overview.letters import tell_on_tuesday
from ska.questions.letters import tell_of_questions
from ska.reminders.invitations import tell_invitations
from ska.reminders.services import Plan, clockwork, plan_reminders
from ska.revisions.services import write_letters
from ska.settings import Settings
from ska.values.xrays.kept import examine_published

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PLAN_EVERY, SEND_EVERY = timedelta(minutes=5), timedelta(seconds=30)
FETCH_EVERY = timedelta(minutes=2)
EIGHT = time(8)
LETTERS = (
    write_letters, tell_of_handovers, tell_on_tuesday, tell_invitations, tell_of_questions,
)  # fmt: skip
QUIET_AFTER = timedelta(minutes=3)
log = logging.getLogger("ska.scheduler")

Clock = Callable[[], datetime]


class Scheduler:
    """Plans and sends for every huvudman, each in transactions of its own scope: no master key."""

    def __init__(
        self, engine: Engine, settings: Settings, clock: Clock, postman: Postman | None = None
    ) -> None:
        self.engine = engine
        self.settings = settings
        self.clock = clock
        self.postman = postman or postman_of(settings.smtp_url, settings.data_dir)
        self.worker = f"{socket.gethostname()}-{uuid.uuid4().hex[:12]}"
        self.lease = notices.LEASE

    def organizers(self) -> list[UUID]:
        """Return the huvudmän where somebody works today."""
        with open_session(self.engine) as session:
            return list(queries.organizers_at_work(session, self.clock().date()))

    def plan(self, *, keep: bool = True) -> list[Plan]:
        """Plan each huvudman's reminders in one transaction of its own; one that fails, waits.

        Without *keep* everything is taken back: the plan only tells what would go out.
        """
        now = self.clock()
        plans = []
        for organizer_id in self.organizers():
            try:
                plan = self._plan_one(organizer_id, now, keep=keep)
                if keep:
                    self._tell(organizer_id, now)
                    self._examine(organizer_id, now)
            except SQLAlchemyError:
                log.exception("planning failed for organizer %s", organizer_id)
                continue
            if plan is not None:
                plans.append(plan)
        return plans

    def _plan_one(self, organizer_id: UUID, now: datetime, *, keep: bool) -> Plan | None:
        scope = Scope(frozenset({organizer_id}), organizer_id)
        with open_session(self.engine, scope) as session:
            follow_releases(session, clockwork(organizer_id), organizer_id, now.date())
            plan = plan_reminders(session, organizer_id, now=now, address=self.settings.address)
            session.expunge_all() if not keep else session.commit()
            return plan

    def _tell(self, organizer_id: UUID, now: datetime) -> None:
        """Write the letters that are no reminders, and let go of what nobody came back to."""
        scope = Scope(frozenset({organizer_id}), organizer_id)
        for write in (*LETTERS, forget_waiting):
            with open_session(self.engine, scope) as session, session.begin():
                write(session, organizer_id, now=now, address=self.settings.address)

    def _examine(self, organizer_id: UUID, now: datetime) -> None:
        """Have the X-ray's findings ready before anyone asks for them."""
        scope = Scope(frozenset({organizer_id}), organizer_id)
        with open_session(self.engine, scope) as session, session.begin():
            examine_published(session, clockwork(organizer_id), organizer_id, now.date())

    def send(self) -> int:
        """Send waiting mail in office hours; return how many mails went out."""
        if not is_sending_hour(self.clock()):
            return 0
        return sum(self._send_for(organizer_id) for organizer_id in self.organizers())

    def _send_for(self, organizer_id: UUID) -> int:
        scope = Scope(frozenset({organizer_id}), organizer_id)
        sent = 0
        while True:
            with open_session(self.engine, scope) as session, session.begin():
                mails = notices.lease_mail(
                    session,
                    organizer_id=organizer_id,
                    worker=self.worker,
                    now=self.clock(),
                    lease=self.lease,
                )
            for mail in mails:
                sent += self._deliver(scope, mail)
            if not mails:
                return sent

    def _deliver(self, scope: Scope, mail: Any) -> int:
        """Hand one mail over, then write that down; a crash in between repeats this mail only."""
        now = self.clock()
        domain = urlsplit(self.settings.address).hostname or "localhost"
        message = message_of(mail, sender=self.settings.mail_from, domain=domain, sent_at=now)
        error = ""
        try:
            self.postman.deliver(message)
        except (OSError, smtplib.SMTPException) as problem:
            error = f"{type(problem).__name__}: {problem}"
            log.warning("mail %s was not taken: %s", message["Message-ID"], error)
        with open_session(self.engine, scope) as session, session.begin():
            if error:
                notices.mark_failed(
                    session,
                    mail.id,
                    worker=self.worker,
                    now=now,
                    attempts=mail.attempts,
                    error=error,
                )
                return 0
            return int(notices.mark_sent(session, mail.id, worker=self.worker, now=now))

    def fetch(self, owner: Engine) -> int:
        """Fetch the open data that is due or asked for; return how many rounds were run.

        Published values are written by the database's owner alone, hence *owner*.
        """
        return fetches.tick(owner, self.settings, self.organizers(), self.clock)

    def beat(self) -> None:
        """Show that the scheduler is alive."""
        with open_session(self.engine) as session, session.begin():
            notices.beat(session, name="scheduler", now=self.clock())

    def sweep(self) -> int:
        """Forget sign-ins that are over and old tries; return how many rows went."""
        with open_session(self.engine) as session, session.begin():
            return accounts.sweep(session, now=self.clock())

    def tick(self) -> None:
        """Show life, forget what is over and send what waits."""
        self.beat()
        self.sweep()
        self.send()

    def start_fetching(self, owner: Engine) -> BackgroundScheduler:
        """Start the clock of fetches; a round that takes long is not begun a second time."""
        clock = _clock()
        clock.add_job(
            self.fetch,
            "interval",
            args=[owner],
            seconds=FETCH_EVERY.total_seconds(),
            next_run_time=datetime.now(STOCKHOLM),
        )
        clock.start()
        return clock

    def start(self) -> BackgroundScheduler:
        """Start the clock in threads of its own; missed ticks are made good, never doubled."""
        clock = _clock()
        first = datetime.now(STOCKHOLM)
        clock.add_job(
            self.plan, "interval", seconds=PLAN_EVERY.total_seconds(), next_run_time=first
        )
        clock.add_job(
            self.tick, "interval", seconds=SEND_EVERY.total_seconds(), next_run_time=first
        )
        clock.start()
        return clock


def _clock() -> BackgroundScheduler:
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    return BackgroundScheduler(
        timezone=STOCKHOLM,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )


def is_alive(connection: Connection, now: datetime) -> str:
    """Return ``ok`` while some scheduler has shown life lately, else what to do."""
    seen = connection.scalar(text("SELECT max(seen_at) FROM scheduler_beat"))
    alive = seen is not None and now - seen < QUIET_AFTER
    return "ok" if alive else "starta ska scheduler"


def remind_on(engine: Engine, settings: Settings, day: date, *, keep: bool) -> list[dict[str, Any]]:
    """Plan and send as at eight in the morning of *day*; return what went (or would go) out."""
    scheduler = Scheduler(engine, settings, lambda: datetime.combine(day, EIGHT, STOCKHOLM))
    plans = scheduler.plan(keep=keep)
    if keep:
        scheduler.send()
    return [
        {
            "organizer": plan.organizer.name,
            "step": one.step.name,
            "step_id": str(one.step.id),
            "unit": plan.units.get(one.step.unit_id, "") if one.step.unit_id else "",
            "due": one.step.due.isoformat(),
            "rule": one.send.rule,
            "escalates": one.send.escalates,
            "receivers": ", ".join(person.name for person in one.receivers),
        }
        for plan in plans
        for one in plan.planned
    ]


def run_until_stopped(engine: Engine, settings: Settings, owner: Engine | None = None) -> None:
    """Run the clock until the process is asked to stop; with *owner* it fetches open data too."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    scheduler = Scheduler(engine, settings, lambda: datetime.now(STOCKHOLM))
    clocks = [scheduler.start()]
    if owner is not None:
        clocks.append(scheduler.start_fetching(owner))
    log.info("the scheduler runs")
    stop.wait()
    for clock in clocks:
        clock.shutdown(wait=True)
