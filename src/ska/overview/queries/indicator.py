"""The page of one indicator: its chart in the shape asked for, and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.framework.queries.pupil_groups import divisions
from ska.framework.rules import RELATION_WORDS
from ska.organizers.models import Organizer
from ska.overview.queries.derived import with_derived
from ska.overview.queries.happenings import happenings_of
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import (
    EVERYTHING_NOW,
    Choice,
    UnitRow,
    alike_in,
    chosen_unit,
    indicator_with,
    reads_of,
    subject_of,
    wanted_at,
    where_is,
)
from ska.overview.queries.relations import questions_of
from ska.overview.queries.results import titles_of
from ska.overview.queries.shifts import units_and_shifts
from ska.overview.queries.values import read_with_groups
from ska.overview.rules.beside import BesideWhole, beside_whole
from ska.overview.rules.breaks import counted
from ska.overview.rules.cohorts import cohorts_of, earlier_of
from ska.overview.rules.pinning import PinnedValue, ToPin
from ska.overview.rules.places import Where, place_rows, place_units
from ska.overview.rules.rows import OFFICIAL, Row, groups_with_values, own_of
from ska.overview.rules.shapes import (
    BOYS,
    DIVIDED,
    GENDERS,
    GIRLS,
    Divided,
    Shape,
    divided_seen,
    shaped,
    shapes_of,
)
from ska.overview.rules.shifts import page_of, with_shifts
from ska.overview.rules.splits import SplitShown, by_gender, by_unit, split_of
from ska.overview.rules.trends import Happening, Seen, latest_pinned, see
from ska.values.known import end_of
from ska.values.levels.rules import Shift, shifts_at
from ska.values.rules import group_key
from ska.values.zeros import silence_in

MAY_BE_DIVIDED = ("indicator", "local")
MOST_PARTS = 40
"""A huvudman with more units than this is not split: nobody reads so many parts."""


@dataclass(frozen=True)
class MeasureChoice:
    """A measure that can be drawn: the official one, or a neighbour in Kolada with its relation."""

    group: str
    title: str
    relation: str


@dataclass(frozen=True)
class IndicatorView:
    """Everything on an indicator's page."""

    item: ItemRow
    units: list[UnitRow]
    unit: UnitRow | None
    seen: Seen
    choices: list[MeasureChoice]
    group: str
    pinned: tuple[PinnedValue, ...]
    shape: Shape
    shapes: dict[Shape, str]
    shift: str
    said: str = ""  # what an underlag may hold: never what is told of a group
    happenings: tuple[Happening, ...] = ()
    splits: tuple[SplitShown, ...] = ()
    beside: BesideWhole | None = None
    shifts: tuple[Shift, ...] = ()  # all that were accepted, those taken back too

    @property
    def is_divided(self) -> bool:
        """Tell whether the pupils are drawn by group, or would be if there were values."""
        return self.shape in DIVIDED

    @property
    def clear(self) -> tuple[str, ...]:
        """Return all that the latest value differs clearly from, the huvudman's whole first."""
        whole = (self.beside.whole.label,) if self.beside and self.beside.told.is_clear else ()
        return (*whole, *self.seen.clear)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return what is asked about causes, when anything differs clearly."""
        return questions_of(self.item.code) if self.clear else ()

    def to_pin(self, here: str) -> ToPin:
        """Return what the page lets an analysis hold; *here* is the place it is about."""
        chart = self.seen.chart
        signal = self.beside if self.beside and self.beside.told.is_clear else None
        said = (signal.told.sentence, self.said) if signal else (self.said,)
        return ToPin(
            code=self.item.code,
            heading=self.item.heading,
            here=here,
            unit_id=self.unit.id if self.unit else None,
            sentence=" ".join(said) if self.pinned else "",
            source=chart.source,
            population=str(self.item.details.get("of") or ""),
            unit_of_measure=chart.unit,
            values=(*self.pinned, *([signal.pinned] if signal else [])),
            questions=self.questions,
            at=f"/resultat/{self.item.code}?{urlencode(self._asked())}",
        )

    def _asked(self) -> dict[str, str]:
        """Return what the address asks for, in the names of the page."""
        asked = {
            "enhet": self.unit.slug if self.unit else "",
            "matt": self.group,
            "som": "" if self.shape is Shape.TREND else str(self.shape),
            "skifte": self.shift,
        }
        return {name: value for name, value in asked.items() if value or name == "enhet"}


def indicator_view(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    code: str,
    choice: Choice = EVERYTHING_NOW,
    *,
    with_happenings: bool = True,
) -> IndicatorView:
    """Return one indicator with its chart; raise Missing for an unknown indicator or unit."""
    before = earlier_of(code) if choice.shape is Shape.COHORT else ""
    item, earlier = indicator_with(session, actor, organizer.id, code, before)
    units, accepted = units_and_shifts(session, actor, organizer.id, item.code)
    chosen = chosen_unit(units, choice.unit)
    where = where_is(organizer, chosen, peers=alike_in(organizer, item))
    asked = [item, *([_alone(earlier)] if earlier else [])]
    parts = [] if chosen else [one for one in units if one.has_use_of(item)]
    parts = parts if len(parts) <= MOST_PARTS else []
    where = replace(where, parts=tuple(one.school_unit_code or "" for one in parts))
    values, by_group = read_with_groups(
        session, actor, organizer.id, wanted_at(where, asked), known=choice.known,
        genders=("T", BOYS, GIRLS),
    )  # fmt: skip
    placed, old = _placed(values, where, item, earlier)
    rows = [one for one in placed if one.gender == "T"]
    groups = groups_with_values(rows)
    drawn = choice.measure if choice.measure in groups else next(iter(groups), OFFICIAL)
    links = {link["kpi"]: link for link in item.details.get("kolada_links") or ()}
    choices = [_choice(one, links.get(one)) for one in groups]
    title = next((one.title for one in choices if one.group == drawn != OFFICIAL), "")
    kept = [one for one in rows if one.group == drawn]
    happenings: tuple[Happening, ...] = ()
    if with_happenings:
        happenings = happenings_of(
            session, actor, organizer.id, code=item.code,
            sub_goals=list(item.details.get("sub_goals") or ()),
            unit_id=chosen.id if chosen else None, path=f"/{organizer.slug}",
        )  # fmt: skip
    subject = subject_of(item, silence_in(values), kept)
    seen = see(subject, kept, happenings, group_title=title, known=choice.known)
    mine = [one for one in own_of(placed) if one.group == drawn]
    own = {
        letter: counted(
            (one for one in mine if one.gender == letter),
            silence_in(values, letter),
            reads_of(item),
        )
        for letter in (BOYS, GIRLS)
    }
    divided = divided_at(by_group, where, item) if drawn == OFFICIAL else []
    # At a school the picture stands empty where others have it: elsewhere nobody reads it in.
    may_be_divided = drawn == OFFICIAL and (chosen is None or not by_group.is_empty())
    shapes = shapes_of(
        own, divided, has_cohorts=drawn == OFFICIAL and bool(earlier_of(code)),
        may_be_divided=may_be_divided and item.kind in MAY_BE_DIVIDED and seen.spec.share,
    )  # fmt: skip
    shape = choice.shape if choice.shape in shapes else Shape.TREND
    groups_of = (
        by_gender({GENDERS[one]: own[one] for one in (GIRLS, BOYS)}),
        by_unit(_at_units(values, item, parts)),
    )
    trend, pinned = seen, latest_pinned(kept, seen)
    shifts = shifts_at(accepted, item.code, drawn, chosen.id if chosen else None)
    if shape in (Shape.TREND, Shape.CONTROL):
        moment = end_of(choice.known) if choice.known else None
        page = page_of(organizer.slug, item.code, chosen.slug if chosen else "", drawn)
        seen = with_shifts(seen, [one for one in shifts if one.holds(moment)], page)
    seen = shaped(seen, shape, shift=choice.shift, parts=own)
    if by := next((one for one in divided if one.shape is shape), None):
        seen = divided_seen(seen, by, where, choice.known)
    if shape is Shape.COHORT and (
        found := cohorts_of(subject, where.name, own_of(kept), old, choice.known)
    ):
        seen, pinned = replace(seen, chart=found.chart), found.pinned
    return IndicatorView(
        item=item,
        units=units,
        unit=chosen,
        seen=seen,
        choices=choices,
        group=drawn,
        pinned=pinned,
        shape=shape,
        shapes=shapes,
        shift=choice.shift if choice.shift in seen.spec.periods[1:] else "",
        said=(trend if shape in DIVIDED else seen).chart.sentence,
        happenings=happenings,
        beside=beside_whole(kept),
        shifts=shifts,
        splits=tuple(one for group in groups_of if (one := split_of(trend, group))),
    )


def divided_at(by_group: pl.DataFrame, where: Where, item: ItemRow) -> list[Divided]:
    """Return the two groups of each division at the place, in the order of the list."""
    titles = titles_of(item)
    found = []
    for one in divisions():
        rows: dict[str, list[Row]] = {}
        for code in one.gap:
            mine = by_group.filter(pl.col("pupil_group") == group_key(one.id, code))
            placed = own_of(place_rows(mine, where)) if mine.height else []
            rows[one.group(code).name] = [row for row in placed if row.title in titles]
        found.append(Divided(Shape(one.id), one.definition, one.source, rows))
    return found


def _at_units(values: pl.DataFrame, item: ItemRow, units: Sequence[UnitRow]) -> list[Row]:
    """Return the values of the indicator itself at the huvudman's units."""
    if not units:
        return []
    known = [(one.slug, one.name, one.school_unit_code or "") for one in units]
    titles = titles_of(item)
    placed = place_units(with_derived(values, [item.code]), known)
    return [one for one in placed if one.title in titles and one.gender == "T"]


def _alone(item: ItemRow) -> ItemRow:
    """Return the indicator without its neighbours in Kolada."""
    return replace(item, details={**item.details, "kolada_links": ()})


def _placed(
    values: pl.DataFrame, where: Where, item: ItemRow, earlier: ItemRow | None
) -> tuple[list[Row], list[Row]]:
    """Return the rows of the indicator, and the own ones of its earlier årskurs."""
    rows = place_rows(with_derived(values, [item.code]), where)
    if earlier is None:
        return rows, []
    titles = titles_of(earlier)
    old = place_rows(with_derived(values, [earlier.code]), where)
    return (
        [one for one in rows if one.title not in titles],
        [one for one in own_of(old) if one.title in titles and one.gender == "T"],
    )


def _choice(group: str, link: dict[str, Any] | None) -> MeasureChoice:
    if link is None:
        return MeasureChoice(group, "Kvalitetssystemets mått", "")
    title = " ".join(str(link["title"]).split())
    relation = RELATION_WORDS.get(str(link["relation"]), "")
    return MeasureChoice(group, f"Kolada {group}: {title}", f"{relation} ({link['population']})")
