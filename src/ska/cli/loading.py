"""Commands that load and export: values, units, the framework, a huvudman's open data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from ska.cli.common import Json, as_owner, read_settings, today
from ska.db.connect import owner_address
from ska.errors import Invalid, SkaError
from ska.settings import bundled

load = typer.Typer(help="Shared reference data and published values.", no_args_is_help=True)
export = typer.Typer(help="Values to take away.", no_args_is_help=True)


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
    from ska.values import given, services
    from ska.values import reports as accounts

    with as_owner() as connection:
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
    from ska.organizers import loading
    from ska.organizers.register import UnknownSheet
    from ska.values.importers.observations import Refused
    from ska.values.units import read_registers

    try:
        sheets = read_registers(paths or [])
    except (Refused, UnknownSheet) as refusal:
        raise SkaError(str(refusal)) from refusal
    with as_owner() as connection:
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
    from ska.fetching import unit_tree

    told = None
    with as_owner() as connection:
        tree = unit_tree.read_tree(connection, read_settings(), organizer, files or [])
    if not as_json:
        print(tree.in_words())
    if tree.has_news and (yes or (not as_json and typer.confirm("Läs in de nya? (y är ja)"))):
        with as_owner() as connection:
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
    from ska.values import services

    with as_owner() as connection:
        count = services.undo_published(connection, import_id)
    told = {"import_id": str(import_id), "values": count}
    in_words = f"{count} värden är borttagna och det de ersatte är tillbaka."
    print(json.dumps(told) if as_json else in_words)


def xray(
    import_ids: Annotated[
        list[UUID] | None, typer.Argument(help="Published imports; the newest without it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what the standing checks find in published imports; exit 1 when one says stop."""
    from ska.values.xrays.published import examine_imports

    with as_owner() as connection, Session(connection) as session:
        found = list(examine_imports(session, import_ids or []))
    if as_json:
        print(json.dumps([one.as_json() for one in found], ensure_ascii=False))
    else:
        print("\n\n".join(one.in_words() for one in found) or "Inget är inläst.")
    raise typer.Exit(1 if any(one.is_stopped for one in found) else 0)


@load.command("framework")
def load_framework(
    metadata: Annotated[
        Path | None,
        typer.Option(help="A saved answer of Skolverket's table: tell what differs from it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Load the editions of indicators/; refuse a released edition that was altered."""
    from ska.framework import services

    table = services.read_labels(metadata) if metadata else None
    root = bundled("indicators")
    with as_owner() as connection, Session(connection) as session:
        loaded = services.load_framework(session, root=root, today=today(), table=table)
    if as_json:
        print(json.dumps([one.as_report() for one in loaded], ensure_ascii=False))
    for one in [] if as_json else loaded:
        print(
            f"{one.edition}: {one.items} poster, {one.new} nya, {one.revised} ändrade, "
            f"{one.retired} utgångna."
        )
        print("".join(f"  {warning}\n" for warning in one.warnings), end="")


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
    from ska.values import exporting, history
    from ska.values.known import read_day

    try:
        known = read_day(as_of, today(), field="as_of")
    except Invalid as error:
        raise typer.BadParameter(error.detail, param_hint="--as-of") from error
    with as_owner() as connection, Session(connection) as session:
        frame = history.export_of(session, measure, area or [], known)
    written = exporting.as_json(frame) if as_json else exporting.as_csv(frame, known)
    typer.echo(written, nl=as_json)


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
    from ska.fetching import commands
    from ska.serving import prepare

    settings = read_settings()
    engine = create_engine(owner_address(prepare(settings)))
    try:
        report = commands.fetch(engine, settings, organizer, from_files, today(), quiet=as_json)
    finally:
        engine.dispose()
    print(json.dumps(report.as_json(), ensure_ascii=False) if as_json else commands.words(report))
    raise typer.Exit(report.exit_code)
