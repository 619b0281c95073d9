"""Files with a row for each person: counted together when someone has said so, else refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ska.core.personal_data import find_personal_data
from ska.values.importers import scb_pupils
from ska.values.importers.first_names import are_persons
from ska.values.importers.local import PERSONAL
from ska.values.importers.observations import Reading, Refused
from ska.values.importers.pupil_lines import PERSON
from ska.values.importers.sheets import Sheet, decode
from ska.values.rules import SMALLEST_GROUP, Audience, Nature

NOT_ASKED_TO = (
    "Filen har en rad för varje elev. Säg att den ska räknas ihop i minnet "
    "(kryssrutan på sidan, --aggregate i kommandot), så sparas bara gruppernas tal."
)
FILES_APART = "\f"  # between pupil files that are read together
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_AMID = re.compile(rf"(?<![0-9A-Za-z])(?:{PERSON.pattern})(?![0-9A-Za-z])")
_ROWS_ABOVE = 20
_LOOKED_AT = 200_000


@dataclass(frozen=True)
class People:
    """Whether rows about persons may be counted together, and the smallest group that is kept."""

    may_be_counted: bool = False
    limit: int = SMALLEST_GROUP[Audience.INSIDE, Nature.RESULT]


def are_pupils(content: bytes) -> bool:
    """Tell whether a file is one of those that schools send to SCB, whole or damaged."""
    if content.startswith(_BINARY):
        return False
    return scb_pupils.recognises(decode(content[:_LOOKED_AT]).replace("\r", "\n"))


def read_pupils(content: bytes, file: str, people: People) -> Reading:
    """Return the figures of a pupil file, or of several joined by `together`."""
    if not people.may_be_counted:
        raise Refused(NOT_ASKED_TO)
    return scb_pupils.read(decode(content).split(FILES_APART), file, limit=people.limit)


def together(contents: list[bytes]) -> bytes:
    """Return several pupil files as one content; raise Refused when they are anything else."""
    if len(contents) == 1:
        return contents[0]
    if not all(are_pupils(content) for content in contents):
        raise Refused("Bara elevfiler till SCB kan läsas tillsammans. Läs de andra en i taget.")
    return FILES_APART.join(decode(content) for content in contents).encode()


def refuse_names(names: Iterable[str]) -> None:
    """Raise Refused when what should name units names persons."""
    if are_persons(names):
        raise Refused(
            "Filen har personers namn där det skulle stå enheter. Läs in sammanställda tal per "
            "enhet. Inget av filen sparas."
        )


def refuse_unnamed(sheets: list[Sheet]) -> None:
    """Raise Refused when a column of personal numbers has no heading: names may stand beside it."""
    for sheet in sheets:
        for i in range(sheet.cells.width):
            cells = [cell.strip() for cell in sheet.cells.to_series(i).drop_nulls() if cell.strip()]
            if any(PERSONAL.search(cell.lower()) for cell in cells[:_ROWS_ABOVE]):
                continue
            if _has_numbers(cells):
                raise Refused(
                    "Filen har personnummer utan en rubrik som säger det. Den läses inte, "
                    "och inget av den sparas."
                )


def _has_numbers(cells: list[str]) -> bool:
    """Tell of personal numbers: real ones, most of a column, or one amid other text."""
    found = [cell for cell in cells if _AMID.search(cell)]
    whole = [cell for cell in found if PERSON.fullmatch(cell)]
    is_real = any(find_personal_data(cell) for cell in found)
    return is_real or len(found) > len(whole) or len(whole) * 2 > len(cells)
