"""A unit's latest value beside its huvudman's whole, as its page tells it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ska.charts.groups import HIGHER, LOWER, WITHIN, heading_of
from ska.core.text import _
from ska.overview.rules.pinning import PinnedValue
from ska.overview.rules.rows import Row
from ska.overview.rules.signals import Column, is_whole, signals_of
from ska.statistics import Comparison, Measure, compare

ALONE = _(
    "Här ses jämförelsen för sig. Bland Signaler ses många på en gång, och då krävs mer. En"
    " skillnad som är tydlig här kan därför räknas till vanlig variation där, men aldrig tvärtom."
)


@dataclass(frozen=True)
class BesideWhole:
    """What may be said of a unit beside the huvudman in *period*, this one looked at alone.

    What Signaler calls clear is clear here, in the same words: it is judged more strictly there.
    """

    period: str
    whole: Measure
    whole_id: int | None
    told: Comparison

    @property
    def heading(self) -> str:
        """Return the signal, in the words of the table of signals."""
        said = heading_of(self.told)
        if said in (HIGHER, LOWER):
            return f"{said} än {self.whole.label}"
        if said == WITHIN:
            return _("{said} bredvid {whole}").format(said=said, whole=self.whole.label)
        return _("Bredvid {whole}: kan inte avgöras").format(whole=self.whole.label)

    @property
    def alone(self) -> str:
        """Return how it is judged here, and how among all signals."""
        return ALONE

    @property
    def pinned(self) -> PinnedValue:
        """Return the whole's value, which the unit's stands beside in an underlag."""
        named = f"{self.whole.label}, {self.period}"
        return PinnedValue(named, self.whole.value or 0.0, self.whole.n, self.whole_id)


def beside_whole(rows: Sequence[Row]) -> BesideWhole | None:
    """Judge a unit ("own") beside its huvudman ("other") where both have a value; else None.

    A unit that alone holds all the pupils is not beside anybody.
    """
    both = [one for one in rows if one.role in ("own", "other")]
    lines = {"own": "unit", "other": "own"}
    named = {lines[one.role]: one.name for one in both}
    if len(named) < len(lines):
        return None
    placed = [one._replace(line=lines[one.role]) for one in both]
    found = signals_of("", "", placed, [Column("unit", named["unit"], runs=True)])
    measure = found.units[0][1] if found else None
    if found is None or measure is None or None in (found.whole.value, measure.value):
        return None
    if is_whole(found.whole, measure):
        return None
    whole = replace(found.whole, label=named["own"])
    told = compare(whole, replace(measure, label=named["unit"]))
    ids = [
        one.value_id
        for one in placed
        if (one.line, one.period, one.value) == ("own", found.period, whole.value)
    ]
    return BesideWhole(found.period, whole, ids[0], told)
