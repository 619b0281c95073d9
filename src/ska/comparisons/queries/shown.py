"""What a comparison asks for and what its page shows: the words of the address, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ska.charts import Chart, DotRow
from ska.comparisons.expecting import ExpectedShown
from ska.comparisons.likeness import NOTHING, Alike, AskedAlike
from ska.comparisons.listing import Listed
from ska.comparisons.pictures import SHAPE_WORDS, Shape
from ska.comparisons.queries.beginnings import NOTHING_BEGUN, Begun
from ska.comparisons.queries.context import Factor
from ska.comparisons.queries.placesets import PlaceSet
from ska.comparisons.rules import GROUP_LINE, Order, Standing
from ska.core.swedish import format_date
from ska.core.text import _
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow
from ska.overview.queries.relations import questions_of
from ska.questions.queries import Asked
from ska.sharing.models import ShareGrant
from ska.sharing.queries import Member, SharedTitle


@dataclass(frozen=True)
class Compared:
    """What the address asks for: *what*, *whom*, *when*, beside which place, in which order."""

    what: str = ""
    whom: str = ""
    period: str = ""
    beside: str = ""
    order: Order = Order.NAME
    measure: str | None = None
    codes: tuple[str, ...] = ()
    pooled: bool = False
    shape: Shape = Shape.DOTS
    sought: str = ""
    factors: tuple[str, ...] = ()
    known: date | None = None
    alike: AskedAlike = NOTHING
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sharing:
    """What a network shares of the measure: the grants, ours among them, and who withholds.

    *is_old* tells that our own numbers have changed since our copy was made, *has_country* that
    the country's published value stands beside the copies.
    """

    network: str
    network_id: UUID
    name: str
    grants: tuple[ShareGrant, ...]
    own: ShareGrant | None
    members: tuple[Member, ...]
    is_old: bool = False
    has_country: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what must be said of copies: whose they are, and how old."""
        oldest = min((one.copied_at for one in self.grants), default=None)
        if oldest is None:
            return ()
        said = _("Värdena är kopior som huvudmännen har delat i {name}. Den äldsta är från {day}.")
        country = _("Rikets värde är publicerat och räknas som indikatorn är beskriven.")
        copied = said.format(name=self.name, day=format_date(oldest.date()))
        return (copied, *([country] if self.has_country else []))


@dataclass(frozen=True)
class ComparisonView:
    """The page of comparison; *is_bare* when nothing is read in here of what is chosen.

    *units* are the huvudman's own that may stand here, *picked* those that the reader has chosen
    among them; none is all.
    """

    items: list[ItemRow]
    item: ItemRow | None
    sets: list[PlaceSet]
    chosen: PlaceSet
    order: Order
    periods: list[str] = field(default_factory=list)
    period: str = ""
    groups: list[str] = field(default_factory=list)
    group: str = ""
    places: tuple[Standing, ...] = ()
    wholes: tuple[Standing, ...] = ()
    rows: tuple[DotRow, ...] = ()
    reference: str = ""
    chart: Chart | None = None
    sharing: Sharing | None = None
    shared: list[SharedTitle] = field(default_factory=list)
    can_pool: bool = False
    pooled: bool = False
    shape: Shape = Shape.DOTS
    unit: UnitRow | None = None
    when: str = ""
    own: str = ""
    network_id: UUID | None = None
    factors: tuple[Factor, ...] = ()
    asked: tuple[Asked, ...] = ()
    known: date | None = None
    alike: Alike | None = None
    begun: Begun = NOTHING_BEGUN
    listed: list[Listed] = field(default_factory=list)
    is_bare: bool = False
    expected: ExpectedShown | None = None
    units: tuple[UnitRow, ...] = ()
    picked: tuple[str, ...] = ()

    @property
    def beside(self) -> list[Standing]:
        """Return what the places may be compared with: wholes first, then each other.

        The set as a whole is counted in its own way, and nothing is compared with it.
        """
        keys = {one.key for one in self.wholes}
        all_of = [*self.wholes, *(one for one in self.places if one.key not in keys)]
        return [one for one in all_of if one.measure.value is not None and one.key != GROUP_LINE]

    @property
    def parts(self) -> list[DotRow]:
        """Return the rows that are places, and no whole that they are compared with."""
        return parts_of(self.rows, self.wholes)

    @property
    def standing(self) -> Standing | None:
        """Return the place that the others are compared with."""
        return next((one for one in self.places if one.key == self.reference), None)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return what to ask about causes when any place clearly differs; nothing otherwise."""
        clear = any(row.against is not None and row.against.is_clear for row in self.rows)
        return questions_of(self.item.code) if self.item is not None and clear else ()


def parts_of(rows: Sequence[DotRow], wholes: Sequence[Standing]) -> list[DotRow]:
    """Return the rows without the *wholes* that they are compared with."""
    keys = {one.key for one in wholes}
    return [one for one in rows if one.key not in keys]


def shapes_of(chosen: PlaceSet) -> dict[Shape, str]:
    """Return the pictures that a set may stand in: a map only where its places are on one."""
    return {one: word for one, word in SHAPE_WORDS.items() if one is not Shape.MAP or chosen.peers}
