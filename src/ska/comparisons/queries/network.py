"""Everything that a network shares and the huvudman shares too, each thing ready to be drawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.pictures import Shape
from ska.comparisons.queries.drawing import draw
from ska.comparisons.queries.placesets import PlaceSet
from ska.comparisons.queries.rows import EMPTY, Measured, country_beside
from ska.comparisons.queries.shown import Compared, ComparisonView
from ska.comparisons.queries.view import in_network
from ska.comparisons.rules import Order, latest_shared, periods_of
from ska.organizers.models import Network, Organizer
from ska.organizers.rules import NETWORK
from ska.overview.queries.derived import derived_items
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import choosable
from ska.overview.queries.results import titles_of
from ska.sharing.copies import Copies, copies_in
from ska.sharing.models import ShareGrant


@dataclass(frozen=True)
class NetworkRead:
    """What was read of a network; *items* are what the huvudman itself shares there, in order.

    *names* are all indicators by code, *found* the copies and what else was asked for, *around*
    what is published beside them where it has been read.
    """

    organizer: Organizer
    items: Sequence[ItemRow]
    names: dict[str, str]
    found: Copies
    around: Measured = EMPTY

    @property
    def network(self) -> Network:
        """Return the network."""
        return self.found.network

    def grants(self, code: str) -> tuple[ShareGrant, ...]:
        """Return the consents of all who share an indicator."""
        return tuple(one for one in self.found.grants if one.item == code)

    def view(self, code: str, shape: Shape, back: int = 0) -> ComparisonView | None:
        """Return a comparison of an indicator, None when the huvudman does not share it."""
        item = next((one for one in self.items if one.code == code), None)
        if item is None:
            return None
        grants = self.grants(code)
        ids = {one.id for one in grants}
        values = tuple(one for one in self.found.values if one.grant_id in ids)
        copies = replace(self.found, grants=grants, values=values)
        titles = titles_of(item)
        wholes = [one for one in self.around.wholes if one.title in titles]
        read = in_network(copies, self.organizer, replace(self.around, wholes=wholes))
        rows, period = read.measured.rows, ""
        if back and (periods := periods_of(rows)):
            at = periods.index(latest_shared(rows)) + back
            period = periods[min(at, len(periods) - 1)]
        slug, name = self.network.slug, self.network.name
        chosen = PlaceSet(f"{NETWORK}{slug}", name, network=slug)
        view = ComparisonView([], item, [], chosen, Order.NAME, shape=shape)
        return draw(view, item, Compared(period=period), read)


def read_network(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    slug: str,
    today: date,
    *,
    also: Sequence[Select[Any]] = (),
) -> NetworkRead:
    """Return what a network shares; *also* are queries that are asked in the same question.

    Raises Missing outside the network. It leaves no trace: whoever shows copies notes the reading.
    """
    found = copies_in(session, actor, organizer.id, slug, None, today, also=also)
    items = [*choosable(session, actor, organizer.id), *derived_items()]
    ours = {one.item for one in found.grants if one.organizer_id == organizer.id}
    names = {one.code: one.heading for one in items}
    return NetworkRead(organizer, [one for one in items if one.code in ours], names, found)


def with_country(
    session: Session, actor: Actor, read: NetworkRead, codes: Collection[str]
) -> NetworkRead:
    """Return the same with the country beside the copies of these indicators, in one question."""
    items = [one for one in read.items if one.code in codes]
    if not items:
        return read
    return replace(read, around=country_beside(session, actor, read.organizer, items))
