"""Own values have one way out: the gate. Nothing else reads their tables to show a number."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "ska"
TABLES = re.compile(r"own_(value|series|measure|area)\b|Own(Value|Series|Measure|Area)\b|\{own\}")
# Who may name the tables of own values, and why nothing gets out that way.
MAY = {
    "values/models.py": "declares them",
    "values/shelves.py": "where a file is written; compared, never shown",
    "values/history.py": "tells only that a pinned own value has changed",
    "values/past.py": "tells from which file a version came",
    "values/own.py": "reads whole measures and passes them through the gate",
}
GATE = re.compile(r"\bpass_gate\b|\bvalues\.gate\b")


def files():
    for path in sorted(SOURCE.rglob("*.py")):
        name = str(path.relative_to(SOURCE))
        if not name.startswith("db/migrations"):
            yield name, path.read_text(encoding="utf-8")


def test_only_the_one_way_reads_own_values():
    found = {name for name, text in files() if TABLES.search(text)}
    assert found == set(MAY)


def test_only_the_one_way_opens_the_gate():
    outside = {
        name for name, text in files() if GATE.search(text) and not name.startswith("values/gate/")
    }
    assert outside == {"values/own.py"}


@pytest.mark.parametrize(
    "written",
    ["JOIN own_value v", "select(OwnValue.value)", "FROM {own}value", "own_series s"],
)
def test_the_rule_bites(written):
    assert TABLES.search(written)
