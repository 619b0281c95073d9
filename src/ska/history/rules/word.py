"""Reading a Word document: every paragraph with text, in order, and a word on what was left out.

Text of content controls, text boxes, footnotes, tables, page headers and footers, and accepted or
suggested insertions is read; text that was struck with tracked changes, comments and pictures not.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ska.core.text import _
from ska.history.rules.blocks import (
    MOST_BLOCKS,
    MOST_CHARACTERS,
    Kind,
    Line,
    Report,
    Unreadable,
    tidy,
)
from ska.history.rules.package import Package, walk
from ska.history.rules.pasted import row_of
from ska.history.rules.styles import OFF, Style, read_styles

_SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "rt"}
_BLANK = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FORMATS = {"rPr", "pPr"}


@dataclass
class _Paragraph:
    style: str = ""
    level: int | None = None
    depth: int = 0
    is_listed: bool | None = None
    pieces: list[tuple[str, bool | None]] = field(default_factory=list)
    inside: list[Line] = field(default_factory=list)


@dataclass
class _Row:
    opens: bool
    cells: list[list[Line]] = field(default_factory=list)


class _Text:
    """The lines of one part, gathered while it is walked through."""

    def __init__(self, styles: dict[str, Style], notes: dict[str, list[Line]]) -> None:
        self.styles, self.notes = styles, notes
        self.lines: list[Line] = []
        self.by_note: dict[str, list[Line]] = {}
        self.title = ""
        self.found = self.skipped = self.characters = 0
        self.counted = {"struck": 0, "pictures": 0, "comments": 0, "embedded": 0}
        self._path: list[str] = []
        self._sinks: list[list[Line]] = [self.lines]
        self._depths: list[int] = []
        self._open: list[_Paragraph] = []
        self._bold: list[bool | None] = []
        self._tables: list[bool] = []
        self._rows: list[_Row] = []

    def start(self, name: str, at: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        above = self._path[-1] if self._path else ""
        self._path.append(name)
        if self.skipped or name in _SKIPPED or name.endswith("PrChange"):
            self.skipped += 1
        elif name == "p":
            self._open.append(_Paragraph())
        elif name == "r":
            self._bold.append(None)
        elif above in _FORMATS or above == "numPr":
            self._format(name, at.get("val", ""))
        elif above == "r" and self._open and name in _BLANK:
            self._add(_BLANK[name])
        else:
            self._hold(name, at)

    def _format(self, name: str, value: str) -> None:
        if not self._open:
            return
        one, in_run = self._open[-1], "rPr" in self._path and self._path[-3:-2] == ["r"]
        if in_run and self._bold:
            if name == "b":
                self._bold[-1] = value not in OFF
            elif name == "rStyle" and self._bold[-1] is None:
                self._bold[-1] = self.styles.get(value, Style()).is_bold
        elif name == "pStyle":
            one.style = value
        elif name == "outlineLvl" and value.isdecimal():
            one.level = int(value) + 1 if int(value) < 9 else 0
        elif name == "numId":
            one.is_listed = value != "0"
        elif name == "ilvl" and value.isdecimal():
            one.depth = int(value)

    def _hold(self, name: str, at: dict[str, str]) -> None:
        """Open what holds paragraphs, and note what stands in for text."""
        if name == "tbl":
            self._tables.append(True)
        elif name == "tr" and self._tables:
            self._rows.append(_Row(self._tables[-1]))
            self._tables[-1] = False
        elif name == "tc" and self._rows:
            self._rows[-1].cells.append([])
            self._into(self._rows[-1].cells[-1])
        elif name == "txbxContent":
            self._into(self._open[-1].inside if self._open else self._sinks[-1])
        elif name in ("footnote", "endnote"):
            self._into(self.by_note.setdefault(at.get("id", ""), []))
        elif name in ("footnoteReference", "endnoteReference") and self._open:
            self._open[-1].inside.extend(self.notes.pop(name[0] + at.get("id", ""), ()))
        elif name in ("blip", "imagedata", "chart"):
            self.counted["pictures"] += 1
        elif name == "commentReference":
            self.counted["comments"] += 1
        elif name == "altChunk":
            self.counted["embedded"] += 1

    def _into(self, sink: list[Line]) -> None:
        """Let what follows, until this element ends, go into *sink*."""
        self._sinks.append(sink)
        self._depths.append(len(self._path))

    def text(self, data: str) -> None:
        """Take in characters."""
        here = self._path[-1] if self._path else ""
        if self.skipped:
            self.counted["struck"] += here == "delText" and bool(data.strip())
        elif here == "t" and self._open:
            self._add(data)

    def _add(self, text: str) -> None:
        self._open[-1].pieces.append((text, self._bold[-1] if self._bold else None))
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS or self.found > MOST_BLOCKS:
            raise Unreadable(
                _("Rapporten är längre än vad som går att läsa in på en gång. Dela den i två.")
            )

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        self._path.pop()
        if self.skipped:
            self.skipped -= 1
            return
        if self._depths and self._depths[-1] > len(self._path):
            self._sinks.pop()
            self._depths.pop()
        if name == "p" and self._open:
            self._end_paragraph(self._open.pop())
        elif name == "r" and self._bold:
            self._bold.pop()
        elif name == "tbl" and self._tables:
            self._tables.pop()
        elif name == "tr" and self._rows:
            row = self._rows.pop()
            self._sinks[-1].extend(row_of(row.cells, opens=row.opens))

    def _end_paragraph(self, one: _Paragraph) -> None:
        style = self.styles.get(one.style, Style())
        level = one.level if one.level is not None else style.level or 0
        listed = one.is_listed if one.is_listed is not None else bool(style.is_listed)
        kind = Kind.ITEM if listed and not level else Kind.TEXT
        lines = [
            Line(text, kind, level or one.depth, is_bold, stands_for=0)
            for text, is_bold in _split(one.pieces, bold=bool(style.is_bold))
        ]
        if lines:
            lines[0] = replace(lines[0], stands_for=1)
            self.found += 1
            if style.name == "title" and not self.title:
                self.title = lines[0].text
        self._sinks[-1].extend([*lines, *one.inside])


def _split(pieces: list[tuple[str, bool | None]], *, bold: bool) -> list[tuple[str, bool]]:
    """Return the lines of a paragraph with text, each with whether all of it is bold."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, is_bold in pieces:
        first, *rest = text.split("\n")
        own = bold if is_bold is None else is_bold
        lines[-1].append((first, own))
        lines += [[(part, own)] for part in rest]
    told = [
        (
            tidy("".join(text for text, _bold in line)),
            all(own for text, own in line if text.strip()),
        )
        for line in lines
    ]
    return [one for one in told if one[0]]


