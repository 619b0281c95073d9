"""What a reader chose about grades and test grades, read from the address."""

from __future__ import annotations

from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

from ska.assessment.queries.relation import Asked
from ska.organizers.dependencies import GivenCall, GivenPlace

Written = Annotated[str | None, QueryParameter(max_length=120)]


def provide_asked(  # the words of the address, named
    place: GivenPlace,  # waited for, not read
    enhet: Written = None,
    prov: Written = None,
    amne: Written = None,
    var: Written = None,
    grupp: Written = None,
) -> Asked:
    """Give what is chosen on a page."""
    return Asked(enhet, prov or "", amne or "", var or "", grupp or "")


def provide_api_asked(  # as above
    call: GivenCall,  # waited for, not read
    unit: Written = None,
    relation: Written = None,
    subject: Written = None,
    spring: Written = None,
    group: Written = None,
) -> Asked:
    """Give what a program chose; *spring* is a year."""
    return Asked(unit, relation or "", subject or "", spring or "", group or "")


GivenAsked = NamedDependency[SkipValidation[Asked]]
