"""The process that wakes services on time. APScheduler is only its clock: due work is rows."""

from __future__ import annotations

import logging
import signal
import smtplib
import socket
import threading
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ska.accounts import services as accounts
from ska.cycle import queries
from ska.cycle.following import with_moved_releases
from ska.db.session import Scope, ScopedSession, open_session
from ska.dialogues.letters import still_agreed, tell_of_dialogues, with_dialogues
from ska.fetching import queue as fetches
from ska.handover.letters import tell_of_handovers, with_handovers
from ska.history.services import forget_waiting, with_old_drafts
from ska.notices import services as notices
from ska.notices.mail import Postman, message_of, postman_of
from ska.notices.queries import with_mail
from ska.notices.rules import is_sending_hour
from ska.overview.letters import tell_on_tuesday, with_tuesday
from ska.questions.letters import tell_of_questions, with_questions
from ska.reminders.invitations import tell_invitations, with_invitations
from ska.reminders.practices import tell_of_practices, with_practices
from ska.reminders.queries import with_reminders
from ska.reminders.retelling import retold
from ska.reminders.services import Plan, clockwork, remind
from ska.revisions.queries import with_changes
from ska.revisions.services import write_letters
from ska.settings import Settings
from ska.sharing.viewings import gather_viewings, with_old_viewings
from ska.values.xrays.kept import examine_published, with_new_ground

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PLAN_EVERY, SEND_EVERY = timedelta(minutes=5), timedelta(seconds=30)
FETCH_EVERY = timedelta(minutes=2)
QUIET_AFTER = timedelta(minutes=3)
log = logging.getLogger("ska.scheduler")

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Errand:
    """What is done for a huvudman when it waits; where it does is asked once for all of them."""

    act: Callable[..., Any]
    waiting: tuple[Callable[[ScopedSession, datetime], Collection[UUID]], ...]


def _examine(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> None:
    """Have the X-ray's findings ready before anyone asks for them."""
    examine_published(session, clockwork(organizer_id), organizer_id, now.date())


REMINDING = Errand(remind, (with_moved_releases, with_reminders))
ERRANDS = (
    Errand(write_letters, (with_changes,)),
    Errand(tell_of_handovers, (with_handovers,)),
    Errand(tell_on_tuesday, (with_tuesday,)),
    Errand(tell_invitations, (with_invitations,)),
    Errand(tell_of_questions, (with_questions,)),
    Errand(tell_of_practices, (with_practices,)),
    Errand(tell_of_dialogues, (with_dialogues,)),
    Errand(forget_waiting, (with_old_drafts,)),
    Errand(gather_viewings, (with_old_viewings,)),
    Errand(_examine, (with_new_ground,)),
)


class Scheduler:
    """Plans and sends for every huvudman, each in transactions of its own scope: no master key.

    Which of them have anything waiting is asked for all at once, and only their ids are answered.
    """

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
        """Do what waits, for each huvudman that has it waiting; return the reminders' plans.

        Without *keep* everything is taken back: the plans only tell what would go out.
        """
        now, everyone = self.clock(), self._everyone()
        plans = self._do(REMINDING, everyone, now, keep=keep)
        for errand in ERRANDS if keep else ():
            self._do(errand, everyone, now)
        return [one for one in plans if one is not None]

    def _everyone(self) -> Scope:
        """Return the scope in which it is asked where something waits: nothing can be written."""
        return Scope(frozenset(self.organizers()))

    def _do(
        self, errand: Errand, everyone: Scope, now: datetime, *, keep: bool = True
    ) -> list[Any]:
        """Do an errand in one transaction for each huvudman; one that fails, waits."""
        done = []
        for organizer_id in self._waiting(errand, everyone, now):
            scope = Scope(frozenset({organizer_id}), organizer_id)
            try:
                with open_session(self.engine, scope) as session:
                    came = errand.act(session, organizer_id, now=now, address=self.settings.address)
                    session.expunge_all() if not keep else session.commit()
            except SQLAlchemyError:
                log.exception("%s failed for organizer %s", errand.act.__name__, organizer_id)
                continue
            done.append(came)
        return done

    def _waiting(self, errand: Errand, everyone: Scope, now: datetime) -> list[UUID]:
        """Return the huvudmän that have the errand waiting; none when it cannot be asked."""
        try:
            with open_session(self.engine, everyone) as session:
                found = {one for ask in errand.waiting for one in ask(session, now)}
        except SQLAlchemyError:
            log.exception("nobody knows who waits for %s", errand.act.__name__)
            return []
        return sorted(found & everyone.readable)

    def send(self) -> int:
        """Send waiting mail in office hours; return how many mails went out."""
        now = self.clock()
        if not is_sending_hour(now):
            return 0
        with open_session(self.engine, self._everyone()) as session:
            waiting = with_mail(session, now)
        if not waiting:
            return 0
        try:
            return sum(self._send_for(organizer_id) for organizer_id in waiting)
        finally:
            self.postman.rest()

    def _send_for(self, organizer_id: UUID) -> int:
        scope = Scope(frozenset({organizer_id}), organizer_id)
        sent = 0
        with self.engine.connect() as connection, open_session(connection, scope) as session:
            while True:
                with session.begin():
                    now = self.clock()
                    leased = notices.lease_mail(
                        session,
                        organizer_id=organizer_id,
                        worker=self.worker,
                        now=now,
                        lease=self.lease,
                    )
                    agreed = still_agreed(session, leased)
                    mails = retold(session, agreed, now=now, address=self.settings.address)
                for mail in mails:
                    sent += self._deliver(session, mail)
                if not leased:
                    return sent

    def _deliver(self, session: ScopedSession, mail: notices.Leased) -> int:
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
        with session.begin():
            if error:
                tried, me = mail.attempts, self.worker
                notices.mark_failed(
                    session, mail.id, worker=me, now=now, attempts=tried, error=error
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
        for act, every in ((self.plan, PLAN_EVERY), (self.tick, SEND_EVERY)):
            clock.add_job(act, "interval", seconds=every.total_seconds(), next_run_time=first)
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
