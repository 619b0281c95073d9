"""From a comparison to an analysis: what of it may be pinned, and the address that gives it again.

In a network only the own number is pinned: the others lent theirs for a purpose and until a day,
and can take them back (decision 0080).
"""

from __future__ import annotations

from urllib.parse import quote

from ska.comparisons.queries.shown import Compared, ComparisonView
from ska.comparisons.rules import GROUP_LINE, NOBODY, Standing
from ska.core.text import _
from ska.organizers.models import Organizer
from ska.overview.rules.pinning import MOST_PINNED, PinnedValue, ToPin


def query_of(view: ComparisonView, asked: Compared) -> str:
    """Return the address's question that gives this very view again."""
    what = view.item.code if view.item else ""
    parts = [
        ("vad", what), ("vilka", view.chosen.key), ("nar", view.period),
        ("mot", NOBODY if asked.beside == NOBODY else view.reference),
        ("ordning", view.order), ("ar", "3" if view.pooled else ""), ("matt", asked.measure or ""),
        ("kant", view.known.isoformat() if view.known else ""),
        ("som", view.shape if view.shape != "prickar" else ""),
        *(("kommun", code) for code in asked.codes),
        *(("enhet", slug) for slug in view.picked),
        *(("bakgrund", one.code) for one in view.factors),
        *(view.alike.asked.written if view.alike else ()),
    ]  # fmt: skip
    return "?" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in parts if value)


def to_pin(view: ComparisonView, organizer: Organizer, asked: Compared) -> ToPin:
    """Return what of a comparison an analysis may hold: the own number first, then the others'.

    Those that clearly differ come before the rest.
    """
    assert view.item is not None
    assert view.chart is not None
    is_lent = view.sharing is not None
    standing = _own(view) if is_lent else view.standing
    names = [standing] if standing else []
    if not is_lent:
        clear = {row.key for row in view.rows if row.against and row.against.is_clear}
        others = [one for one in view.places if one is not standing and one.key != GROUP_LINE]
        names += sorted(others, key=lambda one: one.key not in clear)
    known = [one for one in names if one.measure.value is not None][:MOST_PINNED]
    values = [
        PinnedValue(
            f"{one.name} {view.when}"[:40], one.measure.value or 0.0, one.measure.n, one.value_id
        )
        for one in known
    ]
    return ToPin(
        code=view.item.code,
        heading=view.item.heading,
        here=view.unit.name if view.unit else organizer.name,
        unit_id=view.unit.id if view.unit else None,
        sentence=_lent(view) if is_lent else view.chart.sentence,
        source=view.chart.source,
        population=str(view.item.details.get("of") or ""),
        unit_of_measure=view.chart.unit,
        values=tuple(values),
        questions=view.questions,
        at=f"/jamfor{query_of(view, asked)}",
        has_history=not is_lent,
    )


def _own(view: ComparisonView) -> Standing | None:
    """Return the own place in a network, whatever the others are compared with."""
    return next((one for one in view.places if one.key == view.own), None)


def _lent(view: ComparisonView) -> str:
    """Return the own value in words, and where it was compared; nothing of the others'."""
    standing = _own(view)
    if standing is None:
        return ""
    told = _("{name}: {value} {period}. Jämfört i {network}.")
    return told.format(
        name=standing.name, value=standing.measure.written_with_count(), period=view.when,
        network=view.chosen.label,
    )  # fmt: skip
