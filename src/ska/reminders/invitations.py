"""Telling those who answer for sharing that their huvudman is invited to a network.

The coordinator cannot write in another huvudman, so the invited huvudman's own clock tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import RIGHTS, Right, Role
from ska.core.text import _
from ska.cycle.queries import holders_on
from ska.cycle.rules import Holder
from ska.notices.rules import Letter, NoticeKind
from ska.notices.services import write_letters
from ska.organizers.models import Network, NetworkMember, Organizer
from ska.reminders.services import clockwork


def with_invitations(session: Session, _now: datetime) -> Sequence[UUID]:
    """Return the huvudmän with an invitation that waits; memberships are public."""
    waiting = select(NetworkMember.organizer_id).where(NetworkMember.is_invited())
    return session.scalars(waiting.distinct()).all()


def tell_invitations(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> int:
    """Tell of each invitation that waits, once for each person; return how many notices are new.

    Runs inside the huvudman's scope. An invitation that is made anew is told of anew.
    """
    waiting = session.execute(
        select(NetworkMember, Network)
        .join(Network, Network.id == NetworkMember.network_id)
        .where(NetworkMember.organizer_id == organizer_id, NetworkMember.is_invited())
    ).all()
    if not waiting:
        return 0
    organizer = session.get_one(Organizer, organizer_id)
    people = {
        one.person_id: one
        for one in holders_on(session, organizer_id, now.date())
        if Right.SHARE in RIGHTS[Role(one.role)]
    }
    letters = [
        _letter(organizer, person, member, network, address)
        for person in people.values()
        for member, network in waiting
    ]
    actor = clockwork(organizer_id)
    return write_letters(session, actor, organizer_id, NoticeKind.INVITATION, letters, now=now)


def _letter(
    organizer: Organizer, person: Holder, member: NetworkMember, network: Network, address: str
) -> Letter:
    title = _("{name} är inbjuden till {network}").format(name=organizer.name, network=network.name)
    text = _("Inget delas förrän ni själva väljer det. Se vilka som är med, och svara.")
    href = f"/{organizer.slug}/natverk/{network.slug}"
    parts = [
        _("Hej {name}.").format(name=person.name.split(" ", maxsplit=1)[0]),
        f"{title}. {text}",
        f"{address}{href}",
        _("Välj hur du får veta: {href}").format(
            href=f"{address}/{organizer.slug}/notiser/installningar"
        ),
    ]
    key = f"invitation:{member.id}:{member.updated_at.isoformat()}:{person.person_id}"
    body = "\n\n".join(parts) + "\n"
    return Letter(person.person_id, person.email, key, title, text, href, body)
