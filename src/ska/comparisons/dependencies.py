"""What a reader chose to compare, read from the address; the last link of the chain."""

from __future__ import annotations

from typing import Annotated, Any

from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidation

from ska.comparisons.likeness import AskedAlike, asked_alike
from ska.comparisons.pictures import Shape, shape_of
from ska.comparisons.queries.sets import MOST_CHOSEN
from ska.comparisons.queries.shown import Compared
from ska.comparisons.rules import Order
from ska.organizers.rules import ALIKE, CHOSEN
from ska.overview.queries.peers import called
from ska.values.known import read_day
from ska.web.dependencies import GivenToday

Written = Annotated[str | None, QueryParameter(max_length=200)]
API_SHAPES = {
    "dots": Shape.DOTS, "funnel": Shape.FUNNEL, "multiples": Shape.MULTIPLES, "map": Shape.MAP,
    "steadied": Shape.STEADIED, "distribution": Shape.HEAP,
}  # fmt: skip
Several = Annotated[list[str] | None, QueryParameter()]
GivenAlike = NamedDependency[SkipValidation[AskedAlike]]


def provide_alike(
    lik: Several = None,
    antal: Written = None,
    senast: Written = None,
    lagg_matt: Written = None,
) -> AskedAlike:
    """Give what municipalities are to be alike in on a page: *lik* is a measure with its weight."""
    return asked_alike(lik or (), antal, senast, lagg_matt)


def provide_api_alike(
    alike: Several = None,
    alike_count: Written = None,
    alike_until: Written = None,
) -> AskedAlike:
    """Give the same for a program: *alike* is an indicator or Kolada's code, ``:`` and 1–5."""
    return asked_alike(alike or (), alike_count, alike_until, "")


def provide_compared(  # noqa: PLR0913, PLR0917  # the words of the address, named
    today: GivenToday,
    alike_asked: GivenAlike,
    vad: Written = None,
    vilka: Written = None,
    nar: Written = None,
    mot: Written = None,
    ordning: Written = None,
    matt: Written = None,
    kommun: Several = None,
    ar: Written = None,
    som: Written = None,
    lagg: Written = None,
    bakgrund: Several = None,
    kant: Written = None,
    enhet: Several = None,
) -> Compared:
    """Give what is compared on a page; an order that is none is the usual one.

    *lagg* is a municipality to add, as people write its name: where only one is called so it joins
    the chosen ones, else the page asks which was meant.
    """
    known = read_day(kant, today, field="kant")
    order = Order.VALUE if ordning == Order.VALUE else Order.NAME
    codes = tuple(kommun or ())
    if alike_asked.sought:
        vilka = ALIKE
    found = called(lagg or "")
    sought = lagg or ""
    if len(found) == 1 and len(codes) < MOST_CHOSEN:
        codes, vilka, sought = (*codes, found[0].code), CHOSEN, ""
    return Compared(
        vad or "", vilka or "", nar or "", mot or "", order, matt, codes, ar == "3", shape_of(som),
        sought, tuple(bakgrund or ()), known, alike_asked, tuple(enhet or ()),
    )  # fmt: skip


def provide_api_compared(  # noqa: PLR0913, PLR0917  # as above
    today: GivenToday,
    alike_asked: GivenAlike,
    indicator: Written = None,
    among: Written = None,
    period: Written = None,
    against: Written = None,
    order: Written = None,
    measure: Written = None,
    municipality: Several = None,
    years: Written = None,
    factor: Several = None,
    shape: Written = None,
    as_known_on: Written = None,
    unit: Several = None,
) -> Compared:
    """Give what a program compares; *among* and *municipality* as in the pages' addresses.

    *unit* is the slug of one of the huvudman's own that shall stand; without any all do.
    """
    known = read_day(as_known_on, today, field="as_known_on")
    by = Order.VALUE if order == "value" else Order.NAME
    return Compared(
        indicator or "",
        among or "",
        period or "",
        against or "",
        by,
        measure,
        tuple(municipality or ()),
        years == "3",
        factors=tuple(factor or ()),
        shape=API_SHAPES.get(shape or "", Shape.DOTS),
        known=known,
        alike=alike_asked,
        units=tuple(unit or ()),
    )


AskedFor = dict[str, Any]
"""The words of an address that are there; *bakgrund* is a list, each other a word."""


def provide_asked_for(  # noqa: PLR0913, PLR0917  # the words of the addresses, named
    vad: Written = None,
    enhet: Written = None,
    matt: Written = None,
    nar: Written = None,
    som: Written = None,
    skifte: Written = None,
    prov: Written = None,
    amne: Written = None,
    var: Written = None,
    grupp: Written = None,
    vilka: Written = None,
    kant: Written = None,
    mot: Written = None,
    ordning: Written = None,
    ar: Written = None,
    bakgrund: Several = None,
) -> AskedFor:
    """Give what any page with a chart asks for, in the words of its address."""
    asked = {
        "vad": vad, "enhet": enhet, "matt": matt, "nar": nar, "som": som, "skifte": skifte,
        "prov": prov, "amne": amne, "var": var, "grupp": grupp, "vilka": vilka, "kant": kant,
        "mot": mot, "ordning": ordning, "ar": ar, "bakgrund": bakgrund,
    }  # fmt: skip
    return {name: value for name, value in asked.items() if value is not None}


def provide_api_asked_for(  # noqa: PLR0913, PLR0917  # as above
    indicator: Written = None,
    unit: Written = None,
    measure: Written = None,
    period: Written = None,
    shape: Written = None,
    shift: Written = None,
    relation: Written = None,
    subject: Written = None,
    spring: Written = None,
    group: Written = None,
    as_known_on: Written = None,
) -> AskedFor:
    """Give the same for a program; *shape* as in the pages' addresses."""
    return provide_asked_for(
        indicator, unit, measure, period, shape, shift, relation, subject, spring, group,
        kant=as_known_on,
    )  # fmt: skip


GivenAskedFor = NamedDependency[SkipValidation[AskedFor]]
ASKED_FOR = {"asked": Provide(provide_asked_for, sync_to_thread=False)}
API_ASKED_FOR = {"asked": Provide(provide_api_asked_for, sync_to_thread=False)}
GivenCompared = NamedDependency[SkipValidation[Compared]]
ALIKE_ASKED = {"alike_asked": Provide(provide_alike, sync_to_thread=False)}
COMPARED = {"compared": Provide(provide_compared, sync_to_thread=False), **ALIKE_ASKED}
API_ALIKE_ASKED = {"alike_asked": Provide(provide_api_alike, sync_to_thread=False)}
API_COMPARED = {"compared": Provide(provide_api_compared, sync_to_thread=False), **API_ALIKE_ASKED}
