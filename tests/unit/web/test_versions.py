"""A version is a print of what is said, and of nothing else."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ska.errors import Changed, NeedsVersion
from ska.web.versions import Stamped, must_be


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
        must_be(sent, Said("Klart", NOON))
    with pytest.raises(NeedsVersion):
        must_be(None, Said("Klart", NOON))


def test_what_was_read_is_matched():
    now = Said("Klart", NOON)

    must_be(f'"{now.version}"', now)
    must_be(f'W/"{now.version}"', now)
