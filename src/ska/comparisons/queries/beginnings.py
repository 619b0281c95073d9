"""Ready questions to begin a comparison with, beside those where there is an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.queries.sets import UNITS, Offered, PlaceSet
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import where_is
from ska.overview.queries.values import read_values, wanted_of
from ska.overview.rules.places import place_rows, place_units
from ska.overview.rules.rows import Row, has_value, own_of
from ska.sharing.queries import SharedTitle
from ska.values.areas import names_of

MOST_SETS = 3
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


@dataclass(frozen=True)
class Beginning:
    """A question, the indicator that answers it, and beside whom there is an answer."""

    question: str
    item: ItemRow
    sets: tuple[PlaceSet, ...]


def beginnings_of(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    offer: Offered,
    shared: Iterable[SharedTitle],
) -> list[Beginning]:
    """Return the questions that have an answer here, in one question to the database.

    *shared* is what networks share.
    """
    items = [one for one in offer.items if one.code in _QUESTIONS]
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
    lent = defaultdict(set)
    for title in shared:
        lent[title.item].add(title.network)
    found = []
    for one in sorted(items, key=lambda one: list(_QUESTIONS).index(one.code)):
        there = _places(_of(one, ours), _of(one, beside)) | lent[one.code]
        sets = tuple(among for among in offer.sets if _kind(among) in there)
        if sets:
            found.append(Beginning(_QUESTIONS[one.code], one, sets[:MOST_SETS]))
    return found


def _of(item: ItemRow, rows: Iterable[Row]) -> list[Row]:
    titles, codes = names_of(item.details)
    return [one for one in rows if one.title in titles or one.group in codes]


def _kind(among: PlaceSet) -> str:
    """Return what answers for a set: our units, a network, or else the whole of us."""
    return among.network or (UNITS if among.key == UNITS else "")


def _places(ours: Iterable[Row], units: Iterable[Row]) -> set[str]:
    """Return for which kinds there are values: units stand beside each other from two."""
    there = defaultdict(set)
    for one in units:
        if has_value([one]):
            there[one.period].add(one.line)
    found = {""} if has_value(own_of(ours)) else set()
    return found | ({UNITS} if any(len(lines) > 1 for lines in there.values()) else set())
