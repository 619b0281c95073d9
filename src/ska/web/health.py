"""Two lights for the one who runs SKA: alive, and ready to serve."""

from __future__ import annotations

from litestar import Response
from litestar.datastructures import State
from sqlalchemy.exc import SQLAlchemyError

from ska.db import migrate
from ska.web.routing import Needs, read


@read("/halsa/live", needs=Needs.ANYONE, sync_to_thread=False, include_in_schema=False)
def live() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@read("/halsa/redo", needs=Needs.ANYONE, include_in_schema=False)
def ready(state: State) -> Response[dict[str, str]]:
    """Say whether everything that serving needs is there: each check by name."""
    checks: dict[str, str] = {}
    try:
        with state.engine.connect() as connection:
            checks["database"] = "ok"
            stands = migrate.current(connection)
            at_head = stands == migrate.head()
            todo = "kör ska db upgrade" if migrate.is_known(stands) else "kör den nyare versionen"
            checks["migrations"] = "ok" if at_head else todo
            # On tables of another time the other questions have no answer.
            for name, check in state.readiness.items() if at_head else ():
                checks[name] = check(connection, state.clock())
    except SQLAlchemyError:
        checks["database"] = "svarar inte"
    good = all(result == "ok" for result in checks.values())
    return Response(
        {**checks, "status": "ok" if good else "inte redo"}, status_code=200 if good else 503
    )
