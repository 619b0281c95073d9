"""Small multiples: a little trend for each place, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ska.charts.build import Said, build
from ska.charts.chart import Chart, Figure, PlottedValue, Table
from ska.charts.drifting import FEWEST, HEADING, TOGETHER, drifts, in_table, said
from ska.charts.figure import shorten
from ska.charts.groups import counted_clear, heading_of, in_groups, told_with_gap, without_value
from ska.charts.house import CONTEXT, INK, INK_2, SERIES, layout
from ska.charts.picture import Axis, axis_over
from ska.charts.small import MultiplesSpec, SmallTrend
from ska.charts.spec import Role
from ska.charts.words import REPEATED
from ska.core.swedish import join_words
from ska.statistics import FEW, Comparison, Measure, compare_many

COLUMNS, COLUMNS_NARROW = 4, 2
PANEL, GAP_UP = 150, 46
GAP_ACROSS = {COLUMNS: 0.07, COLUMNS_NARROW: 0.2}
LONGEST_NAME = {COLUMNS: 24, COLUMNS_NARROW: 13}
"""Characters of a name that there is room for above its box."""
HOW = (
    "Varje ruta är en plats, och alla har samma skala, så att de går att läsa bredvid varandra."
    " Titta efter rutor där linjen rör sig åt samma håll flera år. En topp eller dal ett enda år är"
    " oftast slump när eleverna är få. Den streckade linjen är den plats som ni jämför med."
)


def multiples_chart(spec: MultiplesSpec) -> Chart:
    """Return a small trend for each place of *spec*, or say why there are none."""
    if spec.reason:
        sentence = f"Det går inte att rita små diagram: {spec.reason}. Värdena står i tabellen."
        return build(spec, None, Said(spec.name, sentence, _table(spec, [], []), (), HOW))
    spec = replace(spec, panels=_parted(spec))
    told = _compared(spec)
    over = drifts(spec.panels) if len(spec.periods) >= FEWEST else []
    said = _said(spec, told, over)
    if not spec.drawn:
        return build(spec, None, said)
    return build(spec, _figure(spec, COLUMNS), said, _figure(spec, COLUMNS_NARROW))


def _said(spec: MultiplesSpec, told: Sequence[Comparison], over: Sequence[Comparison]) -> Said:
    return Said(
        title=_title(spec, told, over),
        sentence=_sentence(spec, told, over),
        table=_table(spec, told, over),
        values=_values(spec),
        how=HOW,
        notes=(*_notes(spec), *([TOGETHER] if over else [])),
    )


def _title(spec: MultiplesSpec, told: Sequence[Comparison], over: Sequence[Comparison]) -> str:
    """Return what is clear over the years, else since the period before; the name when neither."""
    span = f"{spec.periods[0]}–{spec.periods[-1]}"
    drifted = [one.title for one in over if one.is_clear]
    if drifted:
        return drifted[0] if len(drifted) == 1 else counted_clear(over, f"åt ett håll {span}")
    clear = [(panel, one) for panel, one in zip(spec.panels, told, strict=True) if one.is_clear]
    if len(clear) == 1:
        panel, one = clear[0]
        return f"{panel.name}: {one.title[0].lower()}{one.title[1:]} {spec.periods[-1]}"
    return counted_clear(told, f"mot {spec.periods[-2]}") or f"{spec.name}, {span}"


def _parted(spec: MultiplesSpec) -> tuple[SmallTrend, ...]:
    """Return the places with their values on either side of a break told apart."""
    if not spec.broken:
        return spec.panels
    parts, part, since = [], 0, ""
    for at in range(len(spec.periods)):
        if found := spec.broken.get(at):
            part, since = part + 1, found.said
        parts.append((part, since))
    return tuple(
        replace(
            panel,
            measures=tuple(
                replace(one, basis=f"{one.basis}|{part}", since=since)
                for one, (part, since) in zip(panel.measures, parts, strict=True)
            ),
        )
        for panel in spec.panels
    )


def _compared(spec: MultiplesSpec) -> list[Comparison]:
    """Judge each place's last period against the one before, all looked at together."""
    pairs = [(_at(one, -2), _at(one, -1)) for one in spec.panels]
    return compare_many(pairs, over_time=True, subject="Andelen" if spec.share else "Värdet")


def _at(one: SmallTrend, at: int) -> Measure:
    if one.carried and one.carried[at]:
        return replace(one.measures[at], value=None, n=None, word="upprepat från ett tidigare år")
    return one.measures[at]


