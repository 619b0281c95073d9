"""Skolverket's exports as XML: the same table as the CSV, told with elements and attributes.

An element is named as the CSV's column when the file itself defines a variable by that name, so
that both make one series. Where the tag says something else the tag stays: nothing is guessed.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

import polars as pl

from ska.values.importers.bombs import refuse_vast_grid
from ska.values.importers.observations import Refused, UnknownLayout
from ska.values.importers.sheets import WIDEST, Sheet

_ATTRIBUTES = {
    "kommun_namn": "Kommun", "kommunkod": "Kommunkod", "lan_namn": "Län", "lankod": "Länskod",
    "huvudman": "Typ av huvudman", "skol_namn": "Skola", "skola_namn": "Skola",
    "skolkod": "Skolenhetskod", "skolenhetskod": "Skolenhetskod", "skolkommun": "Skolkommun",
    "huvudman_namn": "Huvudman", "huvudman_orgnr": "Huvudman orgnr", "amne": "Ämne", "kon": "Kön",
}  # fmt: skip
_VARIABLES = {"antal_elever": "Genomsnittligt elevantal"}  # spelled otherwise than their variable
_RECORDS = ("kommun", "skola")
_PROSE = ("rubrik", "leg_uttag", "inledning", "avslutning")
DEEPEST = 6


def is_xml(content: bytes) -> bool:
    """Tell whether the content begins as an XML document."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<?xml", b"<root"))


def read_xml(content: bytes) -> Sheet:
    """Return an XML export as a sheet in the CSV's arrangement; row *n* is its *n*-th record."""
    found = _Found()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.write
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise Refused(f"Filen är inte hel XML: {problem}.") from problem
    if not found.records:
        raise UnknownLayout("XML-filen har inga poster av slaget kommun eller skola.")
    return found.as_sheet()


def _refuse_doctype(*_declaration: Any) -> None:
    raise Refused("XML-filen deklarerar egna entiteter. Sådana filer läses inte.")


@dataclass
class _Found:
    """What has been seen so far of a document."""

    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    prose: dict[str, list[str]] = field(default_factory=dict)
    notes: list[list[str]] = field(default_factory=list)
    records: list[dict[str, str]] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    variables: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        self.text = []
        if len(self.path) > DEEPEST:
            raise Refused("XML-filen är djupare än en export.")
        if self._is_record():
            unknown = sorted(set(attributes) - set(_ATTRIBUTES))
            if unknown:
                raise UnknownLayout(f"Okända uppgifter om området: {', '.join(unknown[:8])}.")
            self.records.append({_ATTRIBUTES[key]: text for key, text in attributes.items()})

    def write(self, text: str) -> None:
        self.text.append(text)

    def end(self, name: str) -> None:
        text = "".join(self.text).strip()
        self.text = []
        if len(self.path) == 2 and name in _PROSE:
            self.prose[name] = text.splitlines()
        elif len(self.path) == 3 and self.path[1] in _RECORDS:
            if name in self.records[-1]:
                raise Refused(f"Samma uppgift står två gånger i en post: {name}.")
            self.records[-1][name] = text
            self.names[name] = None
            if len(self.names) > WIDEST:
                raise Refused("XML-filen har fler sorters uppgifter än en tabell.")
        elif "avslutning" in self.path and text:
            self._note(name, text)
            if name == "variabel":
                self.variables.append(" ".join(text.split()))
        self.path.pop()

    def _is_record(self) -> bool:
        return len(self.path) == 2 and self.path[1] in _RECORDS

    def _note(self, name: str, text: str) -> None:
        if name == "definition" and self.notes:
            self.notes[-1].append(" ".join(text.split()))
        else:
            self.notes += [[line] for line in text.splitlines()]

    def as_sheet(self) -> Sheet:
        used = {key for record in self.records for key in record}
        wanted = list(dict.fromkeys(_ATTRIBUTES.values()))
        if "Skola" in used:  # the header begins with what the rows are about
            wanted = ["Skola", *(key for key in wanted if key != "Skola")]
        header = [key for key in wanted if key in used] + list(self.names)
        named = _columns(self.names, self.variables)
        refuse_vast_grid(len(self.records), len(header))
        above: list[list[str | None]] = [
            [line.strip()] for name in _PROSE[:3] for line in self.prose.get(name, [])
        ]
        rows: list[list[str | None]] = [*above, [named.get(key, key) for key in header]]
        rows += [[record.get(key, "") for key in header] for record in self.records]
        rows += [[*note] for note in self.notes]
        width = max(len(row) for row in rows)
        cells = pl.DataFrame(
            [[*row, *[None] * (width - len(row))] for row in rows],
            schema=[(str(i), pl.String) for i in range(width)],
            orient="row",
        )
        return Sheet("", cells, is_workbook=False, first_row=-len(above))


def _columns(tags: Iterable[str], variables: list[str]) -> dict[str, str]:
    """Return the CSV's name of each tag that the file's own definitions name, once each."""
    times = Counter(variables)
    known = {_as_tag(one): one for one in variables if times[one] == 1}
    known |= {tag: one for tag, one in _VARIABLES.items() if times[one] == 1}
    return {tag: known[tag] for tag in tags if tag in known}


def _as_tag(variable: str) -> str:
    """Return a variable's name as the exports spell tags: ``Totalt per elev`` is totalt_elev."""
    plain = unicodedata.normalize("NFKD", variable.casefold()).encode("ascii", "ignore").decode()
    return plain.replace(" per ", " ").replace(" ", "_")
