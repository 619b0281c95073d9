"""How a family of indicators is read: what it cannot say, misreadings, breaks, what to ask."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from ska.framework.definitions.common import Code, Part, SeriesBreak, Text
from ska.framework.definitions.problems import BrokenEdition, Problem
from ska.framework.definitions.reading import read_file


class Guide(Part):
    """En läsanvisning for the indicators of one source; ours, and no part of an edition."""

    id: Code
    name: Text
    indicators: Annotated[tuple[Code, ...], Field(min_length=1)]
    cannot_say: Text
    misreadings: Annotated[tuple[Text, ...], Field(min_length=2)]
    questions: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3)]
    steadier_with: Text
    breaks: tuple[SeriesBreak, ...] = ()
    seen_in: Text


def read_guides(folder: Path) -> dict[str, Guide]:
    """Return the guide of each indicator by its id; raise BrokenEdition with every mistake."""
    problems: list[Problem] = []
    found: dict[str, Guide] = {}
    for path in sorted(folder.glob("*.yaml")):
        guide = read_file(path, Guide, problems)
        if guide is None:
            continue
        for code in guide.indicators:
            if code in found:
                words = f"{code} har redan en läsanvisning, {found[code].id}"
                problems.append(Problem(f"{folder.name}/{path.name}", None, "indicators", words))
            found[code] = guide
    if problems:
        raise BrokenEdition(problems)
    return found
