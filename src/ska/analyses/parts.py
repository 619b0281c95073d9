"""The parts of an analysis: how what a form says becomes rows, and what rows say as a form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ska.access import Actor, Right
from ska.analyses import forms, rules
from ska.analyses.models import (
    AreaCause,
    Cause,
    DevelopmentArea,
    Evidence,
    ExpectedEffect,
    Finding,
    FindingObservation,
    FindingTag,
    InAnalysis,
    Observation,
    ObservationValue,
    Participation,
)
from ska.core.fields import FreeText
from ska.core.prints import print_of
from ska.core.text import _
from ska.errors import Invalid
from ska.framework.queries import unknown_tags

L = TypeVar("L")
Content = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of part: its table and form, who writes it, and the way between the two."""

    name: str
    table: type[Any]
    form: type[FreeText]
    write: Callable[[Session, Actor, Any, Any], None]
    fields: tuple[str, ...]
    right: Right = Right.ANALYSE
    loads: tuple[InstrumentedAttribute[Any], ...] = ()
    more: Callable[[Any], Content] = lambda _part: {}
    label: str = "text"

    def content(self, part: Any) -> Content:
        """Return what *part* says, as its form would say it."""
        return {**{name: getattr(part, name) for name in self.fields}, **self.more(part)}

    def print_of(self, part: Any) -> str:
        """Return a short print of what *part* says: its version, for If-Match and for forms."""
        said = json.dumps(self.content(part), sort_keys=True, default=str)
        return print_of(said)


def among(
    session: Session, table: type[InAnalysis], part: InAnalysis, ids: Iterable[UUID]
) -> list[UUID]:
    """Return *ids* once each; raise Invalid unless all belong to the very analysis of *part*."""
    wanted = list(dict.fromkeys(ids))
    found = session.scalars(
        select(table.id).where(  # type: ignore[attr-defined]  # every table has an id
            table.organizer_id == part.organizer_id,
            table.analysis_id == part.analysis_id,
            table.id.in_(wanted),  # type: ignore[attr-defined]  # as above
        )
    ).all()
    if len(found) != len(wanted):
        raise Invalid(_("Något av det du valde finns inte i den här analysen. Välj igen."))
    return wanted


def _own(part: InAnalysis) -> dict[str, UUID]:
    return {"organizer_id": part.organizer_id, "analysis_id": part.analysis_id}


def _linked(
    now: Sequence[L], key: Callable[[L], Any], wanted: Iterable[Any], make: Callable[[Any], L]
) -> list[L]:
    """Return the rows for *wanted*: those that stand are kept as they are, the others made."""
    kept = {key(one): one for one in now}
    return [kept.get(one) or make(one) for one in dict.fromkeys(wanted)]


def _take(part: Any, form: FreeText, kind: Kind) -> None:
    for name in kind.fields:
        setattr(part, name, getattr(form, name))


def _write_observation(
    session: Session, actor: Actor, part: Observation, form: forms.ObservationForm
) -> None:
    now = {(one.period, one.value, one.n): one for one in part.values}
    wanted = [(row.period, row.value, row.n) for row in form.values]
    if any(one.value_id for one in part.values) and list(now) != wanted:
        raise Invalid(
            _("Siffror ur en källa skrivs inte om. Lägg till ett nytt underlag i stället."),
            {"values": _("Siffrorna är hämtade ur källan och står kvar som de var.")},
        )
    _take(part, form, OBSERVATION)
    part.values = [
        now.get(row) or ObservationValue(**_own(part), period=row[0], value=row[1], n=row[2])
        for row in wanted
    ]
    for position, one in enumerate(part.values, start=1):
        one.position = position


def _write_finding(session: Session, actor: Actor, part: Finding, form: forms.FindingForm) -> None:
    own = _own(part)
    rests_on = among(session, Observation, part, form.observations)
    if unknown_tags(session, actor, part.organizer_id, form.tags):
        wrong = _("Välj mål och indikatorer i listan.")
        raise Invalid(wrong, {"tags": wrong})
    _take(part, form, FINDING)
    part.observations = _linked(
        part.observations,
        lambda link: link.observation_id,
        rests_on,
        lambda one: FindingObservation(**own, observation_id=one),
    )
    part.tags = _linked(
        part.tags,
        lambda tag: f"{tag.kind}:{tag.item}",
        form.tags,
        lambda one: FindingTag(**own, kind=one.partition(":")[0], item=one.partition(":")[2]),
    )


