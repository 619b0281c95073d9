"""What was written in a text that was fastställd meanwhile: not saved, and not lost either."""

from __future__ import annotations

from collections.abc import Mapping

from ska.editor.services import Outcome
from ska.web.page import Page


def closed_page(
    outcome: Outcome,
    headings: Mapping[str, tuple[str, str]],
    *,
    title: str,
    crumbs: list[tuple[str, str | None]],
    back: str,
) -> Page:
    """Return the page that shows the writer's own texts, to be copied to where they belong."""
    return Page(
        "editor/closed.html",
        status_code=409,
        title=title,
        crumbs=crumbs,
        back=back,
        written=[(key, headings[key][0], text) for key, text in outcome.closed.items()],
    )
