"""A large export read in parts says what it says when it is read whole."""

import polars as pl
import pytest

from ska.values.contents import gather
from ska.values.importers import large
from ska.values.importers.observations import Refused
from ska.values.importers.recognise import read_content, read_parts

HEAD = (
    "Statistik\n\nGrundskola - Stor rapport\nValt läsår: 2024/25\n\n"
    "Skola;Skol-enhetskod;Skolkommun;Kommun-kod;Typ av huvudman;Huvudman;Huvudman orgnr;Ämne;"
    "Antal elever;Andel (%) elever;Noll;\n"
)
FOOT = "\nRapportbeskrivning och definitioner etc.\nAntal elever;Alla elever i ämnet.;\n"


def row(number: int, subject: str = "Svenska", cells: str = "") -> str:
    at = f"Skola {number};{10_000_000 + number};Ekhult;1499;Kommunal;Ekhults kommun;2120009999"
    return f"{at};{subject};{cells or f'{number};{number % 90},5;0'};\n"


ROWS = [row(number, subject) for number in range(40) for subject in ("Svenska", "Musik")]


def content(*more: str, foot: str = FOOT) -> bytes:
    return (HEAD + "".join([*ROWS, *more]) + foot).encode()


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(large, "SMALL", 100)
    monkeypatch.setattr(large, "PART", 30)  # ten rows of three cells


def both(content: bytes):
    parts = read_parts(content, "stor.csv")
    assert isinstance(parts, large.LargeTable)
    return gather(parts), gather([read_content(content, "stor.csv")])


def observations(contents):
    return pl.concat(one.observations for one in contents.parts).sort("row", "column")


@pytest.mark.parametrize(
    "content",
    [
        content(),
        content(foot=""),
        content().replace(b"\n", b"\r\n"),
        content().decode().encode("cp1252"),
        b"\xef\xbb\xbf" + content(),
        content(row(3), row(99, cells="..;x;0"), row(98, cells="1;250,0"), "\n"),
    ],
    ids=["plain", "no-foot", "crlf", "cp1252", "bom", "rejected"],
)
def test_parts_and_whole_say_the_same(content):
    parts, whole = both(content)

    told, same = parts.account.as_json(), whole.account.as_json()
    for one in (told, same):
        one["rejected"].sort(key=lambda cell: (cell["row"], cell["column"]))
    assert told == same
    assert told["warnings"][0]["code"] == "whole_column_zero"
    assert observations(parts).equals(observations(whole))
    assert (parts.cells, parts.digest) == (whole.cells, whole.digest)
    assert parts.series.sort(pl.all()).equals(whole.series.sort(pl.all()))
    for name in ("measures", "areas"):
        assert (
            getattr(parts.reading, name)
            .sort(pl.all())
            .equals(getattr(whole.reading, name).sort(pl.all()))
        )


def test_parts_are_read_anew_each_time():
    parts = read_parts(content(), "stor.csv")

    sizes = [one.observations.height for one in parts]
    assert (max(sizes), sum(sizes)) == (30, 240)
    assert [one.observations.height for one in parts] == sizes


def test_a_cell_that_its_part_or_an_earlier_one_held_is_rejected():
    parts, whole = both(content(row(3), row(98), row(98)))

    assert parts.account.rejected_cells == 6
    assert {cell["row"] for cell in parts.account.rejected} == {7 + len(ROWS), 9 + len(ROWS)}
    assert parts.account.cells == sum(parts.account.by_status.values()) + 6
    assert {cell["reason"] for cell in parts.account.rejected} == {
        cell["reason"] for cell in whole.account.rejected
    }
    assert parts.digest == whole.digest


def test_a_damaged_row_far_down_refuses_the_whole_file():
    with pytest.raises(Refused, match="fler celler än rubriker"):
        gather(read_parts(content(row(99, cells="1;2;0;;7")), "stor.csv"))


def test_an_export_without_rows_is_read_whole():
    assert isinstance(read_parts((HEAD + FOOT.lstrip()).encode(), "tom.csv"), list)


def test_a_file_with_quotes_is_read_whole():
    quoted = content().replace(b"Skola 3;", b'"Skola 3";')

    assert isinstance(read_parts(quoted, "stor.csv"), list)


def test_order_and_spelling_do_not_change_the_digest_but_a_value_does():
    first = gather(read_parts(content(), "a.csv"))
    turned = (HEAD + "".join(reversed(ROWS)).replace(";5,5;", ";5,50;") + FOOT).encode()
    changed = content().replace(b";5,5;", b";5,6;")

    assert gather(read_parts(turned, "b.csv")).digest == first.digest
    assert gather(read_parts(changed, "c.csv")).digest != first.digest
