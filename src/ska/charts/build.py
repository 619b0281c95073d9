"""The one way in which a chart is made: a spec, the figure of it, and what it says in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ska.charts.chart import Chart, Figure, Flag, PlottedValue, Table
from ska.charts.places import units_in
from ska.charts.spec import Spec
from ska.charts.still import still
from ska.charts.terms import has_terms, spelled_in

NARROW = 252
"""What a page of 320 px leaves for a picture, so that its words are as large as they say."""


@dataclass(frozen=True)
class Said:
    """What a picture says to those who do not see it; *values* are those that are plotted.

    *answer* is how the sentence begins, where the rest is what it stands on.

    *how* tells how this kind of picture is read, *caution* what to be careful with beside what the
    measure itself warns of.
    """

    title: str
    sentence: str
    table: Table
    values: tuple[PlottedValue, ...]
    how: str
    caution: str = ""
    notes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    answer: str = ""


def build(
    spec: Spec,
    figure: Figure | None,
    said: Said,
    narrow: Figure | None = None,
    picture: Markup | None = None,
) -> Chart:
    """Return the chart of *spec*; the still pictures are painted from the figure itself.

    Without a *figure* there is no picture, and the sentence says why. *narrow* is the figure for a
    narrow page, where another arrangement reads better; an empty one where only the table does.
    *picture* is one that we draw ourselves at any width, in place of a figure.
    """
    texts = {said.title, said.table.caption, *said.table.head}
    if has_terms(texts.union(one.period for one in said.values)):
        said, figure, narrow = _spelled(said), spelled_in(figure), spelled_in(narrow)
    if spec.of_units:
        names = (spec.name, *(row[0] for row in said.table.rows if row))
        said = _of_units(said, names)
        figure, narrow = units_in(figure, names), units_in(narrow, names)
    small = figure if narrow is None else narrow
    return Chart(
        id=spec.id,
        name=spec.name,
        title=said.title,
        subtitle=spec.subtitle,
        sentence=said.sentence,
        answer=said.answer,
        figure=figure or {},
        table=said.table,
        source=spec.source,
        caution=" ".join(filter(None, [said.caution, spec.caution])),
        unit=spec.unit,
        values=said.values,
        notes=(*said.notes, *spec.notes),
        flags=said.flags,
        about=spec.about,
        how=said.how,
        svg=still(figure) if figure else picture or Markup(),
        svg_small=still(small, NARROW) if small else Markup(),
    )


def _of_units(said: Said, names: Sequence[str]) -> Said:
    """Return what is said with units for places; the rows of the table hold names and numbers."""
    caption, head = units_in(said.table.caption, names), units_in(said.table.head)
    return replace(
        said,
        title=units_in(said.title, names),
        sentence=units_in(said.sentence, names),
        answer=units_in(said.answer, names),
        table=replace(said.table, caption=caption, head=head),
        how=units_in(said.how),
        caution=units_in(said.caution),
        notes=units_in(said.notes, names),
    )


def _spelled(said: Said) -> Said:
    table = replace(
        said.table,
        caption=spelled_in(said.table.caption),
        head=spelled_in(said.table.head),
        rows=spelled_in(said.table.rows),
    )
    return replace(
        said,
        title=spelled_in(said.title),
        sentence=spelled_in(said.sentence),
        answer=spelled_in(said.answer),
        table=table,
        caution=spelled_in(said.caution),
        notes=spelled_in(said.notes),
    )
