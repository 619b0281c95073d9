"""Which measures have a value here: of the huvudman or any of its units, published or own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, any_, func, or_, select

from ska.access import Actor
from ska.framework.models import LocalIndicator
from ska.framework.queries.choosing import as_choosable, own_indicators, published_names
from ska.organizers.models import Organizer
from ska.overview.queries.derived import derived_items
from ska.overview.queries.pages import units_in_use
from ska.values.areas import names_of
from ska.values.held import published_held
from ska.values.importers.observations import Source
from ska.values.models import Measure
from ska.values.own import own_held

KIND = "held"


def _array(names: Select[Any]) -> Any:
    """Return the names as one array: they are then looked up in the index of measures."""
    return func.array(names.scalar_subquery())


def held_rows(actor: Actor, organizer: Organizer) -> list[Select[Any]]:
    """Return the queries of them, as `choosable_rows` asks them in its question."""
    own = own_held(actor, organizer.id).subquery().c
    labels, kpis = published_names()
    read = [names_of(one.details) for one in derived_items()]
    local = own_indicators(actor, organizer.id).with_only_columns(LocalIndicator.published_label)
    is_coded = Measure.source.in_((str(Source.KOLADA), str(Source.SIRIS)))
    named = or_(
        Measure.title == any_(_array(labels)),
        Measure.title == any_(_array(local)),
        Measure.title.in_([title for titles, _codes in read for title in titles]),
        is_coded & (Measure.code == any_(_array(kpis))),
        is_coded & Measure.code.in_([code for _titles, codes in read for code in codes]),
    )
    codes = [one for one in (organizer.municipality_code, organizer.organisation_number) if one]
    units = select(units_in_use(actor, organizer.id).subquery().c.school_unit_code)
    published = published_held(named, codes, units).subquery().c
    return [select(*as_choosable(KIND, one.code, one.title)) for one in (own, published)]
