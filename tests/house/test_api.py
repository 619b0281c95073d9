"""The API's description keeps its promises for every operation, also those to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from sqlalchemy import create_engine
from tests.house.test_routes import SETTINGS

from ska.app import create_app
from ska.core.fields import Written
from ska.web.examples import Examples
from ska.web.once import note_key
from ska.web.openapi import describe

APP = create_app(SETTINGS, create_engine("postgresql+psycopg://", pool_size=1))
DOCUMENT = describe(APP.openapi_schema.to_schema())
SCHEMAS = DOCUMENT["components"]["schemas"]
CHECKER = jsonschema.FormatChecker()
SAFE = {"get", "head", "options"}


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                yield path, method, operation


EVERY = sorted(operations(), key=lambda one: one[:2])
ALL_NAMES = [f"{method} {path}" for path, method, _ in EVERY]
GETS = [(path, operation) for path, method, operation in EVERY if method == "get"]


def names_of(operation: dict[str, Any]) -> set[str]:
    return {one["name"] for one in operation.get("parameters", ())}


def answer_of(operation: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what a good answer holds; empty when it holds no JSON."""
    good = next(one for status, one in operation["responses"].items() if status < "300")
    schema = good.get("content", {}).get("application/json", {}).get("schema", {})
    return SCHEMAS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def test_every_operation_is_among_them():
    assert len(EVERY) > 100
    assert len([path for path, operation in GETS if answer_of(operation).get("type")]) > 30


@pytest.mark.parametrize(("path", "operation"), GETS, ids=[path for path, _ in GETS])
def test_every_list_comes_page_by_page(path, operation):
    """A bare list has pages; a search answers with its total too, and pages its hits."""
    is_list = answer_of(operation).get("type") == "array" or path.endswith("/search")

    assert ({"limit", "cursor"} <= names_of(operation)) is is_list
    assert ("Link" in operation["responses"]["200"].get("headers", {})) is is_list


CHANGES = [one for one in EVERY if one[1] not in SAFE]
NAMES = [f"{method} {path}" for path, method, _ in CHANGES]
ALSO_CHANGES = ("/decision", "/restore", "/strike")


@pytest.mark.parametrize(("path", "method", "operation"), CHANGES, ids=NAMES)
def test_every_change_is_on_the_version_that_was_read(path, method, operation):
    """What needs none, since nobody else can have changed it, says so where programs read."""
    makes = "201" in operation["responses"] and not path.endswith(ALSO_CHANGES)
    free = makes or "Needs no If-Match: " in operation["description"]

    assert ("If-Match" in names_of(operation)) is not free


def test_few_changes_need_no_version():
    free = {path for path, _, one in CHANGES if "Needs no If-Match: " in one["description"]}

    ends = {path.partition("{organizer}")[2] for path in free}
    assert ends == {"/notices/read", "/notices/{notice}/read", "/framework/wordings/proposals"}


@pytest.mark.parametrize(("path", "method", "operation"), CHANGES, ids=NAMES)
def test_everything_new_is_made_once_for_each_key(path, method, operation):
    assert ("Idempotency-Key" in names_of(operation)) is (method == "post")


def test_what_says_that_it_keeps_keys_does():
    posts = {
        handler
        for route in APP.routes
        for handler in getattr(route, "route_handlers", [])
        if route.path.startswith("/api/v1/") and "POST" in handler.http_methods
    }
    assert len(posts) > 30
    assert all(note_key in (handler.guards or ()) for handler in posts)


@pytest.mark.parametrize(("path", "method", "operation"), EVERY, ids=ALL_NAMES)
def test_every_operation_is_told_with_examples_that_hold(path, method, operation):
    bodies = list(operation.get("requestBody", {}).get("content", {}).values())
    for status, answer in operation["responses"].items():
        bodies += answer.get("content", {}).values() if status < "300" else ()
    asked = [one for one in operation["parameters"] if one["in"] == "path"]

    assert operation["summary"]
    assert all("example" in one for one in [*bodies, *asked])
    for one in [*bodies, *asked]:
        schema = {**one["schema"], "components": DOCUMENT["components"]}
        validator = jsonschema.Draft202012Validator(schema, format_checker=CHECKER)
        assert [fault.message for fault in validator.iter_errors(one["example"])] == []


def test_every_word_of_an_example_was_said_by_a_person():
    examples = Examples(SCHEMAS)
    for name in SCHEMAS:
        examples.of({"$ref": f"#/components/schemas/{name}"})

    assert examples.unsaid == set()


def test_the_rooms_of_the_api_have_swedish_names():
    rooms = {tag for _, _, operation in EVERY for tag in operation["tags"]}

    assert rooms == {
        "Analyser", "Dialoger", "Egna mål", "Insatser", "Jämför", "Målsättningar", "Notiser",
        "Nätverk", "Organisation", "Personer", "Resultat", "Sambedömning", "Sök", "Tavlor",
        "Texter",
        "Värden", "Årshjul", "Översikt",
    }  # fmt: skip


FORMS = [
    (name, kind) for name, kind in Examples(SCHEMAS).types.items() if issubclass(kind, Written)
]


@pytest.mark.parametrize(("name", "form"), FORMS, ids=[name for name, _ in FORMS])
def test_what_an_example_asks_with_is_accepted(name, form):
    form.model_validate(Examples(SCHEMAS).of({"$ref": f"#/components/schemas/{name}"}))
