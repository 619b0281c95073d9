"""A version is a print of what is said, and of nothing else."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ska.errors import Changed, NeedsVersion
from ska.web.versions import Stamped, must_match


class Said(Stamped):
    text: str
    at: datetime


NOON = datetime(2026, 9, 15, 12, tzinfo=UTC)


def test_the_same_moment_by_another_clock_is_the_same_version():
    here = Said("Klart", NOON.astimezone(ZoneInfo("Europe/Stockholm")))

    assert here.version == Said("Klart", NOON).version
    assert here.version != Said("Klar", NOON).version


@pytest.mark.parametrize("sent", ['"0123456789abcdef"', '"x"', "", "*"])
def test_another_version_or_none_at_all_is_refused(sent):
    with pytest.raises(Changed):
        must_match(sent, Said("Klart", NOON).version)
    with pytest.raises(NeedsVersion):
        must_match(None, 3)


def test_what_was_read_is_matched():
    now = Said("Klart", NOON)

    must_match(f'"{now.version}"', now.version)
    must_match(f'W/"{now.version}"', now.version)


@pytest.mark.parametrize(("sent", "holds"), [('"3"', True), ('W/"3"', True), ('"33"', False)])
def test_a_number_is_matched_whole(sent, holds):
    if holds:
        must_match(sent, 3)
        return
    with pytest.raises(Changed):
        must_match(sent, 3)
