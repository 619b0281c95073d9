"""A tavla as a text that another huvudman takes in: what it asks for, and nothing of here. Pure."""

from __future__ import annotations

from pydantic import ValidationError

from ska.core.text import _
from ska.dashboards.definitions import Board, Carried, Tile
from ska.errors import Invalid
from ska.framework.queries.choosing import OWN


def as_text(board: Board) -> str:
    """Return the definition of a board, to be taken in elsewhere."""
    kept = Carried(name=board.name, lead=board.lead, tiles=board.tiles)
    return kept.model_dump_json(indent=1, exclude_defaults=True)


def read_text(text: str) -> Carried:
    """Return the board that a text tells of; raise Invalid for anything else."""
    try:
        return Carried.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        told = _("Texten är ingen tavla. Kopiera den hel, från första till sista klammern.")
        if len(first["loc"]) > 1 or first["type"] == "extra_forbidden":
            told = _("Texten har en ruta som inte går att visa. Den kan vara från en annan tid.")
        if first["type"] == "too_long":
            told = _("Tavlan har för många rutor. Den får ha högst tolv.")
        raise Invalid(told, {"text": told}) from error


def of_elsewhere(tiles: tuple[Tile, ...]) -> int:
    """Return how many tiles name a huvudman's own indicator, which no other huvudman has."""
    return sum(any(code.startswith(OWN) for code in (one.indicator, *one.factors)) for one in tiles)
