"""What the X-ray looks for: each rule of indicators/work-rules has its check here."""

from ska.xrays.rules import (
    actions,
    causes,
    follow_ups,
    levels,
    people,
    voices,
    wheel,
    years,
)
from ska.xrays.rules.findings import CHECKS, SEVERITY_WORDS, Finding, Hit, examine
from ska.xrays.rules.work import Work

__all__ = [
    "CHECKS",
    "SEVERITY_WORDS",
    "Finding",
    "Hit",
    "Work",
    "actions",
    "causes",
    "examine",
    "follow_ups",
    "levels",
    "people",
    "voices",
    "wheel",
    "years",
]
