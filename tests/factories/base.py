"""Factories store rows as the owner: they arrange, they are not what is tested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import factory
from sqlalchemy.orm import Session


class Current:
    """Where rows go just now: the fixture in use tells."""

    def __init__(self) -> None:
        self.as_owner: Callable[[], AbstractContextManager[Session]] | None = None

    @contextmanager
    def using(self, as_owner: Callable[[], AbstractContextManager[Session]]) -> Iterator[None]:
        """Let factories store through *as_owner* for as long as the fixture lives."""
        before, self.as_owner = self.as_owner, as_owner
        yield
        self.as_owner = before

    def store(self, row: Any) -> Any:
        """Store *row* and return it."""
        if self.as_owner is None:
            raise RuntimeError("a factory needs the fixture `session` or `db`")
        with self.as_owner() as session:
            session.add(row)
            session.flush()
        return row


current = Current()


class Factory(factory.Factory):
    """Plain, readable defaults; the test names only what matters to it."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *_args: Any, **kwargs: Any) -> Any:
        return current.store(model_class(**kwargs))
