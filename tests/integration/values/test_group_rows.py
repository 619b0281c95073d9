"""Rows of a group of pupils: what is refused of them in files, and what the database keeps."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.factories.group_files import (
    ALL,
    FOREIGN,
    NUMBER,
    SCHOOLS,
    SWEDISH,
    WHOLE,
    read_in,
    table,
)
from tests.factories.values import own_table

from ska.errors import Invalid


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (SWEDISH.replace("svensk bakgrund", "klass 7A"), "gruppen känns inte igen; skriv alla, sv"),
        (SWEDISH.replace(NUMBER, "1497"), "en grupp läses in för huvudmannen eller en skola som"),
        (SWEDISH.replace(";;sv", ";flickor;sv"), "en grupp läses in för huvudmannen eller en sk"),
        (
            SWEDISH.replace(f"{NUMBER};Ekhult", "12345678;Ekskolan").replace(";;sv", ";pojkar;sv"),
            "en grupp läses in för huvudmannen eller en skola som helhet; skriv organisationsnumret"
            " eller skolenhetskoden som område och alla som kön",
        ),
        (SWEDISH.replace(";%", ";meritvärde"), "en grupp läses in som andel; skriv enheten %"),
        (SWEDISH.replace(";60;", ";;"), "en grupp behöver antal; skriv hur många elever"),
    ],
)
def test_a_row_of_a_group_that_cannot_be_told_is_rejected_and_said(session, kim, ekhult, row, said):
    tried, read = read_in(session, kim, ekhult, table(row, *SCHOOLS, WHOLE))
    (rejected,) = tried.rejected
    assert rejected["reason"].startswith(said)
    assert read.new == 4


def test_groups_of_another_huvudman_are_refused(session, kim, ekhult):
    with pytest.raises(Invalid, match=f"ert organisationsnummer, {NUMBER}, som område"):
        read_in(session, kim, ekhult, ALL.replace(NUMBER.encode(), b"2120009999"))


def test_a_file_of_groups_alone_is_warned_of(session, kim, ekhult):
    tried, _ = read_in(session, kim, ekhult, table(SWEDISH, FOREIGN))
    assert any("ingen rad för alla elever" in one["text"] for one in tried.warnings)


def test_groups_of_a_school_without_the_huvudmans_are_warned_of(session, kim, ekhult):
    school = SWEDISH.replace(f"{NUMBER};Ekhult", "12345678;Ekskolan").replace("66,7;60", "50;40")
    tried, read = read_in(session, kim, ekhult, table(*SCHOOLS, WHOLE, FOREIGN, school))
    assert (read.new, read.rejected_cells) == (6, 0)
    said = [one["text"] for one in tried.warnings]
    assert any("värde för grupper på skolor har ingen rad för samma" in one for one in said)


def test_files_without_groups_have_the_digest_they_had(session, kim, ekhult):
    plain = own_table("Trygghet;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10")
    read_in(session, kim, ekhult, plain)
    kept = session.scalar(text("SELECT digest FROM own_import"))
    _, again = read_in(session, kim, ekhult, plain)
    assert kept
    assert (again.unchanged, again.import_id) == (1, None)


def test_an_absence_table_with_groups_is_refused(session, kim, ekhult):
    content = (
        "Skola;Läsår;Grupp;Antal elever;Total frånvaro (%)\n"
        "Ekskolan;2025/26;utländsk bakgrund;40;8,1\n"
    ).encode()
    with pytest.raises(Invalid, match=r"kolumnen grupp|känns inte igen"):
        read_in(session, kim, ekhult, content)


@pytest.mark.parametrize(
    ("shelf", "area_type", "gender", "rule"),
    [
        ("", "organizer", "T", "of_the_whole"),
        ("own_", "group", "T", "divided_as_a_whole"),
        ("own_", "school_unit", "K", "divided_as_a_whole"),
        ("own_", "organizer", "K", "divided_as_a_whole"),
    ],
)
def test_the_database_keeps_groups_to_wholes(session, ekhult, shelf, area_type, gender, rule):
    column, owner = ("organizer_id, ", f"'{ekhult.id}', ") if shelf else ("", "")
    with pytest.raises(IntegrityError, match=rule):
        session.execute(
            text(
                f"SET LOCAL ROLE NONE; WITH m AS (INSERT INTO {shelf}measure ({column}source, code,"
                f" title) VALUES ({owner}'local', 'N1', 'N1') RETURNING id)"
                f" INSERT INTO {shelf}series ({column}measure_id, area_type, scope, gender,"
                f" period_type, pupil_group) SELECT {owner}id, '{area_type}', 'all', '{gender}',"
                " 'school_year', 'bakgrund:svensk' FROM m"
            )
        )
