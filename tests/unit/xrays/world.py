"""A huvudman whose quality work is as it should be: no rule finds anything in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from ska.xrays.rules import Work, done, written

TODAY = date(2026, 11, 26)
World = dict[str, list[Any]]
SECTION = (
    "Resultaten i läsning är goda i de lägre årskurserna, men i årskurs sex når färre elever "
    "målen än tidigare, och eleverna själva säger att de läser mindre hemma än förut."
)
OTHER_SECTION = (
    "I år ser vi att matematiken har stärkts sedan vi bytte arbetssätt, medan tryggheten på "
    "rasterna behöver mer av oss vuxna, särskilt under höstens mörka eftermiddagar vid bussen."
)


def key(name: str) -> UUID:
    """Return the id of the thing called so."""
    return uuid5(NAMESPACE_OID, name)


def at(day: date) -> datetime:
    """Return noon of *day*."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def world() -> World:
    """Return the things of a huvudman with two units and two years of work."""
    things: World = {
        "units": [
            done.Unit(key("aby"), "aby", "Åby byskola", True),
            done.Unit(key("bjork"), "bjorkbacka", "Björkbacka skola", True),
        ],
        "unit_types": [
            done.UnitType(key("aby"), "compulsory_school"),
            done.UnitType(key("bjork"), "compulsory_school"),
        ],
        "held": [
            held("quality_lead", None),
            held("director_of_education", None),
            held("politician", None),
            held("principal", "aby"),
            held("principal", "bjork"),
        ],
        "wheels": [wheel("wheel", None), wheel("wheel-aby", "aby"), wheel("wheel-bjork", "bjork")],
        "steps": [
            step("aby-analys", "wheel-aby", "aby", date(2026, 8, 31), date(2026, 8, 28)),
            step("bjork-analys", "wheel-bjork", "bjork", date(2026, 8, 31), date(2026, 8, 28)),
            replace(
                step("report", "wheel", None, date(2026, 12, 10), None),
                artefact="report", follows_board=True, responsible="quality_lead",
                law=("skollagen 4:3", "skollagen 4:6", "skollagen 4:13"),
            ),
        ],
        "board_dates": [done.BoardDate(date(2026, 12, 15))],
        "goals": [done.Goal(key("goal"), "Alla läser varje dag", date(2025, 7, 1), None)],
        "goal_measures": [done.GoalMeasure(key("measure"), key("goal"))],
        "ties": [done.Tie(key("goal"), None, "sub_goal")],
    }  # fmt: skip
    for unit in ("aby", "bjork", None):
        last_year(things, unit)
        this_year(things, unit)
    return things


def held(role: str, unit: str | None, person: str = "") -> done.Held:
    """Return a role held since 2020."""
    unit_id = key(unit) if unit else None
    return done.Held(key(person or f"{role}{unit}"), role, unit_id, False, date(2020, 8, 1), None)


def wheel(name: str, unit: str | None) -> done.Wheel:
    """Return a wheel of this läsår."""
    return done.Wheel(key(name), key(unit) if unit else None, 2026)


def step(name: str, of: str, unit: str | None, due: date, finished: date | None) -> done.Step:
    """Return a step for the analysis."""
    unit_id = key(unit) if unit else None
    return done.Step(
        key(name), key(of), unit_id, "Enhetsanalys klar", "principal", "analysis",
        ("skollagen 4:4",), (), due, finished, None, False,
    )  # fmt: skip


def add(things: World, name: str, *some: Any) -> None:
    """Add things of one kind."""
    things.setdefault(name, []).extend(some)


def last_year(things: World, unit: str | None) -> None:
    """Add a fastställd analysis of 2025/26 whose insats was followed up, decided on and closed."""
    name = f"{unit}-2025"
    analysis(things, name, unit, 2025, date(2025, 9, 20))
    add(things, "texts", written.SectionText(key(name), "results", SECTION))
    insats(things, name, unit, date(2025, 10, 1), "closed")
    add(
        things, "follow_ups",
        done.FollowUp(
            key(f"{name}-follow"), key(f"{name}-action"), date(2026, 5, 20), "yes", "partly",
            "Börja tidigare", at(date(2026, 5, 21)), None,
        ),
    )  # fmt: skip
    add(
        things, "decisions",
        done.Decision(
            key(f"{name}-decision"), key(f"{name}-follow"), "embed", "Det fungerar",
            date(2026, 5, 25),
        ),
    )  # fmt: skip


