"""Small files of values, as publishers and huvudmän write them; nothing here is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import factory
from sqlalchemy import Connection
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.core.ids import new_id
from ska.values.models import OwnImport, TableLesson, Upload
from ska.values.reports import FileReport
from ska.values.services import load_files

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


class UploadFactory(Factory):
    class Meta:
        model = Upload
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    file = "egna.csv"
    sha256 = "0" * 64
    content = own_table("Trygghet;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10")
    person_id = factory.LazyFunction(new_id)


class TableLessonFactory(Factory):
    class Meta:
        model = TableLesson
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    name = "enkat.csv"
    header = "enhet\nbetyg"
    lesson = factory.LazyFunction(
        lambda: {
            "header": ["fråga", "svar"],
            "names": ["Fråga", "Svar"],
            "rows_are": "answers",
            "roles": ["skip", "skip"],
            "units": ["", ""],
            "counted": ["", ""],
            "period": "2025/26",
        }
    )
    person_name = "Kim Ek"


class OwnImportFactory(Factory):
    class Meta:
        model = OwnImport
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    file = "egna.csv"
    sha256 = "0" * 64
    source = "local"
    kind = "table"
    title = "Egna värden"
    report = factory.LazyAttribute(lambda row: FileReport(file=row.file).as_kept())
    person_name = "Kim Ek"
    recorded_at = datetime(2026, 9, 3, 12, tzinfo=UTC)
