"""A tile with its chart, and what stands in its place where there is none. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ska.charts import Chart, HeatRow
from ska.core.text import _
from ska.dashboards.definitions import BACK_WORDS, SHOW_WORDS, Show, Tile

_MANY = 12  # places, a line each


@dataclass(frozen=True)
class Drawn:
    """A tile with its chart, None where there is nothing to draw; *path* leads to its own page.

    *why* says why there is no chart.
    """

    tile: Tile
    number: int
    name: str
    place: str
    path: str
    chart: Chart | None = None
    signals: tuple[HeatRow, ...] = ()
    why: str = ""

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
