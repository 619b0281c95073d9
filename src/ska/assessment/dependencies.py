"""What a reader chose about grades and test grades, read from the address."""

from __future__ import annotations

from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

from ska.assessment.queries.chosen import Asked
from ska.values.known import read_day
from ska.web.dependencies import GivenToday

Written = Annotated[str | None, QueryParameter(max_length=120)]


def provide_asked(
    today: GivenToday,
    enhet: Written = None,
    prov: Written = None,
    amne: Written = None,
    var: Written = None,
    grupp: Written = None,
    kant: Written = None,
) -> Asked:
    """Give what is chosen on a page."""
    known = read_day(kant, today, field="kant")
    return Asked(enhet, prov or "", amne or "", var or "", grupp or "", known)


def provide_api_asked(  # as above
    today: GivenToday,
    unit: Written = None,
    relation: Written = None,
    subject: Written = None,
    spring: Written = None,
    group: Written = None,
    as_known_on: Written = None,
) -> Asked:
    """Give what a program chose; *spring* is a year, *as_known_on* a day, whose end counts."""
    known = read_day(as_known_on, today, field="as_known_on")
    return Asked(unit, relation or "", subject or "", spring or "", group or "", known)


GivenAsked = NamedDependency[SkipValidation[Asked]]
