"""What people do with shares: give, take back, and leave a trace where they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.audit import record
from ska.core.ids import new_id
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Conflict, Invalid, Missing
from ska.organizers.models import NetworkMember, Organizer
from ska.sharing.forms import ShareForm
from ska.sharing.models import SharedValue, ShareGrant, ShareViewing

LONGEST = 3 * 366  # days; a consent is given anew, not forgotten
ROW = (
    "period_type", "period", "value", "n", "unit", "status", "finality", "carried_from",
    "recorded_at",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """The thing that is shared: its kind and name there, and its title for people."""

    kind: str
    name: str
    title: str


def share(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    item: Item,
    rows: Iterable[Mapping[str, Any]],
    form: ShareForm,
    now: datetime,
) -> ShareGrant:
    """Publish a copy of *rows* (columns ROW, already behind the gate) to a network.

    Raises Invalid for a day that has been or lies more than three years ahead and for a network
    that the huvudman is not in, Conflict when it is shared there already.
    """
    actor.must(Right.SHARE, organizer_id)
    must_be_soon(form.until, now.date())
    must_be_in(session, organizer_id, form.network_id)
    standing = _live(session, actor, organizer_id, form.network_id, item)
    if standing is not None and standing.is_live(now.date()):
        raise Conflict(_("Det här delas redan i nätverket. Sluta dela först, om något ska ändras."))
    if standing is not None:  # its day has passed
        standing.withdrawn_at, standing.withdrawn_by = now, _("sista dagen passerades")
        session.flush()
    grant = ShareGrant(
        organizer_id=organizer_id,
        kind=item.kind,
        item=item.name,
        title=item.title[:300],
        given_by=actor.name,
        copied_at=now,
        **form.model_dump(),
    )
    session.add(grant)
    session.flush()
    _copy(session, grant, rows)
    record(session, actor, act="share.give", thing=grant, details=_details(grant))
    session.flush()
    return grant


def must_be_soon(until: date, today: date) -> None:
    """Raise Invalid for a last day that has been, or lies more than three years ahead."""
    if until < today:
        early = _("Dagen har redan varit. Skriv en dag från och med i dag.")
        raise Invalid(early, {"until": early})
    if (until - today).days > LONGEST:
        late = _("Ett medgivande gäller högst tre år. Skriv en tidigare dag.")
        raise Invalid(late, {"until": late})


def must_be_in(session: Session, organizer_id: UUID, network_id: UUID) -> None:
    """Hold the membership until the act is done: nobody shares twice, or while the other leaves.

    Raises Invalid for a network that the huvudman is not in.
    """
    found = session.scalar(
        select(NetworkMember.id)
        .where(
            NetworkMember.network_id == network_id,
            NetworkMember.organizer_id == organizer_id,
            NetworkMember.is_member(),
        )
        .with_for_update()
    )
    if found is None:
        outside = _("Välj ett nätverk som ni är med i.")
        raise Invalid(outside, {"network_id": outside})


def _live(
    session: Session, actor: Actor, organizer_id: UUID, network_id: UUID, item: Item
) -> ShareGrant | None:
    return session.scalar(
        visible(ShareGrant, actor)
        .where(
            ShareGrant.organizer_id == organizer_id,
            ShareGrant.network_id == network_id,
            ShareGrant.kind == item.kind,
            ShareGrant.item == item.name,
            ShareGrant.withdrawn_at.is_(None),
        )
        .with_for_update()
    )


def _copy(session: Session, grant: ShareGrant, rows: Iterable[Mapping[str, Any]]) -> None:
    session.add_all(
        SharedValue(
            organizer_id=grant.organizer_id,
            grant_id=grant.id,
            **{name: row[name] for name in ROW},
        )
        for row in rows
    )
    session.flush()


def _details(grant: ShareGrant) -> dict[str, Any]:
    return {
        "network": str(grant.network_id),
        "item": grant.item,
        "until": grant.until.isoformat(),
    }


def renew_copy(
    session: Session,
    actor: Actor,
    *,
    grant: ShareGrant,
    rows: Iterable[Mapping[str, Any]],
    now: datetime,
) -> None:
    """Publish what stands today instead of the copy; raise Conflict when nothing is shared."""
    actor.must(Right.SHARE, grant.organizer_id)
    lock(session, grant)
    if not grant.is_live(now.date()):
        raise Conflict(_("Det här delas inte längre. Dela det på nytt."))
    earlier = visible(SharedValue, actor).where(
        SharedValue.organizer_id == grant.organizer_id, SharedValue.grant_id == grant.id
    )
    for one in session.scalars(earlier):
        session.delete(one)
    session.flush()
    grant.copied_at = now
    _copy(session, grant, rows)
    record(session, actor, act="share.renew", thing=grant, details=_details(grant))
    session.flush()


def withdraw(session: Session, actor: Actor, *, grant: ShareGrant, now: datetime) -> None:
    """Stop sharing at once; the log of who has read stays. Twice is once."""
    actor.must(Right.SHARE, grant.organizer_id)
    lock(session, grant)
    if grant.withdrawn_at is not None:
        return
    grant.withdrawn_at, grant.withdrawn_by = now, actor.name
    record(session, actor, act="share.withdraw", thing=grant, details=_details(grant))
    session.flush()


def note_viewing(
    session: Session, actor: Actor, *, viewer: Organizer, grants: Sequence[ShareGrant], today: date
) -> None:
    """Note, with those who share, that the person has read their copies once more."""
    foreign = [one for one in grants if one.organizer_id != viewer.id]
    if not foreign:
        return
    rows = [
        {
            "id": new_id(),
            "organizer_id": one.organizer_id,
            "grant_id": one.id,
            "viewer_id": viewer.id,
            "viewer": viewer.name,
            "person_id": actor.person_id,
            "person_name": actor.name,
            "viewed_on": today,
        }
        for one in foreign
    ]
    session.execute(insert(ShareViewing).values(rows))


def own_grant(session: Session, actor: Actor, organizer_id: UUID, grant_id: UUID) -> ShareGrant:
    """Return a grant that the huvudman gave itself; raise Missing without it."""
    found = session.scalar(
        visible(ShareGrant, actor).where(
            ShareGrant.organizer_id == organizer_id, ShareGrant.id == grant_id
        )
    )
    if found is None:
        raise Missing
    return found
