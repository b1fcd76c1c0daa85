"""Appointments as a file that every calendar can read (RFC 5545), written by hand: small, in UTC, and it says little.

The title is neutral, as calendars are shared and stand on locked phones. Moved, it has the same `uid` and a higher
`sequence`, so that a calendar changes what it has instead of adding another. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unicodedata import category

#: The longest line in bytes, its end not counted.
LONGEST_LINE = 75
MAKER = "-//Sociaal portaal//Afspraken//NL"
#: Control signs, other ends of a line, and halves of a letter. What joins letters or turns their direction may stay.
NO_WORDS = frozenset({"Cc", "Zl", "Zp", "Cs"})
#: What a file holds that has no appointment: it may not be empty, and this says nothing of anybody.
NO_EVENT = (
    "BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000", "TZNAME:UTC", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True)
class Appointment:
    """What stands in the file. The moments know their time zone."""

    uid: str
    sequence: int
    made_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    link: str = ""
    #: How long before the calendar says something; None: not at all.
    alarm: timedelta | None = None


def calendar_file(one: Appointment) -> bytes:
    """The file, in UTF-8."""
    return _file([*_head(), *_event(one)])


def calendar_feed(appointments: Iterable[Appointment], name: str, again: timedelta) -> bytes:
    """A file with all of these, for a calendar that asks for it `again` after so much time and calls it by this name.

    A calendar holds what the newest file holds: what is no longer in it was cancelled, and is gone there too.
    """
    events = [line for one in appointments for line in _event(one)]
    named = [
        f"X-WR-CALNAME:{escape(name)}", f"REFRESH-INTERVAL;VALUE=DURATION:{duration(again)}",
        f"X-PUBLISHED-TTL:{duration(again)}",
    ]  # fmt: skip
    return _file([*_head(), *named, *(events or NO_EVENT)])


def _head() -> list[str]:
    return ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]


def _file(lines: Iterable[str]) -> bytes:
    return b"".join(folded(line) for line in (*lines, "END:VCALENDAR"))


def _event(one: Appointment) -> list[str]:
    return [
        "BEGIN:VEVENT", f"UID:{escape(one.uid)}", f"SEQUENCE:{one.sequence}", f"DTSTAMP:{moment(one.made_at)}",
        f"DTSTART:{moment(one.starts_at)}", f"DTEND:{moment(one.ends_at)}", f"SUMMARY:{escape(one.title)}",
        *([f"LOCATION:{escape(one.place)}"] if one.place else []), *([f"URL:{one.link}"] if one.link else []),
        "STATUS:CONFIRMED", "TRANSP:OPAQUE", "CLASS:PRIVATE", *_alarm(one), "END:VEVENT",
    ]  # fmt: skip


def _alarm(one: Appointment) -> list[str]:
    if one.alarm is None:
        return []
    return [
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape(one.title)}", f"TRIGGER:-{duration(one.alarm)}",
        "END:VALARM",
    ]  # fmt: skip


def moment(value: datetime) -> str:
    """A moment in UTC: no table of summer times has to go along, and every calendar shows it by its own clock.

    Raises ValueError for one that does not know its time zone.
    """
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def duration(span: timedelta) -> str:
    """How long before, in whole minutes: “PT1440M”."""
    return f"PT{int(span.total_seconds()) // 60}M"


def escape(text: str) -> str:
    r"""Words as a value: “a, b; c” becomes “a\, b\; c”; no line end and no control sign gets through."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\\n" if sign == "\n" else sign for sign in text if sign == "\n" or category(sign) not in NO_WORDS)


def folded(line: str) -> bytes:
    """A line with its end, cut where it is too long; never inside a letter. What follows begins with a space."""
    found, rest = [], b""
    for sign in line:
        letter = sign.encode("utf-8")
        if len(rest) + len(letter) > LONGEST_LINE:
            found.append(rest)
            rest = b" "
        rest += letter
    return b"\r\n".join([*found, rest]) + b"\r\n"
