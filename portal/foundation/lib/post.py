"""Where post goes, as settings write it: `folder:PATH`, `smtp://…` or `smtps://…`. Pure; quotes no password."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")
#: RFC 5321, 4.5.3.1.3.
LONGEST_EMAIL = 254
_PORTS = {"smtp": 25, "smtps": 465}
#: What is said to these hosts goes over no wire.
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class Tls(StrEnum):
    """How the line to a mail server is closed to others."""

    AT_ONCE = "at once"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True)
class MailServer:
    """A mail server of ours, and how to speak with it."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = field(default="", repr=False)


def is_email(text: str) -> bool:
    """Whether it can be one e-mail address, without a name beside it."""
    return len(text) <= LONGEST_EMAIL and text.isprintable() and _EMAIL.fullmatch(text) is not None


def folder_of(value: str) -> Path | None:
    """The folder of `folder:PATH`; None when it names something else."""
    kind, _, path = value.partition(":")
    return Path(path) if kind == "folder" and path.strip() else None


def mail_server(url: str) -> MailServer:
    """The server of `smtp://user:password@host:587` or `smtps://…`. Raises ValueError.

    `smtp://` closes the line by STARTTLS; `?starttls=no` is for a relay in the municipality's own net that cannot,
    and then there is no password to send. On this machine nothing has to be closed.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.fragment:
        raise ValueError("no smtp:// or smtps:// address")
    if parts.query not in {"", "starttls=no"} or (parts.query and parts.scheme == "smtps"):
        raise ValueError("after the ? only starttls=no, and only with smtp://")
    tls = Tls.AT_ONCE if parts.scheme == "smtps" else Tls.STARTTLS
    if parts.query or (tls is Tls.STARTTLS and parts.hostname in _THIS_MACHINE):
        tls = Tls.NONE
    if tls is Tls.NONE and parts.password and parts.hostname not in _THIS_MACHINE:
        raise ValueError("a password over an open line")
    port = parts.port if parts.port is not None else _PORTS[parts.scheme]
    return MailServer(parts.hostname, port, tls, unquote(parts.username or ""), unquote(parts.password or ""))
