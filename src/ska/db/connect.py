"""Which database: the one that is named, or the one that comes along."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from ska.db import embedded
from ska.db.migrate import APP
from ska.errors import SkaError
from ska.settings import Settings


@dataclass(frozen=True)
class Addresses:
    """Two ways into one database: as its owner (commands that migrate and load) and as the app."""

    owner: str | None
    app: str
    is_embedded: bool


def _with_driver(url: str, setting: str) -> str:
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            url = "postgresql+psycopg://" + url.removeprefix(scheme)
    try:
        if make_url(url).drivername == "postgresql+psycopg":
            return url
    except (ArgumentError, ValueError):
        pass  # told below, without the address: a password may stand in it
    raise SkaError(
        f"{setting} är ingen adress till PostgreSQL. "
        "Skriv den som postgresql://användare:lösenord@dator/databas."
    )


def find_database(settings: Settings) -> Addresses:
    """Return the addresses, starting the embedded server when no database is named."""
    if settings.database_url is not None:
        owner = settings.owner_database_url
        return Addresses(
            owner=_with_driver(owner, "SKA_OWNER_DATABASE_URL") if owner else None,
            app=_with_driver(settings.database_url, "SKA_DATABASE_URL"),
            is_embedded=False,
        )
    try:
        server = embedded.start_server(settings.data_dir)
    except OSError as error:
        raise SkaError(
            f"Databasen får ingen plats i {settings.data_dir} ({error.strerror or error}). "
            "Välj en mapp som går att skriva i med SKA_DATA_DIR."
        ) from error
    owner_url = embedded.ensure_database(server, "ska")
    return Addresses(owner_url, embedded.address(server, user=APP, database="ska"), True)


def owner_address(addresses: Addresses) -> str:
    """Return the owner's address; raise SkaError when none was given."""
    if addresses.owner is None:
        raise SkaError(
            "Kommandot ändrar databasens form eller gemensamma uppgifter. "
            "Ange ägarens adress i SKA_OWNER_DATABASE_URL."
        )
    return addresses.owner
