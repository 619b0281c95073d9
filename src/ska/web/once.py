"""Idempotency-Key: what a program asks for twice is done once, and answered alike (RFC draft).

One mechanism for every route declared with `create`: the guard reads the key and a print of the
body, `claim` begins the transaction of the act, and `keep` puts the answer in it. So a crash leaves
both or neither.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.response import Response
from litestar.response.base import ASGIResponse
from sqlalchemy import Index, LargeBinary, UniqueConstraint, delete, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from ska.access import visible
from ska.core.text import _
from ska.db.base import Base, Owned
from ska.errors import Conflict, Invalid

HEADER = "idempotency-key"
KEPT = timedelta(hours=24)
LONGEST = 255
_KEPT_HEADERS = {"etag", "location"}


class OnceAnswer(Owned, Base):
    """What was answered the first time a person asked for something under a key."""

    __tablename__ = "once_answer"
    __table_args__ = (
        UniqueConstraint("organizer_id", "person_id", "route", "key"),
        Index("ix_once_answer_created_at", "organizer_id", "created_at"),
    )

    person_id: Mapped[UUID]
    route: Mapped[str]
    key: Mapped[str]
    body_hash: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    headers: Mapped[dict[str, str]] = mapped_column(JSONB)


@dataclass(frozen=True)
class Asked:
    """A key as it came with a request, and a print of what it was asked with."""

    key: str
    body_hash: bytes


class Replayed(Exception):
    """The same was asked before: its answer is given again."""

    def __init__(self, kept: OnceAnswer) -> None:
        super().__init__(kept.key)
        self.kept = kept


async def note_key(
    connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler
) -> None:
    """Read the key and take a print of the body, before anything is done."""
    request: Request[Any, Any, Any] = connection  # type: ignore[assignment]  # routes are HTTP only
    key = request.headers.get(HEADER)
    if key is None:
        return
    if not key.strip() or len(key) > LONGEST or not key.isprintable():
        wrong = _("Idempotency-Key ska ha 1–255 synliga tecken.")
        raise Invalid(wrong, {"Idempotency-Key": wrong})
    body = hashlib.sha256(await request.body())
    body.update(str(request.url.query).encode())
    request.state.asked_once = Asked(key, body.digest())


def claim(request: Request[Any, Any, Any]) -> None:
    """Let the request go on if its key is new; raise Replayed with the answer if it is not.

    Raises Conflict while the same request is being answered, Invalid when the key was used for
    something else. Nobody waits: waiting threads could keep the first from finishing.
    """
    asked: Asked | None = request.state.get("asked_once")
    if asked is None:
        return
    session, now = request.state.session, request.app.state.clock()
    mine = _mine(request, asked)
    name = "|".join(str(one) for one in mine.values())
    free = session.scalar(
        text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 1))"), {"name": name}
    )
    if not free:
        raise Conflict(_("Samma begäran besvaras just nu. Försök igen om en stund."))
    kept = session.scalar(visible(OnceAnswer, request.state.actor).filter_by(**mine))
    if kept is not None and kept.created_at > now - KEPT:
        if kept.body_hash != asked.body_hash:
            raise Invalid(_("Nyckeln i Idempotency-Key har redan använts för något annat."))
        raise Replayed(kept)


def _mine(request: Request[Any, Any, Any], asked: Asked) -> dict[str, Any]:
    """Return whose answer it is, and to what."""
    return {
        "organizer_id": request.state.place.organizer.id,
        "person_id": request.state.actor.person_id,
        "route": f"{request.method} {request.url.path}",
        "key": asked.key,
    }


def keep(request: Request[Any, Any, Any], answer: ASGIResponse) -> None:
    """Keep the answer under the key it was asked with, in the transaction of the act.

    It takes the place of an old one, which somebody else may be sweeping just now. Old ones are
    swept last: whoever waits for a row that is swept here waits for nothing but a commit.
    """
    asked: Asked | None = request.state.get("asked_once")
    if asked is None or answer.status_code >= 300:
        return
    session, now = request.state.session, request.app.state.clock()
    mine = _mine(request, asked)
    headers = {name.decode().lower(): value.decode() for name, value in answer.encode_headers()}
    told = {
        "body_hash": asked.body_hash,
        "status": answer.status_code,
        "answer": bytes(answer.body),
        "headers": {name: value for name, value in headers.items() if name in _KEPT_HEADERS},
        "created_at": now,
    }
    session.flush()
    kept = insert(OnceAnswer).values(**mine, **told)
    session.execute(kept.on_conflict_do_update(index_elements=list(mine), set_=told))
    old = select(OnceAnswer.id).where(
        OnceAnswer.organizer_id == mine["organizer_id"], OnceAnswer.created_at <= now - KEPT
    )
    free = old.with_for_update(skip_locked=True)  # somebody else is at them: nobody waits
    session.execute(delete(OnceAnswer).where(OnceAnswer.id.in_(free)))


def on_replayed(_request: Request[Any, Any, Any], replayed: Replayed) -> Response[bytes]:
    """Give the first answer again, marked as such."""
    kept = replayed.kept
    headers = {**kept.headers, "Idempotency-Replayed": "true", "Cache-Control": "no-store"}
    return Response(
        kept.answer, status_code=kept.status, media_type="application/json", headers=headers
    )
