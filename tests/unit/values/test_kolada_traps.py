"""The traps of Kolada, each under its own name; first in answers of ours, then in the real ones."""

import os
from pathlib import Path

import orjson
import polars as pl
import pytest

from ska.values.importers.recognise import read_content, read_file

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
KOLADA = DATA / "kolada"
real = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set"),
]


def cell(value, gender="T", **more):
    return {"gender": gender, "count": 1, "status": "", "value": value, "isdeleted": False} | more


def read(*cells, **entry):
    about = {"kpi": "N15419", "municipality": "1497", "period": 2025, "values": list(cells)}
    reading = read_content(orjson.dumps({"values": [about | entry]}), "svar.json")
    assert reading.report.is_complete
    return reading


def seen(reading, *columns):
    return reading.observations.select(columns or ("gender", "value", "status")).rows()


def catalogue(*records):
    return read_content(orjson.dumps({"values": list(records)}), "katalog.json")


def kpi(**more):
    return {"id": "N15419", "title": "Elever", "is_divided_by_gender": True} | more


def test_the_order_of_genders_is_not_fixed_and_the_total_may_be_absent():
    one = read(cell(70.1, "M"), cell(80.2, "K"))
    other = read(cell(80.2, "K"), cell(75.0, "T"), cell(70.1, "M"))

    assert seen(one) == [("M", 70.1, "value"), ("K", 80.2, "value")]
    assert set(seen(one)) < set(seen(other))


def test_a_gender_that_only_the_old_document_knows_is_rejected_loudly():
    reading = read(cell(70.1, "F"), cell(75.0))

    assert [one.reason for one in reading.report.rejections] == [
        "okänt kön ”F”, bara T, K och M läses"
    ]


def test_a_period_is_an_integer_or_a_text():
    assert seen(read(cell(75.0), period=2025), "period") == [("2025",)]
    assert seen(read(cell(75.0), period="2025"), "period") == [("2025",)]


def test_no_figure_is_a_gap_with_a_status_never_zero():
    assert seen(read(cell(None), cell(0.0, "K"))) == [("T", None, "missing"), ("K", 0.0, "value")]


def test_count_is_how_many_members_answered_and_never_how_many_pupils():
    reading = read(cell(75.0, count=7), municipality="G92789")

    assert seen(reading, "area_type", "n") == [("municipality_group", None)]


def test_a_group_is_an_unweighted_mean_and_says_so():
    reading = catalogue({"id": "G92789", "title": "Pendlingskommun", "members": []})

    assert reading.areas["name"].to_list() == ["Pendlingskommun (oviktat medelvärde)"]


def test_the_unit_key_is_printed_in_two_ways():
    one = read(cell(75.0), municipality=None, ou="V15E149700101")
    other = read(cell(75.0), municipality=None, out="V15E149700101")

    assert seen(one, "area_type", "area_code") == [("kolada_unit", "V15E149700101")]
    assert one.observations.equals(other.observations)


def test_a_unit_of_kolada_is_not_a_school_unit():
    reading = catalogue({"id": "V15E149700101", "title": "Ekskolan", "municipality": "1497"})

    assert reading.areas.select("area_type", "unit_code").rows() == [("kolada_unit", None)]


def test_ninety_five_per_cent_may_hide_one_to_four_pupils():
    hiding, plain = "N15540", "N15419"

    assert seen(read(cell(95.0), kpi=hiding)) == [("T", 95.0, "approximate")]
    assert seen(read(cell(94.9), kpi=hiding)) == [("T", 94.9, "value")]
    assert seen(read(cell(95.0), kpi=plain)) == [("T", 95.0, "value")]


def test_a_withdrawn_value_is_a_gap_that_remembers_what_it_was():
    reading = read(cell(75.0, isdeleted=True))

    assert seen(reading, "value", "status", "raw_value") == [(None, "missing", "75.0 (isdeleted)")]
    assert [one.code for one in reading.report.warnings] == ["withdrawn"]


def test_titles_have_quotation_marks_commas_and_double_spaces():
    title = 'Elever i åk 9,  "alla ämnen", andel (%)'
    reading = catalogue(kpi(title=title, operating_area="Grundskola, fritidshem, åk 0-9"))

    assert reading.measures.select("title", "unit").rows() == [
        ('Elever i åk 9, "alla ämnen", andel (%)', "%")
    ]


def test_publication_date_is_the_next_one_and_may_be_null():
    records = (kpi(publication_date="2026-09-25"), kpi(id="N15420", publication_date=None))

    assert catalogue(*records).measures["next_publication"].to_list() == ["2026-09-25", None]


class TestInTheRealFiles:
    pytestmark = real

    def test_no_id_of_the_catalogue_is_lost_on_the_second_page(self):
        pages = [read_file(KOLADA / f"kpi_page{number}.json") for number in (1, 2)]

        assert [page.next_page for page in pages] == [2, None]
        assert pl.concat([page.measures for page in pages])["code"].n_unique() == 6_099

    def test_exactly_those_measures_say_that_they_hide_pupils_behind_95(self):
        pages = [read_file(KOLADA / f"kpi_page{number}.json") for number in (1, 2)]
        told = pl.concat([page.measures for page in pages]).filter(
            pl.col("definition").str.contains(r"1-4 elever.*95 procent")
        )

        for code in told["code"]:
            assert seen(read(cell(95.0), kpi=code), "status") == [("approximate",)]
        assert told.height == 5

    def test_a_survey_round_repeats_whole_or_not_at_all(self):
        values = read_file(KOLADA / "skolenkaten_municipality_values_ak5_gy2.csv").observations
        before = values.with_columns((pl.col("period").cast(pl.Int32) + 1).cast(pl.String))
        key = ["measure", "area_code", "period"]
        pairs = values.join(before, on=key, suffix="_before").with_columns(
            same=pl.col("value") == pl.col("value_before"), is_year_5=pl.col("measure") < "N17"
        )
        rounds = pairs.group_by("is_year_5", "area_code", "period").agg(
            same=pl.col("same").sum(), asked=pl.len(), marked=pl.col("carried_from").count()
        )
        repeats = rounds.filter((pl.col("same") == pl.col("asked")) & (pl.col("asked") >= 3))
        others = rounds.filter(pl.col("same") < pl.col("asked"))

        assert (pairs.height, pairs["same"].sum()) == (8_688, 5_223)
        assert repeats.filter(pl.col("marked") != pl.col("asked")).is_empty()
        assert (others["same"].max(), others["marked"].sum()) == (2, 0)  # two agree by chance

    def test_half_as_many_municipalities_in_2022(self):
        values = read_file(KOLADA / "skolenkaten_municipality_values_ak5_gy2.csv").observations
        year_5 = values.filter(pl.col("measure") < "N17")
        counts = dict(year_5.group_by("period").agg(pl.n_unique("area_code")).iter_rows())

        assert counts["2022"] < 160
        assert all(count > 250 for year, count in counts.items() if year != "2022")
