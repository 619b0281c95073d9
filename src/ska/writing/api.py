"""Texts for programs and for the editor, which saves through this."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, HeaderParameter, JSONBody

from ska.access import Right
from ska.core.readability import count_words_of, lix
from ska.core.text import _
from ska.errors import Missing, NeedsVersion
from ska.organizers.dependencies import GivenPlace
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.paging import GivenPages
from ska.web.routing import change, create, read
from ska.writing import queries, services
from ska.writing.forms import RestoreForm, TextForm
from ska.writing.models import TextVersion, WrittenText
from ska.writing.rules import Draft

_ETAG = re.compile(r'^(?:W/)?"(\d+)"$')
IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", required=False)]


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


def _out(text: WrittenText) -> Response[TextOut]:
    body = TextOut(
        id=text.id,
        key=text.key,
        text=text.text,
        version=text.version,
        changed_by=text.writer_name,
        changed_at=text.written_at,
        frozen_at=text.frozen_at,
        words=count_words_of(text.text),
        lix=lix(text.text),
    )
    return Response(body, headers={"ETag": f'"{text.version}"'})


def _version_out(version: TextVersion) -> VersionOut:
    names = VersionOut.__struct_fields__
    return VersionOut(**{name: getattr(version, name) for name in names})


def _seen(if_match: str | None) -> int:
    if if_match is None:
        raise NeedsVersion(_("Skicka versionen du läste i If-Match."))
    found = _ETAG.match(if_match.strip())
    return int(found[1]) if found else -1


class TextApi(Controller):
    """Texts of analyses and other things."""

    path = "/api/v1/organizers/{organizer:str}/texts/{text_id:uuid}"
    tags = ["Texter"]  # noqa: RUF012

    @read(needs=Right.ENTER, summary="Read a text")
    def read_text(
        self, text_id: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[TextOut]:
        """Return a text with its version as ETag."""
        return _out(_found(session, actor, place, text_id))

    @change(needs=Right.ANALYSE, summary="Write a text")
    def write_text(  # what the framework hands over, named
        self,
        text_id: FromPath[UUID],
        data: JSONBody[TextForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
        if_match: IfMatch = None,
    ) -> Response[TextOut]:
        """Save a text on the version in If-Match; 412 when someone else has written since."""
        text = _found(session, actor, place, text_id)
        draft = Draft(data.text, _seen(if_match), data.follows, data.not_personal_data)
        return _out(services.write_text(session, actor, text=text, draft=draft, now=now))

    @read("/versions", needs=Right.ENTER, summary="List the kept versions of a text")
    def list_versions(
        self,
        pages: GivenPages,
        text_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[list[VersionOut]]:
        """Return the kept versions, newest first."""
        text = _found(session, actor, place, text_id)
        kept = queries.versions_of(session, actor, text)
        page, headers = pages.of(kept)
        return Response([_version_out(one) for one in page], headers=headers)

    @create("/restore", needs=Right.ANALYSE, summary="Put an older version back")
    def restore_version(
        self,
        text_id: FromPath[UUID],
        data: JSONBody[RestoreForm],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
        if_match: IfMatch = None,
    ) -> Response[TextOut]:
        """Make a kept version the newest one, on the version in If-Match."""
        text = _found(session, actor, place, text_id)
        version = queries.version_by_id(session, actor, text, data.version_id)
        if version is None:
            raise Missing
        restored = services.restore_version(
            session, actor, text=text, version=version, seen=_seen(if_match), now=now
        )
        return _out(restored)


def _found(
    session: GivenSession, actor: GivenActor, place: GivenPlace, text_id: UUID
) -> WrittenText:
    text = queries.text_by_id(session, actor, place.organizer.id, text_id)
    if text is None:
        raise Missing
    return text
