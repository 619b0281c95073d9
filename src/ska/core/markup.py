"""The small part of Markdown that people write here: headings, lists, bold and links.

Everything is escaped first and only our own tags are added, so the result is safe to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()<>]+)\)")
_HEADING = re.compile(r"^#{1,4}\s+(.+)$")
_BULLET = re.compile(r"^[-*•]\s+(.+)$")
_STEP = re.compile(r"^\d{1,3}[.)]\s+(.+)$")


def to_html(text: str, heading_level: int = 4) -> str:
    """Return *text* as HTML; headings of any depth become ``h{heading_level}``."""
    lines = [escape(line.strip()) for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(_blocks(lines, heading_level))


def _blocks(lines: list[str], level: int) -> Iterator[str]:
    for kind, group in groupby(lines, key=_kind):
        inside = list(group)
        if kind == "heading":
            for line in inside:
                yield f"<h{level}>{_inline(_rest(_HEADING, line))}</h{level}>"
        elif kind == "paragraph":
            yield f"<p>{'<br>'.join(_inline(line) for line in inside)}</p>"
        elif kind in ("ul", "ol"):
            pattern = _BULLET if kind == "ul" else _STEP
            items = "".join(f"<li>{_inline(_rest(pattern, line))}</li>" for line in inside)
            yield f"<{kind}>{items}</{kind}>"


def _kind(line: str) -> str:
    if not line:
        return "space"
    for kind, pattern in (("heading", _HEADING), ("ul", _BULLET), ("ol", _STEP)):
        if pattern.match(line):
            return kind
    return "paragraph"


def _rest(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.match(line)
    return found[1] if found else line


def _inline(line: str) -> str:
    return _LINK.sub(r'<a href="\2" rel="noopener">\1</a>', _BOLD.sub(r"<strong>\1</strong>", line))
