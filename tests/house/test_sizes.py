"""Small, and said once: no file grows past three hundred lines, no exception lacks its reason."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "tests", "bench")
SOURCES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if "migrations/versions" not in str(path)
)
MOST_LINES = 300
EXCEPTION = re.compile(r"# (?:noqa|type: ignore)\b")
WITH_REASON = re.compile(r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]) +[#-] \S")


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_every_file_is_among_them():
    assert len(SOURCES) > 900


def test_every_file_is_small():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := len(lines_of(path))) > MOST_LINES
    }
    assert long == {}


def test_every_exception_to_a_check_has_its_reason_beside_it():
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        for number, line in enumerate(lines_of(path), 1)
        if EXCEPTION.search(line) and not WITH_REASON.search(line) and path != Path(__file__)
    ]
    assert bare == []
