"""Where things stand in one of Skolverket's exports: the rows above, the header, the end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ska.core.school_year import SchoolYear
from ska.values.importers.observations import PeriodType, Refused
from ska.values.importers.sheets import Sheet

AFTER_THE_TABLE = "Rapportbeskrivning"
_MUNICIPALITY_KEYS = ["Kommun", "Kommunkod", "Län", "Länskod", "Typ av huvudman"]
_SCHOOL_KEYS = [
    "Skola",
    "Skolenhetskod",
    "Skolkommun",
    "Kommunkod",
    "Typ av huvudman",
    "Huvudman",
    "Huvudman orgnr",
]
_UNREAD_KEYS = {"Ämne", "Kön", "Uppgift"}
_GENDERS = {"Totalt", "Flickor", "Pojkar"}
_SCHOOL_YEAR = re.compile(r"Valt läsår: *(\d{4}/\d{2})")
_YEAR = re.compile(r"Valt år: *(\d{4})")


@dataclass(frozen=True)
class Layout:
    """What the beginning of the file says about the rest."""

    title: str
    period_type: PeriodType
    period: str
    header: int
    keys: list[str]
    columns: list[str]  # one name a measure, joined with its group where there are two headers
    end: int


def names_a_period(cell: str) -> bool:
    """Tell whether a cell is the line that says which year or school year was chosen."""
    return bool(_SCHOOL_YEAR.match(cell) or _YEAR.match(cell))


def read_layout(sheet: Sheet) -> Layout:
    """Return the layout of an export; raise Refused for one that is not read yet."""
    firsts = sheet.first_cells()
    header = next(i for i, cell in enumerate(firsts) if cell in ("Kommun", "Skola"))
    names = sheet.row(header)
    while names and not names[-1]:
        names.pop()
    keys = _keys(names)
    period_type, period = _period(firsts[:header])
    return Layout(
        title=_title(firsts[:header]),
        period_type=period_type,
        period=period,
        header=header,
        keys=keys,
        columns=_columns(names, keys, sheet.row(header - 1) if header else []),
        end=next(
            (i for i in range(header, len(firsts)) if firsts[i].startswith(AFTER_THE_TABLE)),
            len(firsts),
        ),
    )


def _keys(names: list[str]) -> list[str]:
    plain = [name.replace("-", "") for name in names]
    for keys in (_MUNICIPALITY_KEYS, _SCHOOL_KEYS):
        if plain[: len(keys)] == keys:
            unread = sorted(_UNREAD_KEYS & set(plain[len(keys) :]))
            if unread:
                raise Refused(
                    f"Exporten har kolumnen {' och '.join(unread)}, alltså flera rader per "
                    "område. Den uppställningen kan ännu inte läsas in."
                )
            if len(names) == len(keys):
                raise Refused("Tabellen har inga mått efter nyckelkolumnerna.")
            return keys
    raise Refused(f"Tabellhuvudet känns inte igen: {'; '.join(names[:8])} …")


def _period(preamble: list[str]) -> tuple[PeriodType, str]:
    for line in preamble:
        if found := _SCHOOL_YEAR.match(line):
            try:
                return PeriodType.SCHOOL_YEAR, str(SchoolYear.parse(found[1]))
            except ValueError as problem:
                raise Refused(f"Läsåret {found[1]} finns inte.") from problem
        if found := _YEAR.match(line):
            return PeriodType.CALENDAR_YEAR, found[1]
    raise Refused("Filen säger inte vilket läsår eller år den gäller (”Valt läsår: …”).")


def _title(preamble: list[str]) -> str:
    for line in preamble:
        if " - " in line and not line.startswith("Statistik från"):
            return line
    raise Refused("Filen säger inte vilken rapport den är (”Grundskola - …”).")


def _columns(names: list[str], keys: list[str], above: list[str]) -> list[str]:
    own = names[len(keys) :]
    groups = (above + [""] * len(names))[len(keys) : len(names)]
    if set(own) <= _GENDERS or set(groups) & (_GENDERS - {"Totalt"}):
        raise Refused("Exporten har kolumner per kön. Den uppställningen kan ännu inte läsas in.")
    if any(groups) and not all(groups):
        groups = [""] * len(own)
    joined = [
        f"{group}: {name}" if group else name for group, name in zip(groups, own, strict=True)
    ]
    twice = [name for name, count in Counter(joined).items() if count > 1]
    if twice:
        raise Refused(f"Samma kolumn står två gånger: {twice[0]}.")
    return joined
