"""What change a place could see at all, told before anyone hopes for more. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from ska.actions.effects.ground import Ground
from ska.actions.effects.lines import Line
from ska.actions.effects.rules import Direction, in_words, written
from ska.core.swedish import count_words
from ska.core.text import _
from ska.statistics import detectable_change

SEVERAL = 3
_ALIKE = {
    "school_unit": (_("liknande skolenhet"), _("liknande skolenheter")),
    "municipality": (_("liknande kommun"), _("liknande kommuner")),
    "organizer": (_("liknande huvudman"), _("liknande huvudmän")),
}


@dataclass(frozen=True)
class Foresight:
    """What change could be seen at all, in the measure's own unit; None where none can.

    *by_count* is what one year's number of pupils lets through, *by_years* three years' together;
    *beside* what stands out from the units like this one, which is what the verdict is given by.
    """

    unit: str
    n: int | None = None
    by_count: float | None = None
    by_years: float | None = None
    beside: float | None = None
    matches: int = 0
    alike: tuple[str, str] = _ALIKE["school_unit"]
    reason: str = ""

    @property
    def smallest(self) -> float | None:
        """Return the size that is needed, None when no size can be told apart from chance."""
        return self.beside if self.beside is not None else self.by_count

    def is_too_small(self, size: float) -> bool:
        """Tell whether a wished change is smaller than what could be seen."""
        return self.smallest is None or size < self.smallest

    def sentences(self) -> list[str]:
        """Return what can be seen, and what cannot, before anyone hopes for more."""
        told = []
        if self.n is not None:
            about = _("Med {pupils} om året").format(pupils=count_words(self.n, "elev", "elever"))
            told.append(
                _("{about} syns ingen ändring säkert från ett år till nästa.").format(about=about)
                if self.by_count is None
                else _(
                    "{about} syns först en ändring på ungefär {size} från ett år till nästa."
                ).format(about=about, size=self._about(self.by_count))
            )
        if self.beside is not None:
            told.append(
                _("Bredvid {units} syns en ändring på ungefär {size} eller mer.").format(
                    units=count_words(self.matches, *self.alike), size=self._about(self.beside)
                )
            )
        elif self.reason:
            told.append(
                _(
                    "Siffrorna kommer inte att kunna avgöra om insatsen gjorde skillnad: {why}."
                ).format(why=self.reason)
            )
        return told

    def years_sentence(self) -> str:
        """Return what following more years would let through, empty when it is not known."""
        if self.by_years is None or self.by_count is None:
            return ""
        return _("Med tre år före och tre år efter räcker ungefär {size}.").format(
            size=self._about(self.by_years)
        )

    def _about(self, size: float) -> str:
        if self.unit != "%" or size < 1:
            return written(size, self.unit)
        return f"{ceil(size - 1e-9)} {in_words(self.unit)}"


def foresee(line: Line, ground: Ground, direction: str) -> Foresight:
    """Return what the place could see at all, beside others and by its own number of pupils."""
    last = line.measure(line.known[-1])
    n = last.n if last.count is not None else None
    alike = _ALIKE.get(line.key.area_type, _ALIKE["school_unit"])
    by_count = _by_count(last.count, n, direction, 1)
    by_years = _by_count(last.count, n, direction, SEVERAL)
    plan = ground.plan
    return Foresight(
        line.unit, n, by_count, by_years, plan.detectable, len(plan.matches), alike, plan.reason
    )


def _by_count(count: int | None, n: int | None, direction: str, years: int) -> float | None:
    if count is None or n is None:
        return None
    both = detectable_change(count * years, n * years)
    found = both.rise if direction == Direction.HIGHER else both.fall
    return None if found is None else found * 100
