"""From rows of values to grades beside test grades: each place's spring as one whole. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from ska.charts import DeviationRow, Role
from ska.core.swedish import sort_key
from ska.framework.definitions import Relation, RelationSubject
from ska.overview.rules.rows import Row
from ska.overview.rules.signals import is_whole
from ska.statistics import (
    Comparison,
    Measure,
    Verdict,
    compare_many,
    describe_shift,
    describe_shifts,
)
from ska.values.rules import ValueStatus, status_word, word_beside

WAYS = ("lower", "same", "higher")
THAN = "provbetyget"
WORDS = ("lägre betyg än prov", "högre betyg än prov")
YEARS = 5
_ROLES = {"own": Role.OWN, "other": Role.OTHER, "country": Role.COUNTRY, "peer": Role.PEER}
_ORDER = {Role.OWN: 0, Role.OTHER: 1, Role.COUNTRY: 2, Role.PEER: 3}


@dataclass(frozen=True)
class Told:
    """One place's spring in one subject: the three shares, of the same pupils and source."""

    subject: str
    line: str
    name: str
    role: Role
    spring: int
    lower: Measure
    same: Measure
    higher: Measure
    source: str = ""
    value_ids: tuple[int | None, ...] = ()

    @property
    def measures(self) -> tuple[Measure, Measure, Measure]:
        """Return lower, same and higher."""
        return self.lower, self.same, self.higher

    @property
    def has_value(self) -> bool:
        """Tell whether any way is known."""
        return any(one.value is not None for one in self.measures)


def spring_words(spring: int) -> str:
    """Return a spring as it is read."""
    return f"våren {spring}"


def spring_of(period_type: str, period: str) -> int | None:
    """Return in which spring a period's grades were set, None for a term."""
    if period_type == "school_year":
        return int(period[:4]) + 1
    return int(period) if period_type == "calendar_year" else None


def told_of(rows: Iterable[Row], relation: Relation) -> list[Told]:
    """Return each subject, place and spring that *rows* (placed values) tell of.

    A source is never mixed with another: the huvudman's own values, which know their n, come first.
    """
    known: dict[tuple[str, str, int], dict[str, dict[str, Row]]] = {}
    names = _names(relation)
    for row in rows:
        spring = spring_of(row.period_type, row.period)
        key = row.group if row.source == "kolada" else row.title
        if spring is None or key not in names:
            continue
        subject, way = names[key]
        by_source = known.setdefault((subject, row.line, spring), {})
        by_source.setdefault(row.source, {}).setdefault(way, row)
    return [
        _told(subject, spring, by_source)
        for (subject, _line, spring), by_source in known.items()
    ]  # fmt: skip


def _names(relation: Relation) -> dict[str, tuple[str, str]]:
    found = {}
    for subject in relation.subjects:
        for way in WAYS:
            found[str(getattr(subject.own, way))] = (subject.id, way)
            kpi = getattr(subject.kolada, way, None)
            if kpi:
                found[kpi] = (subject.id, way)
    return found


def _told(subject: str, spring: int, by_source: dict[str, dict[str, Row]]) -> Told:
    source = min(by_source, key=lambda one: (one == "kolada", one))
    rows = by_source[source]
    first = next(iter(rows.values()))
    lower, same, higher = (_measure(rows.get(way), first) for way in WAYS)
    if same.value is None and "same" not in rows and source == "kolada":
        same = _rest(lower, higher, same)
    ids = tuple(rows[way].value_id if way in rows else None for way in WAYS)
    role = _ROLES[first.role]
    return Told(subject, first.line, first.name, role, spring, lower, same, higher, source, ids)


def _measure(row: Row | None, first: Row) -> Measure:
    whole = first.role == "country"
    basis = f"{first.source}|{first.scope}"
    if row is None:
        missing = status_word(ValueStatus.MISSING)
        return Measure(None, label=first.name, word=missing, basis=basis, whole=whole)
    return Measure(
        value=row.value,
        n=row.known_n,
        label=first.name,
        word=word_beside(row.status),
        basis=basis,
        whole=whole,
    )


def _rest(lower: Measure, higher: Measure, same: Measure) -> Measure:
    """Return what is left when both ways are known; never worked out of what is hidden."""
    if lower.value is None or higher.value is None or lower.word or higher.word:
        return replace(same, word="inte publicerat")
    left = round(100 - lower.value - higher.value, 1)
    return replace(same, value=left, word="") if left >= 0 else same


def without(subject: str, like: Told | None, spring: int, word: str) -> Told:
    """Return a spring that has no values, with the words for why."""
    none = Measure(None, word=word)
    name = like.name if like else ""
    return Told(subject, "own", name, Role.OWN, spring, none, none, none)


def as_row(
    told: Told, name: str, key: str, beside: tuple[Comparison, Comparison] | None = None
) -> DeviationRow:
    """Return a row of the picture, with one way judged against the other."""
    lower, same, higher = (replace(one, label=name) for one in told.measures)
    shift = describe_shift(lower, higher, THAN) if told.has_value else None
    return DeviationRow(key, name, lower, same, higher, told.role, shift, beside)


