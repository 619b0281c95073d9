"""The contrast of the colours, recomputed from tokens.css by the formula of WCAG 2.2."""

import re

import pytest
from tests.bare_templates import FRONTEND

TEXT, LARGE = 4.5, 3.0
TOKENS = (FRONTEND / "static/css/tokens.css").read_text(encoding="utf-8")
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\);")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)} | {
    name: (colour, colour) for name, colour in re.findall(r"--([\w-]+): (#[0-9A-F]{6});", TOKENS)
}
INK = [(ink, ground) for ink in ("ink", "ink-2", "brand") for ground in ("page", "panel", "sunken")]
NEEDED = [
    *((ink, ground, TEXT) for ink, ground in INK),
    *((tone, f"{tone}-bg", TEXT) for tone in ("ok", "warn", "error")),
    *((tone, "panel", TEXT) for tone in ("ok", "warn", "error", "visited", "brand-dark")),
    *(("ink", f"{tone}-bg", TEXT) for tone in ("ok", "warn", "error", "info", "added", "removed")),
    ("brand", "info-bg", TEXT),
    ("ink-2", "info-bg", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-dark", TEXT),
    ("on-bar", "bar", TEXT),
    ("on-bar", "bar-2", TEXT),
    ("on-bar-2", "bar-2", TEXT),
    ("control", "panel", LARGE),
    ("control", "page", LARGE),
    ("focus-line", "focus", LARGE),
    *((f"series-{number}", "panel", LARGE) for number in range(1, 6)),
    ("context", "panel", LARGE),
]
# The ratios written in the guide for the light theme: a changed colour must change them knowingly.
WRITTEN = [
    ("#1B1F24", "#FFFFFF", 16.6),
    ("#4A5361", "#F5F7FA", 7.2),
    ("#00508C", "#FFFFFF", 8.3),
    ("#6B7585", "#FFFFFF", 4.7),
    ("#0B6B4F", "#E4F4EC", 5.7),
    ("#7A4B00", "#FFF3D6", 6.7),
    ("#B3261E", "#FDECEA", 5.7),
    ("#E6EAF0", "#14181D", 14.8),
    ("#9CC9F0", "#14181D", 10.2),
    ("#1B1F24", "#FFDD00", 12.3),
]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("ink", "ground", "least"), NEEDED)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_a_pair_has_contrast_enough(ink: str, ground: str, least: float, theme: int) -> None:
    assert _ratio(COLOURS[ink][theme], COLOURS[ground][theme]) >= least


@pytest.mark.parametrize(("ink", "ground", "ratio"), WRITTEN)
def test_the_written_ratios_hold(ink: str, ground: str, ratio: float) -> None:
    assert _ratio(ink, ground) == pytest.approx(ratio, abs=0.06)
