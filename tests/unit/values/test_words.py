"""Secret, missing, not applicable, not published and approximate are told apart wherever told."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import polars as pl
import pytest
from tests.factories.indicator_values import placed

from ska.charts import Line, Role, TrendSpec
from ska.charts.picture import draw
from ska.charts.words import table, values
from ska.overview.rules.cards import Point, draft_of
from ska.overview.rules.trends import plotted
from ska.values.columns import CELL
from ska.values.exporting import as_csv, as_xlsx
from ska.values.queries import with_words
from ska.values.rules import ValueStatus, status_word

# What a reader has to tell apart, and the word that says it.
KINDS = {
    ValueStatus.HIDDEN_BY_RULE: "skydd för en grupp med få",  # secret, by us
    ValueStatus.SUPPRESSED_SMALL_GROUP: "för få",  # secret, by the publisher or at our door
    ValueStatus.NOT_TOLD: "sägs inte",  # secret, at our door
    ValueStatus.WITHHELD: "har valt",  # not published, chosen
    ValueStatus.SURVEY_RULES_NOT_MET: "redovisningsregler",  # not published, by the survey's rules
    ValueStatus.MISSING: "saknas",
    ValueStatus.NOT_ASKED: "ställdes inte",
    ValueStatus.NOT_COUNTED: "slutat räkna",
    ValueStatus.NOT_APPLICABLE_LICENCE: "ej tillämpligt",
    ValueStatus.NOT_APPLICABLE_OR_MISSING: "saknas eller ej tillämpligt",
    ValueStatus.SUPPRESSED_NEAR_ALL: "nästan alla",
    ValueStatus.ROUNDED_NEAR_100: "≈100",
    ValueStatus.APPROXIMATE: "ungefärligt",
}


def cell(status):
    return {
        **dict.fromkeys(CELL), "status": str(status), "value": 61.5 if status.has_value else None,
        "title": "Trygghet", "unit": "%", "area": "Ekhult", "area_code": "1497",
        "area_type": "municipality", "scope": "all", "gender": "T", "period": "2025/26",
        "measure": "m", "source": "local", "finality": "final", "n": None,
        "recorded_at": datetime(2026, 9, 1, tzinfo=UTC),
    }  # fmt: skip


def on_the_page(status):
    point = Point("school_year", "2025/26", cell(status)["value"], None, status)
    return draft_of("m", "Mått", [point]).card.value


def as_api(status):
    frame = pl.DataFrame([cell(status)], schema=CELL, orient="row")
    return with_words(frame)["word"].item()


def in_csv(status):
    frame = pl.DataFrame([cell(status)], schema=CELL, orient="row")
    rows = csv.reader(io.StringIO(as_csv(frame).decode("utf-8-sig")), delimiter=";")
    return list(rows)[1][9]


def in_xlsx(status):
    frame = pl.DataFrame([cell(status)], schema=CELL, orient="row")
    with zipfile.ZipFile(io.BytesIO(as_xlsx(frame))) as book:
        return book.read("xl/sharedStrings.xml").decode()


def _drawn(status):
    rows = placed({"line": "e", "status": str(status), "value": cell(status)["value"]})
    line = Line("e", "Ekhult", Role.OWN)
    spec = TrendSpec(id="t", name="Trygghet", lines=(line,), periods=("2025/26",), source="egna")
    return spec, draw(spec, plotted(rows))


def in_the_charts_table(status):
    return table(*_drawn(status)).rows[0][1]


def in_the_charts_sheet(status):
    return values(_drawn(status)[1])[0].word


OUTPUTS = (on_the_page, as_api, in_csv, in_xlsx, in_the_charts_table, in_the_charts_sheet)


def test_no_two_kinds_share_their_words():
    assert set(KINDS) == set(ValueStatus) - {ValueStatus.VALUE}
    assert len({status_word(status) for status in ValueStatus}) == len(ValueStatus)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("status", KINDS, ids=str)
def test_each_kind_is_told_in_its_own_words(status, output):
    said = output(status)

    assert KINDS[status] in said
    assert status_word(status) in said
    others = {status_word(one) for one in KINDS} - {status_word(status)}
    assert not [other for other in others if other in said and other not in status_word(status)]


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_plain_value_needs_no_words(output):
    assert not [word for word in map(status_word, KINDS) if word in output(ValueStatus.VALUE)]
