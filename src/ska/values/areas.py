"""Which areas of the statistics are a huvudman or its unit, and by what names a measure goes. Pure.

Sources know a municipal huvudman by its municipality's code or by its organisation number, and a
huvudman's own files may know a unit by its name alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from ska.values.importers.observations import Source

HERE = ("municipality", "organizer", "school_unit")
"""The kinds of area that a huvudman and its units are."""
BY_TITLE = (str(Source.QUALITY_SYSTEM), str(Source.LOCAL))


def is_organizer(*codes: str | None) -> pl.Expr:
    """Return which cells are about the huvudman with these numbers as a whole."""
    known = [code for code in codes if code]
    is_whole = pl.col("area_type").is_in(["municipality", "organizer"])
    return is_whole & pl.col("area_code").is_in(known)


def is_unit(name: str, code: str | None) -> pl.Expr:
    """Return which cells are about the unit: published ones by code, own ones by name too."""
    is_a_unit = pl.col("area_type") == "school_unit"
    by_name = pl.col("is_own") & (pl.col("area_code").str.to_lowercase() == name.lower())
    if not code:
        return is_a_unit & by_name
    by_code = (pl.col("unit_code") == code) | (pl.col("area_code") == code)
    return is_a_unit & (by_code.fill_null(False) | by_name)


def plain(label: str) -> str:
    """Return a published label as measures are titled: without the asterisk of its footnote."""
    return label.rstrip("* ").strip()


def names_of(indicator: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the titles and the sources' codes that the measures of an indicator may go by."""
    told = (indicator["id"], indicator["name"], plain(indicator.get("published_label") or ""))
    titles = [title for title in told if title]
    codes = [link["kpi"] for link in indicator.get("kolada_links") or ()]
    for source, measure in indicator.get("reads") or ():
        (titles if source in BY_TITLE else codes).append(measure)
    return titles, codes
