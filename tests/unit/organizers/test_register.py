"""Sheets of the register: told apart by their header, odd rows rejected with their reason."""

import pytest

from ska.organizers.register import (
    UnknownSheet,
    municipalities,
    read_sheet,
    readable,
    type_of_number,
)

HEAD = "HUVUDMANNATYP;ORGANISATIONSNR;SKOLENHETSKOD;NAMN;{years};HUVUDMANS NAMN;JURIDISK FORM\n"


def sheet(tmp_path, text):
    path = tmp_path / "blad.csv"
    path.write_text(text, encoding="utf-8")
    return read_sheet(path)


@pytest.mark.parametrize(
    ("years", "cells", "types"),
    [
        ("FKLASS;ÅR1;ELEVER FKLASS", "J;J;12", ["compulsory_school", "preschool_class"]),
        ("FKLASS;ÅR1;ELEVER FKLASS", "N;J;0", ["compulsory_school"]),
        ("FKLASS;ÅR1;ELEVER FKLASS", "J;N;12", ["preschool_class"]),
        ("FKLASS;ÅR1;ÅR9", "J;J;J", ["sami_school"]),
        ("FKLASS;ÅR1;ÅR10", "J;J;J", ["special_school"]),
        ("ÅR1;ÅR9;ÅR8", "J;J;J", ["adapted_compulsory_school"]),
        ("INDIVIDUELLA PROGRAM;B;C", "J;J;J", ["adapted_upper_secondary_school"]),
        ("TEKNIKPROGRAMMET;B;C", "J;J;J", ["upper_secondary_school"]),
        ("LÄN;B;C", "1;2;3", ["municipal_adult_education"]),
    ],
)
def test_the_header_tells_the_kind_of_school(tmp_path, years, cells, types):
    found = sheet(
        tmp_path,
        HEAD.format(years=years)
        + f"Kommunal;2120009999;12345678;Ekhults  centralskola;{cells};EKHULTS KOMMUN;Kommuner\n",
    )

    (unit,) = found.units
    assert (unit.name, unit.school_unit_code) == ("Ekhults centralskola", "12345678")
    assert [str(kind) for kind in unit.school_types] == types


def test_huvudman_rows_and_odd_rows(tmp_path):
    found = sheet(
        tmp_path,
        "ORGANISATIONSNR;HUVUDMANNATYP;NAMN;JURIDISK FORM\n"
        "2120009999;Kommunal      ;EKHULTS KOMMUN;Kommuner\n"
        "5560009999;Enskild;LILLA SKOLAN AB;Aktiebolag\n"
        "x;Enskild;UTAN NUMMER;Aktiebolag\n",
    )

    assert [(row.name, row.organizer_type) for row in found.organizers] == [
        ("Ekhults kommun", "municipal"),
        ("Lilla Skolan AB", "private"),
    ]
    assert [(one["row"], one["raw"]) for one in found.rejections] == [(4, "x")]
    assert found.rows == 3


def test_another_file_is_refused_with_what_was_seen(tmp_path):
    with pytest.raises(UnknownSheet, match="a; b"):
        sheet(tmp_path, "a;b\n1;2\n")


def test_our_list_holds_every_municipality():
    rows = municipalities().organizers

    assert len({row.municipality_code for row in rows}) == 290
    assert len({row.organisation_number for row in rows}) == 290


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("ALE KOMMUN", "Ale kommun"),
        ("021 SKOL AB", "021 Skol AB"),
        ("FJÄLLSKOLAN F-6", "Fjällskolan F-6"),
        ("Bollstanäs skola", "Bollstanäs skola"),
    ],
)
def test_names_in_capitals_become_readable(name, written):
    assert readable(name) == written


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("2120001728", "municipal"),
        ("2220000265", "municipal"),
        ("2321000131", "region"),
        ("2021004631", "state"),
        ("5568373228", "private"),
    ],
)
def test_the_number_tells_the_kind_of_huvudman(number, kind):
    assert type_of_number(number) == kind
