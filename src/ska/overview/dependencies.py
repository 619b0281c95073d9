"""What a reader chose on pages and in requests of indicators: unit, measure, and whose knowledge.

Reads nothing but the address, so it stands beside the chain (decision 20).
"""

from __future__ import annotations

from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

from ska.overview.queries.pages import Choice
from ska.values.known import read_day
from ska.web.dependencies import GivenToday

Chosen = Annotated[str | None, QueryParameter(max_length=120)]


def provide_choice(
    today: GivenToday, enhet: Chosen = None, matt: Chosen = None, kant: Chosen = None
) -> Choice:
    """Give what is chosen on a page."""
    return Choice(enhet, matt, read_day(kant, today, field="kant"))


def provide_api_choice(
    today: GivenToday, unit: Chosen = None, measure: Chosen = None, as_known_on: Chosen = None
) -> Choice:
    """Give what is chosen by a program; *as_known_on* is a day, whose end counts."""
    return Choice(unit, measure, read_day(as_known_on, today, field="as_known_on"))


GivenChoice = NamedDependency[SkipValidation[Choice]]
