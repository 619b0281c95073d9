"""Small files of values, as publishers and huvudmän write them; nothing here is real."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from ska.values.services import FileReport, load_files

TITLE = "Grundskola - Betyg årskurs 6, andel som fått godkänt betyg"
SHARE = f"{TITLE} | Andel (%) elever som fått godkänt"
COUNT = f"{TITLE} | Antal elever"


def export(*rows: str, year: str = "2024/25") -> str:
    """Return an export of Skolverket's with these rows: ``1497;Samtliga;120;75,8``."""
    lines = [
        "Statistik från Skolverket, https://www.skolverket.se",
        "",
        TITLE,
        f"Valt läsår: {year}",
        "",
        "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Antal elever;"
        "Andel (%) elever som fått godkänt;",
    ]
    for row in rows:
        code, scope, *cells = row.split(";")
        lines.append(f"Kommun {code};{code};Västra Götalands län;14;{scope};{';'.join(cells)};")
    return "\n".join([*lines, "", "Rapportbeskrivning och definitioner etc.", ""])


OWN_HEAD = "mått;område;områdesnamn;period;kön;värde;antal;enhet"


def own_table(*rows: str) -> bytes:
    """Return a huvudman's own long table with these rows."""
    return "\n".join([OWN_HEAD, *rows, ""]).encode()


@dataclass
class Shelfful:
    """Loads texts as files, one after another, in a folder of the test's own."""

    connection: Connection
    folder: Path

    def load(self, text: str, name: str = "export.csv", *, dry: bool = False) -> FileReport:
        """Load one published file and return its report."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        (report,) = load_files(self.connection, [path], dry=dry)
        return report
