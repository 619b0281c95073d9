"""Everything on the page of comparison: what is chosen, what may be chosen, and the picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.listing import is_held, listed
from ska.comparisons.pictures import Shape
from ska.comparisons.queries.alike import filled
from ska.comparisons.queries.beginnings import beginnings_of
from ska.comparisons.queries.context import (
    Places,
    chosen_conditions,
    factors_of,
)
from ska.comparisons.queries.drawing import Read, draw
from ska.comparisons.queries.placesets import nearest_first
from ska.comparisons.queries.rows import (
    EMPTY,
    Measured,
    Sought,
    around_copies,
    beside_municipalities,
    beside_units,
    copies_of,
    of_copies,
)
from ska.comparisons.queries.sets import (
    OwnUnits,
    chosen_set,
    item_of,
    may_read,
    offered,
    own_units,
    picked_among,
)
from ska.comparisons.queries.shown import Compared, ComparisonView, Sharing, shapes_of
from ska.comparisons.rules import COUNTRY, means_in, wholes_beside, without_value
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.questions.queries import as_seen
from ska.sharing.copies import Copies
from ska.sharing.forms import AS_DESCRIBED
from ska.sharing.queries import shared_titles
from ska.sharing.services import note_viewing
from ska.values.own import has_changed
from ska.values.rules import ValueStatus


def comparison_view(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    asked: Compared,
    *,
    today: date,
    home: UUID | None = None,
) -> ComparisonView:
    """Return the page for what is *asked*; raise Missing for an unknown indicator or set."""
    offer = offered(session, actor, organizer, asked.alike.sought)
    item = item_of(offer.items, asked.what)
    chosen = chosen_set(nearest_first(offer.sets, item), asked.whom, asked.codes)
    chosen, alike = filled(session, organizer, offer, chosen, (asked.alike, asked.known))
    shape = asked.shape if asked.shape in shapes_of(chosen) else Shape.DOTS
    view = ComparisonView(
        offer.items, item, offer.sets, chosen, asked.order, shape=shape, alike=alike,
        listed=listed(offer.items, offer.goals, offer.held),
        is_bare=item is not None and not is_held(item, offer.held),
    )  # fmt: skip
    if item is None:
        may = may_read(actor, organizer)
        shared = shared_titles(session, actor, organizer.id, today) if may else []
        here = offer, OwnUnits(offer.units, home).mine
        begun = beginnings_of(session, actor, organizer, here, shared)
        return replace(view, shared=shared, begun=begun)
    wanted = chosen_conditions(offer.items, asked.factors)
    sought = Sought(item, wanted, asked.known, asked.measure)
    if chosen.network:
        copies = copies_of(session, actor, organizer, item, chosen.network, today)
        sought = replace(sought, known=None)  # a copy has no history
        around = around_copies(session, actor, organizer, copies.members, sought)
        read = in_network(copies, organizer, around)
        view = replace(view, asked=tuple(as_seen(actor, organizer.id, copies.beside)))
    elif chosen.is_ours:
        ours = chosen.those_of(offer.units)
        units, picked = picked_among(ours, asked.units, item)
        own = own_units(units, home, actor, organizer, asked.beside)
        may_stand = tuple(one for one in ours if one.has_use_of(item))
        label = _("Valda enheter") if picked else chosen.label
        view = replace(view, units=may_stand, picked=picked, chosen=replace(chosen, label=label))
        read = _at_units(session, actor, organizer, own, sought)
    else:
        measured = beside_municipalities(session, actor, organizer, chosen, sought)
        read = Read(
            measured,
            [(one.name, one.name) for one in chosen.peers] if alike else (),
            means_in(measured.wholes),
            home=organizer.municipality_code or "",
            known_as=Places(
                "own", {one.name: (one.code, one.organisation_number) for one in chosen.peers}
            ),
        )
    factors = factors_of(read.measured.values, organizer, wanted, read.known_as, sought.known)
    return draw(replace(view, factors=factors), item, asked, read)


def read_comparison(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    asked: Compared,
    *,
    today: date,
    home: UUID | None = None,
) -> ComparisonView:
    """Return the comparison, and leave a trace with those whose copies were read."""
    view = comparison_view(session, actor, organizer, asked, today=today, home=home)
    if view.sharing is not None and view.sharing.own is not None:
        note_viewing(session, actor, viewer=organizer, grants=view.sharing.grants, today=today)
    return view


def _at_units(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    own: OwnUnits,
    sought: Sought,
) -> Read:
    units, mine = own.units, own.mine
    measured = beside_units(session, actor, organizer, units, sought, home=mine)
    places = [(one.slug, one.name) for one in units if one.has_use_of(sought.item)]
    here = mine.slug if mine else ""
    return Read(measured, places, own=here, unit=mine, known_as=Places(here, units=units))


def in_network(found: Copies, organizer: Organizer, around: Measured = EMPTY) -> Read:
    """Return the copies of one thing, only where the huvudman shares it too.

    The country stands beside them where it is published *around* them: it is counted as the
    indicator is described, and beside a copy that is not it stands apart.
    """
    members, grants = found.members, found.grants
    own = next((one for one in grants if one.organizer_id == organizer.id), None)
    names = {one.id: one.name for one in members}
    rows = of_copies(grants, found.values, names, organizer.id)
    giving = {one.organizer_id for one in grants}
    silent = [one for one in members if one.id not in giving]
    wholes = wholes_beside(around.wholes, rows, has_home=True) if own else []
    measured = Measured(rows if own else [], [], "", around.values, wholes)
    return Read(
        measured,
        [(str(one.id), one.name) for one in members if one.id in giving],
        {COUNTRY: AS_DESCRIBED, **{str(one.organizer_id): one.definition for one in grants}},
        tuple(without_value(str(one.id), one.name, ValueStatus.WITHHELD) for one in silent),
        str(organizer.id),
        Sharing(
            found.network.slug,
            found.network.id,
            found.network.name,
            grants,
            own,
            members,
            is_old=has_changed(found.beside),
            has_country=bool(wholes),
        ),
        known_as=Places(
            str(organizer.id),
            {str(one.id): one.numbers for one in members if one.id != organizer.id},
        ),
    )
