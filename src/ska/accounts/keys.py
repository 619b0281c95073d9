"""Keys for programs: made, ended, and asked for at the command line."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.accounts import queries
from ska.accounts.models import ApiToken
from ska.accounts.services import must_be_a_person
from ska.audit import record
from ska.core.secrets import hash_secret, new_secret
from ska.core.text import _
from ska.db.session import ScopedSession
from ska.errors import Invalid, Missing
from ska.organizers.models import Organizer
from ska.organizers.queries import organizers_of


def create_token(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    name: str,
    rights: frozenset[Right],
    expires_at: datetime,
) -> str:
    """Create a program's key for one huvudman and return its secret, shown only now.

    Every key may read what everyone there may. Raises NotAllowed when *rights* holds more than
    the person may do, or when a program asks: keys do not make keys.
    """
    must_be_a_person(actor)
    for right in rights:
        if not actor.may(right, organizer_id):
            actor.must(right, organizer_id)
    secret = "ska_" + new_secret()
    token = ApiToken(
        person_id=actor.person_id,
        organizer_id=organizer_id,
        name=name,
        token_hash=hash_secret(secret),
        rights=" ".join(sorted(rights | {Right.ENTER})),
        expires_at=expires_at,
    )
    session.add(token)
    session.flush()
    record(session, actor, act="token.create", thing=token)
    session.flush()
    return secret


def revoke_token(session: Session, actor: Actor, *, token_id: UUID, now: datetime) -> UUID:
    """End one of the person's own keys at once and return its huvudman; raise Missing else."""
    must_be_a_person(actor)
    token = session.scalar(
        select(ApiToken).where(ApiToken.id == token_id, ApiToken.person_id == actor.person_id)
    )
    if token is None:
        raise Missing
    token.revoked_at = token.revoked_at or now
    session.flush()
    return token.organizer_id


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
    secret = create_token(
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
