"""The main file of an edition: a quality system, a law, curricula, or another framework."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from ska.framework.definitions.common import (
    Address,
    Certainty,
    Code,
    Day,
    EditionKind,
    Part,
    SchoolType,
    Source,
    Text,
    TextStatus,
)


class EditionHead(Part):
    """An utgåva. With *released* set, its content may never change again."""

    id: Code
    source_id: str | None = None
    kind: EditionKind
    name: Text
    publisher: Text
    status: Literal["current", "superseded", "proposal"]
    published: Day | None = None
    released: Day | None
    url: Address
    replaces: Code | None = None
    text_note: Text
    sources: tuple[Code, ...]


class SchoolTypeEntry(Part):
    """A skolform as the edition names it."""

    code: SchoolType
    source_id: str
    name: Text
    parent: SchoolType | None = None
    has_own_objective: bool | None
    purpose_reference: str | None = None


class Area(Part):
    """An område that the national dialogue is about (likvärdighet, kvalitet, …)."""

    id: Code
    source_id: str
    name: Text
    sources: tuple[Code, ...]
    certainty: dict[str, Certainty]


class Worded(Part):
    """Something with an official wording that may not have been read yet."""

    id: Code
    source_id: str | None = None
    heading: Text
    heading_is_official: bool = False
    text: Text | None
    text_status: TextStatus
    fragment: Text | None = None
    fragment_note: Text | None = None
    note: Text | None = None
    fill_from: Address
    sources: tuple[Code, ...]
    certainty: dict[str, Certainty]

    @model_validator(mode="after")
    def _status_tells_the_truth(self) -> Worded:
        if (self.text is not None) != (self.text_status is TextStatus.SEEN):
            raise ValueError("text och text_status säger olika saker")
        if (self.fragment is not None) != (self.text_status is TextStatus.FRAGMENT):
            raise ValueError("fragment hör ihop med text_status: fragment")
        return self


class Objective(Worded):
    """En nationell målsättning: the top of the system, one for each skolform and fritidshem."""

    school_type: SchoolType


class SubGoal(Worded):
    """Ett delmål under en målsättning."""

    objective: Code
    number: Annotated[int, Field(ge=1)]
    theme: Text | None = None
    theme_basis: Text | None = None
    areas: tuple[Code, ...] = ()


class Question(Part):
    """A question to talk about, in our words unless it says otherwise."""

    id: Code
    source_id: str
    text: Text
    our_words: bool
    success_factor: Code | None = None


class SuccessFactor(Worded):
    """En framgångsfaktor för skolutveckling."""

    cross_cutting: bool = False
    questions: tuple[Question, ...] = ()


class DialoguePart(Part):
    """One of the three parts of the national kvalitetsdialog."""

    id: Code
    source_id: str
    order: int
    name: Text
    form: Text
    sources: tuple[Code, ...]


class Group(Part):
    """A heading over measures that belong together; not a measure itself."""

    id: Code
    source_id: str
    name: Text
    members: tuple[Code, ...]


class Revision(Part):
    """Something that changed in the system or in its tables."""

    source_id: str
    when: Day | None = None
    text: Text
    sources: tuple[Code, ...]
    certainty: Certainty


class Gap(Part):
    """What is known to be missing here, and where it can be read."""

    source_id: str
    text: Text
    fill_from: Address
    sources: tuple[Code, ...]


class Fulfilment(Part):
    """One thing in the product that answers a requirement; *what* is for programs."""

    what: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
    words: Text


class Requirement(Part):
    """Ett krav i författning, retold in our own short words."""

    id: Code
    law: Text
    reference: Text
    heading: Text
    text: Text
    kind: Literal["duty", "power", "neighbour"]
    rhythm: Literal["continuous", "regular", "yearly", "none"]
    levels: tuple[Literal["organizer", "school_unit"], ...]
    responsible: Text
    amended_by: Text | None = None
    valid_from: Day | None
    valid_to: Day | None
    fulfilled_by: tuple[Fulfilment, ...]
    note: Text | None = None
    url: Address
    sources: tuple[Code, ...]
    certainty: dict[str, Certainty]


class CurriculumArea(Part):
    """Ett målområde i en läroplan."""

    id: Code
    heading: Text
    sources: tuple[Code, ...]
    certainty: dict[str, Certainty]


class Curriculum(Part):
    """En läroplan, with its goal areas in the order of its contents."""

    id: Code
    name: Text
    school_types: tuple[SchoolType, ...]
    valid_from: Day | None
    valid_from_certainty: Certainty
    note: Text | None = None
    areas: tuple[CurriculumArea, ...]


class EditionFile(Part):
    """The main file of an edition's folder."""

    edition: EditionHead
    school_types: tuple[SchoolTypeEntry, ...] = ()
    areas: tuple[Area, ...] = ()
    objectives: tuple[Objective, ...] = ()
    sub_goals: tuple[SubGoal, ...] = ()
    success_factors: tuple[SuccessFactor, ...] = ()
    self_assessment: Worded | None = None
    questions: tuple[Question, ...] = ()
    dialogue: tuple[DialoguePart, ...] = ()
    groups: tuple[Group, ...] = ()
    revisions: tuple[Revision, ...] = ()
    gaps: tuple[Gap, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    curricula: tuple[Curriculum, ...] = ()
    sources: tuple[Source, ...]
