"""The shape of indicators/: frozen models, a reader with clear errors, and the JSON schemas."""

from ska.framework.definitions.checks import Edition
from ska.framework.definitions.common import (
    Certainty,
    Direction,
    Part,
    SchoolType,
    SeriesBreak,
    Source,
    TextStatus,
)
from ska.framework.definitions.edition import (
    Area,
    Curriculum,
    CurriculumArea,
    EditionFile,
    EditionHead,
    Objective,
    Requirement,
    SubGoal,
    SuccessFactor,
    Worded,
)
from ska.framework.definitions.guide import Guide, read_guides
from ska.framework.definitions.indicator import Candidate, Indicator, KoladaLink, Mapping
from ska.framework.definitions.problems import BrokenEdition, Problem
from ska.framework.definitions.pupil_group import Division, PupilGroup, read_divisions
from ska.framework.definitions.reading import read_edition, read_editions, read_file, read_seed
from ska.framework.definitions.relation import (
    Question,
    Relation,
    RelationSubject,
    TestBreak,
    read_relations,
)
from ska.framework.definitions.schemas import json_schemas

__all__ = [
    "Area",
    "BrokenEdition",
    "Candidate",
    "Certainty",
    "Curriculum",
    "CurriculumArea",
    "Direction",
    "Division",
    "Edition",
    "EditionFile",
    "EditionHead",
    "Guide",
    "Indicator",
    "KoladaLink",
    "Mapping",
    "Objective",
    "Part",
    "Problem",
    "PupilGroup",
    "Question",
    "Relation",
    "RelationSubject",
    "Requirement",
    "SchoolType",
    "SeriesBreak",
    "Source",
    "SubGoal",
    "SuccessFactor",
    "TestBreak",
    "TextStatus",
    "Worded",
    "json_schemas",
    "read_divisions",
    "read_edition",
    "read_editions",
    "read_file",
    "read_guides",
    "read_relations",
    "read_seed",
]
