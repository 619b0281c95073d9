"""What a change came of: told only when every part is told, and never more than it holds."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.factories.indicator_values import DETAILS, placed

from ska.overview.rules.splits import by_gender, by_unit, split_of
from ska.overview.rules.trends import Subject, see

SUBJECT = Subject(DETAILS["id"], DETAILS["name"], DETAILS)
YEARS = ("2024/25", "2025/26")
GIRLS, BOYS = (((27, 35), (28, 33)), ((20, 34), (14, 35)))


def read(text):
    return text.replace("\u00a0", " ").replace("−", "-")


def rows_of(counts, **more):
    told = {"role": "own", "line": "own", **more}
    return [
        {**told, "period": year, "value": round(100 * count / n, 1), "n": n}
        for year, (count, n) in zip(YEARS, counts, strict=True)
    ]


def split(girls=GIRLS, boys=BOYS, change=None, **whole):
    both = [(a + c, b + d) for (a, b), (c, d) in zip(girls, boys, strict=True)]
    parts = {"Flickor": rows_of(girls), "Pojkar": rows_of(boys)}
    for name, at, more in change or ():
        parts[name][at] |= more
    total = rows_of(both)
    total[1] |= whole
    seen = see(SUBJECT, placed(*total))
    return split_of(seen, by_gender({name: placed(*rows) for name, rows in parts.items()}))


def test_a_change_is_told_as_values_and_sizes_that_make_it_up():
    shown = split()

    assert read(shown.sentence).startswith(
        "2024/25–2025/26: Av skillnaden på -6,3 procentenheter kommer -5,6 av flickornas och"
        " pojkarnas värden och -0,7 av hur många de är."
    )
    assert "ryms inom vanlig variation, så delarna säger inget säkert" in shown.sentence
    assert [read(cell) for cell in shown.table.rows[-1]] == [
        "Alla", "68,1 % (47 av 69 elever)", "61,8 % (42 av 68 elever)", "-5,6", "-0,7",
    ]  # fmt: skip
    assert "Slumpen kan flytta det som kommer av värdena" in shown.notes[0]
    assert not re.search(r"ökade|minskade|bättre|sämre", shown.sentence)


HIDDEN = {"value": None, "n": None, "status": "hidden_by_rule"}


@pytest.mark.parametrize(
    ("change", "whole", "why"),
    [
        ([("Pojkar", 1, HIDDEN)], {}, "Pojkar 2025/26 ("),
        ([("Flickor", 0, {"n": None})], {}, "Flickor 2024/25 (antalet är inte känt)"),
        ([("Flickor", 1, {"period": "2019/20"})], {}, "Flickor 2025/26 (uppgift saknas)"),
        ([("Flickor", 1, {"source": "local"})], {}, "Flickor 2025/26 (uppgift saknas)"),
        ([("Flickor", 1, {"carried_from": "2023/24"})], {}, "upprepat från 2023/24"),
        ([], {"n": 70}, "delarna är inte tillsammans hela gruppen 2025/26"),
        ([], {"value": 63.0}, "delarna är inte tillsammans hela gruppen 2025/26"),
        ([], {"definition_version": 2}, "serien har ett brott 2025/26"),
    ],
)
def test_with_anything_missing_nothing_is_split_and_it_says_why(change, whole, why):
    shown = split(change=change, **whole)

    assert why in read(shown.sentence)
    assert shown.table is None
    assert not re.search(r"\d,\d", shown.sentence)


def test_without_groups_or_without_two_years_there_is_nothing_to_ask():
    lone = see(SUBJECT, placed(*rows_of(GIRLS)[:1]))
    parts = {"Flickor": placed(*rows_of(GIRLS)), "Pojkar": placed(*rows_of(BOYS))}

    assert split_of(lone, by_gender(parts)) is None
    seen = see(SUBJECT, placed(*rows_of(GIRLS)))
    assert split_of(seen, by_gender({"Flickor": [], "Pojkar": []})) is None


def at(name, counts):
    return placed(*({**one, "name": name} for one in rows_of(counts, role="peer", line=name)))


def test_a_huvudman_is_split_into_its_units_but_never_with_one_left_out():
    whole = see(SUBJECT, placed(*rows_of(((47, 69), (42, 68)))))
    units = [*at("Ekskolan", GIRLS), *at("Åskolan", BOYS)]
    shown = split_of(whole, by_unit(units))

    assert "-5,6 av enheternas värden och -0,7 av hur många elever de har" in read(shown.sentence)
    assert [row[0] for row in shown.table.rows] == ["Ekskolan", "Åskolan", "Alla"]
    silent = [one._replace(period="2019/20") for one in at("Liten", GIRLS)]
    assert split_of(whole, by_unit([*units, *silent])) == shown  # a school without the årskurs
    for kept in (units[:2], units[:3]):
        left = split_of(whole, by_unit(kept))
        assert left is None or left.table is None


sizes = st.integers(5, 300)


@given(st.lists(st.tuples(sizes, st.floats(0, 1)), min_size=4, max_size=4))
def test_the_two_parts_always_make_the_change_that_is_told(told):
    counts = [(round(n * share), n) for n, share in told]
    shown = split(tuple(counts[:2]), tuple(counts[2:]))
    assume(shown.table is not None)
    change, rate, size = (
        float(one.replace(",", "."))
        for one in re.findall(r"[+-]?\d+,\d", read(shown.sentence).partition(":")[2])[:3]
    )

    assert abs(change - rate - size) < 0.051
    whole = shown.table.rows[-1]
    first, second = (float(re.match(r"[\d,]+", one)[0].replace(",", ".")) for one in whole[1:3])
    assert abs(second - first - change) < 0.051
