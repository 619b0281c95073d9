"""Story 1: what Kim writes, told once; the browser test and the API test both tell it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

OBSERVATIONS: list[dict[str, Any]] = [
    {
        "kind": "indicator",
        "text": "Andel elever i årskurs 9 med godkänt i alla ämnen",
        "source": "Ekhults centralskola, betyg vårterminen",
        "population": "elever i årskurs 9, Ekhults centralskola",
        "unit_of_measure": "%",
        "values": [
            {"period": "2024", "value": "71,4", "n": 63},
            {"period": "2025", "value": "68,1", "n": 69},
            {"period": "2026", "value": "61,8", "n": 68},
        ],
    },
    {
        "kind": "survey",
        "text": "Elevenkät, studiero. Svarsandel 84 %.",
        "source": "Ekhults elevenkät 2026",
        "population": "",
        "unit_of_measure": "index",
        "values": [
            {"period": "2025", "value": "6,6", "n": None},
            {"period": "2026", "value": "5,9", "n": None},
        ],
    },
    {
        "kind": "interview",
        "text": "Elva intervjuröster om att komma ny till skolan under högstadiet",
        "source": "",
        "population": "",
        "unit_of_measure": "",
        "values": [],
    },
]
FINDING = (
    "Andelen elever i årskurs 9 med godkänt i alla ämnen har sjunkit två år i rad (2024–2026). "
    "Nedgången är störst i matematik och hos elever som bytt skola under högstadiet."
)
CAUSES: list[dict[str, Any]] = [
    {
        "text": "Nya elever kartläggs sent, i genomsnitt fem veckor efter start",
        "certainty": "likely",
        "evidence_for": "EHT-statistik och fyra röster",
    },
    {
        "text": "Studiero varierar mellan klasser; vikarietätt läsår i matematik",
        "certainty": "possible",
        "evidence_for": "Enkäten och bemanningen",
    },
    {
        "text": "Vi vet inte: har frånvaron ökat?",
        "certainty": "unknown",
        "is_open": "1",
        "owner_role": "rektor",
        "answer_by": "2026-10-15",
    },
]
AREA = "Tidig kartläggning och stabil matematikundervisning"
EFFECT = (
    "Kartläggning klar inom två veckor för minst 90 % av nya elever till jul; "
    "studieroindex minst 6,5 våren 2027"
)
ACTION: dict[str, Any] = {
    "title": "Kartlägg nya elever inom två veckor",
    "level": "preventive",
    "governance_level": "principals",
    "horizon": "short",
    "owner_role": "rektor",
    "starts": "2026-09-15",
}
FOLLOW_UPS = "2027-01-22, 2027-06-11"

_ROWS = """
SELECT 'observation', kind || '|' || text FROM observation
UNION ALL SELECT 'value', period || '|' || value::text || '|' || coalesce(n::text, '')
  FROM observation_value
UNION ALL SELECT 'finding', kind || '|' || text FROM finding
UNION ALL SELECT 'tag', kind || '|' || item FROM finding_tag
UNION ALL SELECT 'cause', text || '|' || certainty || '|' || is_open || '|'
  || coalesce(owner_role, '') FROM cause
UNION ALL SELECT 'evidence', side || '|' || text FROM evidence
UNION ALL SELECT 'area', title FROM development_area
UNION ALL SELECT 'effect', text FROM expected_effect
UNION ALL SELECT 'action', title || '|' || state || '|' || owner_role FROM action
UNION ALL SELECT 'follow_up', planned_on::text FROM follow_up
"""


def rows_of(db: Any) -> list[tuple[str, str]]:
    """Return everything that the story left in the database, in one order."""
    with db.as_owner() as session:
        return sorted((kind, words) for kind, words in session.execute(text(_ROWS)))


def _values() -> list[tuple[str, str]]:
    rows = [row for one in OBSERVATIONS for row in one["values"]]
    return [
        ("value", f"{row['period']}|{row['value'].replace(',', '.')}|{row['n'] or ''}")
        for row in rows
    ]


def expected_rows() -> list[tuple[str, str]]:
    """Return the rows that the story leaves, whether told in a browser or by a program."""
    return sorted(
        [
            *(("observation", f"{one['kind']}|{one['text']}") for one in OBSERVATIONS),
            *_values(),
            ("finding", f"challenge|{FINDING}"),
            ("tag", "sub_goal|gr-1"),
            *(
                (
                    "cause",
                    f"{one['text']}|{one['certainty']}|{'true' if one.get('is_open') else 'false'}"
                    f"|{one.get('owner_role', '')}",
                )
                for one in CAUSES
            ),
            *(
                ("evidence", f"for|{one['evidence_for']}")
                for one in CAUSES
                if one.get("evidence_for")
            ),
            ("area", AREA),
            ("effect", EFFECT),
            ("action", f"{ACTION['title']}|in_force|{ACTION['owner_role']}"),
            *(("follow_up", day) for day in FOLLOW_UPS.split(", ")),
        ]
    )
