"""What people write when they arrange a tavla."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from ska.core.fields import Choice, Required, Written
from ska.core.text import _
from ska.dashboards.definitions import Of, Show


class TileForm(Written):
    """A tile to add."""

    example: ClassVar[dict[str, Any]] = {
        "show": "trend",
        "indicator": "gr-ma-ak9",
        "of": "huvudmannen",
    }

    show: Annotated[Show, Choice(Show, _("Välj vad som ska visas"))]
    indicator: Annotated[str, Required(_("Välj en indikator"))]
    of: Annotated[Of, Choice(Of, _("Välj vems värden det är"))]
