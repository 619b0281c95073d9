"""What a column of Skolverket's exports is counted in, told by its label."""

from __future__ import annotations

import re

import polars as pl

_UNITS = (  # the first pattern that fits decides; XML names its columns with short tags
    (r"^Andel|^and_|: Andel| \| Andel", "%"),
    (r"(?i)meritvärde", "meritvärde"),
    (r"(?i)betygspoäng", "betygspoäng"),
    (r"#Heltidstjänster|^Heltidstjänster|^helttj_", "heltidstjänster"),
    (r"per elev|_elev$", "kr"),
    (r"^Antal elever|^Elever,|elevantal|antal_elever", "elever"),
    (r"lärare|^ant_larare|^ant_behoriga", "lärare"),
)
_BACKGROUND = re.compile(r"flickor|utländsk bakgrund|eftergymnasial")


def unit_of(label: pl.Expr) -> pl.Expr:
    """Return the unit that a measure's label says; empty when it does not say."""
    unit = pl.lit("")
    for pattern, name in reversed(_UNITS):
        unit = pl.when(label.str.contains(pattern)).then(pl.lit(name)).otherwise(unit)
    return unit


def is_background(label: str) -> bool:
    """Tell whether a measure is about who the pupils are, and not about what they reached."""
    return bool(_BACKGROUND.search(label))
