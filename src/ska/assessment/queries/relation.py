"""The page of grades beside test grades: what is chosen, what was read, and its three pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.assessment.queries.chosen import (
    Asked,
    ChosenRelation,
    GroupChoice,
    chosen_of,
    items_of,
    one_of,
    units_and_groups,
)
from ska.assessment.rules import (
    WORDS,
    Told,
    by_place,
    by_spring,
    by_subject,
    spring_words,
    springs_of,
    told_of,
    without_same,
)
from ska.charts import Chart, DeviationRow, DeviationSpec, Role, deviation_chart
from ska.core.swedish import parse_whole
from ska.core.text import _
from ska.framework.definitions import Relation, RelationSubject
from ska.organizers.models import Organizer
from ska.overview.queries.pages import UnitRow, where_is
from ska.overview.queries.relations import code_of, relations
from ska.overview.queries.values import read_values, wanted_of
from ska.overview.rules.breaks import counted
from ska.overview.rules.pinning import PinnedValue, ToPin
from ska.overview.rules.places import place_rows, place_units
from ska.overview.rules.rows import Row
from ska.overview.rules.trends import ONE_ROW, source_of
from ska.values.areas import names_of
from ska.values.zeros import silence_in

PINNED = (_("lägre"), _("samma"), _("högre"))


@dataclass(frozen=True)
class RelationView:
    """Everything on the page that comes from values."""

    relations: tuple[Relation, ...]
    relation: Relation
    subject: RelationSubject
    units: list[UnitRow]
    unit: UnitRow | None
    groups: list[GroupChoice]
    group: GroupChoice
    here: str
    springs: list[int] = field(default_factory=list)
    spring: int | None = None
    own: Told | None = None
    places: Chart | None = None
    history: Chart | None = None
    subjects: Chart | None = None
    rows: tuple[DeviationRow, ...] = ()
    with_values: frozenset[str] = frozenset()
    known: date | None = None
    instead: str = ""

    @property
    def has_question(self) -> bool:
        """Tell whether one way clearly outweighs the other, or differs clearly from the country."""
        row = next((one for one in self.rows if one.role is Role.OWN), None)
        if row is None:
            return False
        beside = any(one.is_clear for one in row.beside or ())
        return beside or (row.shift is not None and row.shift.is_clear)

    def to_pin(self) -> ToPin:
        """Return the three shares of the own place, for an analysis to hold."""
        told, chart = self.own, self.places
        values = [
            PinnedValue(f"{spring_words(told.spring)}, {word}", one.value, one.n, value_id)
            for word, one, value_id in zip(
                PINNED, told.measures, told.value_ids, strict=True
            )
            if one.value is not None
        ] if told else []  # fmt: skip
        return ToPin(
            code=self.code("lower"),
            heading=f"{self.relation.name}: {self.subject.name}",
            here=self.here,
            unit_id=self.unit.id if self.unit else None,
            sentence=chart.sentence if chart and values else "",
            source=chart.source if chart else "",
            population=self.relation.of,
            unit_of_measure="%",
            values=tuple(values),
            questions=tuple(one.text for one in self.relation.questions),
            at=f"/np-betyg{self.query}",
        )

    @property
    def query(self) -> str:
        """Return the address's question that gives this very view again."""
        return f"{self.query_today}&kant={self.known}" if self.known else self.query_today

    @property
    def query_today(self) -> str:
        """Return the address's question that gives the same as it is known today."""
        unit = self.unit.slug if self.unit else ""
        return (
            f"?enhet={unit}&prov={self.relation.id}&amne={self.subject.id}"
            f"&var={self.spring or ''}&grupp={self.group.key}"
        )

    def code(self, way: str) -> str:
        """Return the code of the indicator of one way in this subject."""
        return code_of(self.relation, self.subject, way)


def relation_view(
    session: Session, actor: Actor, organizer: Organizer, asked: Asked, *, home: UUID | None = None
) -> RelationView:
    """Return the page for what is *asked*; raise Missing for what is not there."""
    units, groups = units_and_groups(session, actor, organizer.id)
    chosen = chosen_of(organizer, units, asked, home, groups)
    wanted = wanted_of(
        [one.details for one in items_of(chosen.relation)],
        municipality_code=organizer.municipality_code,
        organisation_number=organizer.organisation_number,
        units=[one.school_unit_code for one in chosen.read],
        others=[peer.code for peer in chosen.group.peers],
    )
    values = read_values(session, actor, organizer.id, wanted, known=asked.known)
    return _seen(values, organizer, chosen, asked)


