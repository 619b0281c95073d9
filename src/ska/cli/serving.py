"""Commands that serve: the web application, the scheduler, the demo."""

from __future__ import annotations

import json
import os
from typing import Annotated

import typer
from sqlalchemy import create_engine

from ska.cli.common import Json, read_settings, today
from ska.core.swedish import parse_date
from ska.db.connect import owner_address
from ska.db.session import make_engine

seed = typer.Typer(help="Invented data to try SKA with.", no_args_is_help=True)


@seed.command("demo")
def seed_demo(as_json: Json = False) -> None:
    """Seed the invented Nätverk Mellanslätt; a demo that is there already is left as it is."""
    from ska.running import seed as seed_it

    added, people = seed_it(read_settings(), today())
    if as_json:
        print(json.dumps(people, ensure_ascii=False))
        return
    print("Demon är inläst." if added else "Demon fanns redan och är som ni lämnade den.")
    for one in people:
        print(f"  {one['name']}, {one['role']} i {one['organizer']}: {one['email']}")
    print(f"Lösenord för alla: {people[0]['password']}")


def run(
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Make everything ready with the demo, then serve: what `make run` does."""
    from ska.running import make_ready
    from ska.serving import check_port
    from ska.serving import serve as start

    os.environ.setdefault("SKA_DEMO", "1")
    if port is not None:
        os.environ["SKA_PORT"] = str(port)
    settings = read_settings()
    check_port("127.0.0.1", settings.port)
    make_ready(settings, today(), say=print)
    start(settings, host="127.0.0.1", port=settings.port)


def serve(
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the web application, with the embedded database when no other is named."""
    from ska.serving import serve as start

    start(read_settings(), host=host, port=port)


def scheduler() -> None:
    """Send reminders on time until stopped; several may run at once."""
    from ska.scheduler import run_until_stopped
    from ska.serving import prepare

    settings = read_settings()
    addresses = prepare(settings)
    owner = create_engine(owner_address(addresses)) if settings.fetch else None
    run_until_stopped(make_engine(addresses.app), settings, owner)


def remind(
    on: Annotated[
        str, typer.Option(help="The day to send for, as 2026-08-24; today if left out.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option(help="Tell what would go out, and keep nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Plan and send the reminders of a day, as the scheduler does at eight that morning."""
    from ska.cli.reminding import remind_on
    from ska.serving import prepare

    settings = read_settings()
    try:
        day = parse_date(on, today()) if on else today()
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--on") from error
    engine = make_engine(prepare(settings).app)
    lines = remind_on(engine, settings, day, keep=not dry_run)
    if as_json:
        print(json.dumps(lines, ensure_ascii=False))
        return
    for line in lines:
        above = " (nivån över)" if line["escalates"] else ""
        print(f"{line['organizer']}: {line['step']}, {line['unit']} → {line['receivers']}{above}")
    print(f"{len(lines)} påminnelser den {day}.")
