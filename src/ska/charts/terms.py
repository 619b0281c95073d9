"""Terms as they are read, in all that a chart says and draws; its values keep their spelling."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ska.charts.places import in_texts
from ska.core.periods import spelled


def has_terms(texts: Iterable[str]) -> bool:
    """Tell whether any of the texts is read in another way than it is written."""
    return any(spelled(one) != one for one in texts)


def spelled_in(told: Any) -> Any:
    """Return a text, or whatever holds texts, with its terms as they are read."""
    return in_texts(told, spelled)
