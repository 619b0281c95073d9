"""From rows of values to places beside each other: which may be compared, and what to say. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ska.charts import DotRow, Role
from ska.core.periods import number_of, spelled
from ska.core.swedish import join_words, sort_key
from ska.core.text import _
from ska.overview.rules.rows import Row, of_kind, one_each
from ska.overview.rules.signals import is_whole
from ska.statistics import Comparison, Measure, Verdict, compare_many
from ska.values.rules import ValueStatus, status_word, word_beside


class Order(StrEnum):
    """How places are ordered; by size only when the reader asks for it, and then it is said."""

    NAME = "namn"
    VALUE = "varde"


ORDER_WORDS = {Order.NAME: "i bokstavsordning", Order.VALUE: "efter värde, som du har valt"}
BLANK = {
    status_word(one)
    for one in (
        ValueStatus.MISSING, ValueStatus.NOT_APPLICABLE_OR_MISSING,
        ValueStatus.NOT_APPLICABLE_LICENCE, ValueStatus.NOT_ASKED,
    )
}  # fmt: skip
HIGH = {status_word(one) for one in (ValueStatus.SUPPRESSED_NEAR_ALL, ValueStatus.ROUNDED_NEAR_100)}
OTHER_DEFINITION = "annan definition"
LONGEST = 10  # periods in a small diagram
WHOLE, NOBODY = "helheten", "ingen"
"""What units may stand beside, where an address names it: the huvudman's whole, and nothing."""
COUNTRY = "country"  # the country's, as every line of values knows it
GROUP_LINE = "group"  # many municipalities as one: a county, or a mean that Kolada tells
KOLADA = "kolada"  # the source whose groups are means
MEAN_OF = _("oviktat medelvärde av kommunernas värden")
_ROLES = {
    "own": Role.OWN,
    "other": Role.OTHER,
    COUNTRY: Role.COUNTRY,
    GROUP_LINE: Role.COUNTRY,
    "peer": Role.OTHER,
}


@dataclass(frozen=True)
class Standing:
    """A place at one period: its value, and the key that only like ones share.

    *definition* says how it is counted: empty when nobody has said it, None where it is not asked
    because all are counted by one publisher. *carried_from* names the earlier round that a survey
    value only repeats.
    """

    key: str
    name: str
    role: Role
    measure: Measure
    definition: str | None = None
    carried_from: str = ""
    value_id: int | None = None


def standings(rows: Iterable[Row], period: str) -> list[Standing]:
    """Return the places of *rows* (one a line and period) as they stand in *period*.

    A place with rows only for other periods stands there without a value.
    """
    first: dict[str, Row] = {}
    now: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.line, row)
        if row.period == period:
            now.setdefault(row.line, row)
    return [_standing(first[line], now.get(line)) for line in sorted(first)]


def _standing(first: Row, now: Row | None) -> Standing:
    return Standing(
        key=first.line,
        name=first.name,
        role=_ROLES[first.role],
        measure=_measure(first, now),
        carried_from=(now.carried_from or "") if now else "",
        value_id=now.value_id if now else None,
    )


def _measure(first: Row, row: Row | None) -> Measure:
    share, whole = first.unit == "%", first.role in (COUNTRY, GROUP_LINE)
    if row is None:
        missing = status_word(ValueStatus.MISSING)
        return Measure(None, label=first.name, word=missing, share=share, whole=whole)
    return Measure(
        value=row.value,
        n=row.known_n,
        label=first.name,
        word=word_beside(row.status),
        basis=row.basis,
        share=share and (row.value is None or 0 <= row.value <= 100),
        whole=whole,
        spread=row.spread,
    )


def without_value(key: str, name: str, status: ValueStatus, role: Role = Role.OTHER) -> Standing:
    """Return a place that has no value, with the words for why."""
    return Standing(key, name, role, Measure(None, label=name, word=status_word(status)))


def wholes_beside(rows: Sequence[Row], units: Sequence[Row], *, has_home: bool) -> list[Row]:
    """Return what *units* may stand beside of *rows*: the huvudman's whole, and the country.

    They are of the same measure and kind of period. The whole is the reader's own place where no
    unit is.
    """
    if not units:
        return []
    alike = [one for one in of_kind(rows, units[0].period_type) if one.group == units[0].group]
    role = "other" if has_home else "own"
    return [
        one._replace(role=role, line=WHOLE) if one.role == "own" else one for one in one_each(alike)
    ]


def means_in(wholes: Iterable[Row]) -> dict[str, str]:
    """Return how a set as a whole is counted, where its source tells a mean of its places."""
    return {one.line: MEAN_OF for one in wholes if one.line == GROUP_LINE and one.source == KOLADA}


def beside_of(asked: str, places: Sequence[Standing], wholes: Sequence[Standing], own: str) -> str:
    """Return the key of what the others are compared with: what is asked for, where it has a value.

    Else the reader's *own* place, else the huvudman's whole; nothing when that is asked for.
    """
    known = {one.key for one in (*places, *wholes) if one.measure.value is not None}
    wanted = (NOBODY,) if asked == NOBODY else (asked, own, WHOLE)
    return next((one for one in wanted if one in known), "")


def dot_rows(
    standing: Sequence[Standing], reference: str, order: Order = Order.NAME
) -> tuple[DotRow, ...]:
    """Return the rows of the picture: those that are counted alike, then those set apart.

    Each is judged against *reference* (a key) by the one function of `statistics`.
    """
    mine = next((one for one in standing if one.key == reference), None)
    rows = _judged(standing, mine)
    together = [row for row in rows if not row.apart]
    apart = [row for row in rows if row.apart]
    return (*ordered(together, order), *ordered(apart, order))


