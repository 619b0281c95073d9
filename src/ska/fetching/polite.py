"""One polite client for every source: one question at a time, with patience and without surprises.

It asks only the addresses it was given, follows no redirect, and takes only whole JSON for an
answer: a page of HTML with status 200 is a source that is closed for the moment.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
import orjson

from ska.fetching.rules import (
    WORTH_ASKING_AGAIN,
    Manners,
    moment_of,
    retry_after_of,
    wait_of,
)

LARGEST = 200_000_000
LONGEST_ANSWER = 300.0  # seconds for one answer, however slowly it drips
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
NOTHING_THERE = b"null"


class Unanswered(Exception):
    """The source did not give an answer; the text says why, in Swedish."""


@dataclass(frozen=True)
class Question:
    """What is asked: address, perhaps a body, and the form the answer should have."""

    name: str
    url: str
    body: bytes | None = None
    accept: str = "application/json"
    drops: frozenset[str] = frozenset()  # fields that are not even kept: whom to contact

    @property
    def key(self) -> str:
        """Return what the question is known by: two questions that differ never share it."""
        parts = (self.url.encode(), self.body or b"", self.accept.encode())
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


@dataclass(frozen=True)
class Reply:
    """What came back, when, and when the source says it was published."""

    body: bytes
    fetched_at: datetime
    published_at: datetime | None = None


class _Again(Exception):
    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


@dataclass
class Polite:
    """Asks questions of the allowed addresses, each with the manners of its source."""

    manners: dict[str, Manners]  # by origin; what is not here is never asked
    client: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=TIMEOUT, follow_redirects=False)
    )
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    clock: Callable[[], datetime] = now
    _last: dict[str, float] = field(default_factory=dict)

    def ask(self, question: Question) -> Reply:
        """Return the answer; raise Unanswered when the source says no for good or for too long."""
        manners = self.manners.get(origin_of(question.url))
        if manners is None:
            raise Unanswered("adressen hör inte till källan")
        reason = ""
        for attempt in range(len(manners.waits) + 1):
            self._keep_distance(question, manners)
            try:
                return self._once(question)
            except _Again as problem:
                reason = str(problem)
                if attempt < len(manners.waits):
                    after = problem.retry_after
                    self.sleep(wait_of(manners, attempt, after, self.chance()))
        raise Unanswered(f"källan svarade inte efter {len(manners.waits) + 1} försök: {reason}")

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def _keep_distance(self, question: Question, manners: Manners) -> None:
        origin = origin_of(question.url)
        since = time.monotonic() - self._last.get(origin, -LONGEST_ANSWER)
        if since < manners.gap:
            self.sleep(manners.gap - since)
        self._last[origin] = time.monotonic()

    def _once(self, question: Question) -> Reply:
        headers = {"Accept": question.accept, "User-Agent": "SKA"}
        method = "GET"
        if question.body is not None:
            method = "POST"
            headers["Content-Type"] = "application/json"
        try:
            with self.client.stream(
                method, question.url, content=question.body, headers=headers
            ) as response:
                self._check(response)
                body = NOTHING_THERE if response.status_code == 404 else _whole(response)
        except httpx.RequestError as problem:
            raise _Again(f"förbindelsen bröts ({type(problem).__name__})") from problem
        return Reply(body, self.clock(), moment_of(response.headers.get("last-modified")))

    def _check(self, response: httpx.Response) -> None:
        status = response.status_code
        if status in WORTH_ASKING_AGAIN:
            after = retry_after_of(response.headers.get("retry-after"), self.clock())
            raise _Again(f"källan svarade {status}", after)
        if status not in (200, 404):
            raise Unanswered(f"källan svarade {status}")


def _whole(response: httpx.Response) -> bytes:
    started, parts, size = time.monotonic(), [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > LARGEST:
            raise Unanswered("svaret är orimligt stort")
        if time.monotonic() - started > LONGEST_ANSWER:
            raise _Again("svaret kom för långsamt")
        parts.append(part)
    body = b"".join(parts)
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError as problem:
        is_page = body.lstrip()[:1] == b"<"
        raise _Again("svaret är en webbsida" if is_page else "svaret är inte hel JSON") from problem
    return body
