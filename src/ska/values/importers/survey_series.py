"""National index series of Skolenkäten, read out of the inspectorate's reports by a third party.

Each point says where it comes from: the report of its round, the report's trend, or the third
party's own calculation, which is told and never mixed up with the inspectorate's own figure.
"""

from __future__ import annotations

from typing import Any

from ska.values.importers.long_rows import Rows, dicts, period_of, plain
from ska.values.importers.observations import AreaType, Reading, Report, Source
from ska.values.importers.saved import SavedAnswer

_OWN_CALCULATION = "beräknad"


def recognises(answers: list[SavedAnswer]) -> bool:
    """Tell whether the file holds index series."""
    body = answers[0].body
    return isinstance(body, dict) and isinstance(body.get("index_series"), list)


def read(answers: list[SavedAnswer], file: str) -> Reading:
    """Return the points of all series, one measure a group and area of questions."""
    report = Report(
        file=file,
        source=Source.SCHOOL_SURVEY,
        kind="data",
        layout="index_series",
        title="Skolinspektionen, Skolenkäten, riksindex",
    )
    rows = Rows(report, {})
    rows.name_area(str(AreaType.COUNTRY), "00", name="Riket")
    series = list(dicts(answers[0].body["index_series"]))
    report.rows = len(series)
    computed = 0
    for number, one in enumerate(series, start=1):
        points = list(dicts(one.get("points")))
        computed += sum(point.get("source") == _OWN_CALCULATION for point in points)
        _series(rows, number, one, points)
    if computed:
        report.warn(
            "computed_second_hand",
            f"{computed} värden är beräknade av den som läst ut rapporterna, inte av "
            "Skolinspektionen. Enkäten gjordes om 2018 och 2022: jämför inte över de åren.",
        )
    return rows.reading()


def _series(rows: Rows, number: int, one: dict[str, Any], points: list[dict[str, Any]]) -> None:
    group, who, subject = (plain(one.get(name)) or "" for name in ("group", "subgroup", "omrade"))
    code = f"{group} | {who} | {subject}"
    rows.measures[code] = {
        "code": code,
        "title": f"{subject}, {group.lower()}, {who} (index)",
        "unit": "index 0–10",
        "nature": "result",
    }
    for point in points:
        label = plain(point.get("label")) or ""
        period_type, period = period_of(label)
        rows.add(
            measure=code,
            area_type=str(AreaType.COUNTRY),
            area_code="00",
            period_type=period_type,
            period=period,
            raw_value=plain(point.get("index")),
            counts_in="index 0–10",
            row=number,
            column=label,
            reason=None if period else "perioden känns inte igen",
        )
