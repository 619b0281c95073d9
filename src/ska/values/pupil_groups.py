"""Groups of pupils as they stand in a series, and as files write them."""

from __future__ import annotations

from functools import cache

from ska.framework.queries.pupil_groups import divisions
from ska.values.rules import WHOLE, group_key

_OF_ALL = ("", "alla", "alla elever")


@cache
def keys_by_word() -> dict[str, str]:
    """Return how each word for a group is written in a series; all pupils are no group."""
    return dict.fromkeys(_OF_ALL, WHOLE) | {
        word: group_key(one.id, group.id)
        for one in divisions()
        for group in one.groups
        for word in group.words
    }


@cache
def words_of_groups() -> frozenset[str]:
    """Return the words that mean a group and not all pupils."""
    return frozenset(word for word, key in keys_by_word().items() if key != WHOLE)


def told_words() -> str:
    """Return the first word of each group, for a sentence that says what may be written."""
    return ", ".join(group.words[0] for one in divisions() for group in one.groups)
