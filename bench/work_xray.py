"""Goal: the X-ray of 40 units and five years in at most 15 × the time of the overview page.

A made-up huvudman: each unit has an analysis a läsår with two findings, their causes, belägg and
area, an insats with two follow-ups and a decision, and the year's wheel. Page and overview are
timed in turns and the quickest of each counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bench.databases import Databases
from bench.pages import fill
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from tests.places import Clone

from ska.accounts.models import Person
from ska.actions import models as acting
from ska.analyses import models as analysing
from ska.core.ids import new_id
from ska.cycle.models import AnnualCycle, CycleStep
from ska.db.migrate import APP
from ska.db.session import make_engine
from ska.organizers.models import Organizer, SchoolUnit
from ska.writing.models import WrittenText

GOAL = 15.0
UNITS, YEARS, TURNS = 40, 5, 7
PAGE, OVERVIEW = "/ekhult/rontgen/arbetet", "/ekhult/oversikt"
WORDS = "Vi ser att fler elever når målen i läsning när arbetslaget planerar tillsammans. " * 12
Rows = dict[Any, list[dict[str, Any]]]


def measure(databases: Databases) -> Iterator[dict[str, Any]]:
    """Return the ratio of the X-ray page to the overview page of the same huvudman."""
    engine = databases.new("work_xray")
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    app = make_engine(engine.url.set(username=APP, password=None).render_as_string(False))
    fill(engine, app, now)
    place = Clone(engine, app)
    place.clock.now = now
    with place.as_owner() as session:
        kim = session.scalars(select(Person).where(Person.email == "kim@ekhult.example")).one()
        rows = _lived(session, now.date())
        for table, some in rows.items():
            session.execute(insert(table), some)
    browse = place.browse(kim)
    turns = [(_time(browse, PAGE), _time(browse, OVERVIEW)) for _ in range(TURNS)]
    page, overview = (min(some) for some in zip(*turns, strict=True))
    place.close()
    app.dispose()
    yield {
        "name": "work_xray_against_overview",
        "ours": round(page / overview, 1),
        "reference": 1,
        "ratio": round(page / overview, 1),
        "goal": GOAL,
        "rows": sum(len(some) for some in rows.values()),
    }


def _time(browse: Any, path: str) -> float:
    before = time.perf_counter()
    assert browse.get(path).status_code == 200
    return time.perf_counter() - before


def _lived(session: Session, today: date) -> Rows:
    """Return the rows of the units' years."""
    organizer = session.scalars(select(Organizer.id).where(Organizer.slug == "ekhult")).one()
    rows: Rows = {}

    def add(table: Any, **values: Any) -> UUID:
        one = new_id()
        rows.setdefault(table, []).append({"id": one, "organizer_id": organizer, **values})
        return one

    for number in range(UNITS):
        unit = add(SchoolUnit, slug=f"bench-{number}", name=f"Skola {number}", source="bench")
        for year in range(today.year - YEARS + 1, today.year + 1):
            _year(add, unit, year, number)
        _wheel(add, unit, today)
    return rows


def _year(add: Any, unit: UUID, year: int, number: int) -> None:
    when = datetime(year, 9, 20, tzinfo=UTC)
    analysis = add(
        analysing.Analysis, unit_id=unit, level="unit", year=year, title=f"Analys {number} {year}",
        state="established", established_at=when, established_by="Kim", established_role="rektor",
        written_by="Kim",
    )  # fmt: skip
    own = {"analysis_id": analysis}
    for key in ("results", "causes", "conclusion", "needs"):
        add(WrittenText, subject_kind="analysis", subject_id=analysis, unit_id=unit, key=key,
            text=f"{year} {key} {number} {WORDS}")  # fmt: skip
    for group in ("pupils", "teachers", "guardians"):
        add(analysing.Participation, **own, group=group, offered=True, took_part=True, how="")
    for kind in ("challenge", "strength"):
        seen = add(analysing.Observation, **own, kind="voice", text="Elevrådet sade", source="A")
        found = add(analysing.Finding, **own, kind=kind, text=f"{kind} {number} {year}")
        add(analysing.FindingObservation, **own, finding_id=found, observation_id=seen)
        add(analysing.FindingTag, **own, finding_id=found, kind="sub_goal", item=f"gr-{number % 9}")
        cause = add(analysing.Cause, **own, finding_id=found, text=f"Orsak {number} {year} {kind}",
                    certainty="possible")  # fmt: skip
        for side in ("for", "against"):
            add(analysing.Evidence, **own, cause_id=cause, side=side, text="Enkäten")
        area = add(analysing.DevelopmentArea, **own, title=f"Område {number} {year} {kind}")
        add(analysing.AreaCause, **own, area_id=area, cause_id=cause)
        add(analysing.ExpectedEffect, **own, area_id=area, text="Fler når målen",
            expected_by=date(year + 1, 6, 1))  # fmt: skip
        _insats(add, unit, area, year)


def _insats(add: Any, unit: UUID, area: UUID, year: int) -> None:
    action = add(
        acting.Action, unit_id=unit, area_id=area, kind="development", title="Läs varje dag",
        level="promoting", governance_level="principals", horizon="short", owner_role="rektor",
        starts=date(year, 10, 1), state="in_force",
    )  # fmt: skip
    day = date(year + 1, 1, 20)
    follow_up = add(
        acting.FollowUp, unit_id=unit, action_id=action, planned_on=day, done_answer="yes",
        effect_answer="partly", learned="Börja tidigt", answered_by="Kim",
        answered_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )  # fmt: skip
    add(acting.Decision, unit_id=unit, follow_up_id=follow_up, kind="continue", reason="Bra",
        decided_on=day, decided_by="Kim")  # fmt: skip


def _wheel(add: Any, unit: UUID, today: date) -> None:
    start = today.year if today.month >= 7 else today.year - 1
    cycle = add(AnnualCycle, unit_id=unit, kind="unit", school_year=start, name="Hjul",
                template_key="x", template_version=1)  # fmt: skip
    for number in range(17):
        due = date(start, 8, 20) + timedelta(weeks=2 * number)
        add(
            CycleStep, cycle_id=cycle, unit_id=unit, key=f"s{number}", name=f"Steg {number}",
            guidance="", level="unit", phase="where_are_we", responsible="principal",
            artefact="notes", definition={}, starts=due, due=due, counts_from=due,
        )  # fmt: skip
