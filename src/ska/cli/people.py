"""Commands that let people and programs in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated

import typer

from ska.cli.common import Json, as_owner, now, read_settings
from ska.db.session import ScopedSession

token = typer.Typer(help="Keys for programs.", no_args_is_help=True)
person = typer.Typer(help="Let people in: a huvudman's first administrator.", no_args_is_help=True)


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
    from ska.accounts.keys import issue_key

    moment = now()
    until = moment + timedelta(days=days)
    wanted = [one.strip() for one in rights.split(",") if one.strip()]
    with as_owner() as connection, ScopedSession(connection) as session:
        key = issue_key(
            session, email=email, slug=organizer, rights=wanted, name=name, until=until, now=moment
        )
        session.flush()
    print(json.dumps(key, ensure_ascii=False) if as_json else key["token"])


def _say_link(secret: str, email: str, *, as_json: bool) -> None:
    link = f"{read_settings().address}/valkommen/{secret}"
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
    from ska.accounts import operator

    moment = now()
    with as_owner() as connection, ScopedSession(connection) as session:
        operator.first_role(
            session, name=name, email=email, role=role, slug=organizer, today=moment.date()
        )
        secret = operator.new_link(session, email=email, now=moment)
        session.flush()
    _say_link(secret, email, as_json=as_json)


@person.command("invite")
def person_invite(
    email: Annotated[str, typer.Option(help="Whose link it is.")], as_json: Json = False
) -> None:
    """Print a new link by which a person chooses a password; earlier links die."""
    from ska.accounts import operator

    moment = now()
    with as_owner() as connection, ScopedSession(connection) as session:
        secret = operator.new_link(session, email=email, now=moment)
        session.flush()
    _say_link(secret, email, as_json=as_json)
