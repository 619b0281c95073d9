"""What is told by group narrows nothing that is hidden, and tells of no few: random tables."""

import pytest
from tests.factories.divided import DividedDice, few, narrowed
from tests.sizes import size

from ska.values.rules import Audience, Nature, smallest_group

TABLES = size(60, 10_000)
PARTS = 20


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_hidden_is_narrowed_by_groups_and_no_few_are_told(part):
    for seed in range(part, TABLES, PARTS):
        divided = DividedDice(seed).table()
        audience = list(Audience)[seed % 2]
        whole, groups = divided.told(audience)
        if "value" in groups["status"]:
            assert few(divided, groups, smallest_group(audience, Nature.BACKGROUND)) == [], seed
            assert narrowed(divided, whole, groups) == [], seed
