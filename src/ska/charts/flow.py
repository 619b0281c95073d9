"""The flow: how many things pass from one step to the next, and where they stop (a Sankey)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from pydantic.dataclasses import dataclass

from ska.charts.build import Said, build
from ska.charts.chart import Chart, Figure, PlottedValue, Table
from ska.charts.house import CONTEXT, INK, INK_2, SERIES, SOFT, layout
from ska.charts.spec import Spec
from ska.core.swedish import count_words, join_words

HEIGHT, GAP, WIDTH, BEND = 1.0, 0.06, 0.05, 12
NAMED = 5
"""A step of more nodes than this is read in the picture and the table, not in the sentence."""
HOW = (
    "Läs från vänster till höger. Varje stapel är ett steg, och bandens tjocklek är hur många som"
    " går vidare. Grå staplar är där tråden slutar för stunden: antingen återstår något att göra,"
    " eller så har ni valt att inte gå vidare. Tabellen säger samma sak i siffror."
)


@dataclass(frozen=True, kw_only=True)
class FlowSpec(Spec):
    """Each path is one thing with its word in every step; *stops* are words where a path ends.

    *counted* is what the things are called, one and many; *call* how the flow is asked about.
    """

    steps: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    stops: tuple[str, ...] = ()
    counted: tuple[str, str]


@dataclass(frozen=True)
class _Node:
    step: int
    word: str
    count: int
    top: float
    bottom: float


@dataclass(frozen=True)
class _Link:
    step: int
    start: str
    end: str
    count: int

    @property
    def name(self) -> str:
        return f"{self.start} till {self.end.lower()}"


def flow_chart(spec: FlowSpec) -> Chart:
    """Return the flow of *spec*; without any path, a chart that says so."""
    head = ("Från", "Till", "Antal")
    if not spec.paths:
        nothing = Table(spec.name, head, ())
        return build(spec, None, Said(spec.name, "Det finns inget att visa än.", nothing, (), HOW))
    nodes = _nodes(spec)
    links = _links(spec, list(nodes))
    rows = tuple((one.start, one.end, str(one.count)) for one in links)
    said = Said(
        title=_title(spec),
        sentence=_sentence(spec, nodes),
        table=Table(spec.name, head, rows, (2,)),
        values=tuple(
            PlottedValue(one.name, spec.steps[one.step], float(one.count), None) for one in links
        ),
        how=HOW,
    )
    return build(spec, _figure(spec, nodes, links), said, narrow={})


def _title(spec: FlowSpec) -> str:
    """Return how many have come to the last step, where none of its stops is."""
    done, last = sum(path[-1] not in spec.stops for path in spec.paths), spec.steps[-1].lower()
    things = count_words(len(spec.paths), *spec.counted)
    if len(spec.paths) == 1:
        return (
            f"{things} har lett till {last}" if done else f"{things} har inte lett till {last} än"
        )
    come = {0: "ingen", len(spec.paths): "alla"}.get(done, str(done))
    yet = "" if done else " än"
    return f"{things}: {come} har lett till {last}{yet}"


def _links(spec: FlowSpec, order: Sequence[tuple[int, str]]) -> list[_Link]:
    """Return the links between steps, in the order in which they leave and arrive from the top."""
    counts = Counter(
        (step, one, other)
        for path in spec.paths
        for step, (one, other) in enumerate(pairwise(path))
    )
    found = [_Link(*key, count) for key, count in counts.items()]
    place = {key: at for at, key in enumerate(order)}
    return sorted(found, key=lambda one: (place[one.step, one.start], place[one.step + 1, one.end]))


def _sentence(spec: FlowSpec, nodes: Mapping[tuple[int, str], _Node]) -> str:
    """Return how many stand where, step by step, in the order of the work."""
    parts = []
    for step, name in enumerate(spec.steps):
        at = [one for one in nodes.values() if one.step == step]
        told = [f"{one.word.lower() if step else one.word} ({one.count})" for one in at]
        if len(told) <= NAMED:
            parts.append(f"{name}: {join_words(told)}.")
    return " ".join(parts)


def _unit(spec: FlowSpec) -> float:
    """Return the height of one thing, with room between the nodes of the fullest step."""
    most = max(len({path[step] for path in spec.paths}) for step in range(len(spec.steps)))
    return (HEIGHT - GAP * most) / len(spec.paths)


def _nodes(spec: FlowSpec) -> dict[tuple[int, str], _Node]:
    """Return where each node stands: as they are first met, those where paths stop at the foot."""
    found = {}
    for step in range(len(spec.steps)):
        counts = Counter(path[step] for path in spec.paths)
        top = HEIGHT
        for word, count in sorted(counts.items(), key=lambda pair: pair[0] in spec.stops):
            bottom = top - count * _unit(spec)
            found[step, word] = _Node(step, word, count, top, bottom)
            top = bottom - GAP
    return found


def _figure(
    spec: FlowSpec, nodes: Mapping[tuple[int, str], _Node], links: Sequence[_Link]
) -> Figure:
    leaves = {key: node.top for key, node in nodes.items()}
    arrives = dict(leaves)
    bands = []
    for one in links:
        start, end = (one.step, one.start), (one.step + 1, one.end)
        thick = one.count * _unit(spec)
        bands.append(_band(one, (leaves[start], arrives[end]), thick))
        leaves[start] -= thick
        arrives[end] -= thick
    hidden = {"visible": False, "fixedrange": True}
    return {
        "data": bands,
        "layout": {
            **layout(),
            "hovermode": "closest",
            "height": 380,
            "margin": {"l": 8, "r": 8, "t": 30, "b": 8},
            "xaxis": {**hidden, "range": [-0.05, len(spec.steps) - 0.15]},
            "yaxis": {**hidden, "range": [-0.04, HEIGHT + 0.04]},
            "shapes": [_bar(spec, node) for node in nodes.values()],
            "annotations": [*_heads(spec), *(_label(node) for node in nodes.values())],
        },
    }


def _band(link: _Link, tops: tuple[float, float], thick: float) -> Figure:
    """Return a band that leaves and arrives level, as a closed outline."""
    xs = [link.step + WIDTH + at / BEND * (1 - WIDTH) for at in range(BEND + 1)]
    eased = [(at / BEND) ** 2 * (3 - 2 * at / BEND) for at in range(BEND + 1)]
    upper = [tops[0] + (tops[1] - tops[0]) * part for part in eased]
    lower = [one - thick for one in upper]
    return {
        "type": "scatter", "mode": "lines", "fill": "toself", "showlegend": False,
        "name": link.name,
        "x": [round(one, 4) for one in [*xs, *reversed(xs)]],
        "y": [round(one, 4) for one in [*upper, *reversed(lower)]],
        "customdata": [link.count], "text": f"{link.name}: {link.count}", "hoverinfo": "text",
        "fillcolor": SOFT, "opacity": 0.55, "line": {"color": SOFT, "width": 0},
    }  # fmt: skip


def _bar(spec: FlowSpec, node: _Node) -> Figure:
    color = CONTEXT if node.word in spec.stops else SERIES[0]
    return {
        "type": "rect", "xref": "x", "yref": "y", "x0": node.step, "x1": node.step + WIDTH,
        "y0": node.bottom, "y1": node.top, "fillcolor": color, "line": {"width": 0},
    }  # fmt: skip


def _label(node: _Node) -> Figure:
    return {
        "name": "node", "text": f"{node.word} ({node.count})", "xref": "x", "yref": "y",
        "x": node.step + WIDTH, "y": (node.top + node.bottom) / 2, "xanchor": "left", "xshift": 6,
        "showarrow": False, "font": {"size": 14, "color": INK},
    }  # fmt: skip


def _heads(spec: FlowSpec) -> Iterable[Figure]:
    for at, name in enumerate(spec.steps):
        yield {
            "name": "name", "text": name, "xref": "x", "yref": "paper", "x": at, "y": 1,
            "xanchor": "left", "yanchor": "bottom", "showarrow": False,
            "font": {"size": 14, "color": INK_2},
        }  # fmt: skip
