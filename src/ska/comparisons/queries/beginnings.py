"""Ready questions to begin a comparison with, beside those where there is an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.listing import is_held
from ska.comparisons.queries.placesets import PlaceSet
from ska.comparisons.queries.sets import Offered
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.organizers.rules import UNITS
from ska.overview.queries.derived import KIND as DERIVED
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import UnitRow, where_is
from ska.overview.queries.values import read_values, wanted_of
from ska.overview.rules.places import place_rows, place_units
from ska.overview.rules.rows import Row, has_value, own_of
from ska.sharing.queries import SharedTitle
from ska.values.areas import names_of

MOST_SETS, PUBLISHED = 3, "publicerat"
# By the indicator; none of them says which answer is the good one.
_QUESTIONS = {
    "gr-alla-amnen-ak9": _("Hur många får minst E i alla ämnen i årskurs 9?"),
    "gr-alla-amnen-ak6": _("Hur många får minst E i alla ämnen i årskurs 6?"),
    "gr-behorighet": _("Hur många blir behöriga till gymnasiet?"),
    "gr-ma-ak6": _("Hur går det i matematik i årskurs 6?"),
    "gr-trygghet-ak8": _("Hur trygga känner sig eleverna i årskurs 8?"),
    "gr-studiero-ak8": _("Har eleverna i årskurs 8 studiero?"),
    "gr-larare-behoriga": _("Hur många av lärarna är behöriga?"),
    "gr-kostnad-undervisning-per-elev": _("Vad kostar undervisningen per elev?"),
}


MOST, FEW = 8, 4
"""How many questions there are at most, and below how many other indicators come to them."""


@dataclass(frozen=True)
class Beginning:
    """A question, the indicator that answers it, and beside whom there is an answer.

    *years* is whoever can be compared with earlier years of its own, by slug and name: the reader's
    unit, else the huvudman (no slug). What no question is written for has its name for one.
    """

    question: str
    item: ItemRow
    sets: tuple[PlaceSet, ...]
    years: tuple[str, str] | None = None


@dataclass(frozen=True)
class Begun:
    """The questions to begin with; *units* are those that any of them is about.

    *told* are the slugs of the units that have a value in any.
    """

    questions: tuple[Beginning, ...] = ()
    units: tuple[UnitRow, ...] = ()
    told: frozenset[str] = frozenset()

    @property
    def are_few(self) -> bool:
        """Tell whether more values would bring more questions."""
        return len(self.questions) < FEW

    @property
    def is_beside_units(self) -> bool:
        """Tell whether any question has an answer among the own units."""
        return any(among.key == UNITS for one in self.questions for among in one.sets)


NOTHING_BEGUN = Begun()


def beginnings_of(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    here: tuple[Offered, UnitRow | None],
    shared: Iterable[SharedTitle],
) -> Begun:
    """Return the questions that have an answer here, in one question to the database.

    *here* is what there is to choose among, and the reader's own unit. *shared* is what networks
    share: the others' is read by who shares the same.
    """
    offer, home = here
    lent = defaultdict(set)
    for title in shared:
        if title.is_ours and title.givers > 1:
            lent[title.item].add(title.network)
    items = _items(offer, lent)
    where = where_is(organizer, None)
    wanted = wanted_of(
        [one.details for one in items],
        municipality_code=where.municipality_code,
        organisation_number=where.organisation_number,
        units=[one.school_unit_code for one in offer.units],
    )
    values = read_values(session, actor, organizer.id, wanted)
    runs = [(one.slug, one.name, one.school_unit_code or "") for one in offer.units]
    ours, beside = place_rows(values, where), place_units(values, runs)
    found = []
    for one in items:
        mine, units = _of(one, ours), _of(one, beside)
        there = _places(mine, units) | lent[one.code]
        years = _years(organizer, home, mine, units)
        sets = tuple(among for among in offer.sets if _kind(among) in there)[:MOST_SETS]
        question = _QUESTIONS.get(one.code, one.heading)
        if sets or years:
            found.append(Beginning(question, one, sets, years))
    about = tuple(one for one in offer.units if any(one.has_use_of(item) for item in items))
    told = frozenset(one.line for one in beside if one.value is not None)
    return Begun(tuple(found[:MOST]), about, told)


def _items(offer: Offered, lent: Collection[str]) -> list[ItemRow]:
    """Return what to ask about: the written questions with values, few of them with others."""
    known = [one for one in offer.items if is_held(one, offer.held) or one.code in lent]
    asked = [one for one in known if one.code in _QUESTIONS]
    asked.sort(key=lambda one: list(_QUESTIONS).index(one.code))
    others = [one for one in known if one.code not in _QUESTIONS and one.kind != DERIVED]
    return [*asked, *(others[: MOST - len(asked)] if len(asked) < FEW else ())]


def _of(item: ItemRow, rows: Iterable[Row]) -> list[Row]:
    titles, codes = names_of(item.details)
    return [one for one in rows if one.title in titles or one.group in codes]


def _kind(among: PlaceSet) -> str:
    """Return what answers for a set: our units, a network, or else what is published of us.

    A rektorsgrupp has its own page to begin at, so nothing answers for it here.
    """
    return among.network or (among.key if among.is_ours else PUBLISHED)


def _places(ours: Sequence[Row], units: Iterable[Row]) -> set[str]:
    """Return for which kinds there are values: units stand beside each other from two.

    Other municipalities have their values where the same is published of us, or of the country.
    """
    there = defaultdict(set)
    for one in units:
        if has_value([one]):
            there[one.period].add(one.line)
    is_out = has_value(one for one in ours if not one.is_own)
    found = {PUBLISHED} if has_value(own_of(ours)) and is_out else set()
    return found | ({UNITS} if any(len(lines) > 1 for lines in there.values()) else set())


def _years(
    organizer: Organizer, home: UnitRow | None, ours: Iterable[Row], units: Iterable[Row]
) -> tuple[str, str] | None:
    """Return who has values of several periods to compare: the reader's unit before the whole."""
    if home and _are_several(one for one in units if one.line == home.slug):
        return home.slug, home.name
    return ("", organizer.name) if _are_several(own_of(ours)) else None


def _are_several(rows: Iterable[Row]) -> bool:
    return len({one.period for one in rows if one.value is not None}) > 1
