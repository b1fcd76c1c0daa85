"""Settings: the .ini file, overruled by the environment, read once into types.

A portal that starts with a wrong setting fails later and in front of somebody; this one refuses to start and says
what to write. The environment name of `site.zwolle.database` is `PORTAL_SITE_ZWOLLE_DATABASE`.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from portal.foundation.lib.post import folder_of, is_email, mail_server

_KEY = re.compile(r"[a-z][a-z0-9-]{1,30}")
_SCANNER = re.compile(r"unix:/\S+|tcp:[\w.-]+:\d{1,5}")
_TRUE, _FALSE = {"true", "yes", "on", "1"}, {"false", "no", "off", "0", ""}
SearchEngine = Literal["whoosh", "postgresql", "memory"]
#: A key has at least this many characters: 24 random bytes in base64.
SHORTEST_SECRET = 32
#: What stands in for a key on a laptop; never used elsewhere.
NO_SECRET = "development only: this key protects nothing"
#: What is said to these hosts goes over no wire.
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
ENGINES: tuple[SearchEngine, ...] = get_args(SearchEngine)


class SettingsError(Exception):
    """The settings cannot be used; the message lists every fault, one a line."""


@dataclass(frozen=True)
class OpenIdSettings:
    """Where the staff of one municipality sign in elsewhere, and who we are there.

    `label` is how people call that account. With `acr` the provider has to say that it asked as much as that.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str
    acr: str | None = None


@dataclass(frozen=True)
class SiteSettings:
    """Where one municipality lives: its hosts, public address, folder of content, database and index."""

    key: str
    hosts: tuple[str, ...]
    base_url: str
    content: Path
    database: str
    index: Path
    openid: OpenIdSettings | None = None
    #: Keys to the documents that residents sent, the newest first. Apart from `secrets`: they have to last longer.
    attachment_keys: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Settings:
    """Everything that may differ between two machines."""

    sites: tuple[SiteSettings, ...]
    locales_dir: Path
    search_engine: SearchEngine
    development: bool
    page_cache_mib: int
    #: Where e-mail goes: `folder:PATH`, or the address of a mail server, which may hold a password.
    mail: str = field(default="folder:var/post", repr=False)
    mail_sender: str = "portal@example.nl"
    #: Where text messages go: `folder:PATH` or `none`.
    sms: str = "none"
    #: Keys of the portal, the newest first. They stand in no database, so that a copy of the rows opens nothing.
    secrets: tuple[str, ...] = field(default=(), repr=False)
    #: Who looks for viruses in what residents send: `unix:PATH` or `tcp:host:port` of clamd, or `none`.
    scanner: str = "none"

    @property
    def secure(self) -> bool:
        """Whether every site is served over https, so that cookies may say so."""
        return all(site.base_url.startswith("https:") for site in self.sites)


class _Reader:
    """Reads values one by one and collects what is wrong instead of stopping at the first fault."""

    def __init__(self, settings: Mapping[str, str], environ: Mapping[str, str]) -> None:
        self.settings, self.environ = settings, environ
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        variable = ("PORTAL_" + name.removeprefix("portal.")).upper().replace(".", "_").replace("-", "_")
        value = self.environ.get(variable, self.settings.get(name, default))
        if value is None or (default is None and not str(value).strip()):
            self.faults.append(f"{name}: is missing. Write it in the .ini file or set {variable}.")
            return ""
        return str(value).strip()

    def switch(self, name: str, default: str) -> bool:
        value = self.text(name, default).lower()
        if value not in _TRUE | _FALSE:
            self.faults.append(f"{name}: is “{value}”. Write true or false.")
        return value in _TRUE

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if not value.isdecimal() or not least <= int(value) <= most:
            self.faults.append(f"{name}: is “{value}”. Write a whole number from {least} to {most}.")
            return default
        return int(value)

    def keys(self, name: str, *, needed: bool) -> tuple[str, ...]:
        keys = tuple(self.text(name, "").split())
        cure = f"Write at least {SHORTEST_SECRET} random characters: openssl rand -base64 32."
        if not keys and needed:
            self.faults.append(f"{name}: is missing. {cure}")
        if any(len(key) < SHORTEST_SECRET or len(set(key)) < 10 for key in keys):  # not said: it may be half right
            self.faults.append(f"{name}: is too easy to guess. {cure}")
        return keys or (NO_SECRET,)

    def folder(self, name: str, *, must_exist: bool) -> Path:
        path = Path(self.text(name))
        if must_exist and not path.is_dir():
            self.faults.append(f"{name}: the folder {path} is not there.")
        return path

    def database(self, name: str) -> str:
        value = self.text(name)
        try:
            backend = make_url(value).get_backend_name()
        except ArgumentError:
            backend = "nothing we can read"
        if value and backend not in {"sqlite", "postgresql"}:
            self.faults.append(f"{name}: names {backend}. Write a sqlite:/// or postgresql:// address.")
        return value

    def address(self, name: str) -> str:
        value = self.text(name).rstrip("/")
        try:
            parts = urlsplit(value)
        except ValueError:  # half an IPv6 address
            parts = urlsplit("")
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path):
            self.faults.append(f"{name}: is “{value}”. Write an address such as https://hulp.example.nl.")
        return value

    def issuer(self, name: str, *, development: bool) -> str:
        """As the provider writes itself: with its path, and with the slash at the end if it has one."""
        value = self.text(name)
        try:
            parts = urlsplit(value)
        except ValueError:  # half an IPv6 address
            parts = urlsplit("")
        schemes = {"https", "http"} if development and parts.hostname in _THIS_MACHINE else {"https"}
        extras = parts.query or parts.fragment or "@" in parts.netloc
        if value and (parts.scheme not in schemes or not parts.hostname or extras):
            cure = "Write an address such as https://login.example.nl, as the provider writes it itself."
            self.faults.append(f"{name}: is no address of a provider. {cure}")
        return value

    def openid(self, prefix: str, *, development: bool) -> OpenIdSettings | None:
        """All of it or nothing."""
        needed = ("issuer", "client_id", "client_secret", "label")
        acr = self.text(f"{prefix}.acr", "") or None
        if not acr and not any(self.text(f"{prefix}.{name}", "") for name in needed):
            return None
        issuer = self.issuer(f"{prefix}.issuer", development=development)
        client_id, secret, label = (self.text(f"{prefix}.{name}") for name in needed[1:])
        return OpenIdSettings(issuer, client_id, secret, label, acr)

    def mail(self, name: str, default: str | None) -> str:
        value = self.text(name, default)
        if value and folder_of(value) is None:
            try:
                mail_server(value)
            except ValueError:  # the value is not said: it may hold a password
                cure = "Write folder:PATH, smtp://user:password@host:587 or smtps://user:password@host"
                self.faults.append(f"{name}: is no place for mail. {cure}.")
        return value

    def sender(self, name: str, default: str | None) -> str:
        value = self.text(name, default)
        if value and not (is_email(value) and value.isascii()):
            self.faults.append(f"{name}: is “{value}”. Write an address such as portal@example.nl.")
        return value

    def sms(self, name: str) -> str:
        value = self.text(name, "none")
        if value != "none" and folder_of(value) is None:
            self.faults.append(f"{name}: is “{value}”. Write none or folder:PATH.")
        return value

    def scanner(self, name: str) -> str:
        value = self.text(name, "none")
        if value != "none" and not _SCANNER.fullmatch(value):
            self.faults.append(f"{name}: is “{value}”. Write none, unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310.")
        return value