def read_word(content: bytes) -> Report:
    """Return a .docx as a report; raise Unreadable, with what to do, when it is none."""
    package = Package(content)
    styles = read_styles(package.part("styles"))
    notes: dict[str, list[Line]] = {}
    found = 0
    for kind in ("footnotes", "endnotes"):
        told = _walked(package.part(kind), styles, {})
        found += told.found
        for id, lines in told.by_note.items():
            notes[kind[0] + id] = [replace(one, kind=Kind.NOTE, level=0) for one in lines]
    body = _walked(package.read(package.main), styles, notes)
    left = [line for lines in notes.values() for line in lines]
    if not body.lines and not left:
        raise Unreadable(_("Filen har ingen text. Är sidorna bilder? Klistra in texten i stället."))
    edges, at_edges = _edges(package, styles)
    lines = [*edges, *body.lines, *left]
    return Report(lines, body.found + found + at_edges, _left_out(body.counted), body.title)


def _edges(package: Package, styles: dict[str, Style]) -> tuple[list[Line], int]:
    """Return the pages' headers and footers, the same words once, and how many paragraphs they are.

    They come first: that is where a report says which unit and läsår it is about.
    """
    lines: dict[str, Line] = {}
    found = 0
    for content in package.edges():
        told = _walked(content, styles, {})
        found += told.found
        for one in told.lines:
            same = lines.get(one.text)
            count = one.stands_for + (same.stands_for if same else 0)
            kind = one.kind if one.kind is Kind.ROW else Kind.NOTE
            lines[one.text] = replace(one, kind=kind, level=0, stands_for=count)
    return list(lines.values()), found


def _walked(content: bytes | None, styles: dict[str, Style], notes: dict[str, list[Line]]) -> _Text:
    text = _Text(styles, notes)
    if content:
        walk(content, text.start, text.end, text.text)
    return text


def _left_out(counted: dict[str, int]) -> tuple[str, ...]:
    sentences = {
        "struck": _("Text som var struken med spårade ändringar är inte med."),
        "pictures": _("Bilder och diagram är inte med. Spara filen om ni vill ha dem kvar."),
        "comments": _("Kommentarer i marginalen är inte med."),
        "embedded": _("Ett inbäddat dokument är inte med. Läs in det för sig."),
    }
    return tuple(sentence for name, sentence in sentences.items() if counted[name])
