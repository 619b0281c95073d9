"""Bring a database to the newest shape: roles, locale, tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text

from ska.errors import SkaError

OWNER, APP = "ska_owner", "ska_app"
_LOCK = 0x534B41
MIGRATIONS = Path(__file__).with_name("migrations")


class WrongDatabase(SkaError):
    """The database cannot carry SKA as it is."""

    title = "Databasen går inte att använda"


def _config(connection: Connection, metadata: MetaData | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config


def head() -> str:
    """Return the newest revision that this version of SKA knows."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head() or ""


def current(connection: Connection) -> str | None:
    """Return the revision that the database stands at, or None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str | None) -> bool:
    """Tell whether this version of SKA has heard of a revision; a newer one's it has not."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    return revision is None or revision in known


def check_locale(connection: Connection) -> None:
    """Raise WrongDatabase when the database does not know that å is the small Å."""
    if connection.scalar(text("SELECT lower('Å')")) != "å":
        raise WrongDatabase(
            "Databasen kan inte svenska bokstäver (dess locale är C). "
            "Skapa den med LOCALE 'C.UTF-8' eller en svensk locale."
        )


def _make_roles(connection: Connection, app_password: str | None) -> None:
    names = set(connection.scalars(text("SELECT rolname FROM pg_roles")))
    if OWNER not in names:
        connection.execute(text(f"CREATE ROLE {OWNER} NOLOGIN NOSUPERUSER NOBYPASSRLS"))
    if APP not in names:
        connection.execute(text(f"CREATE ROLE {APP} LOGIN NOSUPERUSER NOBYPASSRLS"))
    if app_password is not None:
        quoted = connection.scalar(text("SELECT quote_literal(:p)"), {"p": app_password})
        connection.execute(text(f"ALTER ROLE {APP} PASSWORD {quoted}"))
    database = connection.scalar(text("SELECT quote_ident(current_database())"))
    for statement in (
        f"GRANT {OWNER} TO CURRENT_USER",
        f"GRANT CREATE, CONNECT, TEMPORARY ON DATABASE {database} TO {OWNER}",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {APP}",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {APP}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public "
        f"GRANT USAGE, SELECT ON SEQUENCES TO {APP}",
    ):
        connection.execute(text(statement))


def upgrade(engine: Engine, *, app_password: str | None = None) -> str:
    """Make the roles and run every migration; return the revision reached.

    *engine* connects as someone who may make roles. Two upgrades at once wait for each other.
    Raises WrongDatabase when the locale cannot carry Swedish, or a newer SKA was here.
    """
    with engine.begin() as connection:
        check_locale(connection)
        if not is_known(stands := current(connection)):
            raise WrongDatabase(
                f"Databasen är på {stands}, som den här versionen av SKA inte känner till. "
                "Kör den nyare versionen. Inget är ändrat."
            )
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        _make_roles(connection, app_password)
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS btree_gist"))
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
        command.upgrade(_config(connection), "head")
        return current(connection) or ""


def check_app_role(connection: Connection) -> None:
    """Raise WrongDatabase unless the connection is one that row-level security binds."""
    row = connection.execute(
        text(
            "SELECT rolsuper OR rolbypassrls OR pg_has_role(current_user, :owner, 'MEMBER')"
            " FROM pg_roles WHERE rolname = current_user"
        ),
        {"owner": OWNER},
    ).scalar_one()
    if row:
        raise WrongDatabase(
            "SKA får inte köras som databasens ägare eller superuser, då gäller inte radskyddet. "
            f"Anslut som {APP} i SKA_DATABASE_URL."
        )


def revise(engine: Engine, metadata: MetaData, *, name: str, message: str) -> Path:
    """Write the migration that takes an upgraded scratch database to *metadata*; return its file.

    A person reads it, adds ``op.protect(table)`` for each owned table, and only then commits it.
    """
    upgrade(engine)
    number = int((head() or "0000").split("_")[0]) + 1
    with engine.begin() as connection:
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
        config = _config(connection, metadata)
        revision = command.revision(
            config, message=message, autogenerate=True, rev_id=f"{number:04}_{name}"
        )
    return Path(revision.path)  # type: ignore[union-attr]  # one revision is asked for
