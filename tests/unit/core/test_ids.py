"""Ids are UUIDv7 and keep the order they were made in, also within a millisecond."""

import time

from ska.core.ids import new_id


def test_ids_are_version_7_and_in_order():
    made = [new_id() for _ in range(5000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


def test_an_id_carries_the_time_it_was_made():
    before = time.time_ns() // 1_000_000
    found = new_id().int >> 80

    assert before - 5 <= found <= before + 1000
