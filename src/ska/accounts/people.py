"""What the huvudman's administrator does: gives and ends roles, and lets people in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right, Role, visible
from ska.accounts import queries, roles, services
from ska.accounts.forms import PersonForm, PostForm
from ska.accounts.models import Invitation, Person, RoleAssignment
from ska.accounts.passwords import note_password
from ska.accounts.rules import INVITED
from ska.audit import record
from ska.core.secrets import hash_secret, new_secret
from ska.core.swedish import format_date
from ska.core.text import _
from ska.db.session import ScopedSession
from ska.errors import Conflict, Invalid, Missing, NotAllowed
from ska.organizers.models import SchoolUnit


def add_person(
    session: Session, actor: Actor, *, organizer_id: UUID, form: PersonForm
) -> RoleAssignment:
    """Give someone a first role here; who has an account already keeps its name and password."""
    actor.must(Right.MANAGE_PEOPLE, organizer_id)
    person = queries.person_by_email(session, form.email)
    if person is None:
        try:
            with session.begin_nested():
                person = services.add_person(
                    session, name=form.name, email=form.email, password=None
                )
        except IntegrityError as race:
            raise Conflict(_("Personen lades till nyss av någon annan. Försök igen.")) from race
    return give_post(session, actor, organizer_id=organizer_id, person_id=person.id, form=form)


def give_post(
    session: Session, actor: Actor, *, organizer_id: UUID, person_id: UUID, form: PostForm
) -> RoleAssignment:
    """Give a person a role in the huvudman.

    Nobody gives themselves one. Raises Conflict when they hold it already in that time, or when
    the unit has another rektor then.
    """
    actor.must(Right.MANAGE_PEOPLE, organizer_id)
    if person_id == actor.person_id:
        raise NotAllowed(_("Du kan inte ge dig själv ett uppdrag. Be en annan administratör."))
    if form.unit_id:
        _must_fit_unit(session, actor, organizer_id, form.unit_id, form.valid_to)
    _must_be_new(session, organizer_id, person_id, form)
    made = roles.give_role(
        session,
        person_id=person_id,
        post=roles.Post(form.role, organizer_id, form.unit_id, form.acting),
        valid_from=form.valid_from,
        valid_to=form.valid_to,
    )
    _note(session, actor, "role.give", made)
    return made


def _must_fit_unit(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    unit_id: UUID,
    last: date | None,
    *,
    field: str = "valid_to",
) -> None:
    """Raise Invalid unless the unit is here and at work until *last*, for ever when it is None."""
    unit = session.scalar(
        visible(SchoolUnit, actor).where(
            SchoolUnit.organizer_id == organizer_id, SchoolUnit.id == unit_id
        )
    )
    if unit is None:
        raise Invalid(_("Välj en enhet."), {"unit_id": _("Enheten finns inte. Välj i listan.")})
    if unit.is_open(last or date.max):
        return
    if unit.valid_to is None:
        over = _("Enheten har upphört. Välj en annan.")
        raise Invalid(over, {"unit_id" if field == "valid_to" else field: over})
    short = _("Enhetens sista dag är {day}. Uppdraget kan inte gälla längre.").format(
        day=format_date(unit.valid_to)
    )
    raise Invalid(short, {field: short})


def set_last_day(
    session: Session,
    actor: Actor,
    *,
    assignment: RoleAssignment,
    last_day: date | None,
    today: date,
) -> None:
    """Let a role end after *last_day*, or go on when it is None.

    One that has not begun by then is taken away. What has already been is not rewritten: yesterday
    is the earliest. Raises Conflict when nobody would administrate the huvudman.
    """
    organizer_id = assignment.organizer_id
    if organizer_id is None:
        raise Missing
    actor.must(Right.MANAGE_PEOPLE, organizer_id)
    yesterday = today - timedelta(days=1)
    if assignment.valid_to is not None and assignment.valid_to < today:
        raise Conflict(_("Uppdraget är redan avslutat. Ge ett nytt i stället."))
    if last_day is not None and last_day < yesterday:
        early = _("Tidigast i går: vem som har haft uppdraget ändras inte i efterhand.")
        raise Invalid(early, {"last_day": early})
    if assignment.kind is Role.ORGANIZER_ADMIN and last_day is not None:
        _must_leave_an_administrator(session, assignment, last_day)
    if last_day is not None and last_day < assignment.valid_from:
        _note(session, actor, "role.withdraw", assignment)
        session.delete(assignment)
        session.flush()
        return
    ends = assignment.valid_to
    if assignment.unit_id and ends is not None and (last_day is None or last_day > ends):
        own = (organizer_id, assignment.unit_id)
        _must_fit_unit(session, actor, *own, last_day, field="last_day")
    roles.change_last_day(session, assignment=assignment, last_day=last_day)
    _note(session, actor, "role.end", assignment)


def invite(
    session: Session, actor: Actor, *, organizer_id: UUID, person_id: UUID, now: datetime
) -> str:
    """Make a link by which the person chooses a password, and return its secret, shown only now.

    Earlier links die. Who works for another huvudman too is not the administrator's to let in:
    the operator does that (`ska person invite`), since the link opens everything they see.
    """
    services.must_be_a_person(actor)
    actor.must(Right.MANAGE_PEOPLE, organizer_id)
    held = queries.assignments_of(session, actor, organizer_id, person_id=person_id)
    if not held:
        raise Missing
    if _works_elsewhere(session, person_id, organizer_id, now.date()):
        raise Conflict(
            _(
                "Personen har uppdrag också utanför er huvudman. "
                "Den som sköter installationen gör länken."
            )
        )
    secret = open_invitation(session, person_id=person_id, organizer_id=organizer_id, now=now)
    assignment = session.get_one(RoleAssignment, held[-1].id)
    record(session, actor, act="person.invite", thing=assignment, details=about(assignment))
    session.flush()
    return secret


def open_invitation(
    session: Session, *, person_id: UUID, organizer_id: UUID | None, now: datetime
) -> str:
    """Make the person's only open link and return its secret."""
    session.execute(delete(Invitation).where(Invitation.person_id == person_id))
    secret = new_secret()
    session.add(
        Invitation(
            person_id=person_id,
            organizer_id=organizer_id,
            token_hash=hash_secret(secret),
            expires_at=now + INVITED,
        )
    )
    session.flush()
    return secret


