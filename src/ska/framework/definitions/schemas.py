"""JSON schemas of the data files, so that editors complete and check while typing."""

from __future__ import annotations

import json
from collections.abc import Mapping as Many

from pydantic import BaseModel

from ska.framework.definitions.edition import EditionFile
from ska.framework.definitions.guide import Guide
from ska.framework.definitions.indicator import CandidateFile, Indicator, Mapping
from ska.framework.definitions.pupil_group import DivisionFile
from ska.framework.definitions.relation import Relation

MODELS: dict[str, type[BaseModel]] = {
    "indicator.schema.json": Indicator,
    "edition.schema.json": EditionFile,
    "candidates.schema.json": CandidateFile,
    "guide.schema.json": Guide,
    "mapping.schema.json": Mapping,
    "relation.schema.json": Relation,
    "pupil-groups.schema.json": DivisionFile,
}


def json_schemas(models: Many[str, type[BaseModel]] = MODELS) -> dict[str, str]:
    """Return file name → text of each JSON schema (draft 2020-12) that stands in indicators/."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps({**head, **model.model_json_schema()}, ensure_ascii=False, indent=2) + "\n"
        for name, model in models.items()
    }
