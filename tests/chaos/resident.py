"""Somebody who asks for help with cleaning over a real connection: one question a page, cookies, tokens and all."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.chaos.checker import Told
from tests.unit.cleaning.asking import FOR_MOTHER, FORM, HELPER_EMAIL, ME

START, SENT, CHECK = FORM["nl"], f"{FORM['nl']}/gelukt", f"{FORM['nl']}/controle"
#: Seconds a browser waits for an answer.
TIMEOUT = 20.0
WAYS = ("email", "sms", "letter", "phone")
_FORM = re.compile(r'<form [^>]*method="post".*?</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_NUMBER = re.compile(r'class="reference"><bdi[^>]*>([^<]+)<')


class DoorShut(Exception):
    """No server is there; nothing was sent."""


class CutOff(Exception):
    """The server went away before its answer came."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    location: str
    body: str


@dataclass
class Resident:
    """One person with one browser and one request. Nobody else has this name."""

    number: int
    cookies: dict[str, str] = field(default_factory=dict)
    key: str = ""
    form: dict[str, str] = field(default_factory=dict)
    #: When the request was sent; and from when to when we waited where no confirmation came.
    tried: list[datetime] = field(default_factory=list)
    in_vain: list[tuple[datetime, datetime]] = field(default_factory=list)
    told_at: datetime | None = None
    shown: str = ""

    @property
    def name(self) -> str:
        return f"Bewoner {self.number}"

    @property
    def by_helper(self) -> bool:
        """Every fifth lets somebody else ask."""
        return self.number % 5 == 4

    @property
    def told(self) -> Told:
        """What they believe, for the checker. Who is called by phone gets no message; a helper gets it by e-mail."""
        return Told(self.key, self.name, self.by_helper or self.way != "phone", self.shown)

    @property
    def way(self) -> str:
        return WAYS[self.number % len(WAYS)]

    def keep(self, headers: list[str]) -> None:
        """Keep the cookies that came along, and drop those that are over."""
        for name, cookie in [pair for header in headers for pair in SimpleCookie(header).items()]:
            self.cookies[name] = cookie.value
            if cookie["max-age"] == "0":
                del self.cookies[name]

    def answers(self) -> dict[str, dict[str, Any]]:
        """What they answer; every third has no preference, which makes an offer to all who work there."""
        answers = dict(FOR_MOTHER if self.by_helper else ME)
        answers["name"] = {"name": self.name}
        answers["reach"] = {"way": self.way, "email": HELPER_EMAIL, "phone": "06 1234 9876"}
        answers["provider"] = {"provider": "anyone" if self.number % 3 == 0 else "de-bezem"}
        return answers


class Line:
    """One keep-alive connection to the server that is up now, whoever's browser it is for."""

    def __init__(self, door: Callable[[], int | None]) -> None:
        self._door, self._port = door, 0
        self._connection: HTTPConnection | None = None

    def open(self) -> None:
        """Be connected. Raises `DoorShut`."""
        port = self._door()
        if port != self._port:
            self.close()
        if port is None:
            raise DoorShut()
        if self._connection is None:
            connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
            try:
                connection.connect()
            except OSError as fault:
                connection.close()
                raise DoorShut() from fault
            self._connection, self._port = connection, port

    def ask(self, who: Resident, path: str, form: dict[str, Any] | None = None) -> Reply:
        """Ask for a page, or send a form. Raises `DoorShut` and `CutOff`."""
        self.open()
        connection = self._connection
        assert connection is not None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in who.cookies.items())}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form, doseq=True)
        try:
            connection.request("GET" if form is None else "POST", path, body, headers)
            answer = connection.getresponse()
        except (OSError, HTTPException) as fault:
            self.close()
            raise CutOff() from fault
        who.keep(answer.headers.get_all("Set-Cookie") or [])
        try:
            text = answer.read().decode()
        except (OSError, HTTPException) as fault:
            self.close()
            if answer.status != 303:
                raise CutOff() from fault
            text = ""  # a browser goes on as soon as it knows where
        finally:
            answer.close()
        if answer.will_close:
            self.close()
        return Reply(answer.status, urlsplit(answer.headers.get("Location", "")).path, text)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._port = None, 0


def form_of(page: str) -> tuple[str, dict[str, str]]:
    """The form that a page is about, and what it sends along unseen."""
    forms = [found[0] for found in _FORM.finditer(page) if "csrf_token" in found[0]]
    (form,) = [one for one in forms if 'id="form"' in one] or [one for one in forms if "__send_key__" in one]
    return form, {unescape(name): unescape(value) for name, value in _HIDDEN.findall(form)}


def number_on(page: str) -> str:
    """The number that a confirmation names; nothing when it names none."""
    found = _NUMBER.search(page)
    return found[1] if found else ""


def now() -> datetime:
    """This moment, by the clock that the server has too."""
    return datetime.now(UTC)
