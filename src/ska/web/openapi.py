"""The API's description (OpenAPI 3.1) and its front door, `GET /api/v1`."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.response import Response

from ska.web.examples import Examples
from ska.web.routing import Needs, read

DOCUMENT = "/api/v1/openapi.json"
PROBLEMS = {
    "401": "Nobody is signed in, or the key does not hold",
    "403": "The role or the key does not reach",
    "404": "It is not there, or not for this person",
    "409": "Something else has happened, or the order of the work forbids it",
    "412": "It has changed since the version in If-Match",
    "413": "The body is too large",
    "422": "What was sent cannot be used; invalid-params says why",
    "428": "If-Match is missing",
}
_ALWAYS = ("401", "403", "404", "422")
_BY_METHOD = {
    "post": ("409", "412", "413", "428"),
    "patch": ("409", "412", "413", "428"),
    "put": ("409", "412", "413", "428"),
    "delete": ("409", "412", "428"),
}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457, with the fields that were wrong",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "invalid-params": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "reason"],
                "properties": {"name": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
    },
    "examples": [
        {
            "type": "about:blank",
            "title": "Det finns fel att rätta",
            "status": 422,
            "detail": "Rätta fälten och försök igen.",
            "instance": "/api/v1/organizers/ekhult/units",
            "invalid-params": [{"name": "name", "reason": "Skriv enhetens namn"}],
        }
    ],
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "1–255 signs; the same key within 24 hours gives the first answer again",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "example": "f3b1a2c4-0001",
}


_NEXT = {
    "description": 'The next page, as <address>; rel="next"; without it this is the last',
    "schema": {"type": "string"},
}


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


def describe(document: dict[str, Any]) -> dict[str, Any]:
    """Return the framework's *document* with our problems, keys and examples declared."""
    document["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    document["paths"] = {
        path: item for path, item in document["paths"].items() if path.startswith("/api/v1")
    }
    examples = Examples(document["components"]["schemas"])
    for item in document["paths"].values():
        for method, operation in item.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            operation["responses"].pop("400", None)
            for status in (*_ALWAYS, *_BY_METHOD.get(method, ())):
                operation["responses"][status] = _problem(PROBLEMS[status])
            operation["responses"]["400"] = _problem("The body cannot be read")
            if any(one["name"] == "cursor" for one in operation.get("parameters", ())):
                operation["responses"]["200"].setdefault("headers", {})["Link"] = _NEXT
            if method == "post":
                operation.setdefault("parameters", []).append(dict(_KEY))
            examples.add_to(operation)
    return document


@read(DOCUMENT, needs=Needs.ANYONE, include_in_schema=False, sync_to_thread=False)
def openapi_document(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """Give the description of the API, for people and for generators of clients."""
    state = request.app.state
    if "openapi" not in state:
        state.openapi = describe(request.app.openapi_schema.to_schema())
    headers = {"Cache-Control": "public, max-age=300"}
    return Response(state.openapi, media_type="application/json", headers=headers)


@read("/api/v1", needs=Needs.ANYONE, include_in_schema=False, sync_to_thread=False)
def index() -> dict[str, str]:
    """Give the addresses to begin at."""
    return {
        "openapi": DOCUMENT,
        "documentation": "/api",
        "organizer": "/api/v1/organizers/{organizer}",
        "indicators": "/api/v1/organizers/{organizer}/indicators",
        "analyses": "/api/v1/organizers/{organizer}/analyses",
        "actions": "/api/v1/organizers/{organizer}/actions",
        "units": "/api/v1/organizers/{organizer}/units",
        "values": "/api/v1/organizers/{organizer}/values",
        "search": "/api/v1/organizers/{organizer}/search{?q}",
        "live": "/halsa/live",
        "ready": "/halsa/redo",
    }
