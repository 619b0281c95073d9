"""Reading one cell's text: Swedish numbers, symbols, and what is neither (section 16, 3)."""

from __future__ import annotations

import polars as pl

from ska.values.rules import ValueStatus

_WHOLE = r"(?:\d{1,3}(?: \d{3})+|\d+)"
SWEDISH_NUMBER = rf"^-?{_WHOLE}(?:,\d+)?(?: ?%)?$"
MACHINE_NUMBER = r"^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$"
SHORT_POINT = r"^-?\d+\.\d{1,2}(?: ?%)?$"  # cannot be a thousands separator
_APPROXIMATE = r"^(?:cirka|ca|c:a) "


def tidy(raw: pl.Expr) -> pl.Expr:
    """Return the text with one kind of blank and one kind of minus, without outer blanks."""
    return (
        raw.fill_null("")
        .str.replace_all("[\u00a0\u2009\u202f]", " ")
        .str.strip_chars()
        .str.replace("^[\u2212\u2013](\\d)", "-$1")
    )


def read_cells(
    frame: pl.DataFrame,
    symbols: dict[str, ValueStatus],
    *,
    number: str = SWEDISH_NUMBER,
    raw: str = "raw_value",
) -> pl.DataFrame:
    """Return the frame with ``value``, ``status`` and ``reason`` read from the column *raw*.

    *number* is the pattern of the file's numbers: locale is a fact of the file, never guessed.
    An empty cell is missing; a text that is neither number nor symbol gets a reason.
    """
    texts = frame.select(pl.col(raw).unique())  # the same few texts fill most of a file
    parsed = texts.with_columns(_value_and_status(pl.col(raw), symbols, number)).with_columns(
        reason=pl.when(pl.col("status").is_null()).then(
            pl.lit("varken ett tal eller ett tecken som källan använder")
        )
    )
    return frame.join(parsed, on=raw, how="left", nulls_equal=True, maintain_order="left")


def _value_and_status(
    raw: pl.Expr, symbols: dict[str, ValueStatus], number: str
) -> tuple[pl.Expr, pl.Expr]:
    text = tidy(raw)
    short = text.str.replace(_APPROXIMATE, "")
    amount = (
        short.str.replace_all(r"[ %]", "")
        .str.replace(",", ".", literal=True)
        .cast(pl.Float64, strict=False)
    )
    is_number = short.str.contains(number) & amount.is_finite().fill_null(False)
    is_rounded = is_number & (short != text)
    known = {symbol: str(status) for symbol, status in symbols.items()} | {
        "": str(ValueStatus.MISSING)
    }
    value = pl.when(is_number).then(amount)
    status = (
        pl.when(is_rounded)
        .then(pl.lit(str(ValueStatus.APPROXIMATE)))
        .when(is_number)
        .then(pl.lit(str(ValueStatus.VALUE)))
        .otherwise(text.replace_strict(known, default=None, return_dtype=pl.String))
    )
    return value.alias("value"), status.alias("status")
