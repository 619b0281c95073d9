"""Texts for programs and for the editor, which saves through this."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.core.readability import count_words_of, lix
from ska.errors import found
from ska.organizers.dependencies import Call, GivenCall
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import change, create, read
from ska.web.versions import IfMatch, tagged, version_in
from ska.writing import queries, services
from ska.writing.forms import RestoreForm, TextForm
from ska.writing.models import TextVersion, WrittenText
from ska.writing.rules import Draft


class TextOut(msgspec.Struct):
    """A text as it stands; its version is also the answer's ETag."""

    example: ClassVar[dict[str, Any]] = {
        "key": "about",
        "text": "Vi ser på årskurs 9.",
        "version": 3,
        "changed_by": "Kim Ekman",
        "words": 5,
    }

    id: UUID
    key: str
    text: str
    version: int
    changed_by: str
    changed_at: datetime | None
    frozen_at: datetime | None
    words: int
    lix: int | None


class VersionOut(msgspec.Struct):
    """A kept version."""

    example: ClassVar[dict[str, Any]] = {
        "text": "Vi ser på årskurs 9.",
        "reason": "",
        "writer_name": "Kim Ekman",
        "writer_roles": "kvalitetsutvecklare",
    }

    id: UUID
    number: int
    text: str
    reason: str
    writer_name: str
    writer_roles: str
    written_at: datetime


def _out(text: WrittenText) -> TextOut:
    return told(
        TextOut,
        text,
        changed_by=text.writer_name,
        changed_at=text.written_at,
        words=count_words_of(text.text),
        lix=lix(text.text),
    )


def _version(kept: TextVersion) -> VersionOut:
    return told(VersionOut, kept)


def _text(call: Call, text_id: UUID) -> WrittenText:
    return found(queries.text_by_id(*call.where, text_id))


def _seen(if_match: str | None) -> int:
    seen = version_in(if_match)
    return int(seen) if seen.isdecimal() else -1


class TextApi(Controller):
    """Texts of analyses and other things."""

    path = "/api/v1/organizers/{organizer:str}/texts/{text_id:uuid}"
    tags = ("Texter",)

    @read(needs=Right.ENTER, summary="Read a text")
    def read_text(self, text_id: FromPath[UUID], call: GivenCall) -> Response[TextOut]:
        """Return a text with its version as ETag."""
        return tagged(_out(_text(call, text_id)))

    @change(needs=Right.ANALYSE, summary="Write a text")
    def write_text(
        self,
        text_id: FromPath[UUID],
        data: JSONBody[TextForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[TextOut]:
        """Save a text on the version in If-Match; 412 when someone else has written since."""
        text = _text(call, text_id)
        draft = Draft(data.text, _seen(if_match), data.follows, data.not_personal_data)
        return tagged(_out(services.write_text(*call.who, text=text, draft=draft, now=call.now)))

    @read("/versions", needs=Right.ENTER, summary="List the kept versions of a text")
    def list_versions(
        self, pages: GivenPages, text_id: FromPath[UUID], call: GivenCall
    ) -> Response[list[VersionOut]]:
        """Return the kept versions, newest first."""
        text = _text(call, text_id)
        return pages.answer(queries.versions_of(*call.who, text, part=pages.part()), _version)

    @create("/restore", needs=Right.ANALYSE, summary="Put an older version back")
    def restore_version(
        self,
        text_id: FromPath[UUID],
        data: JSONBody[RestoreForm],
        call: GivenCall,
        if_match: IfMatch = None,
    ) -> Response[TextOut]:
        """Make a kept version the newest one, on the version in If-Match."""
        text = _text(call, text_id)
        version = found(queries.version_by_id(*call.who, text, data.version_id))
        restored = services.restore_version(
            *call.who, text=text, version=version, seen=_seen(if_match), now=call.now
        )
        return tagged(_out(restored))
