"""Who asks for which words, and what every source of answers gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Float, String, and_, case, cast, func, literal, literal_column

from ska.access import Actor
from ska.organizers.models import Organizer
from ska.search.rules import prefix_query

SWEDISH: ColumnElement[Any] = literal_column("'swedish'::regconfig")
IN_TITLE = 1.0  # ts_rank stays below one: a title that answers comes before a mention
Text = ColumnElement[str]


@dataclass(frozen=True)
class Ask:
    """Who asks, where, and for which words."""

    actor: Actor
    organizer: Organizer
    words: list[str]

    @cached_property
    def tsquery(self) -> ColumnElement[Any]:
        """Return the words as PostgreSQL asks for them: Swedish stems, each a beginning."""
        return func.to_tsquery(SWEDISH, prefix_query(self.words))

    def titled(self, title: Any) -> ColumnElement[bool]:
        """Return the condition that a title holds every word, inside compounds too."""
        return and_(*(func.lower(title).contains(word, autoescape=True) for word in self.words))

    def row(self, kind: str, target: Any, what: Any, title: Any, text: Any, path: Any) -> Any:
        """Return the columns that every source gives, but the rank."""
        return (
            literal(kind, String).label("kind"),
            cast(target, String).label("target"),
            (literal(what, String) if isinstance(what, str) else what).label("what"),
            title.label("title"),
            (literal("", String) if text is None else text).label("text"),
            path.label("path"),
        )

    def rank(self, words: Any, title: Any | None = None) -> Any:
        """Return how well the word list answers; a title that holds the words counts more."""
        rank: ColumnElement[Any] = func.ts_rank(words, self.tsquery)
        if title is not None:
            rank = rank + case((self.titled(title), IN_TITLE), else_=0)
        return cast(rank, Float).label("rank")

    def path(self, *parts: Any) -> Text:
        """Return the address under the huvudman's."""
        whole: Any = literal(f"/{self.organizer.slug}", String)
        for part in parts:
            whole = whole.concat(part)
        return whole  # type: ignore[no-any-return]  # text put together by the database
