"""Indicators by places, told by signal and not by value: a table is the picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ska.charts.build import Said, build
from ska.charts.chart import Chart, PlottedValue, Table
from ska.charts.groups import HIGHER, LOWER, WITHIN, heading_of
from ska.charts.spec import Spec
from ska.core.swedish import count_words, join_words
from ska.statistics import Comparison, Measure

HOW = (
    "Varje ruta är en enhet i en indikator. Rutan säger om enheten skiljer sig"
    " tydligt från helheten, inte om det är bra eller dåligt. De flesta rutor ska sakna signal:"
    " då är skillnaden inte större än slumpen ger. Många jämförelser görs på en gång, så kraven är"
    " hårdare: av tjugo tydliga signaler är högst en slump. Öppna en ruta för att se åren bakom."
)
NAMED = 6
_WAYS = {"higher": HIGHER, "lower": LOWER}
ALONE = "ensam i måttet"
"""Said of a place that is the whole by itself: it stands beside nobody."""


@dataclass(frozen=True, config=ConfigDict(arbitrary_types_allowed=True))
class HeatCell:
    """A place's value of an indicator; *told* beside the whole, None where nothing is compared.

    *is_alone* tells that the place is the whole by itself.
    """

    place: str
    measure: Measure
    told: Comparison | None = None
    is_relevant: bool = True
    is_alone: bool = False

    @property
    def word(self) -> str:
        """Return the signal, or why there is none."""
        if not self.is_relevant:
            return "berörs inte"
        if self.measure.value is None:
            return self.measure.written()
        if self.told is None:
            return ALONE if self.is_alone else "jämförs inte"
        return heading_of(self.told).lower()

    @property
    def signal(self) -> str:
        """Return which look the cell has: higher, lower, within, unsure, alone or none."""
        if self.is_alone:
            return "alone"
        if not self.is_relevant or self.measure.value is None or self.told is None:
            return "none"
        return {HIGHER: "higher", LOWER: "lower", WITHIN: "within"}.get(
            heading_of(self.told), "unsure"
        )


@dataclass(frozen=True, config=ConfigDict(arbitrary_types_allowed=True))
class HeatRow:
    """An indicator: the whole's value at *period*, and a cell a place."""

    key: str
    name: str
    period: str
    whole: Measure
    cells: tuple[HeatCell, ...]

    @property
    def reason(self) -> str:
        """Return why none of the cells can be judged, when it is the same for all; else empty.

        It is then said of the whole row, and the cells have their values alone.
        """
        if self.whole.value is None:
            return "helheten saknar värde"
        told = [one for one in self.cells if one.signal not in {"none", "alone"}]
        reasons = {one.told.reason if one.signal == "unsure" and one.told else "" for one in told}
        return reasons.pop() if len(reasons) == 1 else ""


@dataclass(frozen=True, kw_only=True)
class HeatSpec(Spec):
    """The rows by name; *whole* is what the places are compared with."""

    rows: tuple[HeatRow, ...]
    places: tuple[str, ...]
    whole: str


def heat_chart(spec: HeatSpec) -> Chart:
    """Return the table as a chart without a figure: what is in it is read, not measured by eye."""
    signals = Counter(cell.signal for row in spec.rows for cell in row.cells)
    clear = signals["higher"] + signals["lower"]
    looks = clear + signals["within"]
    said = Said(
        title=_title(clear, looks, signals),
        sentence=" ".join(_sentences(spec, signals)),
        table=_table(spec),
        values=_values(spec),
        how=HOW,
        notes=_notes(spec, signals),
    )
    return build(spec, None, said)


def _title(clear: int, looks: int, signals: Counter[str]) -> str:
    if not looks:
        only_alone = signals["alone"] and not signals["unsure"]
        return "Varje enhet är ensam i sitt mått" if only_alone else "Inget går att jämföra än"
    found = "Ingen tydlig skillnad"
    if clear:
        found = count_words(clear, "tydlig skillnad", "tydliga skillnader")
    return f"{found} av {count_words(looks, 'jämförelse', 'jämförelser')}"


def _notes(spec: HeatSpec, signals: Counter[str]) -> tuple[str, ...]:
    if not signals["alone"]:
        return ()
    said = f"enheten har alla som räknas i {spec.whole}, så värdet är detsamma"
    return (f"{ALONE[0].upper()}{ALONE[1:]}: {said}.",)


