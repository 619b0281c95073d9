"""Invented pupils as SCB's files have them; no such person, school or number exists."""

from __future__ import annotations

from ska.values.importers.pupil_lines import layouts

UNIT, SMALL = "99900001", "99900002"
DAY = "2026-06-12"
FIRST, LAST = "Canaria", "Påhittdotter"
CLASS = "9KANARIE"


def number(i: int, gender: str = "K") -> str:
    """Return a number that looks like a personal number and is nobody's."""
    return f"20109{i % 10}{90 + i % 9}{i // 10 % 100:02}{2 if gender == 'K' else 3}{i % 10}"


def line(kind: str, i: int, *, unit: str = UNIT, gender: str = "K", day: str = DAY, **marks) -> str:
    """Return a pupil's line of a file, as ``betyg_ak9``; marks are by SCB's column names."""
    layout = next(one for one in layouts() if one.name.startswith(kind))
    fixed = {"system": "Elevreg", "date": day, "version": "1.0", "person": number(i, gender),
             "unit": unit, "class": CLASS, "first_name": FIRST, "last_name": LAST,
             "group": CLASS, "language": "FRA"}  # fmt: skip
    return ";".join(
        marks.get(column.name.replace(" ", "_").replace("(", "").replace(")", ""),
                  fixed.get(column.kind, ""))
        for column in layout.columns
    )  # fmt: skip


def subjects(grade: str, **other: str) -> dict[str, str]:
    """Return the sixteen subjects of åk 9 with one grade, some other."""
    names = ("Bl", "En", "Hkk", "Idh", "Ma", "Mu", "Bi", "Fy", "Ke", "Ge", "Hi", "Re", "Sh", "Sl",
             "Sv", "Tk")  # fmt: skip
    return dict.fromkeys(names, grade) | other


def file(*lines: str, encoding: str = "utf-8") -> bytes:
    """Return lines as a file."""
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
