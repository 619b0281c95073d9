"""Tisdagskvarten: three things that are each done in five minutes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ska.core.text import _
from ska.overview.rules.home import Todo
from ska.xrays.rules import Finding

MOST = 3
MINUTES = 5


@dataclass(frozen=True)
class Task:
    """One thing to do now: what, why, and the page where it is done."""

    text: str
    why: str
    href: str


def three_things(todo: Sequence[Todo], found: Iterable[Finding], path: str) -> list[Task]:
    """Return at most three things, what waits and what the X-ray found in turns.

    What waits is taken when it is late; what was found when a rule says that it is soon mended.
    A page is named once, whoever names it.
    """
    waiting = [Task(f"{one.verb}: {one.text}", one.due, one.href) for one in todo if one.is_late]
    mending = [
        Task(one.hit.sentence, one.rule.advice, f"{path}{one.hit.at}")
        for one in found
        if one.rule.five_minutes
    ]
    by_page: dict[str, Task] = {}
    for pair in zip_longest(waiting, mending):
        for one in pair:
            if one is not None:
                by_page.setdefault(one.href.partition("#")[0], one)
    return list(by_page.values())[:MOST]


def greeting(tasks: Sequence[Task]) -> str:
    """Return the first sentence of the page."""
    if not tasks:
        return _("Inget är sent och inget är fort gjort i dag. Ta kvarten till att läsa en analys.")
    if len(tasks) == 1:
        return _("En sak, ungefär fem minuter.")
    number = {2: _("Två"), 3: _("Tre")}[len(tasks)]
    return _("{number} saker, ungefär fem minuter var.").format(number=number)
