"""Every mistake becomes a page or, under /api, a problem (RFC 9457); never a stack trace."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson
from litestar import Request
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Response
from psycopg.errors import DataError as DriverDataError
from psycopg.errors import (
    DeadlockDetected,
    ExclusionViolation,
    ForeignKeyViolation,
    LockNotAvailable,
    NumericValueOutOfRange,
    UniqueViolation,
)
from psycopg.errors import OperationalError as DriverError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from ska.core.ids import new_id
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing, NotSignedIn, OldForm, SkaError
from ska.web.cookies import cookie_of
from ska.web.forms import sentence_of
from ska.web.lost import page_above
from ska.web.once import Replayed, on_replayed
from ska.web.page import Page
from ska.web.tracing import trace_id

_OCCUPIED = _(
    "Någon annan ändrar eller läser in samma sak just nu. Vänta en stund och försök igen."
)
_FORESTALLED = _(
    "Någon annan hann före med samma sak, eller tog bort något som behövs. Läs om och försök igen."
)
_UNHELD = _(
    "Något som skickades går inte att spara: ett tal är för stort, eller något är inget tecken. "
    "Rätta det och försök igen."
)
_NOT_SAVED = _("Det du nyss skickade är inte sparat.")
log = logging.getLogger("ska.web")
_LONGEST_WAY = 400
PROBLEM = "application/problem+json"
_TITLES = {
    400: _("Det gick inte att läsa det som skickades"),
    404: Missing.title,
    405: _("Så kan adressen inte användas"),
    408: _("Det som skickades kom inte fram i tid"),
    413: _("Det som skickades är för stort"),
}
_WHAT_TO_DO = {
    404: Missing().detail,
    405: _("Hit skickas bara formulär. Gå till sidan där formuläret finns."),
    408: _("Inget är sparat. Försök igen, gärna på en bättre uppkoppling."),
    413: _("Skicka högst 60 MB åt gången. Inget är sparat."),
}


def _is_api(request: Request[Any, Any, Any]) -> bool:
    return request.url.path.startswith("/api/")


def problem(
    request: Request[Any, Any, Any],
    status: int,
    title: str,
    detail: str,
    fields: dict[str, str] | None = None,
) -> Response[bytes]:
    """Return a problem (RFC 9457) with the fields that were wrong, if any."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
    }
    if fields:
        body["invalid-params"] = [
            {"name": name, "reason": reason} for name, reason in fields.items()
        ]
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type=PROBLEM,
        headers={"Cache-Control": "no-store"},
    )


def _answer(
    request: Request[Any, Any, Any],
    status: int,
    title: str,
    detail: str,
    fields: dict[str, str] | None = None,
    **more: str,
) -> Response[Any]:
    if _is_api(request):
        return problem(request, status, title, detail, fields)
    return Page(
        "layout/error.html",
        status_code=status,
        heading=title,
        text=detail,
        **more,
        unread=int,  # not asked for: what went wrong may be that nobody answers
    )


def _sign_in_for(request: Request[Any, Any, Any]) -> str:
    """Return the address of the sign-in page that leads on to where the reader was going."""
    path, query = request.url.path, request.url.query
    to = f"{path}?{query}" if query and len(path) + len(query) < _LONGEST_WAY else path
    return f"/logga-in?nasta={quote(to, safe='/')}"


