"""Our own files for the browser, under an address that changes when any of them does."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from litestar import Request
from litestar.params import FromPath
from litestar.response import Response

from ska.errors import Missing
from ska.settings import bundled
from ska.web.routing import Needs, read

_FOREVER = "public, max-age=31536000, immutable"
SHEETS = (
    "tokens", "base", "nav", "forms", "card", "tag", "notice", "table", "chart", "picture",
    "board", "wheel", "thread", "editor", "search", "print",
)  # fmt: skip
"""Our style sheets in the order in which they apply; pages ask for all of them as one."""
_ALL = "css/all.css"
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}


@dataclass(frozen=True)
class _File:
    body: bytes
    media_type: str
    packed: dict[str, bytes]


@cache
def version() -> str:
    """Return eight characters that stand for all static files together."""
    digest = hashlib.sha256()
    root = bundled("frontend") / "static"
    for path in sorted(root.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def address(path: str) -> str:
    """Return the address of a static file, for templates."""
    return f"/statisk/{version()}/{path}"


@cache
def _load(path: str) -> _File:
    root = (bundled("frontend") / "static").resolve()
    if path == _ALL:
        body = b"".join((root / f"css/{sheet}.css").read_bytes() for sheet in SHEETS)
        return _File(body, "text/css", {"gzip": gzip.compress(body)})
    try:
        file = (root / path).resolve()
        is_ours = file.is_relative_to(root) and file.is_file()
    except (OSError, ValueError):  # no name of a file: too long, or with a sign that none has
        is_ours = False
    if ".." in PurePosixPath(path).parts or not is_ours:
        raise Missing
    kind = _TYPES.get(file.suffix) or guess_type(file.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/")  # to which Litestar adds in which letters it is written
    if kind.endswith(("json", "svg+xml")):
        kind, is_text = f"{kind}; charset=utf-8", True
    packed = {
        coding: Path(f"{file}{ending}").read_bytes()
        for coding, ending in (("br", ".br"), ("gzip", ".gz"))
        if Path(f"{file}{ending}").is_file()
    }
    body = file.read_bytes()
    if not packed and is_text:
        packed["gzip"] = gzip.compress(body)
    return _File(body, kind, packed)


@read("/statisk/{release:str}/{file:path}", needs=Needs.ANYONE, sync_to_thread=True)
def static_file(
    request: Request[Any, Any, Any], release: FromPath[str], file: Annotated[Path, ...]
) -> Response[bytes]:
    """Give a static file, packed when the browser can unpack it."""
    found = _load(str(file).lstrip("/"))
    headers = {"Cache-Control": _FOREVER if release == version() else "no-store"}
    body = found.body
    if found.packed:
        headers["Vary"] = "Accept-Encoding"
    accepted = request.headers.get("accept-encoding", "")
    for coding, packed in found.packed.items():
        if coding in accepted:
            headers["Content-Encoding"] = coding
            body = packed
            break
    return Response(body, media_type=found.media_type, headers=headers)