def _sentence(spec: MultiplesSpec, told: Sequence[Comparison], over: Sequence[Comparison]) -> str:
    last, before = spec.periods[-1], spec.periods[-2]
    groups = in_groups(
        (heading_of(one), panel.name, panel.measures[-1])
        for panel, one in zip(spec.panels, told, strict=True)
        if panel.measures[-1].value is not None
    )
    silent = without_value((panel.name, panel.measures[-1]) for panel in spec.panels)
    return " ".join([f"{last} jämfört med {before}.", *groups, *silent, *said(spec.panels, over)])


def _table(spec: MultiplesSpec, told: Sequence[Comparison], over: Sequence[Comparison]) -> Table:
    broken = spec.broken
    periods = [
        f"{one} (efter brott)" if at in broken else one for at, one in enumerate(spec.periods)
    ]
    head = ["Plats", *periods]
    rows = [[one.name, *(measure.written() for measure in one.measures)] for one in spec.panels]
    if told:
        head.append("Mot perioden före")
        for row, one in zip(rows, told, strict=True):
            row.append(told_with_gap(one, share=spec.share, decimals=spec.decimals))
    if over:
        head.append(HEADING)
        for row, one in zip(rows, over, strict=True):
            row.append(in_table(one, share=spec.share, decimals=spec.decimals))
    numeric = tuple(range(1, len(spec.periods) + 1))
    return Table(f"{spec.name}, {spec.order}", tuple(head), tuple(map(tuple, rows)), numeric)


def _values(spec: MultiplesSpec) -> tuple[PlottedValue, ...]:
    return tuple(
        PlottedValue(panel.name, period, one.value, one.n, one.word)
        for panel in spec.panels
        for period, one in zip(spec.periods, panel.measures, strict=True)
    )


def _notes(spec: MultiplesSpec) -> tuple[str, ...]:
    axis = _axis(spec)
    ends = f"från {axis.written(axis.low)} till {axis.written(axis.high)}"
    found = [f"Alla rutor har samma skala: {ends}."]
    found.append(f"Platserna står {spec.order}. Ordningen är ingen rangordning.")
    standing = next((one for one in spec.panels if one.key == spec.reference), None)
    if standing is not None and any(len(run) > 1 for run in standing.runs()):
        found.append(f"Streckad linje: {standing.name}.")
    found += [
        f"Streckad lodrät linje: brott i serien före {one.at}: {one.text.rstrip('.')}."
        for one in spec.broken.values()
    ]
    known = [one for panel in spec.panels for one in panel.measures if one.value is not None]
    if any(one.is_few for one in known):
        found.append(f"Öppen punkt: färre än {FEW} {spec.people[1]}, tolka med försiktighet.")
    if any(one.value is None for panel in spec.drawn for one in panel.measures):
        found.append("Där ett värde saknas är linjen bruten. Varför står i tabellen.")
    found += _without_box(spec)
    if any(any(panel.carried) for panel in spec.panels):
        found.append(REPEATED)
    return tuple(found)


def _without_box(spec: MultiplesSpec) -> list[str]:
    """Return who has no value at all, and so no box, by why."""
    by_why: dict[str, list[str]] = {}
    for one in spec.panels:
        if not one.runs():
            by_why.setdefault(one.measures[-1].written(), []).append(one.name)
    told = [f"{join_words(names)} ({why})" for why, names in by_why.items()]
    return [f"Utan värden, och därför utan ruta: {'; '.join(told)}."] if told else []


def _axis(spec: MultiplesSpec) -> Axis:
    values = [one.value for panel in spec.panels for one in panel.measures if one.value is not None]
    return axis_over(values, share=spec.share, decimals=spec.decimals)