def on_foreseen(request: Request[Any, Any, Any], error: SkaError) -> Response[Any]:
    """Tell about a foreseen mistake; who is not signed in is led to the sign-in page."""
    if isinstance(error, NotSignedIn) and not _is_api(request) and request.method == "GET":
        return Response(None, status_code=303, headers={"Location": _sign_in_for(request)})
    held = request.state.get("held")
    if isinstance(error, (NotSignedIn, OldForm)) and held is not None and not _is_api(request):
        # An old form in a browser that has a cookie: most likely they signed in anew in another
        # window. If not, what they send next ends here again, with the sign-in form.
        signed_in = isinstance(error, OldForm) and cookie_of(request) is not None
        return Page("layout/held.html", status_code=error.status, held=held, signed_in=signed_in)
    fields = error.fields if isinstance(error, Invalid) else None
    answer = _answer(request, error.status, error.title, error.detail, fields)
    if isinstance(error, NotSignedIn):
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def on_validation(request: Request[Any, Any, Any], error: ValidationException) -> Response[Any]:
    """Tell what was wrong with a body, field by field, or that the address was off."""
    extra = [one for one in (error.extra or []) if isinstance(one, dict)]
    sources = {"body", "query", "header"} if _is_api(request) else {"body"}
    in_body = [one for one in extra if one.get("source", "body") in sources]
    if not in_body:
        return on_foreseen(request, Missing())
    fields = {str(one.get("key", "data")): sentence_of(one) for one in in_body}
    return _answer(request, 422, Invalid.title, _("Rätta fälten och försök igen."), fields)


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Tell about a mistake that the framework found."""
    status = error.status_code
    if status >= 500:
        return on_unforeseen(request, error)
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    detail = _WHAT_TO_DO.get(status, _("Kontrollera adressen och försök igen."))
    way = _page_of_the_form(request) if status == 405 else "/"
    answer = _answer(request, status, title, detail, way=way)
    if error.headers:
        answer.headers.update({k: v for k, v in error.headers.items() if k.lower() == "allow"})
    return answer


def _page_of_the_form(request: Request[Any, Any, Any]) -> str:
    return page_above(request.app, request.state.get("takes_forms", request.url.path))


def on_unforeseen(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Log what happened under a code and give the reader the code."""
    code = str(new_id())[-8:]
    log.error(
        "unforeseen error %s at %s trace %s",
        code,
        request.url.path,
        trace_id(request.scope),
        exc_info=error,
    )
    detail = _("Försök igen om en stund. Det som var sparat är kvar.")
    if _is_api(request):
        detail += f" Felkod {code}."
    return _answer(request, 500, _("Något gick fel hos oss"), detail, code=code)


def on_database_away(
    request: Request[Any, Any, Any], error: OperationalError | DriverError
) -> Response[Any]:
    """Say that the database does not answer, or that another is at the same: try again.

    Nothing was saved.
    """
    cause = error.orig if isinstance(error, OperationalError) else error
    if isinstance(cause, (LockNotAvailable, DeadlockDetected)):
        return on_foreseen(request, Conflict(_and_what_was_sent(request, _OCCUPIED)))
    log.error("the database does not answer at %s: %s", request.url.path, cause)
    detail = _and_what_was_sent(request, _("Vänta en stund och försök igen."))
    answer = _answer(request, 503, _("Databasen svarar inte just nu"), detail)
    answer.headers["Retry-After"] = "10"
    return answer


def on_forestalled(request: Request[Any, Any, Any], error: IntegrityError) -> Response[Any]:
    """Say that another did what makes this impossible, after it was looked for: read anew."""
    if not isinstance(error.orig, (UniqueViolation, ExclusionViolation, ForeignKeyViolation)):
        return on_unforeseen(request, error)
    log.warning("forestalled at %s: %s", request.url.path, error.orig.diag.constraint_name)
    return on_foreseen(request, Conflict(_and_what_was_sent(request, _FORESTALLED)))


def _and_what_was_sent(request: Request[Any, Any, Any], sentence: str) -> str:
    """Return the sentence, and that nothing was saved when something was sent."""
    return sentence if request.method == "GET" else f"{sentence} {_NOT_SAVED}"


def on_unheld(request: Request[Any, Any, Any], error: DataError | DriverDataError) -> Response[Any]:
    """Tell that no table can hold what was asked for or sent: too large a number, no character."""
    cause = error.orig if isinstance(error, DataError) else error
    if not isinstance(cause, NumericValueOutOfRange) and type(cause) is not DriverDataError:
        return on_unforeseen(request, error)
    return on_foreseen(request, Missing() if request.method == "GET" else Invalid(_UNHELD))


def on_too_deep(request: Request[Any, Any, Any], error: RecursionError) -> Response[Any]:
    """Tell that what was sent is nested too deeply to be read; who only reads sent nothing."""
    if request.method == "GET":
        return on_unforeseen(request, error)
    return _answer(request, 400, _TITLES[400], _("Det är nästlat i för många nivåer."))


HANDLERS: dict[Any, Any] = {
    SkaError: on_foreseen,
    Replayed: on_replayed,
    ValidationException: on_validation,
    HTTPException: on_http,
    OperationalError: on_database_away,
    DriverError: on_database_away,  # from a cursor of the driver's own
    IntegrityError: on_forestalled,
    DataError: on_unheld,
    DriverDataError: on_unheld,
    RecursionError: on_too_deep,
    Exception: on_unforeseen,
}
