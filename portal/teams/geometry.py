"""Borders as SVG: degrees to whole units on a canvas of 1,000 wide. Pure.

A municipality is small enough for a flat projection: degrees east shrink by the cosine of the latitude.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

WIDTH = 1_000
MARGIN = 8

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Canvas:
    """Turns longitude and latitude into units; `height` follows from the borders."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: int

    @classmethod
    def around(cls, points: Iterable[Sequence[float]]) -> "Canvas":
        """The canvas that just holds the points, with a margin. Needs two different points at least."""
        lons, lats = zip(*((point[0], point[1]) for point in points), strict=True)
        squeeze = math.cos(math.radians((min(lats) + max(lats)) / 2))
        scale = (WIDTH - 2 * MARGIN) / ((max(lons) - min(lons)) * squeeze)
        height = round((max(lats) - min(lats)) * scale) + 2 * MARGIN
        return cls(min(lons), max(lats), scale, squeeze, height)

    def place(self, lon: float, lat: float) -> tuple[int, int]:
        """Where a point lies: x to the east, y to the south."""
        x = (lon - self.west) * self.squeeze * self.scale + MARGIN
        return round(x), round((self.north - lat) * self.scale + MARGIN)


def rings(geometry: Mapping[str, Any]) -> list[Ring]:
    """The outer and inner rings of a GeoJSON Polygon or MultiPolygon. Raises ValueError for anything else."""
    if geometry["type"] == "Polygon":
        return list(geometry["coordinates"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    raise ValueError(f"a border is a Polygon or MultiPolygon, not {geometry['type']}")


def outline(geometry: Mapping[str, Any], canvas: Canvas) -> str:
    """The border as the `d` of an SVG path, in small relative steps."""
    parts = []
    for ring in rings(geometry):
        points = [canvas.place(lon, lat) for lon, lat, *_ in ring]
        (x, y), steps = points[0], []
        for nx, ny in points[1:]:
            if (nx, ny) != (x, y):
                steps.append(f"{nx - x} {ny - y}")
                x, y = nx, ny
        if steps:  # a ring too small to see would break the path
            parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(parts)


def depth(outlines: Iterable[str]) -> int:
    """The lowest point of outlines as `outline` draws them: how high a canvas must be to hold them."""
    lowest = 0
    for ring in (ring for d in outlines for ring in d.split("M")[1:]):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        lowest = max(lowest, *accumulate(numbers[1::2]))
    return lowest + MARGIN
