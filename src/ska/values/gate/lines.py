"""Which lines add up to which: genders, kinds of huvudman, units and groups. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import NamedTuple

Tail = tuple[str, str, str, str]  # scope, gender, area type, area
Adds = tuple[Tail, tuple[Tail, ...]]  # a whole and its parts
SCOPE, GENDER, AREA_TYPE, AREA = range(4)
TYPE_BY_LENGTH = {4: "municipality", 8: "school_unit", 10: "organizer"}
PARTED = ((SCOPE, "all", {"all", "by_measure"}), (GENDER, "T", {"T"}))


class About(NamedTuple):
    """A line of a table, and what is said of its area."""

    tail: Tail
    organizer_number: str
    members: str


Areas = Mapping[tuple[str, ...], tuple[str, frozenset[str]]]  # huvudman and members by area


@lru_cache(256)
def sums_among(about: frozenset[About]) -> tuple[Adds, ...]:
    """Return each whole with its parts in a table with these lines, whatever the numbers say."""
    said: dict[tuple[str, ...], tuple[str, frozenset[str]]] = {}
    for one in sorted(about):
        number, members = said.get(one.tail[AREA_TYPE:], ("", frozenset()))
        more = members.union(one.members.split())
        said[one.tail[AREA_TYPE:]] = (one.organizer_number or number, more)
    tails = _whole_table({one.tail for one in about}, said)
    found: list[Adds] = []
    for place, whole, not_parts in PARTED:
        for kin in _grouped(tails, _without(place)):
            parts = tuple(tail for tail in kin if tail[place] not in not_parts)
            found += [(tail, parts) for tail in kin if tail[place] == whole and parts]
    for kin in _grouped(tails, lambda tail: tail[:AREA_TYPE]):
        found += _areas(kin, said)
    return tuple(found)


def _whole_table(kept: set[Tail], said: Areas) -> list[Tail]:
    """Return every line of one table, also those that nobody put out: they tie the others."""
    scopes, genders = ({tail[at] for tail in kept} for at in (SCOPE, GENDER))
    for found, whole in ((scopes, "all"), (genders, "T")):
        if len(found - {whole, "by_measure"}) > 0:
            found.add(whole)
    if len(genders) > 1:
        genders |= {"K", "M"}
    codes = {code for _, code in said}
    areas = set(said) | {
        (TYPE_BY_LENGTH.get(len(code), "school_unit"), code)
        for _, members in said.values()
        for code in members - codes
    }
    areas |= _assumed(said)
    return [(scope, gender, kind, code)
            for scope, gender, (kind, code) in sorted(product(scopes, genders, areas))]  # fmt: skip


def _assumed(said: Areas) -> set[tuple[str, ...]]:
    """Return the huvudman of several units, when no whole of them is put out."""
    if {"organizer", "municipality"} & {kind for kind, _ in said}:
        return set()
    numbers = [number for (kind, _), (number, _) in said.items() if kind == "school_unit"]
    return {("organizer", number) for number in numbers if numbers.count(number) > 1}


def _without(place: int) -> Callable[[Tail], tuple[str, ...]]:
    return lambda tail: tail[:place] + tail[place + 1 :]


def _grouped(tails: Iterable[Tail], key: Callable[[Tail], tuple[str, ...]]) -> list[list[Tail]]:
    grouped: dict[tuple[str, ...], list[Tail]] = {}
    for tail in tails:
        grouped.setdefault(key(tail), []).append(tail)
    return [kin for kin in grouped.values() if len(kin) > 1]


def _areas(kin: list[Tail], said: Areas) -> Iterator[Adds]:
    """Give huvudmän with their units, municipalities with their huvudmän, groups with members."""
    of_type: dict[str, tuple[Tail, ...]] = {}
    for tail in kin:
        of_type[tail[AREA_TYPE]] = (*of_type.get(tail[AREA_TYPE], ()), tail)
    units, organizers = of_type.get("school_unit", ()), of_type.get("organizer", ())
    for tail in kin:
        members = said.get(tail[AREA_TYPE:], ("", frozenset()))[1]
        parts: tuple[Tail, ...] = ()
        if tail[AREA_TYPE] == "organizer":
            parts = tuple(one for one in units if _number(one, said) in (tail[AREA], ""))
        elif tail[AREA_TYPE] == "municipality":
            parts = organizers or units
        if parts:
            yield tail, parts
        if parts := tuple(one for one in kin if one[AREA] in members and one != tail):
            yield tail, parts


def _number(tail: Tail, said: Areas) -> str:
    return said.get(tail[AREA_TYPE:], ("", frozenset()))[0]
