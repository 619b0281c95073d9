"""Three years as one: pupils are summed, and a year that may not be told hides the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.indicator_values import placed

from ska.comparisons.pooling import pooled, span_of

SPAN = ("2023/24", "2024/25", "2025/26")


def years(*values, **own):
    return placed(
        *(
            {"period": at, "value": v, "n": n, **own}
            for at, (v, n) in zip(SPAN, values, strict=True)
        )
    )


def test_a_span_is_the_years_that_end_with_the_chosen():
    assert span_of("2025/26") == SPAN
    assert span_of("2026") == ("2024", "2025", "2026")


def test_every_pupil_weighs_the_same():
    (one,) = pooled(years((50.0, 10), (50.0, 10), (100.0, 80)), SPAN)

    assert one.measure.n == 100
    assert one.measure.value == pytest.approx(90.0)


@pytest.mark.parametrize(
    ("found", "breaks", "why"),
    [
        (years((50.0, 10), (50.0, None), (50.0, 10)), (), "antalet elever är inte känt"),
        (years((50.0, 10), (50.0, 10), (50.0, 10)), ("2025/26",), "serien har ett brott 2025/26"),
        (years((50.0, 10), (50.0, 10), (50.0, 10), carried_from="2022/23"), (), "upprepat"),
        (
            [
                one if one.value else one._replace(status="suppressed_small_group")
                for one in years((50.0, 10), (None, None), (50.0, 10))
            ],
            (),
            "2024/25: för få elever",
        ),
        (
            [
                one._replace(definition_version=at)
                for at, one in enumerate(years((50.0, 10), (50.0, 10), (50.0, 10)))
            ],
            (),
            "inte räknade på samma sätt",
        ),
    ],
    ids=["no n", "a break", "a repeated round", "too few", "a new definition"],
)
def test_a_year_that_does_not_belong_hides_the_whole(found, breaks, why):
    (one,) = pooled(found, SPAN, breaks)

    assert (one.measure.value, one.measure.n) == (None, None)
    assert why in one.measure.word


COUNT = st.integers(5, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(COUNT, min_size=3, max_size=3))
def test_the_whole_lies_between_its_years(counts):
    (one,) = pooled(years(*((100 * k / n, n) for k, n in counts)), SPAN)
    shares = [100 * k / n for k, n in counts]

    assert min(shares) - 1e-9 <= one.measure.value <= max(shares) + 1e-9
    assert one.measure.count == sum(k for k, _n in counts)