def _together(rows: list[DeviationRow]) -> list[DeviationRow]:
    """Return rows of which the clear are counted, judged all together."""
    pairs = [(one.lower, one.higher) for one in rows if one.shift is not None]
    judged = iter(describe_shifts(pairs, THAN))
    return [one if one.shift is None else replace(one, shift=next(judged)) for one in rows]


def by_subject(told: Iterable[Told], relation: Relation, spring: int) -> list[DeviationRow]:
    """Return the own place's subjects in one spring, in the file's order, judged together."""
    own = {one.subject: one for one in told if one.role is Role.OWN and one.spring == spring}
    return _together(
        [
            as_row(own[one.id], f"{one.name[0].upper()}{one.name[1:]}", one.id)
            for one in relation.subjects
            if one.id in own
        ]
    )


def by_place(told: Iterable[Told], subject: RelationSubject, spring: int) -> list[DeviationRow]:
    """Return the places of one subject and spring: the own, the huvudman, the country, others.

    Each is judged against the country, all together: few of the clear are chance.
    """
    mine = [one for one in told if one.subject == subject.id and one.spring == spring]
    mine.sort(key=lambda one: (_ORDER[one.role], sort_key(one.name)))
    country = next((one for one in mine if one.role is Role.COUNTRY), None)
    others = [one for one in mine if one is not country]
    judged: list[tuple[Comparison, Comparison]] = []
    if country is not None:
        pairs = [
            (replace(there, basis=here.basis), here)
            for one in others
            for there, here in ((country.lower, one.lower), (country.higher, one.higher))
        ]
        flat = compare_many(pairs)
        judged = list(zip(flat[::2], flat[1::2], strict=True))
    beside = {one.line: two for one, two in zip(others, judged, strict=False)}
    return [as_row(one, one.name, one.line, beside.get(one.line)) for one in mine]


def without_same(
    told: Iterable[Told], subject: str, spring: int, among: Container[str]
) -> tuple[list[Told], tuple[str, ...]]:
    """Return what is told without the lines *among* which hold the own place's very pupils.

    Beside it are the names of those left out: nothing stands beside itself.
    """
    all_told = list(told)
    mine = [one for one in all_told if (one.subject, one.spring) == (subject, spring)]
    own = next((one for one in mine if one.role is Role.OWN), None)
    same = [one for one in mine if one.line in among and own is not None and _is_same(one, own)]
    return [one for one in all_told if one not in same], tuple(one.name for one in same)


def _is_same(one: Told, own: Told) -> bool:
    pairs = zip(one.measures, own.measures, strict=True)
    return all(is_whole(mine, other) for other, mine in pairs)


def by_spring(
    told: Iterable[Told], relation: Relation, subject: RelationSubject, last: int
) -> list[DeviationRow]:
    """Return the own place's latest five springs, oldest first, with each break said.

    The first is one that has values: before it there is nothing to see. A spring is judged
    against the one before it, never across a break and never over a hole; which way outweighs is
    judged of all springs together.
    """
    own = {one.spring: one for one in told if one.subject == subject.id and one.role is Role.OWN}
    like = next(iter(own.values()), None)
    rows: list[DeviationRow] = []
    first = min((one for one in own if one > last - YEARS), default=last - YEARS + 1)
    for spring in range(first, last + 1):
        at = relation.break_at(spring)
        missing = at.reason if at else status_word(ValueStatus.MISSING)
        one = own.get(spring) or without(subject.id, like, spring, missing)
        row = as_row(one, spring_words(spring), str(spring))
        broken = _broken(relation, spring)
        before = rows[-1] if rows else None
        rows.append(replace(row, broken=broken, beside=_since(before, row, broken)))
    return _together(rows)


def _broken(relation: Relation, spring: int) -> str:
    """Return why a spring is not like the one before it."""
    at, before = relation.break_at(spring), relation.break_at(spring - 1)
    if at is before:
        return ""
    return at.reason if at else f"året före: {before.reason}" if before else ""


def _since(
    before: DeviationRow | None, row: DeviationRow, broken: str
) -> tuple[Comparison, Comparison] | None:
    if before is None or before.is_silent or row.is_silent:
        return None
    if broken:
        cannot = Comparison(Verdict.CANNOT_TELL, "", reason="proven var inte som året före")
        return cannot, cannot
    pairs = [(before.lower, row.lower), (before.higher, row.higher)]
    down, up = compare_many(pairs)
    return down, up


def springs_of(told: Sequence[Told], subject: str) -> list[int]:
    """Return the springs in which the own place has values, else any place, the latest first."""
    own = {one.spring for one in told if one.subject == subject and one.role is Role.OWN}
    return sorted(own or {one.spring for one in told if one.subject == subject}, reverse=True)
