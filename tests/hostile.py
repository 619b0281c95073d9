"""What somebody unkind would write, planted in every text, and how to see that a page held."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from sqlalchemy import JSON, Text, text
from sqlalchemy.orm import Session
from tests.isolation import CANARY

from ska.tables import metadata

HOSTILE = (  # as long as a title may be
    "# \"'></textarea></title><script>planted()</script><svg onload=planted()>\n"
    '- **[a](javascript:planted())** [b](https://a.se"onclick=planted()){{7*7}}'
)
SHORT = "\"'><img src=x onerror=planted()>"
RUNS = ("javascript:", "data:text", "vbscript:")
# Words of ours, never of a person's: kinds, states, keys and what an address is made of.
OURS = {
    "act", "answer_kind",
    "area_type", "artefact", "asked_of", "authority", "better", "carried_from", "certainty",
    "channel", "code", "county_code", "dedupe_key", "digest", "direction", "done_answer",
    "edition_id",
    "effect_answer", "established_role", "finality", "gender", "governance_level", "group",
    "horizon", "href", "id", "item", "item_id", "key", "kind", "leased_by", "level",
    "municipality_code", "nature", "organisation_number", "organizer_number", "organizer_type",
    "owner_role", "parent_id", "part", "password_hash", "period", "period_type", "pupil_group",
    "place", "replaces", "responsible", "rights", "role", "roles", "route", "rule",
    "school_type", "school_unit_code", "scope", "sha256", "side", "slug", "state", "status",
    "factor", "rating", "voice", "subject_kind",
    "template_key", "text_status", "theme", "to_id", "token_hash",
    "unit_code", "whose", "writer_roles",
}  # fmt: skip
KEPT = {
    ("framework_edition", None): "released files of ours",
    ("scheduler_beat", None): "a clock of ours",
    ("once_answer", None): "an answer kept a day, sent as it was",
    ("sign_in_attempt", None): "not shown",
    ("person", "email"): "checked by the form and a constraint",
    ("own_import", "source"): "an importer's name",
    ("value_import", "source"): "an importer's name",
    ("measure", "source"): "an importer's name",
    ("own_measure", "source"): "an importer's name",
    ("own_series", "scope"): "a kind of huvudman",
    ("observation", "origin"): "where it came from: a word of ours",
    ("observation", "seen_at"): "an address of ours",
    ("fetch_run", "doing"): "what a worker of ours does",
    ("text_version", "reason"): "a word of ours",
    ("expectation", "fingerprint"): "a print of ours",
    ("expectation", "expected_in"): "a period, as the form checks it",
    ("expectation", "indicator"): "a code",
    ("expectation", "source"): "an importer's name",
    ("effect_reading", "verdict"): "a word of ours",
}


def plant(session: Session) -> list[str]:
    """Put HOSTILE into every text that a person or a file has words in; return which."""
    planted = []
    session.execute(text("SET LOCAL session_replication_role = replica"))
    for table in metadata.tables.values():
        for column in table.columns:
            if (table.name, None) in KEPT or (table.name, column.name) in KEPT:
                continue
            name, quoted = f"{table.name}.{column.name}", f'"{column.name}"'
            if isinstance(column.type, Text) and column.name not in OURS:
                words = ":short" if column.name == "unit" else ":hostile"
                change = f"{quoted} = {words} || substr(md5(random()::text), 1, 8)"
            elif isinstance(column.type, JSON):
                change = f"{quoted} = replace({quoted}::text, '{CANARY}', :inside)::jsonb"
            else:
                continue
            session.execute(
                text(f'UPDATE "{table.name}" SET {change} WHERE {quoted} IS NOT NULL'),
                {"hostile": HOSTILE, "short": SHORT, "inside": json.dumps(HOSTILE)[1:-1]},
            )
            planted.append(name)
    return planted


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        self.found += [f"<{tag} {name}>" for name in at if name.startswith("on")]
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            if at.get(name, "").strip().lower().startswith(RUNS):
                self.found.append(f"<{tag} {name}={at[name][:40]}>")
        if tag == "script" and "src" not in at and at.get("type") != "application/json":
            self.found.append("<script>")
        if at.get("src") == "x":
            self.found.append(f"<{tag} src=x>")


def live_parts(page: str) -> list[str]:
    """Return what on *page* would run or lead elsewhere; empty when all was escaped."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    return reader.found
