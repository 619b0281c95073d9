"""What seeds/demo/ may say. Parts of the chain are checked by the same forms as on the pages."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from ska.access import Role
from ska.demo.chained import AnalysisSeed, Frozen
from ska.demo.rules import moved
from ska.framework.definitions import read_seed
from ska.organizers.rules import SchoolType
from ska.sharing.forms import AS_DESCRIBED


class UnitSeed(Frozen):
    """A school or preschool of the demo."""

    name: str
    code: str | None = None
    school_types: list[SchoolType]


class PersonSeed(Frozen):
    """Someone of the demo and the role they hold."""

    name: str
    email: str
    role: Role
    unit: str | None = None
    acting: bool = False
    valid_from: date = date(2023, 8, 1)
    valid_to: date | None = None


class ValueSeed(Frozen):
    """Own values of one measure at one place.

    A row has its period, its value, the number of pupils and, of a mean, the standard deviation.
    """

    measure: str
    area: str
    unit: str
    gender: Literal["alla", "flickor", "pojkar"] = "alla"
    group: str = "alla"
    about: Literal["resultat", "bakgrund"] = "resultat"
    rows: list[tuple[str, float | str, int | None] | tuple[str, float, int, float]]


class ColumnsSeed(Frozen):
    """Own values of several measures (name and unit) at one place.

    A row has its period, the number of pupils and the measures' values.
    """

    measures: dict[str, str]
    area: str
    rows: list[tuple[str, int, list[float]]]

    def series(self) -> list[ValueSeed]:
        """Return the values measure by measure."""
        return [
            ValueSeed(measure=name, area=self.area, unit=unit,
                      rows=[(period, values[at], n) for period, n, values in self.rows])
            for at, (name, unit) in enumerate(self.measures.items())
        ]  # fmt: skip


class ReportSeed(Frozen):
    """A unit's report of an earlier year, as text, and the day when it was read in."""

    unit: str
    reader: str
    read_on: date
    year: int
    title: str
    text: str


class ModerationSeed(Frozen):
    """A sambedömning of a unit, noted by *writer* on the day it was held."""

    unit: str
    writer: str
    held_on: date
    form: dict[str, Any]


class ShareSeed(Frozen):
    """An indicator that the huvudman lets the demo's network read."""

    indicator: str
    purpose: str
    until: date
    definition: str = AS_DESCRIBED


class QuestionSeed(Frozen):
    """The joint question about an indicator in the demo's network: asked, or answered."""

    indicator: str
    question: str = ""
    answer: str = ""


class AgreedSeed(Frozen):
    """What a dialogue agreed; *ground* is the title of the area it rests on."""

    text: str
    owner_role: str
    due: date
    ground: str


class NeedSeed(Frozen):
    """What a unit needs, what the nämnd decided, and the answer with who gave it, when there is."""

    text: str
    decided: dict[str, Any] | None = None
    answer: dict[str, Any] | None = None
    answered_by: str = ""


class DialogueSeed(Frozen):
    """A resultatdialog, closed by *closed_by* or still open."""

    unit: str
    opened_by: str
    held_on: date
    took_part: str = ""
    notes: dict[str, str] = Field(default_factory=dict)
    agreed: list[AgreedSeed] = Field(default_factory=list)
    needs: list[NeedSeed] = Field(default_factory=list)
    closed_by: str | None = None


class NationalSeed(Frozen):
    """The state's kvalitetsdialog that the huvudman is invited to."""

    opened_by: str
    written_on: date
    held_on: date
    took_part: str = ""
    notes: dict[str, str] = Field(default_factory=dict)
    assessments: list[dict[str, str]] = Field(default_factory=list)


class FixedViewSeed(Frozen):
    """What those who meet look at: a question of Jämför, of a rektorsgrupp among its own units."""

    name: str
    question: dict[str, Any]
    meeting_on: date | None = None


class MeetingViewSeed(FixedViewSeed):
    """What a network looks at when it meets, so many days after the demo is seeded."""

    network: str
    in_days: int


class GroupSeed(Frozen):
    """A rektorsgrupp of units by name, led by the rektor of one of them."""

    name: str
    units: list[str]
    leader: str
    views: list[FixedViewSeed] = Field(default_factory=list)


class ShiftSeed(Frozen):
    """A shift of level in an own measure at a unit, accepted with its reason."""

    unit: str
    measure: str
    period: str
    reason: str
    accepted_by: str
    accepted_on: date


class OrganizerSeed(Frozen):
    """A huvudman of the demo, in its network or beside it.

    Values from *outcome_from* on are read in when the insatser have begun: what is expected of
    them is frozen before, and their follow-ups are answered after.
    """

    name: str
    organisation_number: str
    in_network: bool = True
    units: list[UnitSeed]
    people: list[PersonSeed]
    measures: list[dict[str, Any]] = Field(default_factory=list)
    outcome_from: str = ""
    values: list[ValueSeed] = Field(default_factory=list)
    columns: list[ColumnsSeed] = Field(default_factory=list)
    board_days: list[date] = Field(default_factory=list)
    analyses: list[AnalysisSeed] = Field(default_factory=list)
    reports: list[ReportSeed] = Field(default_factory=list)
    moderations: list[ModerationSeed] = Field(default_factory=list)
    shares: list[ShareSeed] = Field(default_factory=list)
    questions: list[QuestionSeed] = Field(default_factory=list)
    dialogues: list[DialogueSeed] = Field(default_factory=list)
    groups: list[GroupSeed] = Field(default_factory=list)
    meetings: list[MeetingViewSeed] = Field(default_factory=list)
    shifts: list[ShiftSeed] = Field(default_factory=list)
    national: NationalSeed | None = None


class OtherNetworkSeed(Frozen):
    """Another network of the demo, of huvudmän by name."""

    name: str
    coordinator: str
    members: list[str]


class _Network(Frozen):
    name: str
    password: str
    coordinator: str
    others: list[OtherNetworkSeed] = Field(default_factory=list)


class _Head(_Network):
    """The demo's networks, and the file of every huvudman."""

    files: list[str]


class NetworkSeed(_Network):
    """The demo's network, every huvudman of the demo, and other networks of theirs."""

    organizers: list[OrganizerSeed]


def read_demo(folder: Path, *, years: int) -> NetworkSeed:
    """Return the demo with all its dates moved by *years* whole school years.

    Raises Invalid, with the file and the place in it, when a file is off.
    """
    change = partial(moved, years=years)
    head = read_seed(folder / "network.yaml", _Head, change)
    organizers = [read_seed(folder / f"{name}.yaml", OrganizerSeed, change) for name in head.files]
    return NetworkSeed(**head.model_dump(exclude={"files"}), organizers=organizers)
