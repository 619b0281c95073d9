"""Large exports with Skolverket's grammar: a row a school, a column a measure, prose around."""

from __future__ import annotations

from pathlib import Path

_HEAD = (
    "Statistik\n\nGrundskola - Stor rapport\nValt läsår: 2024/25\n\nSkola;Skol-enhetskod;"
    "Skolkommun;Kommun-kod;Typ av huvudman;Huvudman;Huvudman orgnr;"
)
_FOOT = "\nRapportbeskrivning och definitioner etc.\n"


def write_export(path: Path, schools: int, columns: int, *, changed: int = 0) -> None:
    """Write an export of so many schools; *changed* moves the first cell of each."""
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD + ";".join(f"Elever, grupp {at}" for at in range(columns)) + ";\n")
        for school in range(schools):
            kind = "Kommunal" if school % 5 else "Enskild"
            town, owner = school % 290, 2_120_000_000 + school % 290
            cells = [_cell(school * 7_919 + at * 104_729) for at in range(columns)]
            cells[0] = str(school % 500 + changed)
            file.write(
                f"Skola {school};{10_000_000 + school};Kommun {town};{1_000 + town};{kind};"
                f"Huvudman {town};{owner};{';'.join(cells)};\n"
            )
        file.write(_FOOT)


def _cell(number: int) -> str:
    """Return a whole number, one with a decimal, or now and then a symbol."""
    at = number % 1_000
    if at < 120:
        return ".." if at < 60 else "."
    return str(at) if at < 500 else f"{at / 10:.1f}".replace(".", ",")
