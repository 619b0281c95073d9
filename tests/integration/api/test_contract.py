"""The API does what its own description says, whatever is sent: no 5xx, no undeclared answer."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory

EXAMPLES = 30 if os.environ.get("SKA_PROVE") else 4


@pytest.fixture
def kim(db):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory())
    return person


def _send(browse: Any, case: Any) -> Any:
    """Send a made-up request in Ekhult, as a client would put it on the wire."""
    parts = {**(case.path_parameters or {}), "organizer": "ekhult"}
    path = case.path
    for name, value in parts.items():
        written = quote(str(value).encode("utf-8", "replace").decode(), safe="")
        path = path.replace("{" + name + "}", written or "x")
    query = urlencode({k: str(v) for k, v in (case.query or {}).items()}, errors="replace")
    options: dict[str, Any] = {}
    if isinstance(case.body, (dict, list, str, int, float, bool, type(None))):
        options["json"] = case.body
    key = {k: v for k, v in (case.headers or {}).items() if k == "If-Match" and str(v).isascii()}
    headers = {k: str(v) for k, v in key.items() if str(v).isprintable()}
    if case.method == "GET":
        options = {}
    return browse.api(case.method, f"{path}?{query}", headers=headers, **options)


def _wrong(answer: Any, case: Any) -> list[str]:
    """Return what the answer does that the description does not say."""
    name = f"{case.method} {case.path} → {answer.status_code}"
    kind = answer.headers.get("content-type", "").partition(";")[0]
    declared = case.operation.definition.raw["responses"]
    if answer.status_code >= 500:
        return [f"{name}: {answer.request.url} {answer.request.content[:300]!r}"]
    if answer.status_code >= 400 and kind != "application/problem+json":
        return [f"{name}: {kind}"]
    return [] if str(answer.status_code) in declared else [f"{name} is not declared"]


@pytest.mark.prove
def test_whatever_is_sent_the_answer_is_as_declared(db, kim):
    browse = db.browse(kim)
    document = browse.api("GET", "/api/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    found: list[str] = []
    asked = 0

    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            found.extend(_wrong(_send(browse, case), case))

        ask()

    assert found == []
    assert asked >= 200
