"""Everything on the page of comparison: what is chosen, what may be chosen, and the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.charts import Role
from ska.comparisons.expecting import expected_of
from ska.comparisons.listing import is_held, listed
from ska.comparisons.pictures import Shape, Shown, picture
from ska.comparisons.pooling import pooled, span_of
from ska.comparisons.queries.alike import chosen_by, filled
from ska.comparisons.queries.beginnings import beginnings_of
from ska.comparisons.queries.context import (
    Places,
    chosen_conditions,
    factors_of,
    read_conditions,
)
from ska.comparisons.queries.outlines import codes_of, outlines
from ska.comparisons.queries.rows import (
    EMPTY,
    Measured,
    Sought,
    beside_municipalities,
    beside_units,
    broken,
    copies_of,
    of_copies,
)
from ska.comparisons.queries.sets import (
    UNITS,
    OwnUnits,
    PlaceSet,
    chosen_set,
    item_of,
    may_read,
    offered,
    own_units,
)
from ska.comparisons.queries.shown import Compared, ComparisonView, Sharing, shapes_of
from ska.comparisons.rules import (
    NETWORK,
    Order,
    Standing,
    dot_rows,
    latest_shared,
    periods_of,
    standings,
    without_value,
    years_of,
)
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.queries.derived import derived_items
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, choosable
from ska.overview.rules.breaks import silent_at
from ska.overview.rules.trends import about_of, caution_of, source_of
from ska.questions.queries import as_seen
from ska.sharing.copies import Copies, copies_in
from ska.sharing.models import ShareGrant
from ska.sharing.queries import shared_titles
from ska.sharing.services import note_viewing
from ska.values.own import has_changed
from ska.values.rules import ValueStatus


@dataclass(frozen=True)
class _Read:
    """What was read for one set."""

    measured: Measured
    places: Sequence[tuple[str, str]] = ()
    definitions: dict[str, str] = field(default_factory=dict)
    silent: tuple[Standing, ...] = ()
    own: str = "own"
    sharing: Sharing | None = None
    home: str = ""
    unit: UnitRow | None = None
    known_as: Places = field(default_factory=Places)


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
    chosen = chosen_set(offer.sets, asked.whom, asked.codes)
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
        read = _in_network(copies, organizer)
        view = replace(view, asked=tuple(as_seen(actor, organizer.id, copies.beside)))
    elif chosen.key == UNITS:
        own = own_units(offer.units, home, actor, organizer, asked.beside)
        read = _at_units(session, actor, organizer, own, sought)
    else:
        read = _Read(
            beside_municipalities(session, actor, organizer, chosen.peers, sought),
            [(one.name, one.name) for one in chosen.peers] if alike else (),
            home=organizer.municipality_code or "",
            known_as=Places(
                "own", {one.name: (one.code, one.organisation_number) for one in chosen.peers}
            ),
        )
    values = read.measured.values
    if wanted and chosen.network:
        values = read_conditions(session, actor, organizer, wanted, read.known_as)
    factors = factors_of(values, organizer, wanted, read.known_as, sought.known)
    return _drawn(replace(view, factors=factors), item, asked, read)


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
) -> _Read:
    units, mine = own.units, own.mine
    measured = beside_units(session, actor, organizer, units, sought, home=mine)
    places = [(one.slug, one.name) for one in units if one.has_use_of(sought.item)]
    here = mine.slug if mine else ""
    return _Read(measured, places, own=here, unit=mine, known_as=Places(here, units=units))


def network_views(
    session: Session, actor: Actor, organizer: Organizer, slug: str, today: date
) -> tuple[str, list[ComparisonView]]:
    """Return the network's name and a comparison of everything that the huvudman shares in it.

    Leaves a trace with those whose copies are read; raises Missing outside the network.
    """
    found = copies_in(session, actor, organizer.id, slug, None, today)
    items = [*choosable(session, actor, organizer.id), *derived_items()]
    chosen = PlaceSet(f"{NETWORK}{slug}", found.network.name, network=slug)
    ours = {one.item for one in found.grants if one.organizer_id == organizer.id}
    views: list[ComparisonView] = []
    seen: list[ShareGrant] = []
    for item in [one for one in items if one.code in ours]:
        grants = tuple(one for one in found.grants if one.item == item.code)
        ids = {one.id for one in grants}
        values = tuple(one for one in found.values if one.grant_id in ids)
        read = _in_network(replace(found, grants=grants, values=values), organizer)
        views.append(
            _drawn(ComparisonView(items, item, [], chosen, Order.NAME), item, Compared(), read)
        )
        seen += grants
    note_viewing(session, actor, viewer=organizer, grants=seen, today=today)
    return found.network.name, views


def _in_network(found: Copies, organizer: Organizer) -> _Read:
    """Return the copies of one thing, only where the huvudman shares it too."""
    members, grants = found.members, found.grants
    own = next((one for one in grants if one.organizer_id == organizer.id), None)
    names = {one.id: one.name for one in members}
    rows = of_copies(grants, found.values, names, organizer.id)
    giving = {one.organizer_id for one in grants}
    silent = [one for one in members if one.id not in giving]
    return _Read(
        Measured(rows, [], "") if own else EMPTY,
        [(str(one.id), one.name) for one in members if one.id in giving],
        {str(one.organizer_id): one.definition for one in grants},
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
        ),
        known_as=Places(
            str(organizer.id),
            {str(one.id): one.numbers for one in members if one.id != organizer.id},
        ),
    )


def _drawn(view: ComparisonView, item: ItemRow, asked: Compared, read: _Read) -> ComparisonView:
    """Put the picture of one period on the page, with every place of the set in it."""
    rows = read.measured.rows
    known = None if read.sharing else asked.known  # a copy has no history
    periods = periods_of(rows)
    period = asked.period if asked.period in periods else latest_shared(rows)
    view = replace(
        view, periods=periods, period=period, sharing=read.sharing, known=known,
        groups=read.measured.groups, group=read.measured.group,
    )  # fmt: skip
    unit = str(rows[0].unit or "") if rows else str(item.details.get("unit") or "")
    subject, breaks = broken(item, read.measured)
    span = span_of(period) if period else ()
    view = replace(view, can_pool=unit == "%" and bool(span) and span[0] in periods)
    view = replace(view, pooled=asked.pooled and view.can_pool)
    if view.pooled:
        found = pooled(rows, span, {one.at for one in breaks.told})
        period = f"{span[0]}–{span[-1]}"
    else:
        found, span = standings(rows, period), (period,)
    places = _completed(found, read)
    told_of = {one.key for one in places if one.measure.value is not None}
    fallback = read.own if read.own in told_of else ""
    reference = asked.beside if asked.beside in told_of else fallback
    told = {
        "name": item.heading,
        "source": source_of([one for one in rows if one.period in span], known),
        "caution": caution_of(item.details, read.measured.group),
        "subtitle": " · ".join(filter(None, [view.chosen.label, item.details.get("of")])),
        "unit": unit,
        "share": unit == "%",
        "notes": (*silent_at(breaks, view.period), *(read.sharing.notes if read.sharing else ())),
        "about": (*chosen_by(view.alike), *about_of(subject)),
    }
    drawn = dot_rows(places, reference, view.order)
    years = years_of(rows, periods) if view.shape is Shape.MULTIPLES else {}
    shown = Shown(
        drawn, years, view.order, reference, period,
        silent=next((one for one in places if one.key == asked.beside != reference), None),
        beside=(
            *(view.alike.beside if view.alike else ()),
            *(one.beside([(row.key, row.name) for row in drawn]) for one in view.factors),
        ),
        breaks=breaks.told,
        instead=_("Välj ett år i taget för att jämföra.") if view.pooled else "",
    )  # fmt: skip
    if view.shape is Shape.MAP:
        shown = replace(shown, codes=codes_of(view.chosen, read.home), outlines=outlines())
    return replace(
        view, places=tuple(places), rows=drawn, reference=reference,
        chart=picture(view.shape, shown, told), when=period,
        expected=expected_of(drawn, view.factors, reference, share=unit == "%"),
        own=read.own, network_id=read.sharing.network_id if read.sharing else None,
        unit=read.unit if read.unit and read.unit.slug == reference else None,
    )  # fmt: skip


def _completed(found: list[Standing], read: _Read) -> list[Standing]:
    """Add the places that have no row at all, and say how each is counted."""
    known = {one.key for one in found}
    missing = [
        without_value(key, name, ValueStatus.MISSING, Role.OWN if key == read.own else Role.OTHER)
        for key, name in read.places
        if key not in known
    ]
    told = [replace(one, definition=read.definitions.get(one.key, "")) for one in found]
    return [*told, *missing, *read.silent]