def _judged(standing: Sequence[Standing], mine: Standing | None) -> list[DotRow]:
    """Judge all against *mine* when they are looked at together: few of the clear are chance."""
    apart = {one.key: _apart(one, mine) for one in standing}
    told: dict[str, Comparison] = {}
    if mine is not None:
        others = [one for one in standing if one is not mine]
        alike = [one for one in others if not apart[one.key]]
        pairs = [(mine.measure, _beside(mine, one)) for one in alike]
        told = dict(zip([one.key for one in alike], compare_many(pairs), strict=True))
        for one in others:
            if apart[one.key]:
                why = apart[one.key]
                told[one.key] = Comparison(Verdict.CANNOT_TELL, "", reason=why)
    return [
        DotRow(
            one.key, one.name, one.measure, one.role, told.get(one.key), apart[one.key],
            is_blank=one.measure.value is None and one.measure.word in BLANK,
            is_high=one.measure.value is None and one.measure.word in HIGH,
        )
        for one in standing
    ]  # fmt: skip


def _beside(mine: Standing, one: Standing) -> Measure:
    """Return a place's value to be judged; the country's is counted by its publisher, as ours."""
    if one.measure.whole or mine.measure.whole:
        return replace(one.measure, basis=mine.measure.basis)
    return one.measure


def _apart(one: Standing, mine: Standing | None) -> str:
    if one.measure.value is None:
        return ""
    if one.carried_from:
        return _("värdet är från {period}").format(period=spelled(one.carried_from))
    if mine is None or mine is one:
        return ""
    if WHOLE in (one.key, mine.key) and is_whole(mine.measure, one.measure):
        return _("samma antal och värde som {name}").format(name=mine.name)
    if counted_alike(one.definition, mine.definition):
        return ""
    if mine.definition is not None and not counting_key(mine.definition):
        return _("det är inte beskrivet hur {name} räknar").format(name=mine.name)
    if one.definition is not None and not counting_key(one.definition):
        return _("det är inte beskrivet hur värdet räknas")
    return f"{OTHER_DEFINITION}: {one.definition}"


def counting_key(definition: str) -> str:
    """Return how something is counted without what does not tell: case, spaces, a last full stop.

    Empty where nothing is said.
    """
    return " ".join(definition.split()).casefold().rstrip(". ")


def said_once(definitions: Iterable[str]) -> list[str]:
    """Return those that say different things, each as it was said first."""
    found: dict[str, str] = {}
    for one in definitions:
        found.setdefault(counting_key(one), one)
    return list(found.values())


def counted_alike(one: str | None, other: str | None) -> bool:
    """Tell whether two are counted alike; what nobody has described is like nothing, not itself."""
    if one is None and other is None:
        return True
    keys = counting_key(one or ""), counting_key(other or "")
    return bool(keys[0]) and keys[0] == keys[1]


def ordered(rows: Sequence[DotRow], order: Order) -> list[DotRow]:
    """Return the rows by name or by value; those without a value come last."""
    by_name = sorted(rows, key=lambda row: sort_key(row.name))
    if order is Order.NAME:
        return by_name
    known = [row for row in by_name if row.measure.value is not None]
    silent = [row for row in by_name if row.measure.value is None]
    return [*sorted(known, key=lambda row: -(row.measure.value or 0.0)), *silent]


def together(rows: Iterable[DotRow], *, of_units: bool = False) -> tuple[str, ...]:
    """Return the note that places are judged together, when more than one is."""
    told = [one for one in rows if one.against is not None and not one.apart]
    judged = sum(one.against.verdict is not Verdict.CANNOT_TELL for one in told if one.against)
    if judged < 2:
        return ()
    note = _("De {count} jämförelserna bedöms tillsammans: av tjugo tydliga är högst en slump.")
    more = _("I Signaler bedöms fler på en gång. Därför kan något vara tydligt här och inte där.")
    return (note.format(count=judged), *([more] if of_units else []))


def off_the_line(rows: Iterable[DotRow], places: Iterable[Standing]) -> tuple[str, ...]:
    """Return the note of whom a line drawn in every small diagram says nothing of, and why.

    Who only repeats an earlier value is counted alike.
    """
    counted = {one.key for one in places if not one.carried_from}
    told = [f"{one.name} ({one.apart})" for one in rows if one.apart and one.key in counted]
    if not told:
        return ()
    return (_("Den streckade linjen gäller inte för {places}.").format(places=join_words(told)),)


def periods_of(rows: Iterable[Row]) -> list[str]:
    """Return the periods in which any place has a value, the latest first."""
    pairs = {(one.period, one.period_type) for one in rows if one.value is not None}
    return [name for name, _kind in sorted(pairs, key=lambda pair: -number_of(*pair))]


def years_of(rows: Sequence[Row], periods: Sequence[str]) -> dict[str, list[Standing]]:
    """Return the places in the latest of *periods* (latest first), oldest first."""
    return {one: standings(rows, one) for one in reversed(periods[:LONGEST])}


def latest_shared(rows: Sequence[Row]) -> str:
    """Return the latest period in which at least two places have a value, else the latest."""
    places: dict[str, set[str]] = {}
    for one in rows:
        if one.value is not None:
            places.setdefault(one.period, set()).add(one.line)
    found = periods_of(rows)
    return next((one for one in found if len(places[one]) > 1), next(iter(found), ""))
