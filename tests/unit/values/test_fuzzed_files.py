"""Real files (or ours, without them) mutated in many ways: read whole or refused, never broken."""

import gzip
import io
import os
import random
import time
import zipfile
from pathlib import Path

import pytest
from tests.factories.values import export, own_table
from tests.sizes import size
from tests.unit.values.books import book
from tests.unit.values.exports import XML, sheet

from ska.values.importers.observations import Refused
from ska.values.importers.recognise import read_content

pytestmark = pytest.mark.prove
DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
OURS = [
    export("1497;Samtliga;120;75,8", "1497;Enskild;..;~100").encode(),
    own_table("Trygghet;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10"),
    XML.encode(),
    book({"A": sheet("Samtliga", 60), "B": sheet("Kommunal", "..")}),
]
LARGEST_SEED = 400_000  # a mutation is about damage, not about size
ROUNDS = size(250, 5_000)
SEED = 20261126


def seeds():
    real = [
        path.read_bytes()
        for folder in ("siris_csv", "siris_xml")
        for path in sorted((DATA / "skolverket" / folder).glob("*"))
        if path.stat().st_size < LARGEST_SEED
    ]
    return OURS + real


def cut_off(content, rng):
    return content[: rng.randrange(len(content))]


def lose_a_piece(content, rng):
    at = rng.randrange(len(content))
    return content[:at] + content[at + rng.randrange(400) :]


def flip_bytes(content, rng):
    damaged = bytearray(content)
    for _ in range(rng.randrange(1, 40)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def wrong_encoding(content, rng):
    written, meant = rng.choice(
        [("utf-16", "utf-8"), ("cp1252", "utf-8"), ("utf-8", "cp1252"), ("utf-16-le", "utf-8")]
    )
    return content.decode(meant, errors="replace").encode(written, errors="replace")


def wrong_delimiter(content, rng):
    return content.replace(b";", rng.choice([b",", b"\t", b"|", b";;", b""]))


def put_in(content, rng):
    pieces = (
        b'=cmd|" /C calc"!A0;', b"@SUM(1+1)*cmd;", b'"', b"\0" * 50, b"0" * 5_000, b";" * 3_000,
        b"\r", b"\n\n\n", b"<!ENTITY x SYSTEM 'file:///etc/passwd'>", b"&x;", b"\xff\xfe", b"1e999",
        "١٢٣".encode(), "−200".encode(), b"nan;inf;-0;",
    )  # fmt: skip
    at = rng.randrange(len(content))
    return content[:at] + rng.choice(pieces) * rng.randrange(1, 4) + content[at:]


def say_lines_again(content, rng):
    lines = content.split(b"\n")
    rng.shuffle(picked := lines[: rng.randrange(1, 40)])
    return b"\n".join(picked + lines)


def pack(content, rng):
    packed = gzip.compress(content, 1)
    return packed if rng.random() < 0.3 else flip_bytes(packed, rng)


def another_sheet(content, rng):
    if not content.startswith(b"PK"):
        return cut_off(content, rng)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.startswith("xl/") and rng.random() < 0.4:
                part = flip_bytes(part, rng) if rng.random() < 0.5 else put_in(part, rng)
            if rng.random() < 0.95:
                new.writestr(entry.filename, part)
    return out.getvalue()


MUTATIONS = [
    cut_off, lose_a_piece, flip_bytes, wrong_encoding, wrong_delimiter, put_in, say_lines_again,
    pack, another_sheet,
]  # fmt: skip


def test_a_mutated_file_is_read_with_a_whole_account_or_refused():
    rng, files, refused = random.Random(SEED), seeds(), []
    for number in range(ROUNDS):
        content, mutate = rng.choice(files), rng.choice(MUTATIONS)
        mutated = mutate(content, rng)
        try:
            reading = read_content(mutated, "fil")
        except Refused as refusal:
            refused.append(str(refusal))
        else:
            report = reading.report
            assert report.is_complete, f"{number} {mutate.__name__}"
            kept = reading.observations.height
            assert kept == sum(report.by_status.values()) or reading.is_catalogue, number
    assert 0 < len(refused) < ROUNDS
    assert all(said.endswith((".", "…")) for said in refused)


def zip_of(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return out.getvalue()


def far_corner():
    content = book([["Kommun"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                part = part.replace(b"</sheetData>", corner)
            new.writestr(entry.filename, part)
    return out.getvalue()


def gigabyte_of(letter):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as archive:
        for _ in range(1_000):
            archive.write(letter * 1_000_000)
    return out.getvalue()


BOMBS = {
    "a gigabyte of zeros": lambda: gigabyte_of(b"0"),
    "a gigabyte of nothing": lambda: gigabyte_of(b"\0"),
    "a zip bomb": lambda: zip_of(xl__worksheets__sheet1_xml=b"0" * 400_000_000),
    "a cell in the far corner": far_corner,
    "100 000 columns": lambda: b";".join([b"Kommun"] * 100_000) + b"\n" + b"1;" * 100_000,
    "a wide line above many short": lambda: b";" * 15_000 + b"\n1" * 100_000,
    "one endless line": lambda: b"0" * 150_000_000,
    "XML entities": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "&%c;&%c;">' % (c + 1, c, c) for c in range(97, 120))
        + b"]><root><rubrik>&x;</rubrik></root>"
    ),
}


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_with_a_sentence_before_it_goes_off(make):
    content = make()
    started = time.process_time()

    with pytest.raises(Refused) as refusal:
        read_content(content, "fil")

    assert str(refusal.value).endswith(".")
    assert time.process_time() - started < 60
