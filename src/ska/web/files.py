"""A file to take along: named, never kept by a cache."""

from __future__ import annotations

from litestar import Response

from ska.core.text import _

CSV = "text/csv"  # the charset is added to all that is text
SVG = "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

INVENTED = _("Påhittad demo: personer, skolor och siffror är uppdiktade.")


def attachment(body: bytes, media_type: str, name: str) -> Response[bytes]:
    """Return *body* as a file that the reader saves under *name*."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(body, media_type=media_type, headers=headers)
