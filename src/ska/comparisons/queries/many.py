"""A municipality beside a set of others in very many published measures at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ska.comparisons.likeness import NOTHING, Alike, AskedAlike
from ska.comparisons.queries.alike import filled
from ska.comparisons.queries.placesets import PlaceSet, municipal_sets
from ska.comparisons.queries.sets import MOST_MEANT, Offered
from ska.db.parts import Part
from ska.errors import Missing
from ska.organizers.models import Organizer
from ska.organizers.rules import ALIKE
from ska.overview.queries.pages import catalogue
from ska.values.groups import AreaGroup, Beside, beside_group
from ska.values.importers.observations import AreaType, Source
from ska.values.queries import find_measures
from ska.values.rules import ValueStatus, word_beside

MOST = 300
YEARS = 10


@dataclass(frozen=True)
class AskedMany:
    """What the address asks for: beside whom, in which year, in measures that hold which words."""

    whom: str = ""
    period: str = ""
    words: str = ""
    alike: AskedAlike = NOTHING


@dataclass(frozen=True)
class ManyView:
    """Measures, each with the own value and the spread of the set: never a place in a ranking.

    *is_cut* tells that there are more measures than are shown.
    """

    sets: list[PlaceSet]
    chosen: PlaceSet | None
    periods: list[str]
    period: str
    words: str
    rows: list[dict[str, Any]]
    is_cut: bool
    alike: Alike | None = None


def many_view(
    session: Session, organizer: Organizer, asked: AskedMany, *, today: date, most: int = MOST
) -> ManyView:
    """Return the measures of Kolada beside a set of municipalities, in a year that is over.

    Raises Missing for an unknown set or year. Whoever is no municipality has no set.
    """
    sets = municipal_sets(organizer)
    periods = [str(today.year - back) for back in range(1, YEARS + 1)]
    period = asked.period or periods[0]
    key = asked.whom or (sets[0].key if sets else "")
    chosen = next((one for one in sets if one.key == key), None)
    if period not in periods or (asked.whom and chosen is None):
        raise Missing
    if chosen is None:
        return ManyView(sets, None, periods, period, asked.words, [], False)
    offer = _offered(session, asked.alike.sought) if chosen.key == ALIKE else Offered()
    chosen, alike = filled(session, organizer, offer, chosen, (asked.alike, None))
    group = AreaGroup(str(AreaType.MUNICIPALITY), tuple(one.code for one in chosen.peers))
    code = organizer.municipality_code or ""
    beside = Beside(code, group, str(Source.KOLADA), period, asked.words, most + 1)
    found = beside_group(session, beside)
    is_cut = len(found) > most
    return ManyView(sets, chosen, periods, period, asked.words, _told(found[:most]), is_cut, alike)


def _offered(session: Session, words: str) -> Offered:
    """Return the measures that municipalities may be alike in, and what *words* may mean."""
    part, source = Part(most=MOST_MEANT), str(Source.KOLADA)
    named = find_measures(session, source=source, words=words, part=part) if words else ()
    return Offered(catalogue(session), measures=[(one.code, one.title) for one in named])


def _told(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the measures of which somebody has something, each with the word for a gap."""
    rows = []
    for row in found:
        if row["status"] is not None or row["n"] is not None:
            status = row["status"] or str(ValueStatus.MISSING)
            rows.append(row | {"status": status, "word": word_beside(status)})
    return rows
