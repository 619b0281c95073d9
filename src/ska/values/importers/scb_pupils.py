"""SCB's pupil files counted together in memory: grades åk 6 and 9, tests åk 3, 6 and 9.

Figures a school unit × subject × gender. Nothing of a single pupil leaves; a grade file and a test
file of the same åk read together also give how grades relate to test grades.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ska.values.importers.counting import Counting, Label, Spot
from ska.values.importers.long_rows import Rows
from ska.values.importers.observations import Reading, Refused, Report, Source
from ska.values.importers.pupil_lines import Column, Pupil, read_lines, recognises

__all__ = ["read", "recognises"]
POINTS = {"A": 20.0, "B": 17.5, "C": 15.0, "D": 12.5, "E": 10.0, "F": 0.0}
_PASSED, _GRADES = set("ABCDE"), list("ABCDEF")
_MOST_GRADES = 16
_SECOND_LANGUAGE = "M2 (betyg)"
_WORDS = {
    "9": "streck (underlag saknas)",
    "3": "kod 3 (anpassad studiegång)",
    "2": "kod 2 (valfritt ämne utan betyg, eller blockbetyg)",
    "Y": "kod Y (se SCB:s beskrivning)",
    "Z": "kod Z (se SCB:s beskrivning)",
    "77": "kod 77 (inget resultat, se SCB:s beskrivning)",
    "88": "kod 88 (inget resultat, se SCB:s beskrivning)",
    "99": "kod 99 (inget resultat, se SCB:s beskrivning)",
    "": "uppgift saknas",
}
_ASSIGNED = {"BI": "biologi", "FY": "fysik", "KE": "kemi", "GE": "geografi", "HI": "historia",
             "RE": "religionskunskap", "SH": "samhällskunskap"}  # fmt: skip
_SYLLABUS = {"1": "svenska", "2": "svenska som andraspråk"}
_COUNT = "Antal elever vid skolenheten med detta i SCB:s elevfil."
_PASSES = (
    "Andel med lägst E av elever med betyg A–F eller streck; koderna 2, 3, Y och Z räknas inte."
)
_ALL = "Andel elever med lägst E i alla ämnen som de har betyg A–F eller streck i."
_MERIT = (
    "Summan av de 16 bästa betygen, och moderna språk i språkvalet som ett 17:e, "
    "av elever med minst ett betyg A–F."
)
_RELATION = "Andel av elever som har både betyg och provbetyg A–F i ämnet."
Group = tuple[Spot, list[Pupil]]


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
    counting = Counting(Rows(report, {}), limit, "SCB:s elevfil")
    for kind in kinds:
        some = [pupil for pupil in pupils if pupil.layout.name == kind]
        for spot, group in _groups(some):
            (_grades if some[0].layout.has_grades else _tests)(counting, spot, group)
    _relations(counting, pupils)
    reading = counting.rows.reading()
    reading.is_own = reading.is_counted = True
    report.warn(
        "counted_in_memory",
        "Elevraderna är sammanräknade i minnet. Namn, personnummer, klass och filen själv sparas "
        f"inte. Grupper med färre än {limit} elever är dolda.",
    )
    return reading


def _groups(pupils: list[Pupil]) -> Iterator[Group]:
    found: dict[tuple[str, str], list[Pupil]] = defaultdict(list)
    for pupil in pupils:
        found[pupil.unit, pupil.period].append(pupil)
    for (unit, period), group in sorted(found.items()):
        yield Spot(unit, period), group


def _grades(counting: Counting, spot: Spot, pupils: list[Pupil]) -> None:
    layout = pupils[0].layout
    name = f"Betyg åk {layout.stage}"
    columns = layout.of_kind("grade")
    for column in columns:
        marks = [(pupil.gender, pupil.marks[column.name]) for pupil in pupils]
        _one_subject(counting, spot, f"{name}, {column.subject}", (marks, _PASSES, ["9"]))
    passed = []
    points = []
    for pupil in pupils:
        given = [pupil.marks[column.name] for column in columns]
        counted = [mark for mark in given if mark in POINTS or mark == "9"]
        if counted:
            passed.append((pupil.gender, all(mark in _PASSED for mark in counted)))
        if any(mark in POINTS for mark in given):
            points.append((pupil.gender, _merit(pupil, columns)))
    counting.share(spot, Label(f"{name}, alla ämnen, minst E", "%", _ALL), passed)
    if layout.stage == "9":
        counting.mean(spot, Label(f"{name}, meritvärde", "meritvärde", _MERIT), points)


def _merit(pupil: Pupil, columns: list[Column]) -> float:
    points = {column.name: POINTS.get(pupil.marks[column.name], 0.0) for column in columns}
    second = points.pop(_SECOND_LANGUAGE, 0.0)
    return sum(sorted(points.values(), reverse=True)[:_MOST_GRADES]) + second


def _one_subject(
    counting: Counting, spot: Spot, name: str, told: tuple[list[tuple[str, str]], str, list[str]]
) -> None:
    """Add share, grades and codes of a subject; *told* is marks, definition, codes."""
    marks, definition, also = told
    if not any(mark for _gender, mark in marks):
        return
    base = [*_GRADES, *also]
    some = [(gender, mark) for gender, mark in marks if mark in base]
    is_shown = counting.share(
        spot,
        Label(f"{name}, minst E", "%", definition),
        [(gender, mark in _PASSED) for gender, mark in some],
    )
    labels = {mark: _count_of(name, mark) for mark in base}
    wholes = [_GRADES[:5], ["F", *also]] if is_shown else [base]
    counting.distribution(spot, labels, some, wholes)
    codes = sorted({mark for _gender, mark in marks if mark not in base})
    labels = {mark: _count_of(name, mark) for mark in codes}
    counting.distribution(spot, labels, marks, [codes])


def _count_of(name: str, mark: str) -> Label:
    return Label(f"{name}, antal {_WORDS.get(mark, mark)}", "elever", _COUNT)


def _tests(counting: Counting, spot: Spot, pupils: list[Pupil]) -> None:
    layout = pupils[0].layout
    name = f"Nationella prov åk {layout.stage}"
    for column in layout.of_kind("test_grade"):
        for subject, marks in _by_subject(pupils, column):
            about = f"{name}, {subject}"
            definition = "Andel med lägst E av elever med provbetyg A–F."
            _one_subject(counting, spot, about, (marks, definition, []))
            told = [(gender, mark in POINTS) for gender, mark in marks if mark]
            definition = "Andel av elevraderna med ett provbetyg A–F, av dem som har en kod."
            counting.share(spot, Label(f"{about}, har provbetyg", "%", definition), told)
    for column in layout.of_kind("level"):
        part = column.name.split("_")[1]
        for subject, marks in _by_subject(pupils, column):
            _level(counting, spot, f"{name}, {subject}, delprov {part}", marks)


def _level(counting: Counting, spot: Spot, name: str, marks: list[tuple[str, str]]) -> None:
    reached = [(gender, mark == "1") for gender, mark in marks if mark in ("0", "1")]
    definition = "Andel som nådde kravnivån (kod 1) av elever med resultat (kod 0 eller 1)."
    counting.share(spot, Label(f"{name}, nådde kravnivån", "%", definition), reached)
    codes = sorted({mark for _gender, mark in marks if mark not in ("0", "1")})
    counting.distribution(spot, {mark: _count_of(name, mark) for mark in codes}, marks, [codes])


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


def _relations(counting: Counting, pupils: list[Pupil]) -> None:
    """Add how grades relate to test grades where the same pupils stand in both kinds of file."""
    for stage in sorted({pupil.layout.stage for pupil in pupils}):
        same = [pupil for pupil in pupils if pupil.layout.stage == stage]
        tests = {(one.key, one.period): one for one in same if not one.layout.has_grades}
        graded = [one for one in same if one.layout.has_grades and (one.key, one.period) in tests]
        for spot, group in _groups(graded):
            pairs = [pair for one in group for pair in _pairs(one, tests[one.key, one.period])]
            for subject in sorted({subject for subject, _gender, _how in pairs}):
                hows = [(gender, how) for said, gender, how in pairs if said == subject]
                _relation(counting, spot, f"åk {stage}, {subject}", hows)


def _relation(counting: Counting, spot: Spot, about: str, hows: list[tuple[str, str]]) -> None:
    labels = {
        how: Label(f"Betyg {how} provbetyg, {about}", "%", _RELATION)
        for how in ("lägre än", "lika med", "högre än")
    }
    counting.distribution(spot, labels, hows, [list(labels)])


def _pairs(grade: Pupil, test: Pupil) -> Iterable[tuple[str, str, str]]:
    """Return subject, gender and how grade and test grade compare, where a pupil has both."""
    given = {column.subject: grade.marks[column.name] for column in grade.layout.of_kind("grade")}
    for column in test.layout.of_kind("test_grade"):
        subject, mark = _subject(test, column), test.marks[column.name]
        if mark in POINTS and given.get(subject) in POINTS:
            difference = POINTS[given[subject]] - POINTS[mark]
            how = "lika med" if not difference else "högre än" if difference > 0 else "lägre än"
            yield subject, grade.gender, how
