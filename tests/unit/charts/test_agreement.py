"""Picture, table and sentence tell the same of the same place: no number is somebody else's."""

import re
from dataclasses import dataclass
from html import unescape
from itertools import combinations

import pytest
from tests.factories.every_chart import ALSO, EXAMPLES

MADE = {kind.__name__: make for kind, make in EXAMPLES.items()} | ALSO
FIGURE = r"−?\d[\d ]*(?:,\d+)?"
SHARE = re.compile(rf"{FIGURE} %")
SHARE_WITH_COUNT = re.compile(
    rf"({FIGURE}) % \((?:ungefär )?(\d[\d ]*) av (?:ungefär )?(\d[\d ]*) elever\)"
)


@pytest.fixture(params=sorted(MADE))
def chart(request):
    return MADE[request.param]()


def plain(text):
    return text.replace("\u00a0", " ").casefold()


def as_number(text):
    return float(text.replace(" ", "").replace(",", ".").replace("−", "-").replace("+", ""))


def numbers_of(text):
    """Return the numbers of a text, those of periods left out."""
    told = re.sub(r"\d{4}(/\d\d)?", " ", plain(text))
    return [as_number(one) for one in re.findall(FIGURE, told)]


@dataclass
class Mark:
    """A point that is drawn: all words that it stands under, its numbers, what it says itself.

    *along* are the numbers of its place in the picture, in *numbers* is also what lies behind.
    """

    words: str
    numbers: list[float]
    says: str
    along: list[float]


def marks_of(chart):
    found = []
    if not chart.figure:  # a picture that is only still
        titles = [
            plain(unescape(one)) for one in re.findall(r"<title>([^<]*)</title>", str(chart.svg))
        ]
        return [Mark(one, [value_of(one)], one, []) for one in titles if SHARE.search(one)]
    for trace in chart.figure.get("data", ()):
        told = trace.get("text") or ()
        if isinstance(told, str):  # of a whole surface, whose corners are no values
            along, told = [trace["customdata"]], [told]
        else:
            along = [trace.get(key) or () for key in ("x", "y", "customdata")]
        for at in range(max(map(len, along))):
            here = [one[at] for one in along if at < len(one) and one[at] is not None]
            says = told[at] if at < len(told) else ""
            words = [trace.get("name", ""), says or "", *(one for one in here if type(one) is str)]
            numbers = [float(one) for one in here if isinstance(one, int | float)]
            place = [one[at] for one in along[:2] if at < len(one)]
            place = [float(one) for one in place if isinstance(one, int | float)]
            if numbers:
                found.append(Mark(plain(" | ".join(words)), numbers, says or "", place))
    return found


def value_of(says):
    """Return the value that a point says it has: after its name, before its count."""
    return numbers_of(says.split(": ")[-1])[0]


def parts_of(name):
    return re.split(r", |: ", plain(name))


def test_a_value_is_drawn_where_its_own_name_and_period_stand(chart):
    marks = marks_of(chart)
    years = {plain(one.period) for one in chart.values if re.match(r"\d{4}", one.period)}
    years -= {plain(trace["name"]) for trace in chart.figure.get("data", ())}
    named = " ".join(one.words for one in marks)
    for one in chart.values:
        if one.value is None or not marks:
            continue
        wanted = [part for part in parts_of(one.line) if part in named]
        if plain(one.period) in years and plain(one.period) in named and len(years) > 1:
            wanted.append(plain(one.period))
        assert any(
            all(part in mark.words for part in wanted)
            and any(abs(one.value - number) < 0.005 for number in mark.numbers)
            for mark in marks
        ), one


def test_what_a_point_says_of_itself_is_where_it_lies(chart):
    is_plain = chart.figure.get("layout", {}).get("yaxis", {}).get("visible", True)
    for mark in (one for one in marks_of(chart) if one.says and one.along):
        said, *more = numbers_of(mark.says.split(": ")[-1])
        assert any(abs(said - number) <= 0.0501 for number in map(abs, mark.along)), mark
        if is_plain and len(mark.along) > 1:  # both ways tell something: value and n
            assert set(mark.along) & set(more), mark


def test_what_a_point_says_of_itself_stands_in_its_own_row_of_the_table(chart):
    lines = {plain(one.line) for one in chart.values}
    names = 2 if chart.table.head[:2] == ("Från", "Till") else 1
    cells = [
        ([plain(one) for one in row[:names]], plain(head), plain(cell))
        for row in chart.table.rows
        for head, cell in list(zip(chart.table.head, row, strict=True))[names:]
    ]
    for mark in (one for one in marks_of(chart) if one.says):
        said = value_of(mark.says)
        assert any(
            all(name in mark.words for name in row)
            and (head not in lines or head in mark.words)
            and any(abs(said - number) < 0.005 for number in numbers_of(cell))
            for row, head, cell in cells
        ), mark