def _figure(spec: MultiplesSpec, columns: int) -> Figure:
    rows = -(-len(spec.drawn) // columns)
    height = rows * (PANEL + GAP_UP)
    data: list[Figure] = []
    found: Figure = {**layout(), "height": height + 40, "annotations": [], "shapes": []}
    del found["xaxis"], found["yaxis"]
    standing = next((one for one in spec.panels if one.key == spec.reference), None)
    for at, panel in enumerate(spec.drawn):
        number = "" if at == 0 else str(at + 1)
        row, column = divmod(at, columns)
        gap = GAP_ACROSS[columns]
        wide = (1 - gap * (columns - 1)) / columns
        left = column * (wide + gap)
        top = 1 - row * (PANEL + GAP_UP) / height
        up = (top - PANEL / height, top - 24 / height)
        found |= _axes(spec, number, (left, left + wide), up)
        if columns == COLUMNS_NARROW:
            ends = found[f"xaxis{number}"]["tickvals"]
            found[f"xaxis{number}"]["ticktext"] = [one[2:] if "/" in one else one for one in ends]
        found["annotations"].append(_name(panel, number, columns))
        found["shapes"] += _breaks(spec, number)
        if standing is not None and panel is not standing:
            data += _line(spec, standing, number, is_context=True)
        data += _line(spec, panel, number)
    return {"data": data, "layout": found}


def _axes(
    spec: MultiplesSpec, number: str, across: tuple[float, float], up: tuple[float, float]
) -> Figure:
    axis, base = _axis(spec), layout()
    is_first = across[0] == 0
    ends = [spec.periods[0], spec.periods[-1]]
    ticks = [axis.low, axis.high]
    return {
        f"xaxis{number}": {
            **base["xaxis"], "domain": list(across), "anchor": f"y{number}", "type": "category",
            "categoryorder": "array", "categoryarray": list(spec.periods),
            "range": [-0.4, len(spec.periods) - 0.6], "tickvals": ends, "ticktext": ends,
            "tickangle": 0, "automargin": False, "tickfont": {"size": 14, "color": INK},
        },
        f"yaxis{number}": {
            **base["yaxis"], "domain": list(up), "anchor": f"x{number}",
            "range": [axis.low, axis.high + (axis.high - axis.low) * 0.04],
            "tickvals": ticks, "ticktext": [axis.written(one) for one in ticks],
            "showticklabels": is_first,
        },
    }  # fmt: skip


def _breaks(spec: MultiplesSpec, number: str) -> list[Figure]:
    """Draw where values are no longer counted as before: dashed, as in the trend of one place."""
    return [
        {
            "type": "line", "xref": f"x{number}", "yref": f"y{number} domain", "layer": "below",
            "x0": at - 0.5, "x1": at - 0.5, "y0": 0, "y1": 1,
            "line": {"width": 1.5, "dash": "dash", "color": INK_2},
        }
        for at in spec.broken
    ]  # fmt: skip


def _name(panel: SmallTrend, number: str, columns: int) -> Figure:
    """Write the place's name above its box."""
    return {
        "name": "name", "text": shorten(panel.name, LONGEST_NAME[columns]), "showarrow": False,
        "xref": f"x{number} domain", "yref": f"y{number} domain", "x": 0, "y": 1,
        "xanchor": "left", "yanchor": "bottom", "font": {"size": 14, "color": INK},
    }  # fmt: skip


def _line(
    spec: MultiplesSpec, panel: SmallTrend, number: str, *, is_context: bool = False
) -> list[Figure]:
    x: list[str | None] = []
    y: list[float | None] = []
    symbols: list[str] = []
    sizes: list[int] = []
    for run in panel.runs():
        if x:
            x.append(None)
            y.append(None)
            symbols.append("circle")
            sizes.append(7)
        x += [spec.periods[at] for at in run]
        y += [panel.measures[at].value for at in run]
        symbols += ["circle-open" if panel.measures[at].is_few else "circle" for at in run]
        sizes += [4 if any(panel.carried[at : at + 1]) else 7 for at in run]
    color = SERIES[0] if panel.role is Role.OWN else SERIES[2]
    trace: Figure = {
        "type": "scatter", "mode": "lines" if is_context else "lines+markers", "name": panel.name,
        "x": x, "y": y, "xaxis": f"x{number}", "yaxis": f"y{number}", "connectgaps": False,
        "line": {"color": CONTEXT, "width": 1.5, "dash": "dash"}
        if is_context
        else {"color": color, "width": 2.5},
        **({"hoverinfo": "skip"} if is_context else {}),
    }  # fmt: skip
    if not is_context:
        told = {
            period: measure.written_with_count()
            for period, measure in zip(spec.periods, panel.measures, strict=True)
        }
        trace["text"] = [told.get(period or "") for period in x]
        trace["hovertemplate"] = "%{x}: %{text}<extra></extra>"
        trace["marker"] = {
            "color": color,
            "size": sizes,
            "symbol": symbols,
            "opacity": 1,
            "line": {"width": 0},
        }
    return [trace]
