"""Where things stand in one of Skolverket's exports: the rows above, the header, the end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ska.core.school_year import SchoolYear
from ska.values.importers.observations import PeriodType, Refused, Scope, UnknownLayout
from ska.values.importers.sheets import Sheet

AFTER_THE_TABLE = "Rapportbeskrivning"
SCOPES = {
    "Samtliga": Scope.ALL,
    "Kommunal": Scope.MUNICIPAL,
    "Enskild": Scope.INDEPENDENT,
    "Internationella skolor": Scope.INTERNATIONAL,
    "Statlig": Scope.STATE,
    "Region": Scope.REGION,
}
GENDERS = {
    "Totalt": "T", "Samtliga": "T", "Alla": "T", "Flickor": "K", "Kvinnor": "K", "Pojkar": "M",
    "Män": "M",
}  # fmt: skip
_KEYS = (
    "Kommun", "Kommunkod", "Län", "Länskod", "Typ av huvudman", "Skola", "Skolenhetskod",
    "Skolkommun", "Huvudman", "Huvudman orgnr", "Ämne", "Kön", "Uppgift",
)  # fmt: skip
_PLAIN = {re.sub(r"[-\s]", "", key).casefold(): key for key in _KEYS}
_NEEDED = ({"Kommun", "Kommunkod"}, {"Skola", "Skolenhetskod"})
_SCHOOL_YEAR = re.compile(r"(?:(?:Valt +)?läsår:? *)?(\d{4}/\d{2,4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:Valt +)?(?:kalender)?år:? *(\d{4})", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?")
A_WORD = r"^[\p{L}]"
_WORDS = re.compile(r"(?!(?:cirka|ca|c:a) )[^\W\d_]")


@dataclass(frozen=True)
class Column:
    """One column of values: its name, and which measure, gender and period it holds."""

    place: int
    name: str
    label: str  # the measure, without gender and period; empty when the rows say it
    gender: str = ""
    period: str = ""


@dataclass(frozen=True)
class Layout:
    """What the beginning of the file says about the rest."""

    title: str
    period_type: PeriodType
    period: str
    scope: str  # of the whole sheet; empty when each row has its own
    header: int
    end: int
    keys: dict[str, int]
    words: dict[str, int]  # columns of words that say more about the measure, by their header
    columns: list[Column]
    traits: str

    @property
    def is_about_schools(self) -> bool:
        """Tell whether each row is a school unit, and not a municipality."""
        return "Skola" in self.keys

    @property
    def names_are(self) -> str:
        """Return the key that holds the area's name."""
        return "Skola" if self.is_about_schools else "Kommun"


def recognises(sheet: Sheet) -> bool:
    """Tell whether a sheet is such an export: a header row, and a year above it or in it."""
    start = sheet.first_cells()[:60]
    header = _header(start)
    if header is None:
        return False
    return any(map(names_a_period, start[:header])) or any(
        _BARE_YEAR.fullmatch(cell) for cell in sheet.row(header)
    )


def names_a_period(cell: str) -> bool:
    """Tell whether a cell is the line that says which year or school year was chosen."""
    return bool(_SCHOOL_YEAR.fullmatch(cell) or _YEAR.fullmatch(cell))


def read_layout(sheet: Sheet) -> Layout:
    """Return the layout of an export; raise Refused for one that cannot be read."""
    firsts = sheet.first_cells()
    header = _header(firsts) or 0
    names = sheet.row(header)
    while names and not names[-1]:
        names.pop()
    end = end_of(sheet, header)
    keys, words = _keys(sheet, header, end, names)
    groups = _groups(sheet, header, names, set(keys.values()) | set(words.values()))
    columns = _columns(names, groups, set(keys.values()) | set(words.values()), words)
    _refuse_repeated(columns)
    if "Kön" in keys and any(column.gender for column in columns):
        raise UnknownLayout("Kön står både i rader och i kolumner.")
    period_type, period = _period(firsts[:header], columns)
    scope = "" if "Typ av huvudman" in keys else _scope(firsts[:header], sheet.name)
    return Layout(
        title=_title(firsts[:header]),
        period_type=period_type,
        period=period,
        scope=scope,
        header=header,
        end=end,
        keys=keys,
        words=words,
        columns=columns,
        traits=_traits(columns, keys, words, scope, any(groups)),
    )


def end_of(sheet: Sheet, header: int) -> int:
    """Return where the table ends: at the notes below it, or with the sheet."""
    starts = sheet.cells.to_series(0).str.strip_chars().str.starts_with(AFTER_THE_TABLE)
    return next((i for i in starts.arg_true() if i > header), sheet.cells.height)


def _header(firsts: list[str]) -> int | None:
    return next((i for i, cell in enumerate(firsts) if cell in ("Kommun", "Skola")), None)


def _keys(
    sheet: Sheet, header: int, end: int, names: list[str]
) -> tuple[dict[str, int], dict[str, int]]:
    plain = [_plain(name) for name in names]
    keys = {key: plain.index(key) for key in _KEYS if key in plain}
    if not any(needed <= set(keys) for needed in _NEEDED):
        raise UnknownLayout(f"Tabellhuvudet känns inte igen: {'; '.join(names[:8])} …")
    unknown = [name for name in names[: max(keys.values())] if not _plain(name)]
    if unknown:
        raise UnknownLayout(f"Tabellhuvudet känns inte igen: kolumnen {unknown[0] or 'utan namn'}.")
    words: dict[str, int] = {key: keys.pop(key) for key in ("Ämne", "Uppgift") if key in keys}
    following = max((*keys.values(), *words.values())) + 1
    if following < len(names) and _holds_words(sheet, following, header, end):
        words[names[following]] = following
    return keys, words


