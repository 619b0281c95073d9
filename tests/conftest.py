"""Three ways to a database (decision 21): none, `session` (rolled back), `db` (a clone)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from psycopg import Cursor
from sqlalchemy import Engine, create_engine, event, text
from tests import the_demo
from tests.factories.base import current
from tests.places import Clone, acting_in, clone_of, drop_database
from tests.sizes import PROVE
from tests.washing import Used, forget_what_is_kept

from ska.access import Actor, Role
from ska.db import embedded, migrate
from ska.db.session import NOBODY, ScopedSession, make_engine
from ska.demo.definitions import NetworkSeed
from ska.organizers.models import Organizer, SchoolUnit

TEMPLATE = "ska_test_template"
_washed: list[Used] = []
# Fixed seeds in `make test`, new ones in `make prove` (decision 25); no clock on a shared machine.
settings.register_profile("ska", derandomize=not PROVE, deadline=None)
settings.load_profile("ska")


def _start_server() -> tuple[str, Path]:
    folder = Path(tempfile.mkdtemp(prefix="ska-test-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user when we are root
    server = embedded.start_server(folder)
    tune = create_engine(server, isolation_level="AUTOCOMMIT")
    with tune.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    tune.dispose()
    owner = create_engine(embedded.ensure_database(server, TEMPLATE))
    migrate.upgrade(owner)
    owner.dispose()
    return server, folder


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Start one server for all workers, and tell each its address."""
    config = node.config
    if not hasattr(config, "ska_server"):
        config.ska_server = _start_server()
    node.workerinput["ska_server"] = config.ska_server[0]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this process started and forget its folder."""
    started = getattr(config, "ska_server", None)
    if started is not None:
        embedded.stop_server(started[1])
        shutil.rmtree(started[1], ignore_errors=True)


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> str:
    """Return the superuser address of the run's server, with a migrated template in it."""
    told = getattr(request.config, "workerinput", {}).get("ska_server")
    if told is not None:
        return str(told)
    config: Any = request.config
    if not hasattr(config, "ska_server"):
        config.ska_server = _start_server()
    return str(config.ska_server[0])


@pytest.fixture(scope="session")
def shared_engine(server: str) -> Iterator[Engine]:
    """Return a superuser engine on this worker's database for rolled-back tests."""
    name = f"ska_session_{uuid4().hex[:8]}"
    engine = create_engine(embedded.ensure_database(server, name, template=TEMPLATE))
    yield engine
    engine.dispose()
    drop_database(server, name)


@pytest.fixture
def session(shared_engine: Engine) -> Iterator[ScopedSession]:
    """Return a session as the app role; all of it is rolled back. For services and queries."""
    connection = shared_engine.connect()
    outer = connection.begin()
    session = ScopedSession(
        connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
    )
    session.info["scope"] = NOBODY

    @event.listens_for(session, "after_begin")
    def _as_app(_session: Any, _transaction: Any, at: Any) -> None:
        at.execute(text("SET LOCAL ROLE ska_app"))

    @contextmanager
    def as_owner() -> Iterator[ScopedSession]:
        session.flush()
        session.execute(text("RESET ROLE"))
        yield session
        session.flush()
        session.execute(text("SET LOCAL ROLE ska_app"))

    with current.using(as_owner):
        yield session
    session.close()
    outer.rollback()
    connection.close()


@pytest.fixture
def acting(session: ScopedSession) -> Any:
    """Return a function that gives an actor and lets the session see what that actor may."""

    def act(role: Role, organizer: Organizer, unit: SchoolUnit | None = None) -> Actor:
        actor = acting_in(role, organizer, unit)
        session.limit_to(actor.scope(organizer.id))
        return actor

    return act


@contextmanager
def cloned(server: str, template: str = TEMPLATE) -> Iterator[Clone]:
    """Give a database of one's own, for as long as it is needed."""
    used = _washed.pop() if _washed and template == TEMPLATE else _new(server, template)
    clone = clone_of(used.owner, used.app)
    with current.using(clone.as_owner):
        yield clone
    clone.close()
    forget_what_is_kept()
    if template == TEMPLATE and used.wash():
        _washed.append(used)
    else:
        used.close()
        drop_database(server, used.name)


def _new(server: str, template: str = TEMPLATE) -> Used:
    name = f"ska_clone_{uuid4().hex[:10]}"
    owner = make_engine(embedded.ensure_database(server, name, template=template))
    return Used(owner, make_engine(embedded.address(server, user="ska_app", database=name)))


@pytest.fixture(scope="session")
def demo_template(server: str) -> Iterator[str]:
    """Return the name of a database with the demo in it, seeded once a worker."""
    used = _new(server)
    assert the_demo.seed(clone_of(used.owner, used.app)) == 8
    used.close()
    yield used.name
    drop_database(server, used.name)


@pytest.fixture
def db(server: str, request: pytest.FixtureRequest) -> Iterator[Clone]:
    """Return a database of this test's own: real commits, app role, factories that commit."""
    template = TEMPLATE
    if "demo" in request.fixturenames:
        template = request.getfixturevalue("demo_template")
    with cloned(server, template) as clone:
        yield clone


@pytest.fixture
def demo(db: Clone) -> NetworkSeed:
    """Return the demo's network, which the test's database holds; it is the demo's day."""
    db.clock.now = the_demo.NOW
    return the_demo.network()


@pytest.fixture
def statements(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Return the SQL that is sent from now on; clear it before what is measured."""
    names = request.fixturenames
    engine: Engine = request.getfixturevalue("db" if "db" in names else "shared_engine")
    engine = getattr(engine, "engine", engine)
    sent: list[str] = []
    execute = Cursor.execute

    def noted(cursor: Any, query: Any, *rest: Any, **options: Any) -> Any:
        about, asked = cursor.connection.info, str(query)
        is_ours = (about.user, about.dbname) == (engine.url.username, engine.url.database)
        if is_ours and not any(word in asked for word in ("set_config", "SAVEPOINT", "ROLE")):
            sent.append(asked)
        return execute(cursor, query, *rest, **options)

    for one in [engine.connect(), engine.connect()]:  # what a new connection asks is not a page's
        one.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Cursor, "execute", noted)  # the driver's own: SQLAlchemy is not always asked
        yield sent


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real files; the test is skipped by name where there is none."""
    folder = os.environ.get("SKA_REAL_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("SKA_REAL_DATA names no folder")
    return Path(folder)
