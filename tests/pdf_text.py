"""The words of a PDF that Chromium has printed, without a library: what is read on paper."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\nendstream", re.DOTALL)
_NAMED = re.compile(rb"/(F\d+) (\d+) 0 R")
_SPOKEN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj|\[((?:[^\]])*)\] TJ")
_PAIR = re.compile(rb"^<([0-9A-F]+)> <((?:[0-9A-F]{4})+)>$", re.MULTILINE)
_SPAN = re.compile(rb"^<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>$", re.MULTILINE)


def words_of(pdf: bytes) -> str:
    """Return the letters of *pdf* in the order they are written, without spaces between them."""
    parts = {int(number): body for number, body in _OBJECT.findall(pdf)}
    fonts = {name: int(at) for body in parts.values() for name, at in _NAMED.findall(body)}
    letters = {name: _letters(parts, at) for name, at in fonts.items()}
    return "".join(_spoken(_unpacked(body), letters) for body in parts.values()).replace(" ", "")


def _unpacked(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return b""
    return zlib.decompress(found[1]) if b"FlateDecode" in body else found[1]


def _letters(parts: dict[int, bytes], at: int) -> dict[bytes, str]:
    """Return what each sign of a font says, as the font itself tells."""
    told = re.search(rb"/ToUnicode (\d+) 0 R", parts[at])
    table = _unpacked(parts[int(told[1])]) if told else b""
    found = {}
    for first, last, letter in _SPAN.findall(table):
        for step in range(int(last, 16) - int(first, 16) + 1):
            sign = b"%0*X" % (len(first), int(first, 16) + step)
            found[sign] = chr(int(letter, 16) + step)
    for sign, letter in _PAIR.findall(table):
        found[sign] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    return found


def _spoken(drawn: bytes, letters: dict[bytes, dict[bytes, str]]) -> str:
    said, now = [], {}
    for font, one, several in _SPOKEN.findall(drawn):
        now = letters.get(font, {}) if font else now
        wide = len(next(iter(now), b"    "))
        for text in re.findall(rb"<([0-9A-Fa-f]+)>", several) if several else [one]:
            signs = (text[at : at + wide].upper() for at in range(0, len(text), wide))
            said += [now.get(sign, "") for sign in signs]
    return "".join(said)
