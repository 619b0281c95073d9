"""Which lines add up to which: genders, kinds of huvudman, units and groups. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from ska.values.gate.rows import Row

Line = tuple[
    object, ...
]  # measure, definition, period type, period, scope, gender, area type, area
TABLE, SCOPE, GENDER, AREA_TYPE, AREA = slice(0, 4), 4, 5, 6, 7
TYPE_BY_LENGTH = {4: "municipality", 8: "school_unit", 10: "organizer"}
PARTED = ((SCOPE, "all", {"all", "by_measure"}), (GENDER, "T", {"T"}))


def whole_table(about: Mapping[Line, Row]) -> set[Line]:
    """Return every line of one table, also those that nobody put out: they tie the others."""
    kept = list(about)
    scopes, genders = ({line[at] for line in kept} for at in (SCOPE, GENDER))
    for found, whole in ((scopes, "all"), (genders, "T")):
        if len(found - {whole, "by_measure"}) > 0:
            found.add(whole)
    if len(genders) > 1:
        genders |= {"K", "M"}
    areas = {line[AREA_TYPE:] for line in kept}
    codes = {line[AREA] for line in kept}
    areas |= {
        (TYPE_BY_LENGTH.get(len(code), "school_unit"), code)
        for row in about.values()
        for code in (row.members or "").split()
        if code not in codes
    }
    areas |= _assumed(areas, about)
    table = kept[0][TABLE]
    return {(*table, *one, *area) for one in product(scopes, genders) for area in areas}


def _assumed(areas: set[Line], about: Mapping[Line, Row]) -> set[Line]:
    """Return the huvudman of several units, when no whole of them is put out."""
    if {"organizer", "municipality"} & {area[0] for area in areas}:
        return set()
    units = {row.area_code: row.organizer_number or "" for row in about.values()
             if row.area_type == "school_unit"}  # fmt: skip
    numbers = list(units.values())
    return {("organizer", number) for number in numbers if numbers.count(number) > 1}


def sums_among(lines: set[Line], about: Mapping[Line, Row]) -> Iterator[tuple[Line, list[Line]]]:
    """Give each whole with its parts among the lines of one table, whatever the numbers say."""
    for place, whole, not_parts in PARTED:
        for kin in _grouped(lines, _without(place)):
            parts = [line for line in kin if line[place] not in not_parts]
            yield from ((line, parts) for line in kin if line[place] == whole and parts)
    details = {line[AREA_TYPE:]: row for line, row in about.items()}
    for kin in _grouped(lines, lambda line: line[:AREA_TYPE]):
        yield from _areas(kin, details)


def _without(place: int) -> Callable[[Line], Line]:
    return lambda line: line[:place] + line[place + 1 :]


def _grouped(lines: set[Line], key: Callable[[Line], Line]) -> list[list[Line]]:
    grouped: dict[Line, list[Line]] = {}
    for line in sorted(lines, key=str):
        grouped.setdefault(key(line), []).append(line)
    return [kin for kin in grouped.values() if len(kin) > 1]


def _areas(kin: list[Line], details: Mapping[Line, Row]) -> Iterator[tuple[Line, list[Line]]]:
    """Give huvudmän with their units, municipalities with their huvudmän, groups with members."""
    of_type: dict[object, list[Line]] = {}
    for line in kin:
        of_type.setdefault(line[AREA_TYPE], []).append(line)
    units, organizers = of_type.get("school_unit", []), of_type.get("organizer", [])
    number = {area: row.organizer_number for area, row in details.items()}
    found = [
        (line, [one for one in units if number.get(one[AREA_TYPE:]) in (line[AREA], "", None)])
        for line in organizers
    ]
    found += [(line, organizers or units) for line in of_type.get("municipality", [])]
    for line in kin:
        row = details.get(line[AREA_TYPE:])
        members = set((row.members or "").split()) if row else set()
        found.append((line, [one for one in kin if one[AREA] in members and one != line]))
    return ((whole, parts) for whole, parts in found if parts)
