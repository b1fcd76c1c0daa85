"""The doors through which messages leave the house: mail servers, and a folder to look in.

There is no real gateway for text messages here: municipalities have contracts of their own, each with its own
interface. Whoever has one writes a class with `deliver` and names it in `backends_for`; until then there is the
folder, or none.
"""

import hashlib
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol

from portal.foundation.clock import LOCAL
from portal.foundation.i18n import LOCALES
from portal.foundation.lib.post import MailServer, Tls, folder_of, mail_server
from portal.foundation.settings import Settings
from portal.foundation.site import Site

#: Seconds a mail server may think about each answer.
TIMEOUT = 10.0
#: Seconds for its last word, which changes nothing any more.
GOODBYE = 2.0


@dataclass(frozen=True)
class Outgoing:
    """A message as it leaves: written at `created_at`, the same each time it is tried."""

    dedupe_key: str
    channel: str
    recipient: str
    subject: str
    text: str
    locale: str
    created_at: datetime


class Backend(Protocol):
    """Takes messages of one channel of one site."""

    def deliver(self, message: Outgoing) -> None:
        """Hand over one message; returns only when it was taken. Raises whatever goes wrong."""


class NoStartTls(Exception):
    """The server offers no closed line; `?starttls=no` in `portal.mail` says that this is meant."""


def name_for(site: str, dedupe_key: str) -> str:
    """A name for a message that is the same each time it is tried, and tells nothing."""
    return hashlib.sha256(f"{site}\0{dedupe_key}".encode()).hexdigest()[:40]


class FolderBackend:
    """One readable file per message; the same message again takes the place of the first."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def deliver(self, message: Outgoing) -> None:
        """Write it beside and move it in place, so that nobody reads half a message."""
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{message.created_at:%Y%m%d-%H%M%S}-{name_for('', message.dedupe_key)[:16]}"
        half = self._path / f".{name}.half"
        half.write_text(_readable(message), "utf-8")
        half.replace(self._path / f"{name}.txt")


def _readable(message: Outgoing) -> str:
    head = (
        ("Channel", message.channel),
        ("To", message.recipient),
        ("Subject", message.subject),
        ("Date", message.created_at.astimezone(LOCAL).isoformat(sep=" ", timespec="minutes")),
        ("Language", LOCALES[message.locale].tag),
    )
    return "".join(f"{name}: {value}\n" for name, value in head) + f"\n{message.text.rstrip()}\n"


class SmtpBackend:
    """Hands e-mail to the municipality's own mail server, which takes it from there.

    The server may get a message twice: when we are stopped between its yes and our note of it, or when its yes does
    not reach us. It is then the same to the byte, Message-ID included, by which servers and mail programs drop it.
    """

    def __init__(self, url: str, sender: Address, site: str, timeout: float = TIMEOUT) -> None:
        self._server: MailServer = mail_server(url)
        self._sender, self._site, self._timeout = sender, site, timeout

    def deliver(self, message: Outgoing) -> None:
        """Hand over one message. A no of the server is raised, a lasting no too: only people can tell them apart."""
        mail = self.compose(message)
        smtp = self._connect()
        try:
            self._close_the_line(smtp)
            if self._server.user:
                smtp.login(self._server.user, self._server.password)
            smtp.send_message(mail, self._sender.addr_spec, [message.recipient])
            with suppress(OSError, smtplib.SMTPException):  # it was taken; whatever comes now is not about it
                if smtp.sock is not None:
                    smtp.sock.settimeout(GOODBYE)
                smtp.quit()
        finally:
            smtp.close()

    def compose(self, message: Outgoing) -> EmailMessage:
        """The message as it goes over the line. Raises ValueError when an address or subject holds more than itself."""
        mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))  # any server takes seven bits
        mail["From"] = self._sender
        mail["To"] = Address(addr_spec=message.recipient)
        mail["Subject"] = message.subject
        mail["Date"] = message.created_at.astimezone(LOCAL)
        mail["Message-ID"] = f"<{name_for(self._site, message.dedupe_key)}@{self._sender.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        mail["Content-Language"] = LOCALES[message.locale].tag
        return mail

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls is Tls.AT_ONCE:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=self._timeout, context=context)
        return smtplib.SMTP(server.host, server.port, timeout=self._timeout)

    def _close_the_line(self, smtp: smtplib.SMTP) -> None:
        if self._server.tls is not Tls.STARTTLS:
            return
        smtp.ehlo_or_helo_if_needed()
        if not smtp.has_extn("starttls"):
            raise NoStartTls
        smtp.starttls(context=ssl.create_default_context())


def backends_for(site: Site, settings: Settings) -> Mapping[str, Backend]:
    """Channel → door, as the settings name them; a channel without a door is not there."""
    sender = Address(display_name=site.profile.organisation, addr_spec=settings.mail_sender)
    found: dict[str, Backend] = {}
    folder = folder_of(settings.mail)
    found["email"] = FolderBackend(folder / site.key) if folder else SmtpBackend(settings.mail, sender, site.key)
    folder = folder_of(settings.sms)
    if folder:
        found["sms"] = FolderBackend(folder / site.key)
    return found
