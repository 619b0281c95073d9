"""A test's own database with real commits, a web client and signed-in people on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from httpx import Cookies, Response
from litestar.testing import TestClient
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from ska.access import Actor, Assignment, Role
from ska.accounts import services as accounts
from ska.accounts.models import Person
from ska.app import create_app
from ska.core.ids import new_id
from ska.core.secrets import csrf_token
from ska.db.session import Scope, ScopedSession, make_engine, open_session
from ska.organizers.models import Organizer, SchoolUnit
from ska.settings import Settings

STOCKHOLM = ZoneInfo("Europe/Stockholm")
STORY_DAY = datetime(2026, 9, 4, 9, 0, tzinfo=STOCKHOLM)

# Putting the application together costs more than most tests; what differs is in its state.
_free_apps: list[Any] = []


def drop_database(server: str, name: str) -> None:
    """Drop a test's database, whoever is still connected."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    engine.dispose()


def acting_in(role: Role, organizer: Organizer, unit: SchoolUnit | None = None) -> Actor:
    """Return someone who holds *role* today, without a row of their own."""
    held = Assignment(role, organizer.id, unit.id if unit else None)
    return Actor(new_id(), "Kim Ek", "kim@example.se", (held,))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = STORY_DAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Browse:
    """A web client that carries its form token and checks every page it opens."""

    def __init__(self, client: TestClient[Any], secret: str | None) -> None:
        self._client = client
        self.cookies = Cookies({"ska": secret} if secret else {})

    @property
    def token(self) -> str:
        """Return the form token of this browser's cookie."""
        return csrf_token(self.cookies.get("ska") or "")

    def send(self, method: str, path: str, **options: Any) -> Response:
        """Send a request with this browser's cookies and keep those that come back."""
        self._client.cookies = self.cookies
        answer = self._client.request(method, path, **options)
        self.cookies = Cookies(self._client.cookies)
        return answer

    def get(self, path: str, **options: Any) -> Response:
        """Open a page as a browser would."""
        return self._checked(self.send("GET", path, **options))

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Response:
        """Send a form with its token."""
        body = {"csrf_token": self.token, **(data or {})}
        return self._checked(self.send("POST", path, data=body, **options))

    def api(self, method: str, path: str, **options: Any) -> Response:
        """Call the API with the page's cookie and token."""
        headers = {"x-csrf-token": self.token, **options.pop("headers", {})}
        return self.send(method, path, headers=headers, **options)

    @staticmethod
    def _checked(answer: Response) -> Response:
        assert answer.status_code < 500, answer.text
        if answer.status_code in {200, 422} and "text/html" in answer.headers["content-type"]:
            if "<!doctype" in answer.text:
                assert len(re.findall(r"<h1[ >]", answer.text)) == 1, "a page has one h1"
                assert re.search(r"<title>\s*\S.* – SKA", answer.text), "a page has a title"
            assert " style=" not in answer.text
            assert answer.headers["cache-control"] == "no-store"
        assert "content-security-policy" in answer.headers
        assert answer.headers.get("content-type", "").count("charset") <= 1
        return answer


class Clone:
    """A database of one test's own."""

    def __init__(self, owner: Engine, engine: Engine) -> None:
        self.owner = owner
        self.engine = engine
        self.clock = Clock()
        self.settings = Settings(demo=False, data_dir="/nonexistent", database_url="set")
        self._client: TestClient[Any] | None = None
        self._app: Any = None

    @contextmanager
    def as_owner(self) -> Iterator[Session]:
        """Give a session past row-level security, committed at the end."""
        with Session(self.owner, expire_on_commit=False) as session:
            yield session
            session.commit()

    def session(self, scope: Scope | None = None) -> ScopedSession:
        """Return a session as the app role; the test commits and closes it."""
        return open_session(self.engine, scope or Scope())

    @property
    def app(self) -> Any:
        """Return the application on this database."""
        if self._app is None:
            told = {"settings": self.settings, "engine": self.engine, "clock": self.clock}
            self._app = _free_apps.pop() if _free_apps else create_app(**told)
            self._app.state.update(told)
        return self._app

    def sign_in(self, person: Person) -> str:
        """Sign *person* in and return the cookie's secret."""
        with self.as_owner() as session:
            return accounts.open_sign_in(session, person=person, now=self.clock())

    def browse(self, person: Person | None = None) -> Browse:
        """Return a web client, signed in as *person* if given."""
        if self._client is None:
            self._client = TestClient(self.app, base_url="http://ska.local")
            self._client.follow_redirects = False
            self._client.__enter__()
        return Browse(self._client, self.sign_in(person) if person else None)

    def close(self) -> None:
        """Let go of the client, and of the application for the next test."""
        if self._client is not None:
            self._client.__exit__(None, None, None)
        if self._app is not None:
            _free_apps.append(self._app)
            self._app = None


clone_of: Callable[[Engine, Engine], Clone] = Clone


@contextmanager
def answering_on(place: Clone, **options: Any) -> Iterator[Clone]:
    """Give the same database, answered on connections of these options."""
    engine = make_engine(place.engine.url.render_as_string(False), **options)
    clone = Clone(place.owner, engine)
    yield clone
    clone.close()
    engine.dispose()
