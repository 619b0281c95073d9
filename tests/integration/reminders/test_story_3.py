"""Story 3, the reminder in the wheel: a year of mornings with a clock of our own."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from tests.factories.accounts import RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory
from tests.lindasa import UNITS, Lindasa, at
from tests.sizes import PROVE

from ska.cycle.models import CycleStep, Reminder
from ska.notices.mail import Postman
from ska.notices.models import Notice, OutboxMail
from ska.scheduler import Scheduler

HOURS = range(24) if PROVE else (0, 6, 7, 12, 17, 18, 23)


class Box(Postman):
    """A postman that keeps what it was given."""

    def __init__(self):
        self.taken = []

    def deliver(self, message):
        self.taken.append(message)


@pytest.fixture
def lindasa(db):
    return Lindasa()


@pytest.fixture
def scheduler(db):
    return Scheduler(db.engine, db.settings, db.clock, Box())


def change(db, step, **values):
    with db.as_owner() as session:
        found = session.get(CycleStep, step.id)
        for name, value in values.items():
            setattr(found, name, value)


def live(db, scheduler, first, last, *, on=None):
    """Let the days pass, a tick now and then; *on* holds what people do on a morning."""
    day = first
    while day <= last:
        (on or {}).get(day, lambda: None)()
        for hour in HOURS:
            db.clock.now = at(day, hour)
            scheduler.plan()
            scheduler.send()
        day += timedelta(days=1)


def sent(db):
    """Return what went out: day, unit and receivers, in order."""
    with db.as_owner() as session:
        rows = session.execute(
            text(
                "SELECT r.sent_on, u.name, r.escalates, r.receivers FROM reminder r "
                "JOIN school_unit u ON u.id = r.unit_id ORDER BY r.sent_on, u.name"
            )
        ).all()
    return [(row.sent_on, row.name, row.escalates, row.receivers) for row in rows]


def test_the_autumn_of_the_unit_analysis(db, lindasa, scheduler):
    steps = lindasa.steps
    happens = {
        date(2026, 8, 18): lambda: [
            change(db, steps[name], done_on=date(2026, 8, 18)) for name in UNITS[2:4]
        ],
        date(2026, 8, 27): lambda: change(
            db,
            steps["Åby byskola"],
            snoozed_on=date(2026, 8, 27),
            snoozed_until=date(2026, 9, 9),
            snoozed_because="väntar på kompletta NP-resultat",
        ),
    }

    live(db, scheduler, date(2026, 7, 20), date(2026, 9, 10), on=happens)

    by_day = {}
    for day, unit, escalates, receivers in sent(db):
        by_day.setdefault((day, escalates), {})[unit] = receivers
    assert list(by_day) == [
        (date(2026, 8, 3), False),
        (date(2026, 8, 10), False),
        (date(2026, 8, 24), False),
        (date(2026, 8, 28), False),
        (date(2026, 9, 7), True),
        (date(2026, 9, 9), False),
    ]
    first, second, third, last, late, woken = by_day.values()
    assert set(first) == set(second) == set(UNITS)
    assert first["Björkbacka skola"] == ["Rektor Björkbacka skola"]
    assert second["Björkbacka skola"] == ["Nya Rektorn"]
    assert set(third) == {"Björkbacka skola", "Åby byskola", "Västerskolan"}
    assert set(last) == {"Björkbacka skola", "Västerskolan"}
    assert late == {
        "Björkbacka skola": ["Sofia Skolchef"],
        "Västerskolan": ["Sofia Skolchef"],
    }
    assert woken == {"Åby byskola": ["Rektor Åby byskola"]}


def test_the_escalation_lists_two_units_and_the_one_that_is_put_off(db, lindasa, scheduler):
    for name in UNITS[2:4]:
        change(db, lindasa.steps[name], done_on=date(2026, 8, 18))
    change(
        db,
        lindasa.steps["Åby byskola"],
        snoozed_on=date(2026, 8, 27),
        snoozed_until=date(2026, 9, 9),
        snoozed_because="väntar på kompletta NP-resultat",
    )
    db.clock.now = at(date(2026, 9, 7))
    with db.as_owner() as session:
        for step in lindasa.steps.values():
            session.add(
                Reminder(
                    organizer_id=step.organizer_id,
                    step_id=step.id,
                    unit_id=step.unit_id,
                    due=step.due,
                    rule="last-working-day",
                    escalates=False,
                    meant_for=date(2026, 8, 28),
                    sent_on=date(2026, 8, 28),
                    receivers=[],
                    receiver_ids=[],
                )
            )

    scheduler.plan()
    scheduler.send()

    (mail,) = scheduler.postman.taken
    body = mail.get_content()
    assert mail["To"] == "sofia.skolchef@lindasa.example.se"
    assert mail["Subject"] == "2\u00a0steg är försenade i årshjulet (Lindåsa)"
    late, _, put_off = body.partition("uppskjutna, med orsak")
    assert "Björkbacka skola" in late
    assert "Västerskolan" in late
    assert "Åby byskola" not in late
    assert "Åby byskola" in put_off
    assert "Uppskjutet till 9 september 2026: väntar på kompletta NP-resultat" in put_off
    assert (
        f"http://localhost:8000/lindasa/2026-27/arshjul/steg/{lindasa.steps[UNITS[0]].id}" in body
    )
    assert "Skulle vara klart måndag 31 augusti 2026." in body


def test_a_digest_gathers_all_of_a_persons_steps_in_one_mail(db, scheduler):
    lindasa = Lindasa()
    for name in UNITS[1:]:
        with db.as_owner() as session:
            session.execute(
                text("UPDATE role_assignment SET person_id = :p WHERE unit_id = :u"),
                {"p": lindasa.newcomer.id, "u": lindasa.steps[name].unit_id},
            )
    db.clock.now = at(date(2026, 8, 10))

    scheduler.plan()
    scheduler.send()

    (mail,) = scheduler.postman.taken
    assert mail["Subject"] == "5\u00a0steg väntar i årshjulet (Lindåsa)"
    assert mail.get_content().count("* Enhetsanalys klar") == 5
    with db.as_owner() as session:
        assert len(session.scalars(select(Notice)).all()) == 5


def test_restarts_and_two_schedulers_neither_lose_nor_double(db, lindasa):
    box = Box()
    day = date(2026, 7, 20)
    while day <= date(2026, 9, 16):
        for hour in (6, 7, 12, 17, 19) if PROVE else (6, 7, 19):
            db.clock.now = at(day, hour)
            for _ in range(2):  # a new process each time, as after a restart
                scheduler = Scheduler(db.engine, db.settings, db.clock, box)
                scheduler.plan()
                scheduler.send()
        day += timedelta(days=1)

    assert len(sent(db)) == 25  # five units: four reminders and one escalation each
    assert len({str(message["Message-ID"]) for message in box.taken}) == len(box.taken)
    with db.as_owner() as session:
        states = set(session.scalars(select(OutboxMail.state)))
        assert states == {"sent"}
    handed_over = [one for one in box.taken if "lämnas över" in str(one["Subject"])]
    assert len(box.taken) - len(handed_over) == 5 * 4 + 1
    # Björkbacka changes rektor: who leaves, who follows and the skolchef are told of it, once.
    assert len({str(one["To"]) for one in handed_over}) == len(handed_over) == 3


def test_three_days_down_over_a_reminder_gives_it_once_in_office_hours(db, lindasa, scheduler):
    live(db, scheduler, date(2026, 8, 3), date(2026, 8, 9))
    scheduler.postman.taken.clear()

    db.clock.now = at(date(2026, 8, 13), 2)
    scheduler.plan()
    scheduler.send()
    assert scheduler.postman.taken == []
    db.clock.now = at(date(2026, 8, 13), 7)
    scheduler.plan()
    scheduler.send()

    assert len(scheduler.postman.taken) == 5
    rows = [row for row in sent(db) if row[0] > date(2026, 8, 9)]
    assert {row[0] for row in rows} == {date(2026, 8, 13)}


def test_a_vacant_role_loses_nothing(db, lindasa, scheduler):
    with db.as_owner() as session:
        session.execute(
            text("UPDATE role_assignment SET valid_to = '2026-08-01' WHERE unit_id = :u"),
            {"u": lindasa.steps["Västerskolan"].unit_id},
        )
    db.clock.now = at(date(2026, 8, 3))

    scheduler.plan()

    told = {unit: receivers for _, unit, _, receivers in sent(db)}
    assert told["Västerskolan"] == ["Sofia Skolchef"]


def test_the_channel_a_person_chose_holds(db, lindasa, scheduler):
    principal = lindasa.principals["Västerskolan"]
    for kind, channel in (("reminder", "app"), ("escalation", "off")):
        for person in (principal, lindasa.director):
            with db.as_owner() as session:
                session.execute(
                    text(
                        "INSERT INTO notice_setting (id, organizer_id, person_id, kind, channel)"
                        " VALUES (gen_random_uuid(), :o, :p, :k, :c)"
                    ),
                    {"o": lindasa.organizer.id, "p": person.id, "k": kind, "c": channel},
                )

    live(db, scheduler, date(2026, 8, 10), date(2026, 8, 10))
    live(db, scheduler, date(2026, 9, 7), date(2026, 9, 7))

    to = {str(message["To"]) for message in scheduler.postman.taken}
    assert principal.email not in to
    assert lindasa.director.email not in to
    with db.as_owner() as session:
        told = session.execute(select(Notice.person_id, Notice.kind)).all()
    assert (principal.id, "reminder") in {tuple(row) for row in told}
    assert lindasa.director.id not in {row.person_id for row in told}


def test_the_scheduler_keeps_to_one_huvudman_at_a_time(db, lindasa, scheduler):
    RoleAssignmentFactory(organizer=OrganizerFactory(name="Ekhult"))
    db.clock.now = at(date(2026, 8, 10))

    plans = scheduler.plan()

    assert [plan.organizer.name for plan in plans] == ["Lindåsa"]
    with db.as_owner() as session:
        owners = set(session.scalars(select(OutboxMail.organizer_id)))
    assert owners == {lindasa.organizer.id}
