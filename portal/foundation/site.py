"""A site is a municipality: all that differs between two of them hangs on one `Site`, found from the host name.

Nothing global holds site data. The hundredth site costs a folder of content and six lines of settings.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest
from pyramid.request import Request
from sqlalchemy import Engine

from portal.foundation.db import make_engine
from portal.foundation.i18n import LOCALES
from portal.foundation.lib.hours import Opening, parse_openings
from portal.foundation.settings import Settings, SettingsError, SiteSettings

#: Where “exit this page” leads when the municipality names no other page: the weather, which anybody may be reading.
EXIT_TO = "https://www.knmi.nl/"
#: A site that answers to every host: only sensible when it is alone.
ANY_HOST = "*"


@dataclass(frozen=True)
class Profile:
    """What the municipality says of itself in `site.yaml`; texts are mappings locale → words."""

    municipality: str
    organisation: str
    portal_name: Mapping[str, str]
    locales: tuple[str, ...]
    pc4: tuple[str, ...]
    contact: Mapping[str, Any]
    emergency: tuple[Mapping[str, Any], ...]
    example: bool
    exit_to: str = EXIT_TO
    #: Who judges complaints after us, with its phone: as it stands in letters and on screens.
    ombudsman: str = "de Nationale ombudsman (0800 33 55 555)"

    @property
    def example_postcode(self) -> str:
        """A postcode as people of this municipality write it; the letters exist nearly everywhere."""
        return f"{self.pc4[0]} AB" if self.pc4 else "1234 AB"

    @cached_property
    def openings(self) -> tuple[Opening, ...]:
        """The week of the central desk: when one can phone, when one can walk in."""
        return parse_openings(self.contact["hours"], "phone")

    @classmethod
    def read(cls, folder: Path) -> "Profile":
        """Read `site.yaml`. Raises `SettingsError` that names what is missing."""
        path = folder / "site.yaml"
        try:
            data = yaml.safe_load(path.read_text("utf-8"))
            unknown = [code for code in data["locales"] if code not in LOCALES]
            if unknown:
                raise ValueError(f"locales: unknown {', '.join(map(str, unknown))}")
            return cls(
                municipality=data["municipality"],
                organisation=data["organisation"],
                portal_name=data["portal_name"],
                locales=tuple(data["locales"]),
                pc4=tuple(map(str, data["pc4"])),
                contact=data["contact"],
                emergency=tuple(data["emergency"]),
                example=bool(data.get("example", False)),
                exit_to=_outside(data.get("exit_to", EXIT_TO)),
                **({"ombudsman": str(data["ombudsman"])} if "ombudsman" in data else {}),
            )
        except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as fault:
            raise SettingsError(f"{path} cannot be used: {fault!r}. See content/README.md.") from fault


def _outside(address: Any) -> str:
    if not str(address).startswith("https://"):
        raise ValueError(f"exit_to: {address} is no address outside, with https://")
    return str(address)


@dataclass(frozen=True)
class Theme:
    """The house style: token values of the municipality, served as one small style sheet when there are any."""

    css: str
    digest: str

    @classmethod
    def read(cls, folder: Path) -> "Theme":
        """Read `theme.css`; no file, or only comments, means the portal's own look."""
        path = folder / "theme.css"
        css = path.read_text("utf-8") if path.exists() else ""
        return cls(css if "{" in css else "", hashlib.sha256(css.encode()).hexdigest()[:12])


@dataclass
class Site:
    """One municipality at run time. `memo` belongs to `content_cache`."""

    key: str
    settings: SiteSettings
    profile: Profile
    theme: Theme
    engine: Engine
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        """The public address, without a slash at the end. Never taken from what a browser says."""
        return self.settings.base_url

    @property
    def content(self) -> Path:
        """The folder an editor owns."""
        return self.settings.content


class Sites:
    """The sites of this process, by host name."""

    def __init__(self, sites: tuple[Site, ...]) -> None:
        self._all = sites
        self._by_host = {host: site for site in sites for host in site.settings.hosts}

    def __iter__(self) -> Iterator[Site]:
        return iter(self._all)

    def by_key(self, key: str) -> Site:
        """The site with that key. Raises `KeyError`."""
        for site in self._all:
            if site.key == key:
                return site
        raise KeyError(f"no site is called “{key}”; there are: {', '.join(s.key for s in self._all)}")

    def for_host(self, host: str) -> Site | None:
        """The site that answers to a `Host` header, with or without port; None when nobody does."""
        name = host.rsplit(":", 1)[0].lower() if not host.endswith("]") else host.lower()
        return self._by_host.get(name) or self._by_host.get(ANY_HOST)


def _site(request: Request) -> Site:
    site = request.registry.sites.for_host(request.environ.get("HTTP_HOST", ""))
    if site is None:
        raise HTTPBadRequest("No municipality here answers to this address.")
    return site


def open_sites(settings: Settings) -> Sites:
    """Open every site that the settings name. No database is touched yet."""
    return Sites(
        tuple(
            Site(
                key=one.key,
                settings=one,
                profile=Profile.read(one.content),
                theme=Theme.read(one.content),
                engine=make_engine(one.database),
            )
            for one in settings.sites
        )
    )


def includeme(config: Configurator) -> None:
    """Open the sites of `registry.portal` and give each request its own."""
    config.registry.sites = open_sites(config.registry.portal)
    config.add_request_method(_site, "site", reify=True)
