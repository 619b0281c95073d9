"""A bare Jinja page of 200 rows: no database, no person, no layout; served by uvicorn."""

import sys

import uvicorn
from jinja2 import Environment

ROWS = [
    {"href": f"/insatser/{at}", "title": f"Insats {at}", "kind": "Insats", "state": "Pågår",
     "unit": "Ekskolan", "ends": "2027-06-11"}
    for at in range(200)
]  # fmt: skip
PAGE = Environment(autoescape=True).from_string("""<!doctype html><title>Insatser</title>
<h1>Insatser</h1><table>{% for row in rows %}
<tr><th><a href="{{ row.href }}">{{ row.title }}</a></th><td>{{ row.kind }}</td>
<td>{{ row.state }}</td><td>{{ row.unit }}</td><td>{{ row.ends }}</td></tr>{% endfor %}</table>""")


async def app(scope, _receive, send):
    """Answer everything with the page."""
    if scope["type"] != "http":
        return
    body = PAGE.render(rows=ROWS).encode()
    head = [(b"content-type", b"text/html; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="error", lifespan="off")
