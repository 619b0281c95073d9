"""Each rule finds its fault, and only where there is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from tests.unit.xrays.faults import FAULTS
from tests.unit.xrays.world import TODAY, key, work, world

from ska.xrays.catalogue import shipped
from ska.xrays.rules import CHECKS, examine, written

RULES = shipped().rules


def test_there_are_at_least_sixty_rules_and_twenty_five_look_across():
    assert len(RULES) >= 60
    assert sum(one.looks_across for one in RULES.values()) >= 25
    assert set(CHECKS) == set(RULES) == set(FAULTS)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_silent_where_all_is_well(rule):
    assert list(CHECKS[rule](work(world()))) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_its_fault(rule):
    things = world()
    today = FAULTS[rule](things) or TODAY
    found = list(CHECKS[rule](work(things, today)))
    assert found
    for one in found:
        assert one.sentence[0].isupper() or one.sentence[0] in "”0123456789"
        assert one.sentence.endswith((".", "…"))
        assert "{" not in one.sentence
        assert one.at.startswith("/")


def test_a_finding_keeps_its_name_while_what_it_saw_is_the_same():
    things = world()
    FAULTS["follow-up-overdue"](things)
    once, again = (examine(work(things), RULES.values()) for _ in range(2))
    assert [one.key for one in once] == [one.key for one in again]
    assert len({one.key for one in once}) == len(once)


def test_the_gravest_come_first():
    things = world()
    for rule in ("too-many-areas", "follow-up-overdue", "goal-without-indicator"):
        FAULTS[rule](things)
    order = [one.rule.severity for one in examine(work(things), RULES.values())]
    assert order == sorted(order, key=["must", "should", "consider"].index)


@pytest.mark.parametrize(("days", "state"), [(0, "draft"), (6, "draft"), (0, "review")])
def test_an_analysis_begun_days_ago_is_left_in_peace_until_it_is_held_out_as_done(days, state):
    things = world()
    FAULTS["challenge-without-cause"](things)
    begun = datetime.combine(TODAY - timedelta(days=days), time(9), tzinfo=UTC)
    things["analyses"] = [
        replace(one, state=state, established_at=None, created_at=begun)
        for one in things["analyses"]
    ]

    told = bool(list(CHECKS["challenge-without-cause"](work(things))))
    later = bool(list(CHECKS["challenge-without-cause"](work(things, TODAY + timedelta(days=8)))))

    assert told is (state != "draft")
    assert later


def test_what_the_huvudman_wrote_about_a_unit_counts_for_it():
    things = world()
    FAULTS["plan-step-without-actions"](things)
    things["about"] = [written.About(key("None-2026"), key("aby"))]

    assert list(CHECKS["plan-step-without-actions"](work(things))) == []


def test_a_units_own_analysis_is_told_once_when_it_also_says_which_unit_it_is_about():
    things = world()
    own = next(one for one in things["analyses"] if one.unit_id == key("aby"))
    before = work(things).written_about[key("aby")]
    things["about"] = [written.About(own.id, key("aby"))]

    assert work(things).written_about[key("aby")] == before
    assert work(things).written_about[key("nowhere")] == []
