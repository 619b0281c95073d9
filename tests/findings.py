"""What a quality lead would learn from the real files, asked of the product's own statistics.

`findings` reads published values as every page does; `page` puts what they say into PROSE.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

import polars as pl

from ska.core.swedish import format_number
from ska.overview.queries.peers import similar_to
from ska.overview.rules.places import Where, place_rows
from ska.overview.rules.trends import Seen, Subject, see
from ska.statistics import (
    Comparison,
    Measure,
    Verdict,
    compare,
    compare_many,
    describe_drift,
    describe_run,
    detectable_change,
)

PROSE = (Path(__file__).parent / "findings.md").read_text(encoding="utf-8")
PAGE = Path(__file__).parents[1] / "docs" / "findings.md"
GRADES = (
    "Grundskola - Betyg årskurs 6, andel som fått godkänt betyg (A-E), samtliga elever | "
    "Andel (%) elever som fått godkänt betyg i alla ämnen"
)
TESTS = (
    "Grundskola - Resultat nationella prov årskurs 9, provbetyg per kön - Engelska, Matematik och "
    "Svenska/svenska som andraspråk | "
)
REACHED, TOOK_PART = (
    f"{TESTS}Andel (%) med provbetyg A-E | ",
    f"{TESTS}Andel (%) elever som deltagit | ",
)
STAFF = "Grundskola - Personalstatistik med lärarlegitimation och behörighet | "
CERTIFIED = f"{STAFF}#Heltidstjänster: Andel med lärarlegitimation och behörighet"
LEADING = f"{STAFF}#Heltidstjänster: Förstelärare"
SUBJECTS = {"ma": "Matematik", "en": "Engelska", "sv": "Svenska", "sva": "Svenska som andraspråk"}
STUDY_PEACE, NOT_BULLIED = "N15603", "N15614"
CANCELLED = [("2021/22", "Inga nationella prov våren 2020 och våren 2021.")]
HJO = "1497"
Read = Callable[..., pl.DataFrame]


def series(rows: pl.DataFrame, **people: Any) -> dict[str, list[Measure]]:
    """Return each municipality's measures, oldest first, a gap where a year has no value."""
    periods = sorted(rows["period"].unique())
    found = {}
    for (name,), mine in sorted(rows.group_by("area"), key=lambda pair: str(pair[0][0])):
        years = {row["period"]: row for row in mine.iter_rows(named=True)}
        found[str(name)] = [_measure(years.get(period), period, people) for period in periods]
    return found


def _measure(row: dict[str, Any] | None, period: str, people: dict[str, Any]) -> Measure:
    if row is None or row["value"] is None or row["carried_from"]:
        return Measure(None, label=period, **people)
    return Measure(row["value"], row["n"], period, **people)


def steps(places: dict[str, list[Measure]]) -> dict[str, tuple[Measure, Measure]]:
    """Return the last two years of each place that has a value in both."""
    last = {name: (years[-2], years[-1]) for name, years in places.items()}
    return {name: pair for name, pair in last.items() if None not in (pair[0].value, pair[1].value)}


def told(pairs: dict[str, tuple[Measure, Measure]], *, over_time: bool) -> dict[str, Comparison]:
    """Judge all pairs as a page that shows them together does."""
    return dict(zip(pairs, compare_many(list(pairs.values()), over_time=over_time), strict=True))


def moved(pairs: dict[str, tuple[Measure, Measure]]) -> Counter[str]:
    """Count what the bare values do, and what may be said of it."""
    count: Counter[str] = Counter(n=len(pairs))
    judged = told(pairs, over_time=True)
    for name, (first, last) in pairs.items():
        gap = round((last.value or 0) - (first.value or 0), 1)
        count["up"] += gap > 0
        count["down"] += gap < 0
        count["far"] += abs(gap) >= 5
        count["alone"] += compare(first, last, over_time=True).is_clear
        count["clear"] += judged[name].is_clear
        count["clear_up"] += judged[name].is_clear and gap > 0
        count["clear_down"] += judged[name].is_clear and gap < 0
    return count


def grades(read: Read) -> SimpleNamespace:
    """Year 6: how much of what moves is more than chance."""
    places = series(read(GRADES))
    pairs = steps(places)
    clear = [
        f"{name}: {one.sentence}"
        for name, one in told(pairs, over_time=True).items()
        if one.is_clear
    ]
    middle = round(median(last.n or 0 for _first, last in pairs.values()))
    seen = detectable_change(round(0.72 * middle), middle)
    drift = Counter(_direction(years) for years in places.values())
    return SimpleNamespace(
        **moved(pairs), quoted=clear, middle=middle, rise=100 * (seen.rise or 0),
        rising=drift["up"], falling=drift["down"], level=drift["none"], unknown=drift["unknown"],
        places=len(places),
    )  # fmt: skip


