"""What people do with a rektorsgrupp: start it, change it, end it, take it back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Changed, Conflict, NotAllowed
from ska.groups.forms import GroupForm
from ska.organizers.groups import groups_of, may_lead
from ska.organizers.models import GroupMember, PrincipalsGroup
from ska.organizers.rules import slug_of
from ska.organizers.services import must_be_open

_TAKEN = _("Ni har eller har haft en grupp med det namnet. Välj ett annat.")


def start_group(
    session: Session, actor: Actor, *, organizer_id: UUID, form: GroupForm, today: date
) -> PrincipalsGroup:
    """Start a group of the rektorer of some units.

    Raises Conflict when the name is taken, also by a group that has ended, and Invalid for a unit
    of others or one that is no more.
    """
    actor.must(Right.SHARE, organizer_id)
    _must_be_free(session, actor, organizer_id, form.name)
    must_be_open(session, actor, organizer_id, form.units, today, field="units")
    group = PrincipalsGroup(
        organizer_id=organizer_id,
        slug=slug_of(form.name),
        name=form.name,
        members=[_member(organizer_id, one, leads=one == form.leader) for one in form.units],
    )
    try:
        with session.begin_nested():
            session.add(group)
            session.flush()
    except IntegrityError as taken:
        raise Conflict(_TAKEN) from taken
    record(session, actor, act="group.start", thing=group, details={"units": len(form.units)})
    session.flush()
    return group


def change_group(
    session: Session,
    actor: Actor,
    *,
    group: PrincipalsGroup,
    form: GroupForm,
    seen: str,
    today: date,
) -> None:
    """Give a group another name, other units or another leader; its address stays.

    Raises Changed when it is something else than *seen* by now, Conflict when it has ended or
    another has the name.
    """
    held = hold(session, actor, group)
    if held.print != seen:
        raise Changed(_("Någon annan har ändrat gruppen sedan du läste den."))
    _must_be_free(session, actor, held.organizer_id, form.name, but=held.id)
    now = {one.unit_id: one for one in held.members}
    new = [one for one in form.units if one not in now]
    must_be_open(session, actor, held.organizer_id, new, today, field="units")
    for one in held.members:  # one leads at a time: she who did steps down before the next
        one.leads = False
    session.flush()
    held.name = form.name
    held.members = [now.get(one) or _member(held.organizer_id, one) for one in form.units]
    for one in held.members:
        one.leads = one.unit_id == form.leader
    details = {"units": len(form.units), "new": len(new)}
    record(session, actor, act="group.change", thing=held, details=details)
    session.flush()


def end_group(session: Session, actor: Actor, *, group: PrincipalsGroup, now: datetime) -> None:
    """Let a group end; it can be taken back, with its units and its views. Twice is once."""
    held = _alone(session, actor, group)
    if held.ended_at is None:
        held.ended_at = now
        record(session, actor, act="group.end", thing=held)
        session.flush()


def restore_group(session: Session, actor: Actor, *, group: PrincipalsGroup) -> None:
    """Take a group back that has ended. Twice is once."""
    held = _alone(session, actor, group)
    if held.ended_at is not None:
        held.ended_at = None
        record(session, actor, act="group.restore", thing=held)
        session.flush()


def _must_be_free(
    session: Session, actor: Actor, organizer_id: UUID, name: str, *, but: UUID | None = None
) -> None:
    """Raise Conflict when another group than *but* is called so, or has been when it began."""
    slug = slug_of(name)
    others = [one for one in groups_of(session, actor, organizer_id) if one.id != but]
    if any(slug in {one.slug, slug_of(one.name)} for one in others):
        raise Conflict(_TAKEN)


def _member(organizer_id: UUID, unit_id: UUID, *, leads: bool = False) -> GroupMember:
    return GroupMember(organizer_id=organizer_id, unit_id=unit_id, leads=leads)


def hold(session: Session, actor: Actor, group: PrincipalsGroup) -> PrincipalsGroup:
    """Hold a group for an act in it; raise Conflict when it has ended."""
    held = _alone(session, actor, group)
    if held.ended_at is not None:
        raise Conflict(_("Gruppen är avslutad. Ta tillbaka den först."))
    return held


def _alone(session: Session, actor: Actor, group: PrincipalsGroup) -> PrincipalsGroup:
    """Insist that the person sees to the group, and read it anew: nobody else changes it now."""
    held = lock(session, group)
    session.refresh(held, ["members"])
    if not may_lead(actor, held):
        raise NotAllowed(_("Den som leder gruppen, eller kvalitetsutvecklaren, ändrar den."))
    return held
