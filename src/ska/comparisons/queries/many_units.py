"""Own units beside each other in several measures at once, by signal and not by value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.listing import Listed, is_held, listed
from ska.comparisons.queries.sets import Offered, offered
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow
from ska.overview.queries.signals import Asked, SignalView, signals_among

USUAL = {"indicator", "local"}
NOT_HERE = {"relation"}
TOGETHER = _(
    "Allt som visas bedöms tillsammans. Väljer ni färre kan något bli tydligt som inte är det här:"
    " bestäm er innan ni ser svaret."
)


@dataclass(frozen=True)
class Picked:
    """What the address asks for: units by slug, measures by code, as *known* on a day."""

    units: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    known: date | None = None


@dataclass(frozen=True)
class ManyUnits:
    """The table, and all that may be chosen for it; *picked* and *measures* are what is."""

    table: SignalView
    units: list[UnitRow]
    listed: list[Listed]
    picked: tuple[str, ...]
    measures: tuple[str, ...]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Return what is chosen in the names of the address."""
        return [("enhet", one) for one in self.picked] + [("vad", one) for one in self.measures]


def many_units(session: Session, actor: Actor, organizer: Organizer, picked: Picked) -> ManyUnits:
    """Return the chosen units in the chosen measures, all that have values where none are chosen.

    Two questions in all; what is not known of what is asked for is left out.
    """
    offer = offered(session, actor, organizer)
    items = [one for one in offer.items if one.kind not in NOT_HERE]
    units = [one for one in offer.units if one.slug in picked.units]
    chosen = [one for one in items if one.code in picked.codes]
    asked = Asked(
        units or offer.units,
        chosen or _usual(items, offer),
        known=picked.known,
        name=_("Våra enheter i flera mått"),
        notes=(TOGETHER,),
    )
    return ManyUnits(
        signals_among(session, actor, organizer, asked),
        offer.units,
        listed(items, offer.goals, offer.held),
        tuple(one.slug for one in units),
        tuple(one.code for one in chosen),
    )


def _usual(items: Sequence[ItemRow], offer: Offered) -> list[ItemRow]:
    return [one for one in items if one.kind in USUAL and is_held(one, offer.held)]
