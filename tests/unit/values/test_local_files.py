"""A huvudman's own values from file, and rounds that repeat."""

import pytest
from tests.unit.values.books import book
from tests.unit.values.saved_answers import cells

from ska.values.importers.observations import Refused
from ska.values.importers.recognise import read_content


def survey(rounds):
    lines = [
        f"{kpi},{year},1497,T,{value}"
        for year, values in rounds.items()
        for kpi, value in zip(("N15602", "N15603", "N15613"), values, strict=True)
    ]
    return ("kpi,period,municipality,gender,value\n" + "\n".join(lines)).encode()


def test_a_repeated_survey_round_is_marked_with_the_year_it_began():
    reading = read_content(
        survey({2022: (1, 2, 3), 2023: (1, 2, 3), 2024: (1, 2, 3), 2025: (1, 2, 4)}), "a.csv"
    )

    carried = reading.observations.select("period", "carried_from").unique().sort("period")
    assert carried.rows() == [("2022", None), ("2023", "2022"), ("2024", "2022"), ("2025", None)]


LOCAL = """mått;område;områdesnamn;period;kön;värde;antal;enhet;slag
Trygghet, egen enkät;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10;resultat
Trygghet, egen enkät;12345678;Ekskolan;VT25;flickor;8.4;26;index 0–10;resultat
Närvaro;Förskolan Kotten;;2024/25;;91,5;40;%;
Närvaro;Förskolan Kotten;;2025;;för få;;%;
Närvaro;1497;;någon gång;;90;40;%;
Närvaro;1497;;2023;kanske;90;40;%;
Närvaro;1497;;2022;;90;-3;%;
Närvaro;1497;;2021;;190;30;%;
Närvaro;1497;;2020;;90;999999999999;%;
"""


def test_local_values_are_read():
    reading = read_content(LOCAL.encode(), "egna.csv")

    assert cells(reading, "area_type", "area_code", "period", "gender", "value", "n") == [
        ("school_unit", "12345678", "VT25", "T", 8.2, 52),
        ("school_unit", "12345678", "VT25", "K", 8.4, 26),
        ("school_unit", "Förskolan Kotten", "2024/25", "T", 91.5, 40),
        ("school_unit", "Förskolan Kotten", "2025", "T", None, None),
    ]
    assert [r.row for r in reading.report.rejections] == [6, 7, 8, 9, 10]
    assert reading.report.is_complete
    assert reading.areas["name"].to_list() == ["Ekskolan", "Förskolan Kotten"]


def test_local_values_from_a_workbook():
    rows = [["Mått", "Område", "Period", "Värde", "Antal"], ["Närvaro", "1497", "2025", 91.5, 40]]

    assert cells(read_content(book(rows), "a.xlsx"), "value", "n") == [(91.5, 40)]


def test_the_header_may_stand_below_what_excel_adds():
    assert read_content(b"sep=;\n" + LOCAL.encode(), "a.csv").report.cells == 9


@pytest.mark.parametrize("header", ["personnummer", "Elevnamn", "E-post"])
def test_a_file_with_persons_is_refused(header):
    with pytest.raises(Refused, match="personuppgifter"):
        read_content(LOCAL.replace("områdesnamn", header).encode(), "a.csv")


def test_shares_written_as_parts_of_one_are_noticed():
    text = "mått;område;period;värde;antal;enhet\n" + "".join(
        f"Närvaro;1497;{year};0,9;40;%\n" for year in (2022, 2023, 2024)
    )

    assert "mellan 0 och 1" in " ".join(
        one.text for one in read_content(text.encode(), "a.csv").report.warnings
    )


def test_each_cell_that_stands_twice_is_rejected_whatever_its_number():
    """Numbers of cells have 64 bits: half of them are too large for a signed difference."""
    head = "mått;område;period;värde;antal;enhet"
    for year in range(1990, 2020):
        line = f"Trygghet;12345678;{year};8,2;52;index 0–10"
        reading = read_content("\n".join((head, line, line)).encode(), "egna.csv")
        assert (reading.observations.height, len(reading.report.rejections)) == (1, 1), year
