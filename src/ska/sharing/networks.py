"""What people do with networks: form one, invite, answer for their own huvudman, leave."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.audit import record
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing
from ska.organizers.models import Network, NetworkMember, Organizer
from ska.organizers.rules import slug_of
from ska.sharing.forms import InvitationForm, NetworkForm
from ska.sharing.models import ShareGrant


def form_network(
    session: Session, actor: Actor, *, organizer: Organizer, form: NetworkForm, today: date
) -> Network:
    """Form a network with this huvudman as its coordinator and first member.

    Raises Conflict when the name is taken.
    """
    actor.must(Right.SHARE, organizer.id)
    slug = slug_of(form.name)
    network = Network(
        slug=slug, name=form.name, coordinator_id=organizer.id, is_demo=organizer.is_demo
    )
    try:
        with session.begin_nested():
            session.add(network)
            session.flush()
    except IntegrityError as taken:
        told = _("Det finns redan ett nätverk med det namnet. Välj ett annat.")
        raise Conflict(told) from taken
    member = NetworkMember(network_id=network.id, organizer_id=organizer.id, valid_from=today)
    session.add(member)
    session.flush()
    record(session, actor, act="network.form", thing=member, details={"network": slug})
    session.flush()
    return network


def invite(
    session: Session, actor: Actor, *, organizer: Organizer, network: Network, form: InvitationForm
) -> Organizer:
    """Invite a huvudman, which answers for itself; raise Invalid for one that is not found.

    Only the coordinator invites (Missing to others). Demo and real huvudmän never meet.
    """
    actor.must(Right.SHARE, organizer.id)
    if network.coordinator_id != organizer.id:
        raise Missing
    mine = _membership(session, organizer.id, network)  # held: two invitations wait in line
    guest = _huvudman(session, form.organizer, is_demo=organizer.is_demo)
    wanted = (NetworkMember.network_id == network.id, NetworkMember.organizer_id == guest.id)
    member = session.scalar(select(NetworkMember).where(*wanted).with_for_update())
    if member is None:
        session.add(NetworkMember(network_id=network.id, organizer_id=guest.id))
    elif member.valid_to is None:
        taken = _("{name} är redan med eller inbjuden.").format(name=guest.name)
        raise Invalid(taken, {"organizer": taken})
    else:
        member.valid_from = member.valid_to = None
    session.flush()
    record(session, actor, act="network.invite", thing=mine, details={"guest": guest.slug})
    session.flush()
    return guest


def _huvudman(session: Session, name: str, *, is_demo: bool) -> Organizer:
    plain = func.lower(Organizer.name)
    found = session.scalars(
        select(Organizer).where(
            Organizer.is_demo.is_(is_demo),
            plain.in_(
                [name.lower(), f"{name.lower()} kommun", name.lower().removesuffix(" kommun")]
            ),
        )
    ).all()
    if len(found) != 1:
        unknown = _("Hittar ingen huvudman med det namnet. Skriv det som i registret.")
        raise Invalid(unknown, {"organizer": unknown})
    return found[0]


def answer_invitation(
    session: Session, actor: Actor, *, organizer_id: UUID, network: Network, yes: bool, today: date
) -> None:
    """Join a network or decline its invitation; raise Missing without one."""
    actor.must(Right.SHARE, organizer_id)
    member = _membership(session, organizer_id, network)
    if member.valid_from is not None:
        raise Conflict(_("Ni är redan med i nätverket."))
    if yes:
        member.valid_from = today
    else:
        member.valid_to = today
    act = "network.join" if yes else "network.decline"
    record(session, actor, act=act, thing=member, details={"network": network.slug})
    session.flush()


def leave(
    session: Session, actor: Actor, *, organizer_id: UUID, network: Network, today: date
) -> None:
    """Leave a network; everything the huvudman shares in it is withdrawn at once."""
    actor.must(Right.SHARE, organizer_id)
    member = _membership(session, organizer_id, network)
    if member.valid_from is None:
        raise Missing
    member.valid_to = today
    mine = visible(ShareGrant, actor).where(
        ShareGrant.organizer_id == organizer_id,
        ShareGrant.network_id == network.id,
        ShareGrant.withdrawn_at.is_(None),
    )
    ids = session.scalars(mine.with_only_columns(ShareGrant.id)).all()
    session.execute(
        update(ShareGrant)
        .where(ShareGrant.organizer_id == organizer_id, ShareGrant.id.in_(ids))
        .values(withdrawn_at=func.now(), withdrawn_by=actor.name)
    )
    record(session, actor, act="network.leave", thing=member, details={"withdrawn": len(ids)})
    session.flush()


def _membership(session: Session, organizer_id: UUID, network: Network) -> NetworkMember:
    """Return the huvudman's membership or invitation, locked; raise Missing without one."""
    found = session.scalar(
        select(NetworkMember)
        .where(
            NetworkMember.network_id == network.id,
            NetworkMember.organizer_id == organizer_id,
            NetworkMember.valid_to.is_(None),
        )
        .with_for_update()
    )
    if found is None:
        raise Missing
    return found
