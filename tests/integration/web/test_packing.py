"""Pages go out packed to browsers that came from here, and to nobody else."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.web.packing import packed


class _Asked:
    def __init__(self, **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


HERE = {"accept_encoding": "gzip, deflate, br", "sec_fetch_site": "same-origin"}


@given(st.binary(min_size=1_000, max_size=5_000))
def test_what_is_packed_is_what_was_said(body: bytes) -> None:
    sent, headers = packed(_Asked(**HERE), body)  # type: ignore[arg-type]  # all it reads

    assert headers == {"Content-Encoding": "gzip"}
    assert gzip.decompress(sent) == body


@pytest.mark.parametrize(
    "changed",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": ""},
        {"accept_encoding": "br"},
    ],
)
def test_who_comes_from_elsewhere_is_answered_unpacked(changed: dict[str, str]) -> None:
    body = random.Random(1).randbytes(3_000)

    assert packed(_Asked(**HERE | changed), body) == (body, {})  # type: ignore[arg-type]  # as above


def test_a_page_says_what_its_packing_depends_on(db) -> None:
    ekhult = OrganizerFactory(slug="ekhult")
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=ekhult, role=Role.QUALITY_LEAD)
    browse = db.browse(kim)
    ask = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "none"}

    here = browse.get("/ekhult/oversikt", headers=ask)
    elsewhere = browse.get("/ekhult/oversikt", headers=ask | {"Sec-Fetch-Site": "cross-site"})

    assert here.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in elsewhere.headers
    assert int(here.headers["content-length"]) * 2 < int(elsewhere.headers["content-length"])
    assert here.text == elsewhere.text
    for answer in (here, elsewhere):
        assert {"Accept-Encoding", "Sec-Fetch-Site"} <= set(answer.headers["vary"].split(", "))
