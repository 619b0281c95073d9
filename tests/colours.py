"""Colours as other eyes see them, and how far apart two of them look."""

from __future__ import annotations

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

# Full dichromacy: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, IEEE Transactions on
# Visualization and Computer Graphics 15 (2009), table of severity 1.0; rows give linear R, G, B.
EYES = {
    "ordinary": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "no colours": ((0.2126, 0.7152, 0.0722),) * 3,
}
_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)
Lab = tuple[float, float, float]


def _times(matrix: tuple[tuple[float, ...], ...], one: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, one, strict=True)) for row in matrix)


def seen(colour: str, eyes: str) -> Lab:
    """Return a colour (#RRGGBB) in CIELAB (D65) as it is seen by *eyes*."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    theirs = tuple(min(max(one, 0.0), 1.0) for one in _times(EYES[eyes], linear))
    x, y, z = (
        t ** (1 / 3) if (t := one / white) > 0.008856 else 7.787 * t + 16 / 116
        for one, white in zip(_times(_XYZ, theirs), _WHITE, strict=True)
    )
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def apart(one: Lab, other: Lab) -> float:
    """Return CIEDE2000 (Sharma, Wu and Dalal, Color Research and Application 30, 2005, 21–30)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    seventh = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    more = 1 + 0.5 * (1 - sqrt(seventh / (seventh + 25**7)))
    c1, c2 = hypot(a1 * more, b1), hypot(a2 * more, b2)
    h1 = degrees(atan2(b1, a1 * more)) % 360 if c1 else 0.0
    h2 = degrees(atan2(b2, a2 * more)) % 360 if c2 else 0.0
    turn = 0.0 if not c1 * c2 else (h2 - h1 + 180) % 360 - 180
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = h1 + h2 if not c1 * c2 else (h1 + turn / 2) % 360
    weight = (
        1
        - 0.17 * cos(radians(mean_h - 30))
        + 0.24 * cos(radians(2 * mean_h))
        + 0.32 * cos(radians(3 * mean_h + 6))
        - 0.20 * cos(radians(4 * mean_h - 63))
    )
    light = (l2 - l1) / (1 + 0.015 * (mean_l - 50) ** 2 / sqrt(20 + (mean_l - 50) ** 2))
    chroma = (c2 - c1) / (1 + 0.045 * mean_c)
    hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * mean_c * weight)
    rotated = 2 * sqrt(mean_c**7 / (mean_c**7 + 25**7))
    rotated *= sin(radians(60 * exp(-(((mean_h - 275) / 25) ** 2))))
    return sqrt(light**2 + chroma**2 + hue**2 - rotated * chroma * hue)
