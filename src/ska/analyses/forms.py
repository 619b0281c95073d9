"""What people write in an analysis."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, Field, field_validator, model_validator

from ska.analyses.rules import (
    Certainty,
    EvidenceSide,
    FindingKind,
    Group,
    Level,
    ObservationKind,
    State,
)
from ska.core.fields import (
    Amount,
    Choice,
    Count,
    Day,
    FreeText,
    Optional,
    Reference,
    Required,
    Tick,
)
from ska.core.text import _


def _listed(value: Any) -> Any:
    """Read one or several chosen ids, however the browser sent them."""
    if value in (None, ""):
        return []
    return [one for one in value if one != ""] if isinstance(value, list) else [value]


Chosen = Annotated[list[UUID], BeforeValidator(_listed)]


class AnalysisForm(FreeText):
    """The beginning of an analysis."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Kunskapsresultat i årskurs 9",
        "level": "organizer",
    }

    title: Annotated[str, Required(_("Skriv vad analysen handlar om"), 160)]
    level: Annotated[Level, Choice(Level, _("Välj vems analys det är"))]
    unit_id: Annotated[UUID | None, Reference()]
    about: Chosen = Field(default_factory=list)

    @field_validator("unit_id")
    @classmethod
    def _unit_when_needed(cls, value: UUID | None, info: Any) -> UUID | None:
        if info.data.get("level") is Level.UNIT and value is None:
            raise ValueError(_("Välj vilken enhet analysen gäller"))
        return value if info.data.get("level") is Level.UNIT else None


class AnalysisChangeForm(FreeText):
    """What is changed about an analysis: only what is sent."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Kunskapsresultat i årskurs 9, 2026",
        "state": "review",
    }

    title: Annotated[str, Required(_("Skriv vad analysen handlar om"), 160)] = ""
    state: Annotated[State | None, Choice(State, _("Välj draft eller review"), optional=True)] = (
        None
    )
    about: Annotated[list[UUID] | None, BeforeValidator(_listed)] = None

    @field_validator("state")
    @classmethod
    def _not_established_here(cls, value: State | None) -> State | None:
        if value is State.ESTABLISHED:
            raise ValueError(_("En analys fastställs för sig, med allt som lagen kräver."))
        return value


LONGEST_PERIOD = 120  # a number beside others says what it is of, too


class ValueForm(FreeText):
    """One number of an observation: a period, a value, and how many it is built on."""

    example: ClassVar[dict[str, Any]] = {
        "period": "2026",
        "value": "61,8",
        "n": 68,
    }

    period: Annotated[str, Required(_("Skriv vilket år eller läsår talet gäller"), LONGEST_PERIOD)]
    value: Annotated[Decimal | None, Amount(low=-1_000_000, high=1_000_000_000)]
    n: Annotated[int | None, Count(low=1)] = None


_ROW = re.compile(r"(period|value|n)_(\d+)$")


def written_rows(data: Mapping[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """Return the rows of numbers that a page's form holds, each with its place on the page."""
    rows: dict[int, dict[str, Any]] = {}
    for name, value in data.items():
        if found := _ROW.match(name):
            rows.setdefault(int(found[2]), {})[found[1]] = value
    return [
        (number, row)
        for number, row in sorted(rows.items())
        if any(str(part).strip() for part in row.values())
    ]


