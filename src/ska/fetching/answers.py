"""Saved answers: one file a question, whole or not there. They are what a resumed fetch stands on.

A file has the shape that the importers already read (``url``, ``fetched``, ``response``), with the
answer's own bytes inside, so what was fetched and what somebody saved by hand load the same way.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from ska.fetching.polite import Polite, Question, Reply, Unanswered

_RESPONSE = b',"response":'
_NOT_SAVED: Any = object()  # not None: that is the answer of a source that has nothing there


@dataclass
class Trouble:
    """Something that was asked for and did not come, in words for people.

    One that *lasts* is the source's own word: asking again soon gives the same.
    """

    source: str
    what: str
    reason: str
    lasts: bool = False

    def as_json(self) -> dict[str, str]:
        """Return the trouble as programs read it."""
        return {"source": self.source, "what": self.what, "reason": self.reason}


@dataclass
class Collector:
    """Gives the answer to a question: the saved one, or a fresh one that it saves.

    *polite* is None when nothing may be asked; then only saved answers are given.
    """

    folder: Path
    polite: Polite | None
    tell: Callable[[int, str], None] = lambda _count, _name: None
    troubles: list[Trouble] = field(default_factory=list)
    answered: int = 0

    def get(self, question: Question) -> Any:
        """Return the answer's JSON, None when the source has nothing there (404).

        Raises Unanswered when the source would not answer.
        """
        saved = self._read(question)
        if saved is _NOT_SAVED:
            if self.polite is None:
                raise Unanswered("svaret är inte sparat och inget får hämtas nu")
            saved = self._keep(question, self.polite.ask(question))
        self.answered += 1
        self.tell(self.answered, question.name)
        return saved

    def try_get(self, question: Question, source: str, what: str) -> Any:
        """Return the answer, or None after noting what is missing and why."""
        try:
            return self.get(question)
        except Unanswered as refusal:
            self.miss(source, what, str(refusal))
            return None

    def miss(self, source: str, what: str, reason: str, *, lasts: bool = False) -> None:
        """Note something that did not come, once."""
        trouble = Trouble(source, what, reason, lasts)
        if trouble not in self.troubles:
            self.troubles.append(trouble)

    def forget(self, question: Question) -> None:
        """Let a saved answer go, because what it says does not hold any more."""
        self._path(question).unlink(missing_ok=True)

    def _path(self, question: Question) -> Path:
        return self.folder / f"{question.name}-{question.key[:32]}.json"

    def _read(self, question: Question) -> Any:
        path = self._path(question)
        if not path.is_file():
            return _NOT_SAVED
        try:
            return orjson.loads(path.read_bytes())["response"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            path.unlink()  # a disk that lost part of it: ask again
            return _NOT_SAVED

    def _keep(self, question: Question, reply: Reply) -> Any:
        body = without(reply.body, question.drops) if question.drops else reply.body.strip()
        about = {
            "url": question.url,
            "fetched": reply.fetched_at.isoformat(),
            "published": reply.published_at.isoformat() if reply.published_at else None,
            "asked": question.body.decode() if question.body else None,
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        content = orjson.dumps(about)[:-1] + _RESPONSE + body + b"}"
        write_whole(self._path(question), content)
        return orjson.loads(body)


def without(body: bytes, fields: frozenset[str]) -> bytes:
    """Return an answer with the named fields taken away, wherever they stand."""

    def kept(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: kept(one) for name, one in part.items() if name not in fields}
        return [kept(one) for one in part] if isinstance(part, list) else part

    return orjson.dumps(kept(orjson.loads(body)))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves all of it, or nothing of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def body_of(content: bytes) -> bytes:
    """Return the answer's own bytes out of a saved file."""
    return content.partition(_RESPONSE)[2][:-1]
