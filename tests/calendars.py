"""Two calendars that others wrote, to read our files with: a Python one, and one in JavaScript."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest

from tests.composed import ROOT

SCRIPT, ICAL_JS = ROOT / "tests" / "tools" / "calendar.cjs", ROOT / "var" / "tools" / "ical.cjs"
#: What each of them says of an event, by the same names; moments in UTC, the alarm in seconds before it.
Event = dict[str, Any]
Reader = Callable[[Sequence[bytes]], list[list[Event]]]


def in_python(files: Sequence[bytes]) -> list[list[Event]]:
    """The events of each file, by the package icalendar."""
    return [_events(icalendar.Calendar.from_ical(file)) for file in files]


def _events(calendar: Any) -> list[Event]:
    found = []
    for event in calendar.walk("VEVENT"):
        alarms = event.walk("VALARM")
        found.append({
            "method": str(calendar["METHOD"]), "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]), "title": str(event["SUMMARY"]), "place": str(event.get("LOCATION", "")),
            "link": str(event.get("URL", "")), "starts": _utc(event["DTSTART"].dt), "ends": _utc(event["DTEND"].dt),
            "zone": str(event["DTSTART"].dt.tzinfo),
            "alarm": alarms[0]["TRIGGER"].dt.total_seconds() if alarms else None,
        })  # fmt: skip
    return found


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def in_javascript(files: Sequence[bytes]) -> list[list[Event]]:
    """The same by ical.js, which calendars in a browser use; skips where it is not, unless nothing may be skipped."""
    if shutil.which("node") is None or not ICAL_JS.exists():
        said = "node or ical.js is not here: bash tests/tools/install.sh"
        if os.environ.get("PORTAL_NEVER_SKIP"):
            pytest.fail(said)
        pytest.skip(said)
    given = json.dumps([file.decode("utf-8") for file in files]).encode()
    done = subprocess.run(["node", str(SCRIPT), str(ICAL_JS)], input=given, capture_output=True, check=True)
    found: list[list[Event]] = json.loads(done.stdout)
    for event in (event for events in found for event in events):
        event |= {name: datetime.fromisoformat(event[name]) for name in ("starts", "ends")}
    return found


#: For `@every_calendar def test_…(read)`.
every_calendar = pytest.mark.parametrize("read", [in_python, in_javascript])
