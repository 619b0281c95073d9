"""What schools reached beside what a model of their pupils' background expects, as published."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from ska.charts.build import Said, build
from ska.charts.chart import Chart, Figure, PlottedValue, Table
from ska.charts.house import CONTEXT, MARKERS, SERIES, SOFT
from ska.charts.listed import Listed, Rows, rows_layout
from ska.charts.picture import axis_over
from ska.charts.spec import Spec
from ska.core.swedish import count_words, format_number, format_signed
from ska.statistics import Verdict

ROWS, NAMED = Rows(34, 90, air=0.04), 4
ACTUAL, EXPECTED = "Faktiskt", "Modellberäknat"
HOW = (
    "Den fyllda punkten är vad skolan nådde. Den öppna är vad modellen räknar fram av föräldrarnas"
    " utbildning, andelen pojkar och andelen nyinvandrade. Strecket mellan dem är avvikelsen."
    " Den är källans egen och vad de tre uppgifterna inte förklarar. Det mesta av det är annat än"
    " skolan."
)
UNSURE = (
    "Skolverket anger ingen osäkerhet för modellens värden. Det går därför inte att avgöra vilka"
    " avvikelser som är större än vad slumpen ger, och inga två skolor ställs mot varandra."
)


@dataclass(frozen=True)
class ExpectedRow:
    """A school; *deviation* is the publisher's own, and *word* says why there is nothing."""

    key: str
    name: str
    actual: float | None
    expected: float | None
    deviation: float | None
    word: str = ""

    @property
    def is_known(self) -> bool:
        """Tell whether both values are published."""
        return self.actual is not None and self.expected is not None


@dataclass(frozen=True, kw_only=True)
class ExpectedSpec(Spec):
    """Schools at one *period*, in the order they stand."""

    rows: tuple[ExpectedRow, ...]
    period: str


def expected_chart(spec: ExpectedSpec) -> Chart:
    """Return actual and expected of each school; a deviation is shown and never judged."""
    known = [row for row in spec.rows if row.is_known]
    said = Said(
        title=_title(spec, known),
        sentence=_sentence(spec, known),
        table=_table(spec),
        values=tuple(value for row in spec.rows for value in _values(spec, row)),
        how=HOW,
        caution=UNSURE,
    )
    return build(spec, _figure(spec, known) if known else None, said)


def _title(spec: ExpectedSpec, known: list[ExpectedRow]) -> str:
    if len(known) == 1:
        return f"{known[0].name}: {_told(known[0])} {spec.period}"
    if not known:
        return f"{spec.name} {spec.period}".strip()
    above, below = _sides(known)
    schools = count_words(above, "skola", "skolor")
    unsure = f"om det är mer än slump {Verdict.CANNOT_TELL.word}"
    return f"{schools} över och {below} under modellens värde {spec.period} – {unsure}"


def _sides(known: list[ExpectedRow]) -> tuple[int, int]:
    """Return how many lie above the model's value, and how many below."""
    ways = [one.deviation or 0 for one in known]
    return sum(one > 0 for one in ways), sum(one < 0 for one in ways)


def _told(row: ExpectedRow) -> str:
    return f"{_number(row.actual)}, modellen räknar fram {_number(row.expected)}"


def _sentence(spec: ExpectedSpec, known: list[ExpectedRow]) -> str:
    silent = [
        f"{row.name} ({row.word or 'uppgift saknas'})" for row in spec.rows if not row.is_known
    ]
    without = [f"Utan värden: {', '.join(silent)}."] if silent else []
    if not known:
        return " ".join(["Skolverket har inga värden för modellen här.", *without])
    if len(known) <= NAMED:
        parts = [f"{row.name}: {_told(row)} ({_gap(row)})." for row in known]
        return " ".join([*parts, *without])
    above, below = _sides(known)
    schools = count_words(len(known), "skola", "skolor")
    return " ".join(
        [f"Av {schools} ligger {above} över och {below} under modellens värde.", *without]
    )


def _gap(row: ExpectedRow) -> str:
    if row.deviation is None:
        return "avvikelsen är inte publicerad"
    if row.deviation == 0:
        return "ingen avvikelse"
    side = "över" if row.deviation > 0 else "under"
    return f"{_number(abs(row.deviation))} {side} modellen"


def _number(value: float | None) -> str:
    """Write a value as it was published, which is in whole numbers."""
    return "–" if value is None else format_number(round(value, 1)).removesuffix(",0")


def _table(spec: ExpectedSpec) -> Table:
    rows = [
        (row.name, _number(row.actual), _number(row.expected),
         "–" if row.deviation is None else format_signed(row.deviation, 0))
        if row.is_known
        else (row.name, row.word or "uppgift saknas", "–", "–")
        for row in spec.rows
    ]  # fmt: skip
    head = ("Skola", ACTUAL, EXPECTED, "Avvikelse")
    return Table(f"{spec.name}, {spec.period}", head, tuple(rows), (1, 2, 3))


def _values(spec: ExpectedSpec, row: ExpectedRow) -> list[PlottedValue]:
    word = "" if row.is_known else row.word or "uppgift saknas"
    both = ((ACTUAL, row.actual), (EXPECTED, row.expected))
    return [
        PlottedValue(
            f"{row.name}, {name.lower()}", spec.period, value if row.is_known else None, None, word
        )
        for name, value in both
    ]


def _figure(spec: ExpectedSpec, known: list[ExpectedRow]) -> Figure:
    ends = [value for row in known for value in (row.actual, row.expected) if value is not None]
    axis = axis_over(ends, share=False, decimals=spec.decimals)
    return {
        "data": [
            *[_link(row) for row in known],
            _marks(known, EXPECTED, f"{MARKERS[3]}-open", CONTEXT),
            _marks(known, ACTUAL, MARKERS[0], SERIES[0]),
        ],
        "layout": rows_layout([_place(row) for row in spec.rows], axis, ROWS),
    }


def _link(row: ExpectedRow) -> Figure:
    return {
        "type": "scatter", "mode": "lines", "name": "Avvikelse", "showlegend": False,
        "x": [row.expected, row.actual], "y": [row.key, row.key], "hoverinfo": "skip",
        "line": {"color": SOFT, "width": 3},
    }  # fmt: skip


def _marks(known: list[ExpectedRow], name: str, symbol: str, color: str) -> Figure:
    values = [row.actual if name == ACTUAL else row.expected for row in known]
    return {
        "type": "scatter", "mode": "markers", "name": name, "x": values,
        "y": [row.key for row in known],
        "text": [f"{row.name}, {name.lower()}: {_number(one)}"
                 for row, one in zip(known, values, strict=True)],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": color, "size": 11, "symbol": symbol, "line": {"width": 2, "color": color},
        },
    }  # fmt: skip


def _place(row: ExpectedRow) -> Listed:
    return Listed(row.key, row.name, "" if row.is_known else row.word or "uppgift saknas")