def _site(read: _Reader, key: str, *, development: bool) -> SiteSettings:
    prefix = f"site.{key}"
    return SiteSettings(
        key=key,
        hosts=tuple(read.text(f"{prefix}.hosts").lower().split()),
        base_url=read.address(f"{prefix}.base_url"),
        content=read.folder(f"{prefix}.content", must_exist=True),
        database=read.database(f"{prefix}.database"),
        index=read.folder(f"{prefix}.index", must_exist=False),
        openid=read.openid(f"{prefix}.openid", development=development),
        attachment_keys=read.keys(f"{prefix}.attachment_keys", needed=not development),
    )


def _clashes(sites: tuple[SiteSettings, ...]) -> list[str]:
    """Nothing may be shared between two municipalities but code."""
    said = []
    for what in ("database", "index", "content"):
        values = [getattr(site, what) for site in sites]
        said += [f"site.*.{what}: two sites share {v}." for v in {v for v in values if values.count(v) > 1}]
    hosts = [host for site in sites for host in site.hosts]
    said += [f"site.*.hosts: two sites answer to {h}." for h in {h for h in hosts if hosts.count(h) > 1}]
    return said


def _not_on_postgresql(sites: tuple[SiteSettings, ...]) -> list[str]:
    """The index in PostgreSQL lives in the database of its site."""
    cure = "portal.search_engine is postgresql. Write a postgresql:// address, or another engine."
    return [f"site.{site.key}.database: {cure}" for site in sites if not site.database.startswith("postgresql")]


def read_settings(settings: Mapping[str, str], environ: Mapping[str, str] | None = None) -> Settings:
    """The typed settings. Raises `SettingsError` naming each fault and its cure."""
    read = _Reader(settings, os.environ if environ is None else environ)
    keys = read.text("portal.sites").split()
    read.faults += [f"portal.sites: “{key}” is no name we can use." for key in keys if not _KEY.fullmatch(key)]
    development = read.switch("portal.development", "false")
    sites = tuple(_site(read, key, development=development) for key in keys)
    engine = read.text("portal.search_engine", "whoosh")
    if engine not in ENGINES:
        read.faults.append(f"portal.search_engine: is “{engine}”. Write one of: {', '.join(ENGINES)}.")
    # Who opens a portal to people says where its mail goes; a forgotten line must not leave it in a folder.
    mail = read.mail("portal.mail", "folder:var/post" if development else None)
    result = Settings(
        sites=sites,
        locales_dir=read.folder("portal.locales_dir", must_exist=True),
        search_engine=cast("SearchEngine", engine),
        development=development,
        page_cache_mib=read.number("portal.page_cache_mib", 24, 0, 1024),
        mail=mail,
        mail_sender=read.sender("portal.mail_sender", None if mail.startswith("smtp") else "portal@example.nl"),
        sms=read.sms("portal.sms"),
        secrets=read.keys("portal.secret", needed=not development),
        scanner=read.scanner("portal.scanner"),
    )
    faults = read.faults + _clashes(sites) + (_not_on_postgresql(sites) if engine == "postgresql" else [])
    if faults:
        raise SettingsError("The portal does not start with these settings:\n- " + "\n- ".join(faults))
    return result
