"""Commands for the database's shape and for the schemas of indicators/."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import create_engine

from ska.cli.common import Json, read_settings
from ska.db import embedded, migrate
from ska.db.connect import find_database, owner_address
from ska.settings import bundled

db = typer.Typer(help="The database's shape.", no_args_is_help=True)


@db.command("upgrade")
def db_upgrade(as_json: Json = False) -> None:
    """Make the database roles and run every migration."""
    engine = create_engine(owner_address(find_database(read_settings())))
    revision = migrate.upgrade(engine, app_password=os.environ.get("SKA_APP_PASSWORD"))
    print(json.dumps({"revision": revision}) if as_json else f"Databasen är på {revision}.")


@db.command("revision")
def db_revision(
    name: Annotated[str, typer.Argument(help="One word for the file name.")],
    message: Annotated[str, typer.Option("-m", help="What the migration does.")],
) -> None:
    """Write a migration from the difference between the tables and the newest revision."""
    from ska.tables import metadata

    with tempfile.TemporaryDirectory(prefix="ska-revision-") as folder:
        server = embedded.start_server(Path(folder))
        engine = create_engine(embedded.ensure_database(server, "revision"))
        print(migrate.revise(engine, metadata, name=name, message=message))
        engine.dispose()
        embedded.stop_server(Path(folder))


def write_schemas(
    check: Annotated[bool, typer.Option(help="Write nothing; exit 1 when one is stale.")] = False,
) -> None:
    """Write the JSON schemas of indicators/, so that editors check while one types."""
    from ska.xrays.definitions import all_schemas

    folder = bundled("indicators")
    stale = [
        name
        for name, text in all_schemas().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
    for name in stale:
        print(f"{name}: {'inaktuell' if check else 'skriven'}")
        if not check:
            (folder / name).write_text(all_schemas()[name], encoding="utf-8")
    if check and stale:
        raise typer.Exit(1)
