"""How a mistake in a data file is told: the file, the line, the field, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from ska.errors import Invalid

_WORDS = {
    "missing": "fältet saknas",
    "extra_forbidden": "fältet finns inte i mallen, är det felstavat?",
    "string_type": "ska vara text",
    "int_type": "ska vara ett heltal",
    "int_parsing": "ska vara ett heltal",
    "float_parsing": "ska vara ett tal",
    "bool_parsing": "ska vara true eller false",
    "bool_type": "ska vara true eller false",
    "tuple_type": "ska vara en lista",
    "list_type": "ska vara en lista",
    "date_type": "ska vara ett datum, som 2026-11-05",
    "date_parsing": "ska vara ett datum, som 2026-11-05",
    "date_from_datetime_parsing": "ska vara ett datum, som 2026-11-05",
    "dict_type": "ska vara en grupp av fält",
    "model_type": "ska vara en grupp av fält",
    "none_required": "ska vara tomt (null)",
    "string_too_short": "får inte vara tomt",
    "too_short": "får inte vara tomt",
    "string_pattern_mismatch": "har fel form, mallen är {pattern}",
    "string_too_long": "får vara högst {max_length} tecken",
    "enum": "ska vara något av {expected}",
    "literal_error": "ska vara något av {expected}",
    "greater_than_equal": "ska vara minst {ge}",
    "less_than_equal": "ska vara högst {le}",
}


@dataclass(frozen=True)
class Problem:
    """One mistake in a data file, in words that its author can act on."""

    file: str
    line: int | None
    field: str
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, rad {self.line}"
        return f"{where}: {self.field + ': ' if self.field else ''}{self.message}"


class BrokenEdition(Invalid):
    """The files of an edition do not hold; every mistake is listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("Utgåvan går inte att läsa.\n" + "\n".join(map(str, self.problems)))


def problems_in(file: str, text: str, error: ValidationError) -> list[Problem]:
    """Return the mistakes of one file, each with the line that it stands on."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    found = []
    for mistake in error.errors(include_url=False):
        place = mistake["loc"]
        words = _in_swedish(mistake["type"], mistake["msg"], mistake.get("ctx") or {})
        found.append(Problem(file, _line_of(root, place), ".".join(map(str, place)), words))
    return found


def _in_swedish(kind: str, message: str, context: Mapping[str, Any]) -> str:
    if kind == "value_error":
        return str(context["error"])
    words = _WORDS.get(kind)
    if words is None:
        return message
    expected = str(context.get("expected", "")).replace(" or ", " eller ")
    return words.format(**{**context, "expected": expected})


def _line_of(node: yaml.Node | None, place: tuple[int | str, ...]) -> int | None:
    """Return the line of the innermost part of *place* that is written in the file."""
    line = None
    for step in place:
        if node is None:
            break
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step] if step < len(node.value) else None
            line = node.start_mark.line + 1 if node is not None else line
    return line
