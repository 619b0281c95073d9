"""Three years as one: pupils are summed, and a year that may not be told hides the whole."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.comparisons.test_rules import rows

from ska.comparisons.pooling import pooled, span_of

SPAN = ("2023/24", "2024/25", "2025/26")


def years(*values, **own):
    return rows(
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
    ("frame", "breaks", "why"),
    [
        (years((50.0, 10), (50.0, None), (50.0, 10)), (), "antalet elever är inte känt"),
        (years((50.0, 10), (50.0, 10), (50.0, 10)), ("2025/26",), "serien har ett brott 2025/26"),
        (years((50.0, 10), (50.0, 10), (50.0, 10), carried_from="2022/23"), (), "upprepat"),
        (
            years((50.0, 10), (None, None), (50.0, 10)).with_columns(
                status=pl.when(pl.col("value").is_null())
                .then(pl.lit("suppressed_small_group"))
                .otherwise("status")
            ),
            (),
            "2024/25: för få elever",
        ),
        (
            years((50.0, 10), (50.0, 10), (50.0, 10)).with_columns(
                definition_version=pl.int_range(pl.len())
            ),
            (),
            "inte räknade på samma sätt",
        ),
    ],
    ids=["no n", "a break", "a repeated round", "too few", "a new definition"],
)
def test_a_year_that_does_not_belong_hides_the_whole(frame, breaks, why):
    (one,) = pooled(frame, SPAN, breaks)

    assert (one.measure.value, one.measure.n) == (None, None)
    assert why in one.measure.word


COUNT = st.integers(5, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(COUNT, min_size=3, max_size=3))
def test_the_whole_lies_between_its_years(counts):
    (one,) = pooled(years(*((100 * k / n, n) for k, n in counts)), SPAN)
    shares = [100 * k / n for k, n in counts]

    assert min(shares) - 1e-9 <= one.measure.value <= max(shares) + 1e-9
    assert one.measure.count == sum(k for k, _n in counts)
