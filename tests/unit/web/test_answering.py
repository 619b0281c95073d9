"""A handler that finds nothing where there should be one ends in a mistake, not in a wait."""

from types import SimpleNamespace

import pytest

from ska.web.answering import in_one_thread


class Quiet:
    """Stands where a session does, and holds nothing."""

    def expunge_all(self):
        """Let go of nothing."""

    def close(self):
        """End nothing."""


def test_nothing_more_is_told_as_a_mistake():
    givers = {"session": lambda _request: Quiet(), "actor": lambda _request: next(iter(()))}
    request = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(givers=givers)))

    with pytest.raises(RuntimeError, match="found nothing"):
        in_one_thread(lambda actor: actor)(request=request)
