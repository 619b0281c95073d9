"""The reading guide of an indicator, ours and read once a process."""

from __future__ import annotations

from functools import cache

from ska.framework.definitions import Guide, read_guides
from ska.overview.queries.relations import relation_questions
from ska.settings import bundled


@cache
def _guides() -> dict[str, Guide]:
    return read_guides(bundled("indicators") / "guides")


def guide_of(code: str) -> Guide | None:
    """Return how the indicator is read, None for one without a guide (the huvudman's own)."""
    return _guides().get(code)


def questions_of(code: str) -> tuple[str, ...]:
    """Return what is asked about causes when the indicator says something clearly."""
    guide = guide_of(code)
    return guide.questions if guide else relation_questions(code)