def this_year(things: World, unit: str | None) -> None:
    """Add a fastställd analysis of 2026/27 with an insats that gäller and waits to be seen."""
    name = f"{unit}-2026"
    analysis(things, name, unit, 2026, date(2026, 9, 20))
    add(things, "texts", written.SectionText(key(name), "results", OTHER_SECTION))
    insats(things, name, unit, date(2026, 10, 1), "in_force")
    add(
        things, "follow_ups",
        done.FollowUp(
            key(f"{name}-follow"), key(f"{name}-action"), date(2027, 1, 22), None, None, "", None,
            None,
        ),
    )  # fmt: skip


def analysis(things: World, name: str, unit: str | None, year: int, day: date) -> None:
    """Add an analysis with a whole chain from underlag to expected effect."""
    unit_id = key(unit) if unit else None
    one = key(name)
    add(
        things, "analyses",
        written.Analysis(
            one, unit_id, year, f"Analys {name}", "established", at(day), at(day), at(day)
        ),
    )  # fmt: skip
    add(
        things, "participations",
        *(written.Participation(one, group, True, True)
          for group in ("pupils", "teachers", "guardians")),
    )  # fmt: skip
    number, voice = key(f"{name}-number"), key(f"{name}-voice")
    add(
        things, "observations",
        written.Observation(
            number, one, "indicator", "Andel med godkänt", "Skolverket", "%", day, "written"
        ),
        written.Observation(voice, one, "voice", "Elevrådet", "Protokoll", "", day, "decision"),
    )  # fmt: skip
    add(things, "pinned", written.Pinned(number, one, 64, True, 17))
    challenge, strength = key(f"{name}-challenge"), key(f"{name}-strength")
    add(
        things, "findings",
        written.Finding(challenge, one, "challenge", f"Färre når målen i läsning {year}"),
        written.Finding(strength, one, "strength", f"De flesta trivs {year}"),
    )  # fmt: skip
    for finding, seen in ((challenge, number), (strength, voice)):
        add(things, "finding_observations", written.FindingObservation(finding, seen))
    add(
        things, "tags",
        written.Tag(challenge, one, "sub_goal", "gr-1"),
        written.Tag(challenge, one, "local_goal", str(key("goal"))),
        written.Tag(strength, one, "sub_goal", "gr-2"),
    )  # fmt: skip
    cause, area = key(f"{name}-cause"), key(f"{name}-area")
    texts = {2025: "Eleverna läser för lite hemma", 2026: "Nya elever kartläggs för sent på hösten"}
    add(
        things, "causes",
        written.Cause(cause, one, challenge, texts.get(year, "Något annat"), False, False, None),
    )  # fmt: skip
    for side in ("for", "for", "against"):
        add(things, "evidence", written.Evidence(cause, one, side))
    add(things, "areas", written.Area(area, one, f"Läsning och kartläggning {name}"))
    add(things, "area_causes", written.AreaCause(area, cause))
    add(
        things, "effects",
        written.Effect(key(f"{name}-effect"), area, "Nio av tio når målen", date(year + 1, 5, 15)),
    )  # fmt: skip


def insats(things: World, name: str, unit: str | None, starts: date, state: str) -> None:
    """Add an insats that answers the area of the analysis *name*."""
    add(
        things, "actions",
        done.Action(
            key(f"{name}-action"), key(unit) if unit else None, key(f"{name}-area"), None,
            "development", f"Insats {name}", "rektor", False, starts,
            date(starts.year + 1, 12, 18), state, at(date(starts.year + 1, 5, 26))
            if state == "closed" else at(starts),
        ),
    )  # fmt: skip


def work(things: World, today: date = TODAY) -> Work:
    """Return what the rules see."""
    return Work(
        today, **things,
        requirements=("skollagen 4:3", "skollagen 4:4", "skollagen 4:6", "skollagen 4:13"),
        role_called={"rektor": "principal", "kvalitetsutvecklare": "quality_lead"},
        goal_called={"sub_goal:gr-1": "Kunskaper"},
    )  # fmt: skip


def change(things: World, kind: str, name: str, /, **new: Any) -> None:
    """Change the thing called *name*."""
    rows = things[kind]
    place = next(number for number, one in enumerate(rows) if one.id == key(name))
    rows[place] = replace(rows[place], **new)


def drop(things: World, kind: str, /, **of: Any) -> None:
    """Take away the things of one kind whose fields are so."""
    kept = [
        one for one in things[kind]
        if any(getattr(one, name) != value for name, value in of.items())
    ]  # fmt: skip
    assert len(kept) < len(things[kind]), "nothing was taken away"
    things[kind] = kept