def _write_cause(session: Session, actor: Actor, part: Cause, form: forms.CauseForm) -> None:
    among(session, Finding, part, [form.finding_id])
    _take(part, form, CAUSE)
    part.owner_role = form.owner_role or None
    if form.is_open:
        part.certainty = rules.Certainty.UNKNOWN


def _write_evidence(
    session: Session, actor: Actor, part: Evidence, form: forms.EvidenceForm
) -> None:
    among(session, Cause, part, [form.cause_id])
    if form.observation_id is not None:
        among(session, Observation, part, [form.observation_id])
    _take(part, form, EVIDENCE)


def _write_area(
    session: Session, actor: Actor, part: DevelopmentArea, form: forms.AreaForm
) -> None:
    answers = among(session, Cause, part, form.causes)
    _take(part, form, AREA)
    part.causes = _linked(
        part.causes,
        lambda link: link.cause_id,
        answers,
        lambda one: AreaCause(**_own(part), cause_id=one),
    )


def _write_effect(
    session: Session, actor: Actor, part: ExpectedEffect, form: forms.EffectForm
) -> None:
    among(session, DevelopmentArea, part, [form.area_id])
    _take(part, form, EFFECT)


def _write_participation(
    session: Session, actor: Actor, part: Participation, form: forms.ParticipationForm
) -> None:
    _take(part, form, PARTICIPATION)


def _numbers(part: Observation) -> Content:
    rows = [{"period": one.period, "value": one.value, "n": one.n} for one in part.values]
    return {"values": [{**row, "value": _plain(row["value"])} for row in rows]}


def _plain(value: Any) -> str | None:
    return None if value is None else format(value.normalize(), "f")


OBSERVATION = Kind(
    "observation",
    Observation,
    forms.ObservationForm,
    _write_observation,
    ("kind", "text", "source", "population", "unit_of_measure", "observed_on"),
    right=Right.OBSERVE,
    loads=(Observation.values,),
    more=_numbers,
)
FINDING = Kind(
    "finding",
    Finding,
    forms.FindingForm,
    _write_finding,
    ("kind", "text"),
    loads=(Finding.observations, Finding.tags),
    more=lambda part: {
        "observations": sorted(str(link.observation_id) for link in part.observations),
        "tags": sorted(f"{tag.kind}:{tag.item}" for tag in part.tags),
    },
)
CAUSE = Kind(
    "cause",
    Cause,
    forms.CauseForm,
    _write_cause,
    ("finding_id", "text", "certainty", "is_external", "is_open", "owner_role", "answer_by"),
    loads=(Cause.evidence,),
)
EVIDENCE = Kind(
    "evidence",
    Evidence,
    forms.EvidenceForm,
    _write_evidence,
    ("cause_id", "side", "text", "observation_id"),
)
AREA = Kind(
    "area",
    DevelopmentArea,
    forms.AreaForm,
    _write_area,
    ("title", "reason"),
    loads=(DevelopmentArea.causes, DevelopmentArea.effects),
    more=lambda part: {"causes": sorted(str(link.cause_id) for link in part.causes)},
    label="title",
)
EFFECT = Kind(
    "effect",
    ExpectedEffect,
    forms.EffectForm,
    _write_effect,
    ("area_id", "text", "expected_by"),
)
PARTICIPATION = Kind(
    "participation",
    Participation,
    forms.ParticipationForm,
    _write_participation,
    ("group", "offered", "took_part", "how", "happened_on"),
    right=Right.OBSERVE,
    label="how",
)
KINDS = {
    kind.name: kind for kind in (OBSERVATION, FINDING, CAUSE, EVIDENCE, AREA, EFFECT, PARTICIPATION)
}
