"""What the one who runs the installation does at the command line: lets the first people in."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import ValidationError
from sqlalchemy import select

from ska.access import ROLE_NAMES, Role
from ska.accounts import people, queries, roles, services
from ska.accounts.forms import OF_A_UNIT, PersonForm
from ska.accounts.models import Person, RoleAssignment
from ska.audit import AuditEvent
from ska.core.text import _
from ska.db.session import Scope, ScopedSession
from ska.errors import Invalid
from ska.organizers.models import Organizer
from ska.web.forms import sentence_of


def first_role(
    session: ScopedSession, *, name: str, email: str, role: str, slug: str, today: date
) -> Person:
    """Give someone a role in a huvudman as a whole, or the installation's own without *slug*.

    Done again it changes nothing. Raises Invalid with a sentence about what is wrong.
    """
    form = _checked(name, email, role, today)
    wanted = Role(role)
    organizer = _organizer(session, slug) if wanted is not Role.SYSTEM_ADMIN else None
    person = queries.person_by_email(session, form.email) or services.add_person(
        session, name=form.name, email=form.email, password=None
    )
    actor = queries.actor_of_person(session, person, today)
    home = organizer.id if organizer else None
    if any(one.role is wanted and one.organizer_id == home for one in actor.assignments):
        return person
    made = roles.give_role(
        session, person_id=person.id, post=roles.Post(wanted, home), valid_from=today
    )
    if organizer is not None:
        _note(session, organizer, made)
    return person


def new_link(session: ScopedSession, *, email: str, now: datetime) -> str:
    """Make the link by which a person chooses a password, whatever roles they have."""
    person = queries.person_by_email(session, email)
    if person is None:
        raise Invalid(_("Ingen person har e-postadressen {email}.").format(email=email))
    return people.open_invitation(session, person_id=person.id, organizer_id=None, now=now)


def _checked(name: str, email: str, role: str, today: date) -> PersonForm:
    known = [str(one) for one in Role if one not in OF_A_UNIT]
    if role not in known:
        raise Invalid(_("Okänt uppdrag. Välj bland: {known}.").format(known=", ".join(known)))
    try:
        return PersonForm.model_validate(
            {"name": name, "email": email, "role": Role.AUDITOR, "valid_from": today}
        )
    except ValidationError as wrong:
        raise Invalid(" ".join(sentence_of(one) for one in wrong.errors())) from wrong


def _organizer(session: ScopedSession, slug: str) -> Organizer:
    found = session.scalar(select(Organizer).where(Organizer.slug == slug))
    if found is None:
        raise Invalid(
            _(
                "Ingen huvudman heter {slug} i adresser. Läs in huvudmännen med ska load units, "
                "och ange --organizer som det står i adressen."
            ).format(slug=slug or "–")
        )
    return found


def _note(session: ScopedSession, organizer: Organizer, made: RoleAssignment) -> None:
    session.limit_to(Scope(frozenset({organizer.id}), organizer.id))
    session.add(
        AuditEvent(
            organizer_id=organizer.id,
            person_name=_("Den som sköter installationen"),
            roles=ROLE_NAMES[Role.SYSTEM_ADMIN],
            act="role.give",
            kind=RoleAssignment.__tablename__,
            object_id=made.id,
            details=people.about(made),
        )
    )
    session.flush()
