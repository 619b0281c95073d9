"""An indicator as the overview lists it, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ItemRow:
    """An indicator, condition or delmål of the system in force, or a measure beside it."""

    id: str
    code: str
    kind: str
    heading: str
    school_types: list[str]
    details: dict[str, Any]