def _direction(years: Sequence[Measure]) -> str:
    one = describe_drift(years)
    if one.verdict is Verdict.CANNOT_TELL:
        return "unknown"
    return ("up" if (one.gap or 0) > 0 else "down") if one.is_clear else "none"


def tests(read: Read) -> dict[str, SimpleNamespace]:
    """Year 9's national tests, subject by subject."""
    return {key: _subject(read, name) for key, name in SUBJECTS.items()}


def _subject(read: Read, name: str) -> SimpleNamespace:
    rows = read(REACHED + name, genders=("T", "K", "M"))
    all_of = rows.filter(pl.col("gender") == "T")
    last = str(rows["period"].max())
    girls, boys = (
        {one: years[-1] for one, years in series(rows.filter(pl.col("gender") == gender)).items()}
        for gender in "KM"
    )
    both = {
        one: (girls[one], boys[one])
        for one in girls
        if one in boys and None not in (girls[one].value, boys[one].value)
    }
    gaps = [one for one in told(both, over_time=False).values() if one.is_clear]
    status = Counter(all_of.filter(pl.col("period") == last)["status"])
    took_part = read(TOOK_PART + name).filter(pl.col("period") == last)["value"].drop_nulls()
    return SimpleNamespace(
        **moved(steps(series(all_of))), gaps=len(gaps), pairs=len(both),
        girls=sum((one.gap or 0) < 0 for one in gaps),
        few=status["suppressed_small_group"], near=status["rounded_near_100"],
        cells=status.total(), took_part=float(took_part.median() or 0), of=len(took_part),
        below_80=int((took_part < 80).sum()),
    )  # fmt: skip


def staff(read: Read) -> SimpleNamespace:
    """Certified teachers: what four years without a known n can tell."""
    places = series(read(CERTIFIED), people=("lärare", "lärare"))
    steadily = Counter(_steadily(years) for years in places.values())
    said = [describe_drift(years) for years in places.values()]
    middles = [median(years[at].value or 0 for years in places.values()) for at in (0, -1)]
    leading = read(LEADING)
    return SimpleNamespace(
        places=len(places), first=middles[0], last=middles[1], rising=steadily[1],
        falling=steadily[-1], can_tell=sum(not one.reason for one in said),
        quoted=describe_run(places["Hjo"], subject="Andelen").sentence,
        leading=float(leading.filter(pl.col("period") == "2023/24")["value"].sum()),
    )  # fmt: skip


def _steadily(years: Sequence[Measure]) -> int:
    signs = {_sign(first, last) for first, last in pairwise(years)}
    return signs.pop() if len(signs) == 1 else 0


def _sign(first: Measure, last: Measure) -> int:
    gap = (last.value or 0) - (first.value or 0)
    return (gap > 0) - (gap < 0)


def survey(read: Read, measures: Sequence[str]) -> SimpleNamespace:
    """Skolenkäten in Kolada: how many of its flat lines are no answers at all."""
    count: Counter[str] = Counter()
    for rows in (read(one) for one in measures):
        for _name, mine in rows.filter(pl.col("value").is_not_null()).group_by("area_code"):
            years = mine.sort("period").select("value", "carried_from").rows()
            count["lines"] += 1
            for (before, _), (value, carried_from) in pairwise(years):
                count["pairs"] += 1
                count["alike"] += value == before
                count["repeated"] += carried_from is not None
                count["equal"] += value == before and carried_from is None
            rounds = sum(carried_from is None for _value, carried_from in years)
            count["most"] = max(count["most"], rounds)
            count["three"] += rounds >= 3
    return SimpleNamespace(**count, shared=100 * count["repeated"] / count["pairs"])


def drawn(rows: pl.DataFrame, subject: Subject, codes: Sequence[str]) -> Iterator[tuple[str, Seen]]:
    """Yield the trend that each municipality's own page would draw beside those like it."""
    names = dict(rows.select("area_code", "area").unique().rows())
    for code in (one for one in codes if one in names):
        like = tuple((one.code, one.name) for one in similar_to(code))
        where = Where(names[code], municipality_code=code, peers=like)
        yield names[code], see(subject, place_rows(rows, where))


def page(found: dict[str, Any]) -> str:
    """Return the page of findings with every number as it is read in Swedish."""
    flat = {
        f"{section}_{name}": _written(value)
        for section, one in found.items()
        for name, value in vars(one).items()
    }
    return PROSE.format(**flat).replace("\u00a0", " ")


def _written(value: Any) -> str:
    if isinstance(value, list):
        return "\n>\n> ".join(value)
    if isinstance(value, str):
        return value
    return format_number(value, 0 if isinstance(value, int) else 1)
