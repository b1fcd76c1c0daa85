"""Distance between two points, as the crow flies."""

from math import asin, cos, radians, sin, sqrt

_EARTH = 6_371_000  # metres, the mean radius


def metres(one: tuple[float, float], other: tuple[float, float]) -> int:
    """Return the metres between two points in degrees (haversine; good to half a percent)."""
    (lat, lon), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return round(2 * _EARTH * asin(sqrt(min(half, 1.0))))
