"""Examples in the API's description: each type says its words beside itself, the rest follows.

A type keeps in `example` what only a person can say truly. Ids, days, moments, choices and the
types within it are filled in from the description, and what may be left out is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from pydantic import BaseModel

_KINDS = {
    "uuid": "01990f6e-5c00-7000-8000-000000000001",
    "date": "2026-09-15",
    "date-time": "2026-09-15T12:30:00Z",
    "integer": 1,
    "number": 1.0,
    "boolean": False,
    "null": None,
    "object": {},
}
# The parts of addresses, and what one asks with.
_ASKED = {
    "organizer": "ekhult",
    "year": "2026-27",
    "indicator": "gr-alla-amnen-ak9",
    "unit": "bjorkbacka-skola",
    "edition": "nks-2023",
    "network": "natverk-mellanslatt",
    "group": "rektorsgruppen-f6",
    "board": "huvudman",
    "page": "salsa",
    "code": "gr-1",
    "If-Match": '"3"',
}
_FILE = {"file": "egna-varden.csv"}


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


class Examples:
    """Examples of everything that a description (OpenAPI) names."""

    def __init__(self, schemas: dict[str, Any]) -> None:
        self._schemas = schemas
        self.unsaid: set[str] = set()
        self.types = {
            name: kind
            for base in (msgspec.Struct, BaseModel)
            for kind in _below(base)
            if (name := self._component(kind))
        }

    def _component(self, kind: type[Any]) -> str:
        """Return the name that the description gives a type; empty when it is not in it."""
        whole = f"{kind.__module__}.{kind.__qualname__}".replace(".", "_")
        if not whole.startswith("ska_"):
            return ""
        return next((one for one in self._schemas if whole.endswith(f"_{one}")), "")

    def _said(self, name: str) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for kind in reversed(self.types[name].__mro__ if name in self.types else ()):
            said |= vars(kind).get("example", {})
        return said

    def of(self, schema: dict[str, Any], name: str = "") -> Any:
        """Return an example of *schema*, which *name* leads to."""
        if "$ref" in schema:
            found = schema["$ref"].rpartition("/")[2]
            return self._whole(self._schemas[found], found)
        for choice in ("oneOf", "anyOf"):
            if choice in schema:
                bare = [one for one in schema[choice] if one.get("type") != "null"]
                return None if len(bare) < len(schema[choice]) and name else self.of(bare[0], name)
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema.get("type", "object")
        if kind == "array":
            items = schema.get("items", {})
            return [self.of(items, name)] if "$ref" in items else []
        found = _KINDS.get(schema.get("format", kind))
        if found is None and kind == "string":
            self.unsaid.add(name)
        return found

    def _whole(self, schema: dict[str, Any], name: str) -> Any:
        if "examples" in schema:
            return schema["examples"][0]
        if "properties" not in schema:
            return self.of(schema, name)
        said = self._said(name)
        needed = schema.get("required", [])
        return {
            field: said[field] if field in said else self.of(inner, f"{name}.{field}")
            for field, inner in schema["properties"].items()
            if field in said or field in needed
        }

    def add_to(self, operation: dict[str, Any]) -> None:
        """Give an operation's parameters, its body and its good answers their examples."""
        for one in operation.get("parameters", ()):
            if one["in"] == "path" or one["name"] in _ASKED:
                known = _ASKED.get(one["name"]) if one["in"] != "query" else None
                one.setdefault("example", known or self.of(one["schema"], one["name"]))
        for kind, body in operation.get("requestBody", {}).get("content", {}).items():
            body["example"] = _FILE if "multipart" in kind else self.of(body["schema"])
        for status, answer in operation["responses"].items():
            for kind, body in answer.get("content", {}).items() if status < "300" else ():
                is_text = "json" not in kind
                body["example"] = "edition: nks-2023\n" if is_text else self.of(body["schema"])
