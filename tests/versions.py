"""How a test says which version of a thing it has read."""

from typing import Any


def seen(version: object) -> dict[str, str]:
    """Return the header of who has read this version."""
    return {"If-Match": f'"{version}"'}


def read(at: Any, address: str) -> dict[str, str]:
    """Return the header of who reads the thing just now."""
    return {"If-Match": at.api("GET", address).headers["etag"]}
