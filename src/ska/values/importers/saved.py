"""Saved answers of an API as people keep them: bare, wrapped with their address, many in one file.

A wrapper tells what the answer itself does not: which address was asked, and when.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from ska.values.importers.bombs import LARGEST_UNPACKED
from ska.values.importers.observations import Refused
from ska.values.importers.origin import Origin

GZIP = b"\x1f\x8b"
Json = dict[str, Any]


@dataclass(frozen=True)
class SavedAnswer:
    """One answer: what it says, and the address and time of the question when they were kept."""

    body: Any
    url: str = ""
    fetched: str = ""
    row: int = 1
    published: str = ""


def unpack(content: bytes) -> bytes:
    """Return gzipped content unpacked, other content as it is; raise Refused for a bomb."""
    if not content.startswith(GZIP):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as archive:
            unpacked = archive.read(LARGEST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise Refused("Filen börjar som gzip men kan inte packas upp.") from problem
    if len(unpacked) > LARGEST_UNPACKED:
        raise Refused("Filen är för stor uppackad.")
    return unpacked


def is_json(content: bytes) -> bool:
    """Tell whether the content begins as JSON does."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_saved(content: bytes) -> list[SavedAnswer]:
    """Return the answers in a file, unwrapped; raise Refused when it is not whole JSON."""
    text = content.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        parts = [orjson.loads(text)]
    except orjson.JSONDecodeError as problem:
        parts = _lines(text, problem)
    found = [one for row, part in enumerate(parts, start=1) for one in _unwrapped(part, row)]
    if not found:
        raise Refused("Filen har inga svar.")
    return found


def _lines(text: bytes, problem: orjson.JSONDecodeError) -> list[Any]:
    lines = [line for line in text.split(b"\n") if line.strip()]
    if len(lines) < 2:
        raise Refused(f"Filen är inte hel JSON: {problem}.") from problem
    try:
        return [orjson.loads(line) for line in lines]
    except orjson.JSONDecodeError as worse:
        raise Refused(f"Filen är inte hel JSON, rad för rad: {worse}.") from worse


def _unwrapped(part: Any, row: int) -> Iterator[SavedAnswer]:
    if not isinstance(part, dict):
        yield SavedAnswer(part, row=row)
    elif part and all(key.startswith("/") for key in part):
        for path, answer in part.items():
            yield SavedAnswer(_body(answer), url=path, row=row)
    elif "response" in part and "url" in part:
        yield SavedAnswer(
            _body(part["response"]),
            _text(part["url"]),
            _text(part.get("fetched")),
            row,
            _text(part.get("published")),
        )
    elif "json" in part and "url" in part:
        asked = _text(part.get("generatedAt"))
        yield SavedAnswer(_body(part["json"]), _text(part["url"]), asked, row)
    else:
        yield SavedAnswer(_body(part), row=row)


def _body(answer: Any) -> Any:
    """Return what stands inside Skolverket's envelope, or the answer itself."""
    if isinstance(answer, dict) and {"status", "body"} <= set(answer):
        return answer["body"]
    return answer


def _text(value: Any) -> str:
    return value.replace("\0", "")[:2_000] if isinstance(value, str) else ""


def origin_of(answers: list[SavedAnswer]) -> Origin:
    """Return where saved answers come from: what their addresses share, the first time of asking.

    The source's own date is the newest that an answer tells, in its envelope or in its body.
    """
    told = [moment_of(one.published) or _updated(one.body) for one in answers]
    fetched = [moment for one in answers if (moment := moment_of(one.fetched))]
    return Origin(
        url=os.path.commonprefix([one.url for one in answers]),  # noqa: RUF071  # of texts
        fetched_at=min(fetched, default=None),
        published_at=max((moment for moment in told if moment), default=None),
    )


def _updated(body: Any) -> datetime | None:
    return moment_of(body.get("updated")) if isinstance(body, dict) else None


def moment_of(text: Any) -> datetime | None:
    """Return the moment that an answer spells, None when it is none with a time zone."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def link_of(body: Any) -> str:
    """Return the address that a body gives of itself, empty when it gives none."""
    links = body.get("_links") if isinstance(body, dict) else None
    self_link = links.get("self") if isinstance(links, dict) else None
    return _text(self_link.get("href")) if isinstance(self_link, dict) else ""