def _sentences(spec: HeatSpec, signals: Counter[str]) -> list[str]:
    found = _clear(spec, signals)
    alone = ALONE if signals["alone"] == 1 else ALONE.replace("ensam", "ensamma")
    for signal, words in (
        ("within", "ryms inom vanlig variation"),
        ("unsure", "kan inte avgöras"),
        ("alone", f"är {alone} och har ingen att jämföras med"),
        ("none", "har inget värde att jämföra"),
    ):
        if signals[signal]:
            found.append(f"{signals[signal]} {words}{_why(spec) if signal == 'unsure' else ''}.")
    return found or ["Det finns inga värden att jämföra."]


def _clear(spec: HeatSpec, signals: Counter[str]) -> list[str]:
    """Return where which places differ clearly, each place named once; many of a kind are counted.

    Places that differ the same way in the same indicators stand together.
    """
    many = [one for one in _WAYS if signals[one] > NAMED]
    found = [f"{_WAYS[one]} än {spec.whole}: {signals[one]} rutor." for one in many]
    told: dict[str, list[tuple[str, HeatRow, HeatCell]]] = {}
    for signal in (one for one in _WAYS if one not in many):
        for row in spec.rows:
            for cell in (one for one in row.cells if one.signal == signal):
                told.setdefault(cell.place, []).append((signal, row, cell))
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    both_ways = []
    for place, cells in told.items():
        if len({signal for signal, _row, _cell in cells}) > 1:
            both_ways.append(_both_ways(spec, place, cells))
            continue
        key = (cells[0][0], tuple(row.name for _signal, row, _cell in cells))
        written = join_words([cell.measure.written() for _signal, _row, cell in cells])
        groups.setdefault(key, []).append(f"{place} ({written})")
    every = tuple(row.name for row in spec.rows if any(row.name in key[1] for key in groups))
    ordered = sorted(groups.items(), key=lambda one: (list(_WAYS).index(one[0][0]), len(one[0][1])))
    named: set[str] = set()
    for (signal, names), places in ordered:
        again = len(names) > 1 and names == every and named.issuperset(names)
        where = _all_of(names) if again else join_words(list(names))
        named.update(names)
        found.append(f"{_WAYS[signal]} än {spec.whole} i {where}: {join_words(places)}.")
    return found + both_ways


def _all_of(names: Sequence[str]) -> str:
    return "båda måtten" if len(names) == 2 else f"alla {len(names)} måtten"


def _both_ways(spec: HeatSpec, place: str, cells: Sequence[tuple[str, HeatRow, HeatCell]]) -> str:
    """Return what differs clearly both ways at one place, its name and the whole's said once."""
    ways: dict[str, list[str]] = {}
    for signal, row, cell in cells:
        ways.setdefault(signal, []).append(f"{row.name} ({cell.measure.written()})")
    up, down = (f"{_WAYS[one].lower()}{{}} i {join_words(ways[one])}" for one in _WAYS)
    return f"{place} är {up.format(f' än {spec.whole}')}, och {down.format('')}."


def _why(spec: HeatSpec) -> str:
    """Return the reasons why cells cannot be judged, and how many when there are several."""
    told = [cell.told for row in spec.rows for cell in row.cells if cell.signal == "unsure"]
    reasons = Counter(one.reason for one in told if one and one.reason)
    if len(reasons) < 2:
        return "".join(f": {one}" for one in reasons)
    return ": " + "; ".join(f"{reason} ({count})" for reason, count in reasons.most_common())


def _table(spec: HeatSpec) -> Table:
    head = ("Indikator", "Period", spec.whole, *spec.places)
    rows = [
        (_named(row), row.period, row.whole.written(), *(_cell(row, cell) for cell in row.cells))
        for row in sorted(spec.rows, key=lambda one: one.reason)
    ]
    return Table(spec.name, head, tuple(rows))


def _named(row: HeatRow) -> str:
    return f"{row.name} (kan inte avgöras: {row.reason})" if row.reason else row.name


def _cell(row: HeatRow, cell: HeatCell) -> str:
    if cell.measure.value is None or not cell.is_relevant:
        return cell.word
    return cell.measure.written() if row.reason else f"{cell.measure.written()}, {cell.word}"


def _values(spec: HeatSpec) -> tuple[PlottedValue, ...]:
    return tuple(
        PlottedValue(f"{row.name}: {place}", row.period, measure.value, measure.n, word)
        for row in spec.rows
        for place, measure, word in (
            (spec.whole, row.whole, row.whole.word),
            *((cell.place, cell.measure, cell.word) for cell in row.cells),
        )
    )
