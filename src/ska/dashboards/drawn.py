"""A tile with its chart, and what stands in its place where there is none. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from ska.charts import Chart, HeatRow, heat_picture
from ska.core.text import _
from ska.dashboards.definitions import BACK_WORDS, SHOW_WORDS, Show, Tile
from ska.overview.rules.signals import shown_in

NEWEST_ONLY = {one for one in Show if one.is_of_one_place and one is not Show.RELATION}
NEWEST_ONLY |= {Show.SIGNALS}
"""What stands on a page of its own with all its years, or with the latest alone."""
_MANY = 12  # places, a line each


@dataclass(frozen=True)
class Drawn:
    """A tile with its chart, None where there is nothing to draw; *path* leads to its own page.

    *why* says why there is no chart; *unit_id* whose it is, where it is about a single unit.
    """

    tile: Tile
    number: int
    name: str
    place: str
    path: str
    chart: Chart | None = None
    signals: tuple[HeatRow, ...] = ()
    why: str = ""
    unit_id: UUID | None = None

    @property
    def seen_at(self) -> str:
        """Return where what is seen in the tile is pinned to an analysis: on its own page.

        Nothing where that page has no way to look as far back as the tile does.
        """
        if self.tile.back and self.tile.show in NEWEST_ONLY:
            return ""
        base, mark, asked = self.path.partition("?")
        return f"{base}/underlag{mark}{asked}"

    @property
    def to_take(self) -> Chart | None:
        """Return the chart to take along; signals have their picture there only."""
        if self.chart is None or not self.signals:
            return self.chart
        return replace(self.chart, svg=heat_picture(self.signals, shown_in(self.signals)))

    @property
    def shown(self) -> str:
        """Return how the tile shows its values."""
        return SHOW_WORDS.get(self.tile.show, "").lower()

    @property
    def about(self) -> str:
        """Return whose values the tile shows, how, and of when unless they are the latest."""
        show = self.tile.show
        told = [self.place] if self.place else []
        if show.is_of_one_place and show is not Show.RELATION:
            told.append(self.shown)
        if self.tile.back and self.place:
            told.append(BACK_WORDS.get(self.tile.back, _("Längre tillbaka")).lower())
        return ", ".join(told)

    @property
    def is_wide(self) -> bool:
        """Tell whether the picture needs the whole width of the page."""
        return bool(self.signals) or self.tile.show is Show.RELATION

    @property
    def is_tall(self) -> bool:
        """Tell whether the picture has a line for each of many places, and is as high as two."""
        rows = self.chart.table.rows if self.chart else ()
        return not self.tile.show.is_of_one_place and len(rows) > _MANY

    @property
    def why_empty(self) -> str:
        """Return why nothing is drawn or tabled, in a sentence; nothing when something is."""
        if not self.path and self.chart is None:
            return _("Indikatorn finns inte här. Ta bort rutan eller välj en annan.")
        if self.chart is None:
            return self.why
        is_told = self.signals or self.chart.svg or len(self.chart.table.head) > 1
        return "" if is_told else self.chart.sentence