class ObservationForm(FreeText):
    """An underlag, with up to ten numbers."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "voice",
        "text": "”Det är lugnt på lektionerna när vår egen lärare är där.”",
        "source": "Elevråd, maj 2026",
    }

    kind: Annotated[ObservationKind, Choice(ObservationKind, _("Välj vilket slags underlag"))]
    text: Annotated[str, Required(_("Skriv vad ni ser eller hör"), 4000)]
    source: Annotated[str, Optional(300)] = ""
    population: Annotated[str, Optional(300)] = ""
    unit_of_measure: Annotated[str, Optional(40)] = ""
    observed_on: Annotated[date | None, Day()] = None
    values: list[ValueForm] = Field(default_factory=list, max_length=10)

    @model_validator(mode="before")
    @classmethod
    def _rows_of_numbers(cls, data: Any) -> Any:
        """Gather ``period_1``, ``value_1``, ``n_1``, … of a page into *values*."""
        if not isinstance(data, dict) or "period_1" not in data:
            return data
        sure = {"not_personal_data": data.get("not_personal_data", "")}
        rows = [{**row, **sure} for _number, row in written_rows(data)]
        return {**{name: data[name] for name in data if not _ROW.match(name)}, "values": rows}

    @field_validator("values")
    @classmethod
    def _numbers_have_source(cls, value: list[ValueForm], info: Any) -> list[ValueForm]:
        if value and not info.data.get("source"):
            raise ValueError(_("Skriv varifrån siffrorna kommer, i fältet Källa"))
        return value


class FindingForm(FreeText):
    """A styrka or utmaning, with what it rests on and what it is about."""

    example: ClassVar[dict[str, Any]] = {
        "kind": "challenge",
        "text": "Andelen elever med godkänt i alla ämnen har sjunkit två år i rad.",
    }

    kind: Annotated[FindingKind, Choice(FindingKind, _("Välj styrka eller utmaning"))]
    text: Annotated[str, Required(_("Skriv vad underlaget visar"), 4000)]
    observations: Chosen = Field(default_factory=list)
    tags: Annotated[list[str], BeforeValidator(_listed)] = Field(default_factory=list)


class CauseForm(FreeText):
    """An orsak, or an open question with owner and date."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Nya elever kartläggs sent, i genomsnitt fem veckor efter start",
        "certainty": "likely",
        "owner_role": "rektor",
    }

    finding_id: Annotated[UUID, Reference(_("Välj vad orsaken förklarar"))]
    text: Annotated[str, Required(_("Skriv orsaken eller frågan"), 4000)]
    certainty: Annotated[Certainty, Choice(Certainty, _("Välj hur säkra ni är"))]
    is_external: Tick = False
    is_open: Annotated[Tick, Field(validate_default=True)] = False
    owner_role: Annotated[str, Optional(120)]
    answer_by: Annotated[date | None, Day()]
    evidence_for: Annotated[str, Optional(4000)] = ""
    evidence_against: Annotated[str, Optional(4000)] = ""

    @field_validator("is_open")
    @classmethod
    def _unknown_is_open(cls, value: bool, info: Any) -> bool:
        return value or info.data.get("certainty") is Certainty.UNKNOWN

    @field_validator("owner_role")
    @classmethod
    def _open_has_owner(cls, value: str, info: Any) -> str:
        if info.data.get("is_open") and not value:
            raise ValueError(_("Skriv vem som tar reda på svaret"))
        return value

    @field_validator("answer_by")
    @classmethod
    def _open_has_date(cls, value: date | None, info: Any) -> date | None:
        if info.data.get("is_open") and value is None:
            raise ValueError(_("Ange när frågan ska vara besvarad"))
        return value


class EvidenceForm(FreeText):
    """Something that speaks for or against a cause."""

    example: ClassVar[dict[str, Any]] = {
        "side": "for",
        "text": "EHT-statistik och fyra röster",
    }

    cause_id: Annotated[UUID, Reference(_("Välj vilken orsak det gäller"))]
    side: Annotated[EvidenceSide, Choice(EvidenceSide, _("Välj om det talar för eller emot"))]
    text: Annotated[str, Required(_("Skriv vad som talar för eller emot"), 4000)]
    observation_id: Annotated[UUID | None, Reference()] = None


class AreaForm(FreeText):
    """A prioriterat utvecklingsområde and the causes it answers."""

    example: ClassVar[dict[str, Any]] = {
        "title": "Tidig kartläggning",
        "causes": ["01990f6e-5c00-7000-8000-000000000001"],
    }

    title: Annotated[str, Required(_("Skriv vad som ska utvecklas"), 200)]
    reason: Annotated[str, Optional(4000)] = ""
    causes: Chosen = Field(default_factory=list)


class EffectForm(FreeText):
    """What should be seen when it has worked."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Kartläggning klar inom två veckor för minst 90 % av nya elever till jul",
        "expected_by": "2026-12-18",
    }

    area_id: Annotated[UUID, Reference(_("Välj utvecklingsområde"))]
    text: Annotated[str, Required(_("Skriv vilken förändring som ska synas"), 1000)]
    expected_by: Annotated[date | None, Day()] = None


class ParticipationForm(FreeText):
    """Who was offered to take part, and who did: whoever took part was offered to."""

    example: ClassVar[dict[str, Any]] = {
        "group": "pupils",
        "offered": True,
        "took_part": True,
        "how": "Elevrådet läste och svarade",
    }

    group: Annotated[Group, Choice(Group, _("Välj vilka det gäller"))]
    offered: Tick = False
    took_part: Tick = False
    how: Annotated[str, Required(_("Skriv hur det gick till"), 1000)]
    happened_on: Annotated[date | None, Day()] = None

    @model_validator(mode="after")
    def _who_came_was_offered(self) -> ParticipationForm:
        self.offered = self.offered or self.took_part
        return self


class StrikeForm(FreeText):
    """Why a part is struck."""

    example: ClassVar[dict[str, Any]] = {
        "reason": "Skrevs två gånger",
    }

    reason: Annotated[str, Required(_("Skriv varför det stryks"), 1000)]
