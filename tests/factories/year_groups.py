"""Random year groups of invented pupils, as the files that schools send to SCB."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.factories.pupils import file, line

MARKS = "ABCDEF9"
SUBJECTS = {"Bl": "bild", "En": "engelska", "Hkk": "hem- och konsumentkunskap",
            "Idh": "idrott och hälsa", "Ma": "matematik", "Mu": "musik", "Bi": "biologi",
            "Fy": "fysik", "Ke": "kemi", "Ge": "geografi", "Hi": "historia",
            "Re": "religionskunskap", "Sh": "samhällskunskap", "Sl": "slöjd", "Sv": "svenska",
            "Tk": "teknik"}  # fmt: skip


@dataclass
class YearGroup:
    """Pupils: gender, and a mark by subject."""

    pupils: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def subjects(self) -> list[str]:
        return sorted({subject for _, marks in self.pupils for subject in marks})

    def content(self) -> bytes:
        return file(*(line("betyg_ak9", i, gender=gender, **marks)
                      for i, (gender, marks) in enumerate(self.pupils)))  # fmt: skip

    def count(self, subject: str, gender: str, marks: str) -> int:
        return sum(said in (gender if gender != "T" else "KM") and found.get(subject, "") in marks
                   and found.get(subject, "") != ""
                   for said, found in self.pupils)  # fmt: skip


def year_group(seed: int) -> YearGroup:
    """Return a year group: mostly ordinary ones, small and one-sided ones among them."""
    draw = Random(seed)
    size = draw.choice([draw.randint(8, 30), draw.randint(20, 60), draw.randint(50, 120)])
    girls = draw.choice([0.5, 0.5, 0.5, draw.random()])
    subjects = draw.sample(list(SUBJECTS), draw.choice([1, 2, 3, 3, 16]))
    ordinary = [3, 5, 9, 7, 5, draw.choice([0, 0.5, 3]), draw.choice([0, 0.2])]
    weights = {
        subject: draw.choice([ordinary, [draw.random() ** 3 + 1e-9 for _ in MARKS]])
        for subject in subjects
    }
    left_out = draw.choice([0, 0, 0.03, 0.3])
    group = YearGroup()
    for _ in range(size):
        marks = {
            subject: draw.choice(["3", ""])
            if draw.random() < left_out
            else draw.choices(MARKS, weights[subject])[0]
            for subject in subjects
        }
        group.pupils.append(("K" if draw.random() < girls else "M", marks))
    return group
