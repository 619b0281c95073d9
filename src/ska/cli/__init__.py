"""The commands: `ska serve`, `ska db upgrade`, `ska load …`, `ska seed demo`, …

What a command works with is imported when it runs, so that `--help` and errors come at once.
"""

from __future__ import annotations

import sys

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import OperationalError

from ska.cli.database import db, write_schemas
from ska.cli.loading import export, fetch, load, xray
from ska.cli.people import person, token
from ska.cli.serving import remind, run, scheduler, seed, serve
from ska.errors import SkaError
from ska.settings import Settings

app = typer.Typer(
    help="SKA: systematiskt kvalitetsarbete.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for name, group in {
    "db": db,
    "seed": seed,
    "load": load,
    "export": export,
    "token": token,
    "person": person,
}.items():
    app.add_typer(group, name=name)
app.command("schema")(write_schemas)
for command in (fetch, xray, run, serve, scheduler, remind):
    app.command()(command)


def main() -> None:
    """Run a command; foreseen mistakes are one sentence and exit code 2."""
    try:
        app(standalone_mode=True)
    except SkaError as error:
        sentences = [error.detail]
    except ValidationError as error:
        if error.title != Settings.__name__:  # a mistake of ours: no setting is to blame
            raise
        sentences = [_of_setting(one) for one in error.errors(include_url=False)]
    except OperationalError as error:
        why = str(error.orig).strip().partition("\n")[0]
        sentences = [
            f"Databasen svarar inte ({why}).",
            "Se till att PostgreSQL är igång och att SKA_DATABASE_URL är rätt.",
        ]
    else:
        return
    print("\n".join(sentences), file=sys.stderr)
    sys.exit(2)


def _of_setting(error: ErrorDetails) -> str:
    """Return our own sentence, else which setting it is: a value may be secret."""
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    name = "_".join(str(part) for part in error["loc"]).upper()
    return f"SKA_{name} har ett värde som inte går att använda. Se docs/settings.md."
