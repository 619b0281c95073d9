"""Sessions that carry the organizers a person may read and the one they may write."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, partial
from select import POLLIN, poll
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID

import orjson
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.rows import tuple_row
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import InvalidatePoolError, InvalidRequestError, OperationalError
from sqlalchemy.orm import Session, SessionTransaction

from ska.errors import Missing

T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """What row-level security lets through: organizers to read, one organizer to write."""

    readable: frozenset[UUID] = field(default_factory=frozenset)
    writable: UUID | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """Return the two settings as PostgreSQL keeps them."""
        return {
            "all": ",".join(sorted(str(one) for one in self.readable)),
            "one": str(self.writable or ""),
        }


NOBODY = Scope()
_IDLE_LONG = 30.0  # seconds after which a connection is asked whether it still stands


def tell_scope(connection: Connection, scope: Scope) -> None:
    """Tell PostgreSQL the scope of the transaction that is under way, or begin one with it.

    Begin and scope go as one question, past the driver that would ask twice: every answer of
    ours waits for it. Nothing but numbers of our own stands in it.
    """
    driver: Any = connection.connection.driver_connection
    told = scope.parameters
    question = (
        f"SELECT set_config('app.organizers', '{told['all']}', true),"
        f" set_config('app.organizer', '{told['one']}', true)"
    )
    if driver.info.transaction_status == TransactionStatus.IDLE:
        question = f"BEGIN; {question}"
    result = driver.pgconn.exec_(question.encode())
    if result.status != ExecStatus.TUPLES_OK:
        raise OperationalError(question, {}, error_from_result(result))


def lock(session: Session, thing: T) -> T:
    """Read a row anew and let nobody else change it until this act is done; Missing when gone."""
    columns = [one.key for one in inspect(type(thing)).column_attrs]
    try:
        session.refresh(thing, columns, with_for_update=True)
    except InvalidRequestError as gone:
        raise Missing from gone
    return thing


class ScopedSession(Session):
    """A session whose every transaction begins by telling PostgreSQL its scope."""

    @property
    def scope(self) -> Scope:
        """Return the scope in force."""
        scope: Scope = self.info.get("scope", NOBODY)
        return scope

    def limit_to(self, scope: Scope) -> None:
        """Change the scope, at once when a transaction is under way."""
        if scope == self.scope:
            return
        self.info["scope"] = scope
        if self.in_transaction():
            tell_scope(self.connection(), scope)


@event.listens_for(ScopedSession, "after_begin")
def _tell_scope(
    session: ScopedSession, _transaction: SessionTransaction, connection: Connection
) -> None:
    """Set the scope at every begin: a plain SET would leak to the pool's next user."""
    tell_scope(connection, session.scope)


@lru_cache(4)
def standing_alone(engine: Engine) -> Engine:
    """Return the same engine with each question a transaction of its own (autocommit)."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def ask_alone(
    engine: Engine, question: str, asked: dict[str, Any] | None = None, *, rows: Any = tuple_row
) -> list[Any]:
    """Return what one question is answered, outside of any transaction, each row made by *rows*.

    It goes past SQLAlchemy, which takes twice as long as PostgreSQL to ask it. Raises the driver's
    OperationalError when nobody answers.
    """
    pooled = engine.raw_connection()
    try:
        driver: Any = pooled.driver_connection
        driver.autocommit = True
        with driver.cursor(binary=True, row_factory=rows) as cursor:
            told: list[Any] = cursor.execute(question, asked, prepare=True).fetchall()
        driver.autocommit = False
    except BaseException:
        pooled.invalidate()
        raise
    pooled.close()
    return told


def ask(session: Session, question: str, asked: dict[str, Any] | None = None) -> list[Any]:
    """Return the rows of a question about what is the same for everybody, whatever the scope.

    It is asked in the transaction that is under way; none is begun for its sake.
    """
    bind = session.get_bind()
    if isinstance(bind, Engine) and not session.in_transaction():
        return ask_alone(bind, question, asked)
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor(binary=True) as cursor:
        told: list[Any] = cursor.execute(question, asked).fetchall()
    return told


def make_engine(url: str, *, patience: int = 0, **options: Any) -> Engine:
    """Return an engine with a pool as large as the server's threads.

    *patience* is how many seconds a question waits for a row, or a turn, that another transaction
    holds, before it gives up (OperationalError); 0 is for ever.
    """
    engine = create_engine(
        url,
        pool_size=options.pop("pool_size", 20),
        max_overflow=options.pop("max_overflow", 20),
        pool_use_lifo=True,  # what was used last has its questions prepared
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        **options,
    )
    event.listen(engine, "connect", partial(_answer_alone, patience))
    event.listen(engine, "checkin", _note_the_time)
    event.listen(engine, "checkout", partial(_must_stand, engine.dialect))
    return engine


def _answer_alone(patience: int, connection: Any, _record: Any) -> None:
    """Let a question be answered by one process, as it stands, and wait no longer than it may.

    Pages ask for few rows of large tables: to start workers or compile the plan took ten times
    as long as to find them.
    """
    usual, connection.autocommit = connection.autocommit, True
    connection.execute(
        "SET max_parallel_workers_per_gather = 0; SET jit = off;"
        f" SET lock_timeout = '{patience:d}s'"
    )
    connection.autocommit = usual


def _note_the_time(_connection: Any, record: Any) -> None:
    record.info["since"] = monotonic()


def _must_stand(dialect: Any, connection: Any, record: Any, _proxy: Any) -> None:
    """Make the pool take another connection when this one was broken while nobody used it.

    A server that ends, or ends a connection, says so: then there is something to read. Only one
    that has lain long is asked, for what stands between may forget it and say nothing.
    """
    try:
        line = poll()
        line.register(connection.fileno(), POLLIN)
        is_broken = bool(line.poll(0))
        if not is_broken and monotonic() - record.info.get("since", monotonic()) > _IDLE_LONG:
            is_broken = not dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error:
        is_broken = True
    if is_broken:
        raise InvalidatePoolError


def open_session(bind: Engine | Connection, scope: Scope = NOBODY) -> ScopedSession:
    """Return a session on *bind*; loaded rows stay readable after commit."""
    session = ScopedSession(bind, expire_on_commit=False)
    session.info["scope"] = scope
    return session
