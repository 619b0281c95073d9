"""What a Word file is packed in: told from other kinds of file, and unpacked within bounds."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from ska.core.text import _
from ska.history.rules.blocks import Unreadable

LARGEST_FILE = 25_000_000
LARGEST_PART = 20_000_000
MOST_PARTS = 5_000
DEEPEST = 400
_BROKEN = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError,
    zlib.error,
)  # fmt: skip
_PDF = _(
    "Det är en PDF. Öppna den i Word och spara som .docx, eller kopiera texten och klistra in den "
    "i rutan."
)
_OLD = _(
    "Det är en äldre Word-fil (.doc), eller en som är skyddad med lösenord. Öppna den i Word och "
    "spara som .docx utan lösenord."
)
_RTF = _("Det är en RTF-fil. Öppna den i Word och spara som .docx.")
_OTHERS = ((b"%PDF", _PDF), (b"\xd0\xcf\x11\xe0", _OLD), (b"{\\rtf", _RTF))
_NOT_WORD = _("Det är ingen Word-fil (.docx). Spara rapporten som .docx, eller klistra in texten.")
_DAMAGED = _("Filen går inte att öppna. Öppna den i Word, spara den på nytt som .docx och försök "
             "igen, eller klistra in texten.")  # fmt: skip
_TOO_LARGE = _("Filen är för stor. Ta bort bilderna och spara på nytt, eller klistra in texten.")


class Package:
    """The parts of a Word file that hold text; raises Unreadable, with what to do, for others."""

    def __init__(self, content: bytes) -> None:
        if len(content) > LARGEST_FILE:
            raise Unreadable(_TOO_LARGE)
        for start, sentence in _OTHERS:
            if content.startswith(start):
                raise Unreadable(sentence)
        if not content.startswith(b"PK"):
            raise Unreadable(_NOT_WORD)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._names = {one.filename for one in self._archive.infolist()}
        except _BROKEN as problem:
            raise Unreadable(_DAMAGED) from problem
        if len(self._names) > MOST_PARTS:
            raise Unreadable(_DAMAGED)
        mains = self._related("_rels/.rels", "").get("officeDocument", ["word/document.xml"])
        self.main = mains[0]
        if self.main not in self._names or not posixpath.basename(self.main).startswith("doc"):
            raise Unreadable(_other_archive(self._names))
        folder, name = posixpath.split(self.main)
        self._parts = self._related(f"{folder}/_rels/{name}.rels", folder)

    def part(self, kind: str) -> bytes | None:
        """Return the part of a kind (styles, footnotes, endnotes), None when there is none."""
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        name = self._parts.get(kind, [usual])[0]
        return self.read(name) if name in self._names else None

    def edges(self) -> list[bytes]:
        """Return what stands at the top and foot of the pages: the headers, then the footers."""
        named = [name for kind in ("header", "footer") for name in self._parts.get(kind, ())]
        return [self.read(name) for name in dict.fromkeys(named) if name in self._names]

    def read(self, name: str) -> bytes:
        """Return a part unpacked; what the archive says of its own sizes is not believed."""
        try:
            with self._archive.open(name) as part:
                content = part.read(LARGEST_PART + 1)
        except _BROKEN as problem:
            raise Unreadable(_DAMAGED) from problem
        if len(content) > LARGEST_PART:
            raise Unreadable(_TOO_LARGE)
        return content

    def _related(self, name: str, folder: str) -> dict[str, list[str]]:
        """Return the parts that one part names, by their kind."""
        found: dict[str, list[str]] = {}

        def start(tag: str, at: dict[str, str]) -> None:
            if tag == "Relationship" and at.get("TargetMode") != "External":
                kind = at.get("Type", "").rpartition("/")[2]
                path = posixpath.normpath(posixpath.join("/", folder, at.get("Target", "")))
                found.setdefault(kind, []).append(path.lstrip("/"))

        if name in self._names:
            walk(self.read(name), start)
        return found


def _other_archive(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return _("Det är en Excel-fil. Kopiera cellerna och klistra in dem i rutan.")
    if any(name.startswith("ppt/") for name in names):
        return _("Det är en PowerPoint-fil. Kopiera texten och klistra in den i rutan.")
    if "mimetype" in names or "content.xml" in names:
        return _("Det är en OpenDocument-fil (.odt). Öppna den i Word eller LibreOffice och spara "
                 "som .docx.")  # fmt: skip
    return _NOT_WORD


def walk(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Tell of each element of an XML part by its local name; entities of its own are refused."""
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable(_DAMAGED)
        start(_local(name), {_local(key): value for key, value in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(_local(name))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError) as problem:
        raise Unreadable(_DAMAGED) from problem


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_declaration: Any) -> None:
    raise Unreadable(_DAMAGED)
