"""Very many measures at once: the page, and the same for programs."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from litestar import Controller

from ska.access import Right
from ska.comparisons.alike_out import AlikeOut, alike_out
from ska.comparisons.dependencies import (
    ALIKE_ASKED,
    API_ALIKE_ASKED,
    GivenAlike,
    Written,
)
from ska.comparisons.likeness import plain
from ska.comparisons.queries.many import AskedMany, many_view
from ska.organizers.dependencies import GivenCall, GivenPlace
from ska.organizers.rules import UNITS
from ska.web.dependencies import GivenSession, GivenToday
from ska.web.page import Done, Page
from ska.web.routing import published, read

MOST_ON_A_PAGE = 100


class ManyController(Controller):
    """Compare: a municipality among others in many measures."""

    path = "/{organizer:str}/jamfor/manga"
    dependencies = ALIKE_ASKED

    @read(needs=Right.ENTER)
    def show_many(
        self,
        place: GivenPlace,
        session: GivenSession,
        today: GivenToday,
        alike_asked: GivenAlike,
        vilka: Written = None,
        nar: Written = None,
        sok: Written = None,
    ) -> Page | Done:
        """Show measures with the own value and where half of the others lie.

        The huvudman's own units have a page of their own: they stand there by signal.
        """
        if vilka == UNITS:
            return Done(to=f"{place.path}/jamfor/manga/enheter")
        asked = AskedMany(vilka or "", nar or "", plain(sok), alike_asked)
        view = many_view(session, place.organizer, asked, today=today, most=MOST_ON_A_PAGE)
        return Page("comparisons/many.html", view=view)


class AmongOut(msgspec.Struct):
    """A measure: the own value or the word for why there is none, and the spread of the others."""

    example: ClassVar[dict[str, Any]] = {
        "measure": 41,
        "code": "N15419",
        "title": "Elever i åk 9 som uppnått kunskapskraven i alla ämnen, andel (%)",
        "unit": "%",
        "value": 61.8,
        "word": "",
        "n": 15,
        "lower": 68.2,
        "median": 72.4,
        "upper": 77.9,
    }

    measure: int
    code: str
    title: str
    unit: str
    value: float | None
    word: str
    n: int | None
    lower: float | None
    median: float | None
    upper: float | None


class ManyOut(msgspec.Struct):
    """Measures by title, and whether there are more than are told."""

    example: ClassVar[dict[str, Any]] = {
        "among": "liknande",
        "municipalities": 15,
        "period": "2025",
        "is_cut": False,
    }

    among: str
    municipalities: int
    period: str
    measures: list[AmongOut]
    is_cut: bool
    alike: AlikeOut | None


class ManyApi(Controller):
    """Compare a municipality among others in many measures."""

    path = "/api/v1/organizers/{organizer:str}/comparison/measures"
    tags = ("Jämför",)
    dependencies = API_ALIKE_ASKED

    @published(needs=Right.ENTER, summary="Compare many measures")
    def compare_many(
        self,
        call: GivenCall,
        alike_asked: GivenAlike,
        among: Written = None,
        period: Written = None,
        q: Written = None,
    ) -> ManyOut:
        """Return up to 300 measures of Kolada with n and quartiles of a set of municipalities.

        *among* is a set as in `comparison`, *q* words that title or code hold. 404 for an unknown
        set or year; a huvudman that is no municipality has none.
        """
        asked = AskedMany(among or "", period or "", plain(q), alike_asked)
        view = many_view(call.session, call.place.organizer, asked, today=call.today)
        names = AmongOut.__struct_fields__[1:]
        measures = [
            AmongOut(row["measure_id"], **{name: row[name] for name in names}) for row in view.rows
        ]
        chosen = view.chosen
        key, others = (chosen.key, len(chosen.peers)) if chosen else ("", 0)
        return ManyOut(key, others, view.period, measures, view.is_cut, alike_out(view.alike))