def relation_in(
    values: pl.DataFrame, organizer: Organizer, units: list[UnitRow], asked: Asked
) -> RelationView:
    """Return the same of values that were read for the whole place, other measures among them."""
    chosen = chosen_of(organizer, units, asked, None)
    names = [names_of(one.details) for one in items_of(chosen.relation)]
    titles, codes = ({name for one in names for name in one[at]} for at in (0, 1))
    mine = values.filter(pl.col("title").is_in(list(titles)) | pl.col("measure").is_in(list(codes)))
    return _seen(mine, organizer, chosen, asked)


def _seen(
    values: pl.DataFrame, organizer: Organizer, chosen: ChosenRelation, asked: Asked
) -> RelationView:
    relation, unit = chosen.relation, chosen.unit
    rows = _rows(values, organizer, chosen)
    told = told_of(rows, relation)
    own = {one.subject for one in told if one.role is Role.OWN and one.has_value}
    usual = next((one.id for one in relation.subjects if one.id in own), relation.subjects[0].id)
    subject = one_of(relation.subjects, asked.subject, usual)
    springs = springs_of(told, subject.id)
    wanted = parse_whole(asked.spring, 1, 9999)
    spring = wanted if wanted in springs else next(iter(springs), None)
    view = RelationView(
        relations(), relation, subject, chosen.units, unit, chosen.groups, chosen.group,
        unit.name if unit else organizer.name, springs, spring, with_values=frozenset(own),
        known=asked.known, instead=chosen.instead,
    )  # fmt: skip
    if spring is None:
        return replace(view, places=deviation_chart(_spec(view, rows)))
    return _drawn(view, told, rows, spring)


def _rows(values: pl.DataFrame, organizer: Organizer, chosen: ChosenRelation) -> list[Row]:
    """Return the values of all subjects and ways, each with its line.

    None is a number in a column that turned to zeros everywhere: the shares of a spring are
    weighed against each other.
    """
    rows = place_rows(values, where_is(organizer, chosen.unit, peers=chosen.group.peers))
    codes = [(one.slug, one.name, one.school_unit_code or "") for one in chosen.beside]
    return counted([*rows, *place_units(values, codes)], silence_in(values))


def _drawn(view: RelationView, told: list[Told], rows: Sequence[Row], spring: int) -> RelationView:
    """Put the pictures of one subject and spring on the page."""
    relation, subject = view.relation, view.subject
    own = next(
        (one for one in told if one.role is Role.OWN
         and (one.subject, one.spring) == (subject.id, spring)), None,
    )  # fmt: skip
    units = {"other", *(one.slug for one in view.units)}
    beside_own, same = without_same(told, subject.id, spring, units)
    places = by_place(beside_own, subject, spring)
    spec = _spec(view, rows)
    beside = _("riket") if any(one.role is Role.COUNTRY for one in places) else ""
    years = by_spring(told, relation, subject, spring)
    whose = f"{relation.name}: {subject.name}"
    return replace(
        view,
        spring=spring,
        own=own,
        rows=tuple(places),
        places=deviation_chart(
            replace(
                spec, rows=tuple(places), focus="own", beside=beside, name=whose,
                period=spring_words(spring), caution=relation.caution,
                notes=(
                    *((view.instead,) if view.instead else ()),
                    *(
                        ONE_ROW.format(unit=view.here if view.unit else name,
                                       whole=name if view.unit else view.here)
                        for name in same
                    ),
                ),
            )
        ),
        history=deviation_chart(
            replace(
                spec, id="np-betyg-ar", rows=tuple(years), rows_are=_("Vår"),
                name=f"{whose}, {view.here}", beside=_("våren före"),
            )
        ),
        subjects=deviation_chart(
            replace(
                spec, id="np-betyg-amnen", rows=tuple(by_subject(told, relation, spring)),
                rows_are=_("Ämne"), name=f"{relation.name}, {view.here}",
                period=spring_words(spring),
            )
        ),
    )  # fmt: skip


def _spec(view: RelationView, rows: Sequence[Row]) -> DeviationSpec:
    """Return what the three pictures have in common."""
    relation = view.relation
    return DeviationSpec(
        id="np-betyg-platser",
        name=relation.name,
        rows=(),
        rows_are=_("Plats"),
        ways=WORDS,
        source=source_of(rows, view.known),
        subtitle=f"{relation.of[0].upper()}{relation.of[1:]}",
        about=(
            (_("Så läses måttet"), relation.reading),
            (_("Det säger inte"), relation.cannot_say),
            (_("Läst i"), relation.seen_in),
        ),
    )
