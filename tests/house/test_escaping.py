"""Whatever people and files say, a page shows it and never runs it: every text, every page."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.story_1 import story_1
from tests.factories.values import own_table
from tests.hostile import HOSTILE, SHORT, live_parts, plant
from tests.house.test_isolation import ROUTES, _fill, _parts

from ska.access import Role

OWN = {"/profil", "/om", "/hjalp", "/tillganglighet", "/logga-in"}
PAGES = [
    path
    for path, method in ROUTES
    if method == "GET" and "/api/" not in path and "{measure" not in path
]
ASKED = ("q", "enhet", "kon", "visa", "vy", "sida", "area", "status", "next", "fran", "till")
LEFT = ("/logga-ut", "/avsluta", "/aterkalla")  # would end what the test goes on with


class _Forms(HTMLParser):
    """The forms of a page that send something: where, and what a hand may write in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = at.get("method") == "post"
            if self._inside:
                self.forms.append((at.get("action", ""), {}))
        elif self._inside and tag in {"input", "textarea", "select"} and at.get("name"):
            ours = at.get("type") in {"hidden", "date", "number", "file", "radio"}
            self.forms[-1][1][at["name"]] = at.get("value", "") if ours else HOSTILE

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


@pytest.fixture
def planted(db) -> Any:
    """Kim at a huvudman where every text is hostile, and the addresses of all its pages."""
    load_shipped()
    ekhult, unit = story_1()
    with db.as_owner() as session:
        session.merge(unit).slug = "centralskolan"  # the name that fillers give is free again
    kim = PersonFactory(is_demo=True)
    for role in (Role.QUALITY_LEAD, Role.ORGANIZER_ADMIN):
        RoleAssignmentFactory(person=kim, organizer=ekhult, role=role)
    parts = _parts(ekhult)
    browse = db.browse(kim)
    table = own_table(f'"{HOSTILE.replace(chr(34), "")}";12345678;<img src=x>;VT25;alla;<b>;52;')
    sent = browse.post(
        "/ekhult/resultat/las-in", files={"file": ('"><img src=x onerror=a>.csv', table)}
    )
    parts["upload"] = sent.headers["location"].rpartition("/")[2]
    with db.as_owner() as session:
        assert len(plant(session)) > 60
    return browse, sorted(OWN) + [_fill(path, "ekhult", parts) for path in PAGES]


def _live_in(answer: Any) -> list[str]:
    """Return what would run; what is no page is a file or JSON, and said to be nothing else."""
    kind = answer.headers.get("content-type", "")
    assert answer.headers["x-content-type-options"] == "nosniff"
    return live_parts(answer.text) if "html" in kind or "svg" in kind else []


def _opened(browse, addresses) -> dict[str, str]:
    answers = {address: browse.send("GET", address) for address in addresses}
    assert [one for one, answer in answers.items() if answer.status_code >= 500] == []
    return {
        address: answer.text
        for address, answer in answers.items()
        if answer.headers.get("content-type", "").startswith("text/html")
    }


def _live(pages: dict[str, str]) -> dict[str, list[str]]:
    return {address: found for address, page in pages.items() if (found := live_parts(page))}


def test_no_page_runs_what_was_planted(planted):
    browse, addresses = planted
    pages = _opened(browse, addresses)

    assert _live(pages) == {}
    shown = [address for address, page in pages.items() if "planted" in page]
    assert len(shown) > 0.8 * len(pages)  # the texts were there to be seen


def test_no_question_in_an_address_runs(planted):
    browse, addresses = planted
    for address in addresses:
        where = address.partition("?")[0]
        answer = browse.send("GET", where, params=dict.fromkeys(ASKED, HOSTILE))
        assert answer.status_code < 500, address
        assert _live_in(answer) == [], address


def test_no_form_sends_back_what_runs(planted):
    browse, addresses = planted
    sent, wrong = set(), {}
    for address, page in _opened(browse, addresses).items():
        for action, fields in _Forms(page).forms:
            to = action or address.partition("?")[0]
            if (to, *fields) in sent or to.endswith(LEFT):
                continue
            sent.add((to, *fields))
            answer = browse.send("POST", to, data={**fields, "csrf_token": browse.token})
            assert answer.status_code < 500, (to, fields)
            if found := _live_in(answer):
                wrong[to] = found
    assert wrong == {}
    assert len(sent) > 40
    assert _live(_opened(browse, addresses)) == {}


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{HOSTILE}</p>",
        f'<input value="{HOSTILE}">',
        f"<b title='{SHORT}'>",
        "<a href=' javascript:x'>",
        "<p title='a' onmouseover=x>",
    ],
)
def test_the_eye_is_not_blind(page):
    assert live_parts(page)
