"""Invented values with everything a trend can meet: gaps, a break, few pupils, repeated values."""

from ska.charts import Break, Event, Line, PlottedValue, Role, TrendSpec, trend_chart

PERIODS = tuple(f"{year}/{(year + 1) % 100:02}" for year in range(2017, 2026))
OWN = [(74.2, 62), (70.8, 65), (None, None), (72.1, 61), (66.7, 27), (None, None), (71.4, 63),
       (68.1, 69), (61.8, 68)]  # fmt: skip
ORGANIZER = [76.0, 75.1, 74.9, 75.8, 74.0, 73.1, 73.9, 72.8, 71.0]
COUNTRY = [74.3, 74.9, 75.5, 76.1, 76.1, 74.1, 72.9, 72.4, 73.5]
PEERS = {
    "Granåsa": [80, 79, 81, 78, 77, None, 79, 80, 78],
    "Lindåsa": [70, 71, 69, 72, 74, 75, 73, 74, 76],
    "Mosslunda": [65, None, 68, 66, 69, 70, None, None, 68],
    "Sjövalla": [72, 73, 74, 71, 73, 74, 75, 73, 74],
}


def plotted(line, period, value, n=None, word="", carried_from=""):
    return PlottedValue(
        line, period, None if value is None else float(value), n, word, carried_from
    )


def points(own=OWN, words=None, carried=None, peers=PEERS):
    words = (
        words if words is not None else {PERIODS[5]: "för få elever", PERIODS[2]: "uppgift saknas"}
    )
    rows = [
        plotted("own", at, value, n, words.get(at, ""), (carried or {}).get(at, ""))
        for at, (value, n) in zip(PERIODS, own, strict=True)
    ]
    for key, values in {"organizer": ORGANIZER, "country": COUNTRY, **peers}.items():
        rows += [plotted(key, *one) for one in zip(PERIODS, values, strict=True)]
    return rows


def spec(**own):
    lines = (
        Line("own", "Ekhults centralskola", Role.OWN),
        Line("organizer", "Ekhult", Role.OTHER),
        Line("country", "Riket", Role.COUNTRY),
        *(Line(name, name, Role.PEER) for name in PEERS),
    )
    given = {
        "id": "gr-alla-amnen-ak9",
        "name": "Lägst betyget E i samtliga ämnen, årskurs 9",
        "subtitle": "Andel elever i procent · lägeskommun · per läsår",
        "lines": lines,
        "periods": PERIODS,
        "source": "Påhittade värden för Nätverk Mellanslätt, 2026-11-05.",
        "caution": "I en liten skola flyttar fem elever värdet flera procentenheter.",
        "breaks": (Break("2020/21", "Skolverkets statistik gjordes om 1 september 2020"),),
        "events": (Event(7.1, "Insats: Tidig kartläggning av nya elever", "#insats"),),
        "about": (("Mått", "Andel (%)"), ("Urval", "Elever i årskurs 9"), ("Bättre", "Högre")),
    }
    return TrendSpec(**{**given, **own})


def example():
    return trend_chart(spec(), points())
