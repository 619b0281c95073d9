"""What people write about units."""

from __future__ import annotations

from typing import Annotated

from ska.core.fields import Choice, Required, Written
from ska.core.text import _
from ska.organizers.rules import SchoolType


class UnitForm(Written):
    """A unit that no register holds: most often a förskoleenhet."""

    name: Annotated[str, Required(_("Skriv enhetens namn"), 120)]
    school_type: Annotated[SchoolType, Choice(SchoolType, _("Välj skolform"))]
