"""Small saved answers, written by hand after the shapes of data-sources 3–9."""

from __future__ import annotations

from typing import Any

import orjson

ORGANIZER, UNIT = "2120001728", "12345678"


def saved(body: Any) -> bytes:
    """Return an answer as it is saved."""
    return orjson.dumps(body)


def element(value: str | None, kind: str = "EXISTS", period: str | None = "2024/25") -> Any:
    """Return one element of a measure in planned-educations."""
    return {"value": value, "valueType": kind, "timePeriod": period}


def school(kind: str = "gr", unit: str = UNIT, **measures: Any) -> bytes:
    """Return a school's statistics of one school type."""
    href = f"https://example.test/v4/school-units/{unit}/statistics/{kind}"
    body = {"schoolUnit": unit, "certifiedTeachersQuota": [], **measures}
    links = {"_links": {"self": {"href": href}}}
    return saved({"status": "OK", "message": "Success", "body": body | links})


def stat2(
    measures: dict[str, str],
    areas: dict[str, str],
    times: dict[str, str],
    value: list[float | None],
    **more: Any,
) -> dict[str, Any]:
    """Return a json-stat2 answer of the statistics database."""
    parts = {"variable": measures, "level": areas, "time": times}
    return {
        "id": list(parts),
        "size": [len(one) for one in parts.values()],
        "dimension": {
            name: {"category": {"index": {code: i for i, code in enumerate(one)}, "label": one}}
            for name, one in parts.items()
        },
        "value": value,
        "label": "Underlag för analys för grundskola efter mått, huvudman och läsår",
    } | more


AREAS = {
    "00": "RIKET: TOTALT",
    ORGANIZER: f"HJO KOMMUN ({ORGANIZER}): HUVUDMAN",
    f"{ORGANIZER}-{UNIT}": f"HJO KOMMUN ({ORGANIZER}): EKSKOLAN ({UNIT})",
}
