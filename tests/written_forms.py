"""What a browser would send back from a form, read from the page."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        name = at.get("name")
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and name:
            if "checked" in at or at.get("type") not in {"radio", "checkbox"}:
                self._note(name, at.get("value") or "")
        elif tag == "textarea" and name:
            self._area = name
            self._note(name, "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in at:
            self._note(self._select, at.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] += data.removeprefix("\n")

    def _note(self, name: str, value: str) -> None:
        if not self.forms:
            return
        form = self.forms[-1]
        if name in form:
            before = form[name]
            form[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            form[name] = value


def form_with(page: str, field: str) -> dict[str, Any]:
    """Return the fields of the form on *page* that holds *field*, as they are filled in."""
    reader = _Reader()
    reader.feed(page)
    return next(form for form in reader.forms if field in form)
