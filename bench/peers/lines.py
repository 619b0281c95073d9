"""The lines that all draw: 290 municipalities over twenty years."""

from collections.abc import Iterator

YEARS = [str(year) for year in range(2006, 2026)]


def lines() -> Iterator[tuple[str, list[float]]]:
    """Yield name and values of each."""
    for at in range(290):
        yield f"Kommun {at}", [50 + (at * 7 + year * 13) % 40 for year in range(len(YEARS))]
