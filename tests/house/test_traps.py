"""The table of traps tells of tests that exist, and each row of one."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"\| (?!Trap |---)(.+?) \| (.+) \|")


def rows():
    text = (ROOT / "docs" / "traps.md").read_text(encoding="utf-8")
    return [found.groups() for line in text.splitlines() if (found := _ROW.fullmatch(line))]


def test_every_trap_has_a_test_that_exists():
    defined = {}
    for trap, cell in rows():
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", cell)
        assert named, trap
        for path, test in named:
            if path not in defined:
                defined[path] = set(
                    re.findall(r"def (test_\w+)\(", (ROOT / path).read_text(encoding="utf-8"))
                )
            assert test in defined[path], f"{trap}: {path}::{test}"


def test_no_trap_is_told_twice():
    traps = [trap for trap, _cell in rows()]

    assert len(set(traps)) == len(traps) > 80
