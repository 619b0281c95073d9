"""An indicator in short says the value, its count, and no more than the numbers carry."""

import pytest

from ska.charts import Break
from ska.overview.rules.breaks import Breaks
from ska.overview.rules.cards import Point, cards_from, draft_of, latest_of


def read(text):
    return str(text).replace("\u00a0", " ")


def year(period, value, n=None, status="value", **own):
    return Point("school_year", period, value, n, status, **own)


def card_of(*told, **own):
    return cards_from([draft_of(*told, **own)])[0]


def test_a_card_has_value_count_and_verdict():
    card = card_of("x", "Mått", [year("2025/26", 61.8, 68), year("2024/25", 68.1, 69)])

    assert read(card.value) == "61,8 %"
    assert read(card.people) == "42 av 68 elever"
    assert read(card.change) == "68,1 % (2024/25)"
    assert card.verdict == "inom vanlig variation"
    assert card.spark is not None


def test_a_card_without_n_does_not_judge():
    card = card_of("x", "Mått", [year("2025/26", 61.8), year("2024/25", 68.1)])

    assert card.verdict == "kan inte avgöras (antalet elever är inte känt)"


def test_a_hidden_value_is_a_word_and_is_not_compared():
    hidden = year("2025/26", None, status="suppressed_small_group")
    card = card_of("x", "Mått", [year("2024/25", 68.1, 69), hidden])

    assert (card.value, card.change, card.verdict) == ("för få elever", "", "")


def test_a_repeated_value_is_not_compared():
    again = year("2025/26", 68.1, 69, carried_from="2024/25")
    card = card_of("x", "Mått", [year("2024/25", 68.1, 69), again])

    assert card.verdict == ""


def test_a_repeated_value_is_not_what_was_before_either():
    again = year("2024/25", 71.4, 63, carried_from="2023/24")
    points = [year("2023/24", 71.4, 63), again, year("2025/26", 61.8, 68)]
    card = card_of("x", "Mått", points)

    assert read(card.change) == "71,4 % (2023/24)"


@pytest.mark.parametrize("at", ["2024/25", "2025/26"])
def test_across_a_break_nothing_is_said_and_no_line_is_drawn(at):
    points = [year("2023/24", 70.0, 500), year("2025/26", 40.0, 500)]
    broken = Breaks((Break(at, "måttet fick en ny definition"),))
    alone = card_of("x", "Mått", points)
    card = card_of("x", "Mått", [*points, year("2024/25", 70.0, 500)], breaks=broken)

    assert alone.verdict == "tydlig skillnad"
    if at == "2025/26":
        assert card.verdict == (
            "kan inte avgöras (serien har ett brott 2025/26: måttet fick en ny definition)"
        )
        assert card.spark.count("<polyline") == 1
    else:
        assert card.verdict == "tydlig skillnad"
        assert card.spark.count("<polyline") == 1


def test_the_cards_of_a_page_are_judged_together():
    doubtful = [year("2024/25", 50.0, 200), year("2025/26", 61.0, 200)]
    still = [year("2024/25", 50.0, 200), year("2025/26", 50.5, 200)]
    alone = cards_from([draft_of("x", "Mått", doubtful)])
    among = cards_from([draft_of(f"{at}", "Mått", still) for at in range(24)]
                       + [draft_of("x", "Mått", doubtful)])  # fmt: skip

    assert alone[0].verdict == "tydlig skillnad"
    assert {one.verdict for one in among} == {"inom vanlig variation"}


def test_an_index_keeps_its_unit_and_its_gap():
    points = [
        Point("term", "VT24", 6.6, 100, "value", "index 0–10"),
        Point("term", "VT25", 5.9, 90, "value", "index 0–10"),
    ]
    card = card_of("x", "Studiero", points)

    assert (card.value, card.unit) == ("5,9", "index 0–10")
    assert card.spark.count("<polyline") == 0


def test_no_values_say_so():
    assert not card_of("x", "Mått", []).has_value


def test_the_source_with_the_latest_number_is_shown():
    old, new = (
        [year("2023/24", 1.0)],
        [year("2024/25", 2.0), year("2025/26", None, status="missing")],
    )

    assert latest_of([old, new]) == new
    assert latest_of([]) == ()
