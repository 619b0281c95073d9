"""Reading pasted text: plain lines, or what Word leaves on the clipboard with tags in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from ska.history.rules.blocks import Block, Kind, Line, Report, tidy

_TAGS = re.compile(r"</?(?:p|h[1-6]|div|li|tr|br)\b[^>]*>", re.IGNORECASE)
_MARKED = re.compile(r"^(#{1,6})\s+(?=\S)")
_ITEM = re.compile(r"^\s*(?:[-–—•·▪●○◦\uf0b7*]|o(?=\t))\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}|[a-zåäö])[.)]\t+(?=\S)")


def read_pasted(text: str) -> Report:
    """Return pasted text as a report: each line with text is one of its paragraphs."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(_TAGS.findall(plain)) > 1 and (report := _with_tags(plain)):
        return report
    found = [line for line in map(_line, plain.split("\n")) if line.text]
    rows = [line.kind is Kind.ROW for line in found]
    lines = [
        Line(line.text, line.kind, line.level, opens=is_row and not before)
        for line, is_row, before in zip(found, rows, [False, *rows], strict=False)
    ]
    return Report(lines, found=len(lines))


def _line(raw: str) -> Line:
    if marked := _MARKED.match(raw):
        return Line(tidy(raw[marked.end() :]), level=len(marked[1]))
    if listed := _ITEM.match(raw):
        return Line(tidy(raw[listed.end() :]), Kind.ITEM)
    if numbered := _NUMBERED.match(raw):
        return Line(tidy(raw.replace("\t", " ")) if numbered else "", Kind.ITEM)
    cells = [tidy(cell) for cell in raw.split("\t")]
    if sum(map(bool, cells)) > 1:
        return Line("\t".join(cells), Kind.ROW)
    return Line(tidy(raw))


def as_text(blocks: Iterable[Block]) -> str:
    """Return blocks as text that `read_pasted` reads back as the same blocks."""
    marks = {Kind.ITEM: "- "}
    return "\n".join(
        ("#" * min(one.level, 6) + " " if one.kind is Kind.HEADING else marks.get(one.kind, ""))
        + one.text.replace("\n", " / ")
        for one in blocks
    )


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)[^<>]*>|<[!?][^<>]*>")


def _with_tags(text: str) -> Report | None:
    """Return what the tags hold; None when one that hides text is never closed.

    Tags are told apart by one pattern, in time that grows with the text: the library's reader
    takes half a minute for sixty thousand characters of tags that never end.
    """
    reader, plain, at = _Tags(), _without_comments(text), 0
    for tag in _TAG.finditer(plain):
        reader.data(plain[at : tag.start()])
        if tag[2]:
            (reader.end if tag[1] else reader.start)(tag[2].lower())
        at = tag.end()
    reader.data(plain[at:])
    reader.end_line()
    reader.end_row()
    if reader.unread:
        return None
    return Report(reader.lines, found=sum(line.stands_for for line in reader.lines))


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])


_UNREAD = {"style", "script"}
_BREAKS = {"p", "div", "li", "br", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}


class _Tags:
    """Lines out of HTML: blocks are lines, a table's row is one line with tabs."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pieces: list[tuple[str, bool]] = []
        self.unread = 0
        self.bold = 0
        self.level = 0
        self.is_item = False
        self.cells: list[list[Line]] | None = None
        self.opens = False

    def start(self, tag: str) -> None:
        if tag in _UNREAD:
            self.unread += 1
        if tag in _BREAKS:
            self.end_line()
        if tag in ("b", "strong"):
            self.bold += 1
        elif re.fullmatch(r"h[1-6]", tag):
            self.level = int(tag[1])
        elif tag == "li":
            self.is_item = True
        elif tag == "table":
            self.opens = True
        elif tag == "tr":
            self.cells = []
        elif tag in ("td", "th") and self.cells is not None:
            self.end_line()
            self.cells.append([])

    def end(self, tag: str) -> None:
        if tag in _UNREAD:
            self.unread = max(0, self.unread - 1)
        if tag in _BREAKS or tag in ("td", "th"):
            self.end_line()
        if tag in ("b", "strong"):
            self.bold = max(0, self.bold - 1)
        elif tag == "tr":
            self.end_row()

    def data(self, data: str) -> None:
        if data and not self.unread:
            self.pieces.append((unescape(data.replace("\n", " ")), self.bold > 0))

    def end_line(self) -> None:
        text = tidy("".join(piece for piece, _bold in self.pieces))
        is_bold = all(bold for piece, bold in self.pieces if piece.strip())
        if text:
            kind = Kind.ITEM if self.is_item else Kind.TEXT
            level = 0 if self.is_item else self.level
            line = Line(text, kind, level, is_bold)
            (self.cells[-1] if self.cells else self.lines).append(line)
        self.pieces, self.level, self.is_item = [], 0, False

    def end_row(self) -> None:
        cells, self.cells = self.cells or [], None
        self.lines += row_of(cells, opens=self.opens)
        self.opens = False


def row_of(cells: list[list[Line]], *, opens: bool) -> list[Line]:
    """Return a table's row as one line, or as its lines when it only frames them.

    A row frames when it has one cell, a heading, or one long cell beside empty ones.
    """
    lines = [line for cell in cells for line in cell]
    filled = [cell for cell in cells if cell]
    if not lines:
        return []
    has_heading = any(line.level for line in lines)
    if len(cells) == 1 or has_heading or (len(filled) == 1 and len(lines) > 3):
        return lines
    text = "\t".join("\n".join(line.text.replace("\t", " ") for line in cell) for cell in cells)
    return [Line(text, Kind.ROW, stands_for=sum(one.stands_for for one in lines), opens=opens)]
