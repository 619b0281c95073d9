"""The styles of a Word document: what makes a paragraph a heading, bold or a line of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ska.history.rules.package import walk

OFF = {"0", "false", "off", "none"}
_HEADING = re.compile(r"(?:heading|rubrik) (\d)", re.IGNORECASE)


@dataclass
class Style:
    """A style as it says itself, before what it is based on."""

    name: str = ""
    based_on: str = ""
    level: int | None = None
    is_bold: bool | None = None
    is_listed: bool | None = None


def read_styles(content: bytes | None) -> dict[str, Style]:
    """Return the styles by id, each with what it takes from those it is based on."""
    styles: dict[str, Style] = {}
    current = Style()

    def start(name: str, at: dict[str, str]) -> None:
        nonlocal current
        value = at.get("val", "")
        if name == "style":
            current = styles.setdefault(at.get("styleId", ""), Style())
        elif name == "name":
            current.name = value.lower()
        elif name == "basedOn":
            current.based_on = value
        elif name == "outlineLvl" and value.isdecimal():
            current.level = int(value) + 1 if int(value) < 9 else 0
        elif name == "b":
            current.is_bold = value not in OFF
        elif name == "numId":
            current.is_listed = value != "0"

    if content:
        walk(content, start)
    return {id: _whole(style, styles) for id, style in styles.items()}


def _whole(style: Style, styles: dict[str, Style]) -> Style:
    whole, seen = replace(style), {id(style)}
    while (style := styles.get(style.based_on, Style())).name and id(style) not in seen:
        seen.add(id(style))
        whole.level = style.level if whole.level is None else whole.level
        whole.is_bold = style.is_bold if whole.is_bold is None else whole.is_bold
        whole.is_listed = style.is_listed if whole.is_listed is None else whole.is_listed
    named = _HEADING.fullmatch(whole.name)
    if whole.level is None:
        whole.level = int(named[1]) if named else 1 if whole.name in ("title", "toc heading") else 0
    return whole