def test_a_value_stands_in_the_cell_of_its_own_row_and_column(chart):
    cells = {
        (plain(row[0]), plain(head)): plain(cell)
        for row in chart.table.rows
        for head, cell in zip(chart.table.head, row, strict=True)
    }
    rows = {row for row, _head in cells}
    for one in chart.values:
        first, *more = parts = parts_of(one.line)
        headed = first if first in rows else plain(one.period)
        named = [told for (row, head), told in cells.items() if row == headed and head in parts]
        named += [cells[first, more[0]]] if more and (first, more[0]) in cells else []
        for told in named:
            number = f"{one.value or 0:.{1 if chart.unit else 0}f}".replace(".", ",")
            wanted = {one.word, "–"} if one.value is None else {number}
            assert any(word in told for word in wanted), (one, told)


def test_a_value_of_the_table_is_one_that_is_drawn_or_told_of(chart):
    """The other way round: what stands in a cell of its own is a value, or counts what has one."""
    known = [one.value for one in chart.values if one.value is not None]
    for trace in chart.figure.get("data", ()):  # a common level is a line, and nobody's value
        known += [one for one in trace["y"] if trace["mode"] == "lines" and type(one) is float]
    counted = {one.n for one in chart.values}
    counted.add(sum(one.n or 0 for one in chart.values))  # all together
    for row in chart.table.rows:
        for head, cell in zip(chart.table.head, row, strict=True):
            alone = re.fullmatch(rf"({FIGURE})( %)?", cell.replace("\u00a0", " "))
            if alone is None or re.match("(nivå|platsens eget|gapet|netto|avvik)", plain(head)):
                continue  # worked out from the values, and tested where it is
            number = as_number(alone[1])
            if alone[2] or not plain(head).startswith("antal"):
                assert any(abs(number - one) < 0.051 for one in known), (head, cell)
            elif chart.unit and "ritas inte" not in row:
                assert number in counted, (head, cell)


def test_a_count_in_the_words_is_the_share_beside_it_of_the_n_in_the_table(chart):
    held = {int(number) for row in chart.table.rows for cell in row for number in numbers_of(cell)}
    whole = sum(
        int(numbers_of(row[chart.table.head.index("Antal elever")])[0])
        for row in chart.table.rows
        if "Antal elever" in chart.table.head and numbers_of(row[2])
    )
    said = plain(f"{chart.title} {chart.sentence}")
    found = SHARE_WITH_COUNT.findall(said)
    assert len(found) == len(re.findall(r"\bav (?:ungefär )?[\d ]+ elever\)", said))
    for told in found:
        share, part, n = map(as_number, told)
        assert int(n) in held | {whole}, (share, part, n)
        assert abs(100 * part / n - share) <= 50 / n + 0.05, (share, part, n)


def test_a_gap_in_the_words_lies_between_two_numbers_of_the_table(chart):
    held = [number for row in chart.table.rows for cell in row[1:] for number in numbers_of(cell)]
    gaps = {round(abs(one - other), 1) for one, other in combinations(held, 2)}
    said = plain(f"{chart.title} {chart.sentence}")
    for told in re.findall(rf"({FIGURE}) procentenheter", said):
        gap = abs(as_number(told))
        assert any(abs(gap - one) < 0.051 for one in [*gaps, *map(abs, held)]), gap


def test_places_that_are_counted_in_the_words_are_as_many_in_the_table(chart):
    rows = [plain(" ".join(row)) for row in chart.table.rows]
    over = chart.table.head.index("Över åren") if "Över åren" in chart.table.head else None
    now = [plain(" ".join(row[:over])) for row in chart.table.rows]
    said = plain(chart.sentence)
    for number in re.findall(r"inom vanlig variation: (\d+) platser", said):
        assert int(number) == sum("inom vanlig variation" in row for row in rows)
    for heading, named in re.findall(r"tydligt (lägre|högre): (.*?)\.(?: \S|$)", said):
        sign = "−" if heading == "lägre" else "+"
        clear = [row for row in now if f"tydlig skillnad, {sign}" in row]
        told = re.match(r"(\d+) plats", named)
        number = int(told[1]) if told else len(re.findall(r"\([\d,]+(?: %)?\)", named))
        assert len(clear) == number, heading
