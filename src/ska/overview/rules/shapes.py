"""In which picture an indicator's years stand: the reader chooses, and all say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from ska.charts import Chart, ControlSpec, GapSpec, Line, TrendSpec, control_chart, gap_chart
from ska.core.periods import without_holes
from ska.core.swedish import join_words
from ska.core.text import _
from ska.overview.rules.places import Where
from ska.overview.rules.rows import Row, has_value, of_kind, one_each, own_of
from ska.overview.rules.trends import Seen, plotted, source_of

BOYS, GIRLS = "M", "K"


class Shape(StrEnum):
    """What is drawn of one indicator at one place."""

    TREND = "trend"
    CONTROL = "styrdiagram"
    GAP = "kon"
    COHORT = "kull"
    BACKGROUND = "bakgrund"
    PARENTS = "foraldrars-utbildning"


SHAPE_WORDS = {
    Shape.TREND: _("Trend"),
    Shape.CONTROL: _("Styrdiagram"),
    Shape.GAP: _("Flickor och pojkar"),
    Shape.BACKGROUND: _("Svensk och utländsk bakgrund"),
    Shape.PARENTS: _("Föräldrars utbildning"),
    Shape.COHORT: _("Samma årskull"),
}
DIVIDED = (Shape.BACKGROUND, Shape.PARENTS)
"""By what pupils are divided, each named as in indicators/pupil-groups.yaml."""
NOTHING = _(
    "Det finns inga värden för grupperna. Läs in en fil med kolumnen grupp, för huvudmannen som"
    " helhet. Skriv också raden för alla elever."
)
NOTHING_HERE = _(
    "Det finns inga värden för grupperna på skolan. De läses in i en fil med kolumnen grupp, för"
    " skolan och för huvudmannen, med raderna för alla elever."
)
FEW = _("Grupperna visas inte: {words}. Vad som krävs står nedan, vid När grupperna visas.")
LIMITS = _(
    "Grupperna visas bara tillsammans, och bara bredvid värdet för alla elever. I varje grupp ska"
    " minst fem elever ha nått nivån och minst fem inte, fler om ni har höjt gränsen. Grupperna ska"
    " gå ihop med värdet för alla. Blir elever över ska även de vara så många. När siffrorna har"
    " rättats visas grupperna inte mer, för då kan de som rättelsen gäller pekas ut."
)
LIMITS_HERE = _(
    "En skolas grupper visas bara när huvudmannens visas, och skolornas visas samtidigt eller inte"
    " alls: de elever som då blir över hos huvudmannen ska också vara så många i varje grupp."
)
WHY = _("Gapet visar att grupperna skiljer sig åt, inte varför.")
GENDERS = {BOYS: _("Pojkar"), GIRLS: _("Flickor")}


def shape_of(word: str | None) -> Shape:
    """Return the shape that an address names, the trend for none and for what is none."""
    return Shape(word) if word in list(Shape) else Shape.TREND


@dataclass(frozen=True)
class Divided:
    """What pupils are divided by, and the rows of its two groups by their names."""

    shape: Shape
    definition: str
    source: str
    rows: Mapping[str, Sequence[Row]]

    @property
    def is_there(self) -> bool:
        """Tell whether anything was read in of the groups here, told or not."""
        return any(self.rows.values())


def shapes_of(
    parts: Mapping[str, Sequence[Row]],
    divided: Iterable[Divided] = (),
    *,
    has_cohorts: bool,
    may_be_divided: bool = False,
) -> dict[Shape, str]:
    """Return the shapes that there are values for, with their words.

    That of background stands there empty too, where values of it may be read in.
    """
    has_both = all(has_value(parts[one]) for one in GENDERS)
    there = {Shape.GAP: has_both, Shape.COHORT: has_cohorts}
    there |= dict.fromkeys(DIVIDED, False) | {one.shape: one.is_there for one in divided}
    there[Shape.BACKGROUND] = there[Shape.BACKGROUND] or may_be_divided
    return {one: word for one, word in SHAPE_WORDS.items() if there.get(one, True)}


def shaped(
    seen: Seen, shape: Shape, *, shift: str = "", parts: Mapping[str, Sequence[Row]] | None = None
) -> Seen:
    """Return what is seen, in another shape; *parts* are the own rows of each gender by letter."""
    if shape is Shape.CONTROL:
        start = shift if shift in seen.spec.periods[1:] else ""
        told = ControlSpec(**_told(seen.spec), shift=start, accepted=seen.accepted)
        return replace(seen, chart=control_chart(told, seen.values))
    if shape is Shape.GAP and parts is not None:
        return replace(seen, chart=_gap(seen, parts))
    return seen


def divided_seen(seen: Seen, divided: Divided, where: Where, known: date | None = None) -> Seen:
    """Return what is seen with a line for each of the two groups in place of the own line.

    They are own values whatever the own line's source is, so the source is theirs.
    """
    kind = seen.rows[0].period_type if seen.rows else "school_year"
    rows = {name: one_each(of_kind(some, kind)) for name, some in divided.rows.items()}
    values = [one._replace(line=name) for name, some in rows.items() for one in plotted(some)]
    kept = [one for some in rows.values() for one in some]
    words = dict.fromkeys(one.word for one in values if one.word)
    limits = f"{LIMITS} {LIMITS_HERE}" if where.has_unit() else LIMITS
    spec = _told(seen.spec) | {
        "lines": tuple(Line(name, name) for name in rows),
        "periods": without_holes({one.period for one in kept}, kind) if kept else (),
        "source": source_of(kept, known),
        "notes": (WHY,),
        "events": (),
        "about": (
            *seen.spec.about,
            (_("Grupperna"), divided.definition),
            (_("Källa till grupperna"), divided.source),
            (_("När grupperna visas"), limits),
        ),
    }
    nothing = NOTHING_HERE if where.has_unit() else NOTHING
    if words:
        nothing = FEW.format(words=join_words(list(words)))
    return replace(
        seen, chart=gap_chart(GapSpec(**spec, place=where.name, nothing=nothing), values)
    )


def _told(spec: TrendSpec) -> dict[str, Any]:
    return {one.name: getattr(spec, one.name) for one in fields(TrendSpec)}


def _gap(seen: Seen, parts: Mapping[str, Sequence[Row]]) -> Chart:
    """Return the two groups at the own place, by the source and the scope of its own line."""
    own = own_of(seen.rows)
    series = {_series(one) for one in own}
    values = [
        one._replace(line=letter)
        for letter in GENDERS
        for one in plotted(one_each(row for row in parts[letter] if _series(row) in series))
    ]
    told = {**_told(seen.spec), "lines": tuple(Line(key, name) for key, name in GENDERS.items())}
    periods = {one.period for one in values}
    told["periods"] = tuple(one for one in seen.spec.periods if one in periods)
    kept = [one for one in values if one.period in told["periods"]]
    return gap_chart(GapSpec(**told, place=own[0].name if own else ""), kept)


def _series(row: Row) -> tuple[bool, str, str, str]:
    return row.is_own, row.source, row.scope, row.period_type
