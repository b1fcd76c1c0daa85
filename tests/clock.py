"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

#: Monday 23 November 2026, 10:00 in Zwolle.
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class FixedClock:
    """Keeps `portal.foundation.clock.Clock`."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> datetime:
        return self._now

    def set(self, moment: datetime) -> None:
        self._now = moment.astimezone(UTC)

    def forward(self, **units: float) -> None:
        self._now += timedelta(**units)

    def reset(self) -> None:
        self._now = START
