"""SCB's pupil files counted together in memory: grades åk 6 and 9, tests åk 3, 6 and 9.

Figures a school unit × subject × gender. Nothing of a single pupil leaves; a grade file and a test
file of the same åk read together also give how grades relate to test grades.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ska.values.importers.counting import Label
from ska.values.importers.long_rows import Rows
from ska.values.importers.observations import Reading, Refused, Report, Source
from ska.values.importers.pupil_groups import Group, Spot
from ska.values.importers.pupil_lines import Column, Pupil, read_lines, recognises

__all__ = ["read", "recognises"]
POINTS = {"A": 20.0, "B": 17.5, "C": 15.0, "D": 12.5, "E": 10.0, "F": 0.0}
_PASSED, _GRADES = "ABCDE", "ABCDEF"
_MOST_GRADES = 16
_SECOND_LANGUAGE = "M2 (betyg)"
_NO_BASIS = "9"
_WORDS = {_NO_BASIS: "streck (underlag saknas)"}
_ASSIGNED = {"BI": "biologi", "FY": "fysik", "KE": "kemi", "GE": "geografi", "HI": "historia",
             "RE": "religionskunskap", "SH": "samhällskunskap"}  # fmt: skip
_SYLLABUS = {"1": "svenska", "2": "svenska som andraspråk"}
_COUNT = "Antal elever vid skolenheten med detta i SCB:s elevfil."
_PASSES = (
    "Andel med lägst E av elever med betyg A–F eller streck; koderna 2, 3, Y och Z räknas inte."
)
_ALL = (
    "Andel elever med lägst E i alla ämnen som de har betyg A–F eller streck i, i hela procent. "
    "Antalet elever är minst så många."
)
_MERIT = (
    "Summan av de 16 bästa betygen, och moderna språk i språkvalet som ett 17:e, av elever med "
    "minst ett betyg A–F. I hela poäng eller längre steg när en decimal kunde avslöja någon. "
    "Antalet elever är minst så många."
)
_TESTED = "Andel med lägst E av elever med provbetyg A–F."
_HAVE_GRADE = "Andel av elevraderna med ett provbetyg A–F, av dem som har en kod."
_LEVEL = "Andel som nådde kravnivån (kod 1) av elever med resultat (kod 0 eller 1)."
_RELATION = "Andel av elever som har både betyg och provbetyg A–F i ämnet."


def read(texts: list[str], file: str, *, limit: int) -> Reading:
    """Return the figures of one or more pupil files; raise Refused when pupils are too few."""
    pupils, rejected, lines = read_lines(texts)
    if len({pupil.key for pupil in pupils}) < limit:
        raise Refused(f"Filen har färre än {limit} elever. Inget om så få kan sparas.")
    kinds = sorted({pupil.layout.name for pupil in pupils})
    report = Report(file=file, source=Source.LOCAL, kind="table", rows=lines)
    report.layout = "+".join(f"scb_{kind.rpartition('_')[0]}" for kind in kinds)
    report.title = "Elevfil till SCB, sammanräknad per skolenhet"
    report.rejections, report.cells = rejected, len(rejected)
    rows = Rows(report, {})

    def at(spot: Spot) -> Group:
        return Group(rows, limit, "SCB:s elevfil", spot)

    for kind in kinds:
        some = [pupil for pupil in pupils if pupil.layout.name == kind]
        for spot, group in _groups(some):
            (_grades if some[0].layout.has_grades else _tests)(at(spot), group)
    for spot, about, hows in _relations(pupils):
        _relation(at(spot), about, hows)
    reading = rows.reading()
    reading.is_own = reading.is_counted = True
    report.warn(
        "counted_in_memory",
        "Elevraderna är sammanräknade i minnet. Namn, personnummer, klass och filen själv sparas "
        f"inte. Grupper med färre än {limit} elever är dolda, och det som skulle avslöja dem.",
    )
    return reading


def _groups(pupils: list[Pupil]) -> Iterator[tuple[Spot, list[Pupil]]]:
    found: dict[tuple[str, str], list[Pupil]] = defaultdict(list)
    for pupil in pupils:
        found[pupil.unit, pupil.period].append(pupil)
    for (unit, period), group in sorted(found.items()):
        yield Spot(unit, period), group


def _grades(group: Group, pupils: list[Pupil]) -> None:
    layout = pupils[0].layout
    name = f"Betyg åk {layout.stage}"
    columns = layout.of_kind("grade")
    for column in columns:
        marks = [(pupil.gender, pupil.marks[column.name]) for pupil in pupils]
        _one_subject(group, f"{name}, {column.subject}", _PASSES, marks, [*_GRADES, _NO_BASIS])
    passed = []
    points = []
    for pupil in pupils:
        given = [pupil.marks[column.name] for column in columns]
        counted = [mark for mark in given if mark in POINTS or mark == _NO_BASIS]
        if counted:
            passed.append((pupil.gender, all(mark in _PASSED for mark in counted)))
        if any(mark in POINTS for mark in given):
            points.append((pupil.gender, _merit(pupil, columns)))
    group.share_of_all(Label(f"{name}, alla ämnen, minst E", "%", _ALL), passed)
    if layout.stage == "9":
        group.mean_of_all(Label(f"{name}, meritvärde", "meritvärde", _MERIT), points, POINTS)


def _merit(pupil: Pupil, columns: list[Column]) -> float:
    points = {column.name: POINTS.get(pupil.marks[column.name], 0.0) for column in columns}
    second = points.pop(_SECOND_LANGUAGE, 0.0)
    return sum(sorted(points.values(), reverse=True)[:_MOST_GRADES]) + second


def _one_subject(
    group: Group, name: str, definition: str, marks: list[tuple[str, str]], counted: list[str]
) -> None:
    """Add the share and the marks of a subject; only the marks that are *counted* are its base."""
    some = [(gender, mark) for gender, mark in marks if mark in counted]
    if not some:
        return
    labels = {mark: _count_of(name, mark) for mark in counted}
    group.subject(Label(f"{name}, minst E", "%", definition), labels, some, _PASSED)


def _count_of(name: str, mark: str) -> Label:
    return Label(f"{name}, antal {_WORDS.get(mark, mark)}", "elever", _COUNT)


def _tests(group: Group, pupils: list[Pupil]) -> None:
    layout = pupils[0].layout
    name = f"Nationella prov åk {layout.stage}"
    for column in layout.of_kind("test_grade"):
        for subject, marks in _by_subject(pupils, column):
            about = f"{name}, {subject}"
            _one_subject(group, about, _TESTED, marks, [*_GRADES])
            told = [(gender, mark in POINTS) for gender, mark in marks if mark]
            if told:
                label = Label(f"{about}, har provbetyg", "%", _HAVE_GRADE)
                group.share(label, told, is_beside=True)
    for column in layout.of_kind("level"):
        part = column.name.split("_")[1]
        for subject, marks in _by_subject(pupils, column):
            reached = [(gender, mark == "1") for gender, mark in marks if mark in ("0", "1")]
            if reached:
                about = f"{name}, {subject}, delprov {part}"
                group.share(Label(f"{about}, nådde kravnivån", "%", _LEVEL), reached)


def _by_subject(pupils: list[Pupil], column: Column) -> list[tuple[str, list[tuple[str, str]]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pupil in pupils:
        found[_subject(pupil, column)].append((pupil.gender, pupil.marks[column.name]))
    return sorted(found.items())


def _subject(pupil: Pupil, column: Column) -> str:
    """Return which subject a test is in: by the syllabus, or the subject that was assigned."""
    start = column.name.partition("_")[0]
    if start == "SV":
        return _SYLLABUS.get(pupil.marks.get("SV_KURSPLAN", ""), "svenska, kursplan ej angiven")
    return _ASSIGNED.get(pupil.marks.get(f"{start}_PROV", ""), column.subject)


def _relations(pupils: list[Pupil]) -> Iterator[tuple[Spot, str, list[tuple[str, str]]]]:
    """Give how grades relate to test grades where the same pupils stand in both kinds of file."""
    for stage in sorted({pupil.layout.stage for pupil in pupils}):
        same = [pupil for pupil in pupils if pupil.layout.stage == stage]
        tests = {(one.key, one.period): one for one in same if not one.layout.has_grades}
        graded = [one for one in same if one.layout.has_grades and (one.key, one.period) in tests]
        for spot, group in _groups(graded):
            pairs = [pair for one in group for pair in _pairs(one, tests[one.key, one.period])]
            for subject in sorted({subject for subject, _gender, _how in pairs}):
                hows = [(gender, how) for said, gender, how in pairs if said == subject]
                yield spot, f"åk {stage}, {subject}", hows


def _relation(group: Group, about: str, hows: list[tuple[str, str]]) -> None:
    labels = {
        how: Label(f"Betyg {how} provbetyg, {about}", "%", _RELATION)
        for how in ("lägre än", "lika med", "högre än")
    }
    group.parts(labels, hows)


def _pairs(grade: Pupil, test: Pupil) -> Iterable[tuple[str, str, str]]:
    """Return subject, gender and how grade and test grade compare, where a pupil has both."""
    given = {column.subject: grade.marks[column.name] for column in grade.layout.of_kind("grade")}
    for column in test.layout.of_kind("test_grade"):
        subject, mark = _subject(test, column), test.marks[column.name]
        if mark in POINTS and given.get(subject) in POINTS:
            difference = POINTS[given[subject]] - POINTS[mark]
            how = "lika med" if not difference else "högre än" if difference > 0 else "lägre än"
            yield subject, grade.gender, how
