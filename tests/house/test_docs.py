"""Documents that tests keep true."""

from inspect import isfunction
from pathlib import Path

from ska import statistics
from ska.settings import Settings

ROOT = Path(__file__).parents[2]
ONLY_COMMANDS = {"SKA_APP_PASSWORD", "SKA_REAL_DATA", "SKA_BENCH_DATA"}


def test_each_setting_has_its_line():
    lines = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
    told = {line.split("`")[1] for line in lines if line.startswith("| `SKA_")}

    assert told - ONLY_COMMANDS == {f"SKA_{name.upper()}" for name in Settings.model_fields}


def test_the_readme_gives_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "make run" in readme
    assert "make test" in readme


def test_no_file_names_a_machine():
    forbidden = ["/" + "work/", "pypi" + ".org", "/" + "opt/pypi"]
    for path in ROOT.rglob("*"):
        parts = set(path.relative_to(ROOT).parts)
        if parts & {
            ".git",
            ".venv",
            ".venv-peers",
            ".ruff_cache",
            ".mypy_cache",
            "node_modules",
            "vendor",
            "__pycache__",
            ".hypothesis",
        }:
            continue
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".yaml", ".yml", ".lock", ""}:
            content = path.read_text(encoding="utf-8", errors="ignore")
            assert not any(word in content for word in forbidden), path


def test_each_decision_has_one_number_and_the_three_parts():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [record.name[:4] for record in records]

    assert len(set(numbers)) == len(numbers)
    assert set(range(1, 34)) <= {int(number) for number in numbers}
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert "<<<<<<<" not in text, record.name
        assert all(part in text for part in ("Context", "Decision", "Consequences")), record.name


def test_each_statistic_says_what_it_was_checked_against():
    told = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    public = [name for name in statistics.__all__ if isfunction(getattr(statistics, name))]

    assert [name for name in public if f"`{name}`" not in told] == []