def invited(session: Session, *, secret: str, now: datetime) -> Person:
    """Return the person whom an open link lets in; raise Missing for every other link."""
    row = session.execute(
        select(Invitation.organizer_id, Person)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.token_hash == hash_secret(secret), Invitation.expires_at > now)
    ).one_or_none()
    if row is None or (
        row.organizer_id is not None
        and _works_elsewhere(session, row.Person.id, row.organizer_id, now.date())
    ):
        raise Missing(_("Länken gäller inte längre. Be den som är administratör om en ny."))
    person: Person = row.Person
    return person


def accept(session: ScopedSession, *, secret: str, password: str, now: datetime) -> str:
    """Choose the password by a link, sign in and return the cookie's secret; the link is dead.

    Raises Missing for a link that is used, old or replaced, Invalid for a weak password.
    """
    person = invited(session, secret=secret, now=now)
    services.must_be_strong(person, password)
    used = session.execute(
        delete(Invitation)
        .where(Invitation.token_hash == hash_secret(secret))
        .returning(Invitation.id)
    ).first()
    if used is None:
        raise Missing(_("Länken gäller inte längre. Be den som är administratör om en ny."))
    cookie = services.set_password(session, person=person, password=password, now=now)
    note_password(session, person=person, act="password.choose", today=now.date())
    return cookie


def _works_elsewhere(session: Session, person_id: UUID, organizer_id: UUID, today: date) -> bool:
    """Tell whether the person has a role, now or later, outside the huvudman."""
    return bool(
        session.scalar(
            select(func.count())
            .select_from(RoleAssignment)
            .where(
                RoleAssignment.person_id == person_id,
                RoleAssignment.organizer_id.is_distinct_from(organizer_id),
                _not_over(today),
            )
        )
    )


def _not_over(day: date) -> ColumnElement[bool]:
    return or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= day)


def _must_be_new(session: Session, organizer_id: UUID, person_id: UUID, form: PostForm) -> None:
    same = select(RoleAssignment.id).where(
        RoleAssignment.person_id == person_id,
        RoleAssignment.organizer_id == organizer_id,
        RoleAssignment.role == form.role,
        RoleAssignment.unit_id.is_not_distinct_from(form.unit_id),
        _not_over(form.valid_from),
    )
    if form.valid_to is not None:
        same = same.where(RoleAssignment.valid_from <= form.valid_to)
    if session.scalar(same.limit(1)) is not None:
        name = ROLE_NAMES[form.role]
        raise Conflict(_("Personen är redan {role} där under den tiden.").format(role=name))


def _must_leave_an_administrator(
    session: Session, assignment: RoleAssignment, last_day: date
) -> None:
    """Refuse to end the last one; two that end each other wait for each other's rows."""
    administrators = session.scalars(
        select(RoleAssignment)
        .where(
            RoleAssignment.organizer_id == assignment.organizer_id,
            RoleAssignment.role == Role.ORGANIZER_ADMIN,
        )
        .order_by(RoleAssignment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    after = last_day + timedelta(days=1)
    if not any(
        one.id != assignment.id
        and one.valid_from <= after
        and (one.valid_to is None or one.valid_to >= after)
        for one in administrators
    ):
        raise Conflict(
            _("Ingen skulle vara administratör efter det. Ge uppdraget till någon först.")
        )


def about(assignment: RoleAssignment) -> dict[str, Any]:
    """Return what the audit keeps of a role."""
    return {
        "person": str(assignment.person_id),
        "role": assignment.role,
        "unit": str(assignment.unit_id) if assignment.unit_id else None,
        "from": assignment.valid_from.isoformat(),
        "to": assignment.valid_to.isoformat() if assignment.valid_to else None,
    }


def _note(session: Session, actor: Actor, act: str, assignment: RoleAssignment) -> None:
    record(session, actor, act=act, thing=assignment, details=about(assignment))
    session.flush()
