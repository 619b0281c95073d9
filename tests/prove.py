"""`make prove [PART=…]`: the same tests in full size; each part adds a line to docs/measured.md."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
MEASURED = ROOT / "docs" / "measured.md"
PARTS = {
    "isolation": ["tests/house/test_isolation.py"],
    "editor": ["tests/browser/test_autosave.py", "tests/browser/test_editor.py"],
    "reminders": ["tests/integration/reminders", "tests/unit/cycle"],
    "suppression": [
        "tests/unit/values/test_suppression.py",
        "tests/unit/values/test_divided.py",
        "tests/unit/values/test_divided_units.py",
        "tests/unit/values/test_pupil_tables.py",
        "tests/unit/values/test_gate.py",
    ],
    "values": ["tests/integration/values", "tests/unit/values"],
    "api": ["tests/integration/api"],
    "statistics": ["tests/unit/statistics", "tests/integration/overview/test_findings.py"],
    "fetching": ["tests/unit/fetching", "tests/integration/fetching"],
}


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() or "-"


def prove(part: str) -> int:
    """Run one part in full size, note the result and return pytest's exit code."""
    paths = [path for path in PARTS[part] if (ROOT / path).exists()]
    environment = {**os.environ, "SKA_PROVE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *paths, "-n", "2", "--dist", "loadfile"],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    sys.stdout.write(done.stdout)
    last = next((line for line in reversed(done.stdout.splitlines()) if line.strip()), "-")
    now = datetime.now(UTC).date().isoformat()
    proofs, heading, rest = MEASURED.read_text(encoding="utf-8").partition("\n## Benchmarks")
    line = f"| {now} | {_commit()} | {part} | {last.strip('= ')} |\n"
    MEASURED.write_text(proofs + line + heading + rest, encoding="utf-8")
    return done.returncode


def main() -> int:
    """Run the named parts, or all; return the worst exit code."""
    wanted = sys.argv[1:] or list(PARTS)
    return max(prove(part) for part in wanted)


if __name__ == "__main__":
    sys.exit(main())
