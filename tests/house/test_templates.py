"""Every template parses, has a title, and keeps to what the strict CSP allows."""

import hashlib
import re
from pathlib import Path

import pytest
from tests.bare_templates import FRONTEND, TEMPLATES, environment, sample

PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
FORBIDDEN = {
    "an inline style": r"\sstyle\s*=",
    "an inline handler": r"\son[a-z]+\s*=",
    "hx-on": r"hx-on",
    "an inline script": r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")",
    "a style element": r"<style\b",
    "text marked as safe": r"\|\s*safe\b",
    "a trigger filter": r"hx-trigger=\"[^\"]*\[",
    "another host": r"(?:src|href|action)=\"https?://",
    "a required attribute": r"<(?:input|textarea|select)[^>]*\srequired",
    "a placeholder": r"\splaceholder\s*=",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_template_parses(name: str) -> None:
    assert environment().get_template(name).name == name


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_title_and_extends_the_frame(name: str) -> None:
    template = environment().get_template(name)
    source = (TEMPLATES / name).read_text(encoding="utf-8")

    if "{% extends" in source:
        assert "title" in template.blocks, f"{name} lacks a title block"


@pytest.mark.parametrize("name", PAGES)
def test_a_template_keeps_the_rules(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")

    broken = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, source)]

    assert broken == []


@pytest.mark.parametrize("bad", ['<p style="a">', "<b onclick=x>", "{{ x | safe }}", "<script>"])
def test_the_rules_bite(bad: str) -> None:
    assert any(re.search(pattern, bad) for pattern in FORBIDDEN.values())


def test_the_story_page_shows_every_component() -> None:
    source = (TEMPLATES / "components.html").read_text(encoding="utf-8")
    names = set(re.findall(r"{% macro ([a-z]\w+)\(", source)) - {"icon", "chart", "csrf"}
    story = (TEMPLATES / "dev/components.html").read_text(encoding="utf-8")

    missing = {name for name in names if f"ui.{name}(" not in story}

    assert missing == set()
    assert "Påhittad demo" in environment().get_template("dev/components.html").render(sample())


def test_a_page_without_anyone_signed_in_renders() -> None:
    page = environment().get_template("layout/error.html")

    html = page.render(heading="Sidan finns inte", text="Den kan ha flyttats.")

    assert "<h1>Sidan finns inte</h1>" in html


def test_scripts_are_small_modules() -> None:
    long = {
        path.name: lines
        for path in (FRONTEND / "static/js").glob("*.js")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 100
    }

    assert long == {}


def test_what_comes_from_elsewhere_is_unaltered() -> None:
    text = (FRONTEND / "static/vendor/VENDOR.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|.*\| ([0-9a-f]{64}) \|$", text, re.MULTILINE)

    assert len(rows) >= 3
    for name, expected in rows:
        assert hashlib.sha256(_found(name).read_bytes()).hexdigest() == expected, name


def _found(name: str) -> Path:
    ours = FRONTEND / "static" / name
    return ours if ours.exists() else Path(__file__).parents[1] / "vendor" / name
