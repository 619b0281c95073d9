"""What people do with a saved view: save it, name it anew, remove it, take it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.comparisons.forms import ViewForm, ViewNameForm, Whose
from ska.comparisons.queries.keeping import ToKeep
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Invalid, NotAllowed
from ska.organizers.groups import may_lead
from ska.organizers.models import PrincipalsGroup, SavedView


def save_view(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    kept: ToKeep,
    form: ViewForm,
) -> SavedView:
    """Save what a page asks for; raise Invalid without an indicator, or anyone to fix it for."""
    question, group = kept.question(form.when), kept.group
    if not kept.heading:
        nothing = _("Välj en indikator först, så finns det något att spara.")
        raise Invalid(nothing, {"name": nothing})
    network_id = _network(kept, form) if form.whose is Whose.NETWORK else None
    if form.whose is Whose.GROUP and group is None:
        outside = _("Jämför i en rektorsgrupp för att fästa en vy där.")
        raise Invalid(outside, {"whose": outside})
    _must(actor, organizer_id, form.whose, group)
    view = SavedView(
        organizer_id=organizer_id,
        person_id=actor.person_id,
        made_by=actor.name,
        name=form.name,
        question=question,
        whose=form.whose,
        network_id=network_id,
        group_id=group.id if group and form.whose is Whose.GROUP else None,
        meeting_on=form.meeting_on,
    )
    session.add(view)
    session.flush()
    record(session, actor, act="view.save", thing=view, details={"whose": str(form.whose)})
    session.flush()
    return view


def _network(kept: ToKeep, form: ViewForm) -> UUID:
    """Return the network to fix the page for: the one that it is of, or one of the huvudman's."""
    if kept.network_id is not None:
        return kept.network_id
    known = [one for one, _name in kept.networks]
    if kept.only_here or not known:
        outside = kept.only_here or _("Jämför i ett nätverk för att fästa en vy där.")
        raise Invalid(outside, {"whose": outside})
    chosen = form.network_id or (known[0] if len(known) == 1 else None)
    if chosen not in known:
        unknown = _("Välj ett nätverk i listan.")
        raise Invalid(unknown, {"network_id": unknown})
    return chosen


def rename_view(session: Session, actor: Actor, *, view: SavedView, form: ViewNameForm) -> None:
    """Give a view another name."""
    may_change(actor, view, insist=True)
    lock(session, view)
    view.name = form.name
    record(session, actor, act="view.rename", thing=view)
    session.flush()


def remove_view(session: Session, actor: Actor, *, view: SavedView, now: datetime) -> None:
    """Remove a view; it can be taken back. Twice is once."""
    may_change(actor, view, insist=True)
    lock(session, view)
    view.removed_at = view.removed_at or now
    record(session, actor, act="view.remove", thing=view)
    session.flush()


def restore_view(session: Session, actor: Actor, *, view: SavedView) -> None:
    """Take a removed view back."""
    may_change(actor, view, insist=True)
    lock(session, view)
    view.removed_at = None
    record(session, actor, act="view.restore", thing=view)
    session.flush()


def may_change(actor: Actor, view: SavedView, *, insist: bool = False) -> bool:
    """Tell whether the person made the view or answers for it; *insist* raises NotAllowed.

    What a rektorsgrupp has fixed is changed on the group's own page, by who leads it.
    """
    if view.whose == Whose.GROUP:
        if insist:
            raise NotAllowed(_("Den som leder gruppen byter eller släpper vyn på gruppens sida."))
        return False
    answers = Right.SHARE if view.whose == Whose.NETWORK else Right.ANALYSE
    may = view.person_id == actor.person_id or (
        view.whose != Whose.MINE and actor.may_for(answers, view.organizer_id, None)
    )
    if insist and not may:
        raise NotAllowed(_("Den som har sparat vyn ändrar den."))
    return may


def _must(actor: Actor, organizer_id: UUID, whose: Whose, group: PrincipalsGroup | None) -> None:
    """Insist on the right that a view for others asks for; one's own is free to who may enter."""
    if whose is Whose.NETWORK:
        actor.must(Right.SHARE, organizer_id)
    elif whose is Whose.ALL and not actor.may(Right.ANALYSE, organizer_id):
        raise NotAllowed(_("Din roll räcker inte till att spara en vy åt alla."))
    elif whose is Whose.GROUP and group is not None and not may_lead(actor, group):
        raise NotAllowed(_("Den som leder gruppen väljer vad den tittar på."))
