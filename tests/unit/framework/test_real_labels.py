"""The labels in indicators/ are exactly those of Skolverket's own table."""

import os
from pathlib import Path

import polars as pl
import pytest

from ska.framework.definitions import read_edition
from ska.settings import bundled

REAL = os.environ.get("SKA_REAL_DATA", "")
TABLE = Path(REAL) / "skolverket/ufa/Underlag_for_analys_grundskola_2024_25.xlsx"


@pytest.mark.real
@pytest.mark.skipif(not (REAL and TABLE.is_file()), reason="SKA_REAL_DATA is not set")
def test_every_measure_of_the_table_is_an_indicator_and_the_country_has_the_same_value():
    head = pl.read_excel(TABLE, has_header=False, columns=[0, 1, 2]).rows()
    indicators = {
        i.published_label: i for i in read_edition(bundled("indicators") / "nks-2023").indicators
    }
    table = {row[0]: row for row in head if row[0] in indicators}

    assert len(table) == len(indicators) == 49
    for label, indicator in indicators.items():
        values = [cell for cell in table[label][1:] if cell is not None]
        assert any(_same(cell, indicator.national_value.value) for cell in values), label


def _same(cell, value):
    try:
        return float(str(cell).replace(",", ".").replace("\xa0", "").replace(" ", "")) == value
    except ValueError:
        return False
