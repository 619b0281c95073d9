"""What a reader gets instead of a lone picture: everything that belongs to it, as one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from markupsafe import Markup

Figure = dict[str, Any]
_NOTHING = Markup()
_WRITTEN = ((b"&", b"&amp;"), (b"<", b"&lt;"), (b">", b"&gt;"))
_NO_MORE = re.compile(rb'("hovertemplate":"[^"]*)&lt;extra&gt;&lt;/extra&gt;"')
"""No text can look so: a quotation mark inside one is written with a stroke before it."""


@dataclass(frozen=True)
class Table:
    """The plotted values as text; the first cell of a row heads it, *numeric* are its columns."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()

    @property
    def is_number(self) -> tuple[bool, ...]:
        """Tell of each column whether it holds numbers."""
        numeric = set(self.numeric)
        return tuple(at in numeric for at in range(len(self.head)))


class Bounds(NamedTuple):
    """The limits drawn around a value, in its own unit.

    *level* is how often they hold in per cent, None where the *method* promises no such thing.
    """

    low: float
    high: float
    level: float | None
    method: str


class PlottedValue(NamedTuple):
    """One value of one line, or the Swedish word for why there is none.

    *line* is the line's key where values are given to a chart, and its name where a chart gives
    them as it plotted them. *bounds* are there only where the picture draws them.
    """

    line: str
    period: str
    value: float | None
    n: int | None = None
    word: str = ""
    carried_from: str = ""
    bounds: Bounds | None = None
    spread: float | None = None  # standard deviation among the people of a mean


@dataclass(frozen=True)
class Flag:
    """An analysis or insats marked in time: its number in the picture, and where it leads."""

    number: int
    text: str
    href: str = ""


@dataclass(frozen=True)
class Beside:
    """Another measure that is told of the same places: a condition beside what is compared."""

    name: str
    unit: str
    source: str
    values: tuple[PlottedValue, ...]
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Chart:
    """A figure with its title, sentence, table, source and caution; none travels alone.

    *title* is the value, or a message when the difference is clear. *svg* and *svg_small* are the
    same picture for print, for readers without JavaScript and for narrow screens. *how* tells how
    this kind of picture is read. *beside* is not drawn, but goes where the values go. *answer* is
    how the sentence begins, where it is told apart from what it stands on.
    """

    id: str
    name: str
    title: str
    subtitle: str
    sentence: str
    figure: Figure
    table: Table
    source: str
    caution: str
    unit: str = ""
    values: tuple[PlottedValue, ...] = ()
    notes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    how: str = ""
    beside: tuple[Beside, ...] = ()
    svg: Markup = _NOTHING
    svg_small: Markup = _NOTHING
    answer: str = ""

    @property
    def stands_on(self) -> str:
        """Return what follows the answer in the sentence, nothing where it is not told apart."""
        return self.sentence.removeprefix(self.answer).strip() if self.answer else ""

    @property
    def json(self) -> Markup:
        """Return the figure for a ``<script type="application/json">``; it cannot close the tag."""
        return Markup(figure_json(self.figure).decode().replace("<", "\\u003c"))  # noqa: S704  # no tag can end it


def figure_json(figure: Figure) -> bytes:
    """Return the figure as JSON for Plotly; None and NaN become null, which is drawn as a gap.

    Plotly reads tags and entities in every text, so each is written here as the characters that it
    is: what people have named stands as they wrote it. Only that a hover text has no more beside it
    is ours, in its template.
    """
    told = orjson.dumps(figure, option=orjson.OPT_SERIALIZE_NUMPY)
    for character, written in _WRITTEN:
        told = told.replace(character, written)
    return _NO_MORE.sub(rb'\1<extra></extra>"', told)
