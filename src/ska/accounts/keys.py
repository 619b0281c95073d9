"""A key for a program, asked for at the command line."""

from __future__ import annotations

from datetime import datetime

from ska.access import Actor, Right
from ska.accounts import queries, services
from ska.core.text import _
from ska.db.session import ScopedSession
from ska.errors import Invalid
from ska.organizers.models import Organizer
from ska.organizers.queries import organizers_of


def issue_key(
    session: ScopedSession,
    *,
    email: str,
    slug: str,
    rights: list[str],
    name: str,
    until: datetime,
    now: datetime,
) -> dict[str, str | list[str]]:
    """Create a key for the person with this address and return it with its secret.

    Without *rights* it may do all that the person may; without *slug* the person's only huvudman
    is meant. Raises Invalid for an unknown person, huvudman or right.
    """
    person = queries.person_by_email(session, email)
    if person is None:
        raise Invalid(_("Ingen person har e-postadressen {email}.").format(email=email))
    actor = queries.actor_of_person(session, person, now.date())
    organizer = _organizer(session, actor, slug)
    held = frozenset(right for right in Right if actor.may(right, organizer.id))
    wanted = _rights(rights) or held
    session.limit_to(actor.scope(organizer.id))
    secret = services.create_token(
        session, actor, organizer_id=organizer.id, name=name, rights=wanted, expires_at=until
    )
    return {
        "token": secret,
        "organizer": organizer.slug,
        "rights": sorted(wanted | {Right.ENTER}),
        "expires_at": until.isoformat(timespec="seconds"),
    }


def _organizer(session: ScopedSession, actor: Actor, slug: str) -> Organizer:
    mine = {one.slug: one for one in organizers_of(session, actor)}
    if slug in mine:
        return mine[slug]
    if not slug and len(mine) == 1:
        return next(iter(mine.values()))
    choices = ", ".join(mine) or _("inga")
    raise Invalid(_("Ange --organizer: personens huvudmän är {them}.").format(them=choices))


def _rights(words: list[str]) -> frozenset[Right]:
    try:
        return frozenset(Right(word) for word in words)
    except ValueError as unknown:
        known = ", ".join(Right)
        raise Invalid(_("Okänd rättighet. Välj bland: {known}.").format(known=known)) from unknown
