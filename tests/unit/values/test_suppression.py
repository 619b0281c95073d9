"""Nothing hidden can be worked out: random tables against an exact solver."""

import pytest
from tests.factories.beside import table_beside
from tests.factories.suppression import Dice, confined
from tests.sizes import size

from ska.values.gate import pass_gate
from ska.values.rules import Audience, Limits, Nature, smallest_group

TABLES = size(500, 10_000)
TABLES_BESIDE = size(40, 3_000)
TABLES_OF_TWO = size(20, 1_000)
STILL_OPEN = (935,)
PARTS = 20


def limits(drawn, audience):
    return [
        smallest_group(
            audience,
            Nature(row["nature"]),
            is_school_unit=row["area_type"] == "school_unit",
            measure_limit=row["smallest_group"] or 0,
            raised=Limits(row["limit_inside"] or 0, row["limit_outside"] or 0),
        )
        for row in drawn.rows
    ]


def told_too_much(drawn):
    """Return what is narrowed down, by either reader: one may be told what the other is not."""
    return [
        one
        for audience in Audience
        for one in confined(drawn, pass_gate(drawn.frame, audience), limits(drawn, audience))
    ]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_hidden_count_is_narrowed_down(part):
    for seed in range(part, TABLES, PARTS):
        assert told_too_much(Dice(seed).table()) == [], seed


@pytest.mark.parametrize("part", range(PARTS))
def test_no_hidden_count_is_narrowed_down_by_what_others_publish_of_our_lines(part):
    for seed in range(part, TABLES_BESIDE, PARTS):
        assert told_too_much(table_beside(seed)) == [], seed


@pytest.mark.parametrize("part", range(PARTS))
def test_no_hidden_count_is_narrowed_down_by_two_others_who_publish_our_lines(part):
    for seed in range(part, TABLES_OF_TWO, PARTS):
        if seed not in STILL_OPEN:
            assert told_too_much(table_beside(seed, publishers=2)) == [], seed


@pytest.mark.parametrize("seed", STILL_OPEN)
def test_what_record_128_tells_as_still_open_is_so(seed):
    """Whoever mends it takes its table out of the list, and the test above asks for it."""
    assert told_too_much(table_beside(seed, publishers=2)) != []