def _plain(name: str) -> str:
    return _PLAIN.get(re.sub(r"[-\s]", "", name).casefold(), "")


def _holds_words(sheet: Sheet, place: int, header: int, end: int) -> bool:
    """Tell whether a column after the keys holds words (subjects) and not values."""
    cells = sheet.cells.to_series(place)[header + 1 : end].head(200).to_list()
    texts = [cell.strip() for cell in cells if cell and cell.strip()]
    return bool(texts) and all(_WORDS.match(text) for text in texts)


def _groups(sheet: Sheet, header: int, names: list[str], taken: set[int]) -> list[str]:
    """Return the header above the header, one text a column; empty texts when there is none."""
    above = (sheet.row(header - 1) if header else [])[: len(names)]
    above += [""] * (len(names) - len(above))
    if any(above[place] for place in taken):
        return [""] * len(names)
    groups = [cell.lstrip("#").strip() if _is_gender(cell) else cell for cell in above]
    own = [(groups[i], name) for i, name in enumerate(names) if i not in taken]
    if len(set(own)) < len(own):  # merged cells: only the first column of a group is named
        for i in range(1, len(groups)):
            groups[i] = groups[i] or groups[i - 1]
    return groups


def _is_gender(cell: str) -> bool:
    return cell.lstrip("#").strip() in GENDERS


def _columns(
    names: list[str], groups: list[str], taken: set[int], words: dict[str, int]
) -> list[Column]:
    genders = GENDERS if any(GENDERS.get(one, "T") != "T" for one in (*names, *groups)) else {}
    base = next((name for name in words if name not in ("Ämne", "Uppgift")), "")
    columns = []
    for place, (name, group) in enumerate(zip(names, groups, strict=True)):
        if place in taken:
            continue
        parts = [part for part in (group, name) if part]
        gender = next((genders[part] for part in parts if part in genders), "")
        period = next((part for part in parts if _BARE_YEAR.fullmatch(part)), "")
        label = ": ".join(
            part for part in parts if part not in genders and not _BARE_YEAR.fullmatch(part)
        )
        columns.append(Column(place, ": ".join(parts), label or base, gender, period))
    if not columns:
        raise UnknownLayout("Tabellen har inga mått efter nyckelkolumnerna.")
    if any(not column.name for column in columns):
        raise Refused("En kolumn med värden saknar rubrik.")
    return columns


def _refuse_repeated(columns: list[Column]) -> None:
    names = Counter(column.name for column in columns)
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise Refused(f"Samma kolumn står två gånger: {twice[0]}.")


def _period(preamble: list[str], columns: list[Column]) -> tuple[PeriodType, str]:
    own = [column.period for column in columns if column.period]
    if own and len(own) < len(columns):
        raise UnknownLayout("Bara en del av kolumnerna har ett år i rubriken.")
    if own:
        kinds = {PeriodType.SCHOOL_YEAR if "/" in one else PeriodType.CALENDAR_YEAR for one in own}
        if len(kinds) > 1:
            raise UnknownLayout("Kolumnerna blandar läsår och kalenderår.")
        return kinds.pop(), ""
    for line in preamble:
        if found := _SCHOOL_YEAR.fullmatch(line):
            return PeriodType.SCHOOL_YEAR, school_year(found[1])
        if found := _YEAR.fullmatch(line):
            return PeriodType.CALENDAR_YEAR, found[1]
    raise UnknownLayout("Filen säger inte vilket läsår eller år den gäller (”Valt läsår: …”).")


def school_year(text: str) -> str:
    """Return a school year as it is spelled here; raise Refused when there is no such year."""
    try:
        return str(SchoolYear.parse(text))
    except ValueError as problem:
        raise Refused(f"Läsåret {text} finns inte.") from problem


def _scope(preamble: list[str], sheet_name: str) -> str:
    """Return whose schools a sheet without the column counts: a line above, or the sheet's name."""
    by_word = {word.casefold(): str(scope) for word, scope in SCOPES.items()}
    for line in (*preamble, sheet_name):
        text = re.sub(r"^(?:typ av )?huvudman:|^endast |(?<=.) huvudm[aä]n$", "", line.casefold())
        if text.strip() in by_word:
            return by_word[text.strip()]
    raise UnknownLayout("Det syns inte vilken typ av huvudman tabellen gäller.")


def _title(preamble: list[str]) -> str:
    for line in preamble:
        if " - " in line and not line.startswith("Statistik från"):
            return line
    raise UnknownLayout("Filen säger inte vilken rapport den är (”Grundskola - …”).")


def _traits(
    columns: list[Column], keys: dict[str, int], words: dict[str, int], scope: str, two: bool
) -> str:
    traits = {
        "two_header_rows": two,
        "gender_columns": any(column.gender for column in columns),
        "gender_rows": "Kön" in keys,
        "subject_rows": bool(set(words) - {"Uppgift"}),
        "measure_rows": "Uppgift" in words,
        "years_as_columns": any(column.period for column in columns),
        "sheet_per_operator_type": bool(scope),
    }
    return "+".join(name for name, has in traits.items() if has) or "plain"
