"""The provider of OpenID Connect of one site: what it says of itself, where one signs in there, and who came back.

Nothing happens before somebody signs in: no call, and no import of the libraries, which cost memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from portal.accounts.openid_rules import Expected, Person, Reason, Stopped, Try, person_in, verified_email
from portal.foundation.settings import OpenIdSettings

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

    from portal.accounts.openid_line import Line

#: Seconds that we believe what a provider said of itself and of its keys.
TRUE_FOR = 3600.0
#: Seconds between two looks for newer keys, when a token is signed with none of those we have.
NEW_KEYS_EVERY = 60.0
#: Threads that may wait for a provider at once, of the four that serve everybody; and seconds that others wait for one.
AT_ONCE, TURN = 2, 2.0

Document = dict[str, Any]


class Provider:
    """Asks one provider. Safe for several threads: what is kept is put in its place whole."""

    def __init__(self, settings: OpenIdSettings) -> None:
        self._settings = settings
        self._about_it: tuple[float, Document] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._turns = BoundedSemaphore(AT_ONCE)

    def way(self, attempt: Try, back: str) -> str:
        """The address where a try goes on; `back` is where the provider sends the browser then. Raises `Stopped`."""
        with self._line(back) as line:
            return line.way(self._endpoint(line, "authorization_endpoint"), attempt, self._settings.acr)

    def person(self, code: str, attempt: Try, back: str, now: datetime) -> Person:
        """Who came back with this code. Raises `Stopped`."""
        with self._line(back) as line:
            methods = self._about(line).get("token_endpoint_auth_methods_supported")
            tokens = line.tokens(self._endpoint(line, "token_endpoint"), code, attempt, methods)
            claims = self._claims(line, tokens, attempt, now.timestamp())
            return self._with_email(line, person_in(claims, self._settings.issuer), claims, tokens)

    def _claims(self, line: "Line", tokens: Document, attempt: Try, now: float) -> Document:
        from portal.accounts import openid_token

        written, of = tokens.get("id_token"), self._settings
        if not isinstance(written, str):
            raise Stopped(Reason.AWAY, "no id_token")
        expected = Expected(of.issuer, of.client_id, attempt.nonce, of.acr)
        for longest in (TRUE_FOR, NEW_KEYS_EVERY):
            try:
                return openid_token.read(written, self._key_set(line, longest), expected, now)
            except openid_token.OtherKey:
                continue
        raise Stopped(Reason.NOT_TRUSTED, "signature")

    def _with_email(self, line: "Line", person: Person, claims: Document, tokens: Document) -> Person:
        """Providers may keep the address out of the token (Core 5.4): then it is asked with the other token."""
        if "email" in claims or not isinstance(tokens.get("access_token"), str):
            return person
        if "userinfo_endpoint" not in self._about(line):
            return person
        said = line.document(self._endpoint(line, "userinfo_endpoint"), tokens["access_token"])
        if said.get("sub") != person.sub:  # Core 5.3.2: it may be about somebody else
            raise Stopped(Reason.NOT_TRUSTED, "sub of userinfo")
        return Person(person.issuer, person.sub, verified_email(said))

    # What the provider says of itself

    def _about(self, line: "Line") -> Document:
        kept, issuer = self._about_it, self._settings.issuer
        if kept is not None and monotonic() - kept[0] < TRUE_FOR:
            return kept[1]
        about = line.document(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != issuer:
            raise Stopped(Reason.AWAY, "issuer of the provider")
        self._about_it = monotonic(), about
        return about

    def _key_set(self, line: "Line", longest: float) -> "KeySet":
        from portal.accounts.openid_token import keys_in

        kept = self._keys
        if kept is not None and monotonic() - kept[0] < longest:
            return kept[1]
        keys = keys_in(line.document(self._endpoint(line, "jwks_uri")))
        self._keys = monotonic(), keys
        return keys

    def _endpoint(self, line: "Line", name: str) -> str:
        address = self._about(line).get(name)
        schemes = {"https", urlsplit(self._settings.issuer).scheme}
        if not isinstance(address, str) or address.partition("://")[0] not in schemes:
            self._about_it = None  # half a document is not kept
            raise Stopped(Reason.AWAY, name)
        return address

    @contextmanager
    def _line(self, back: str) -> Iterator["Line"]:
        """A slow provider holds up two threads and not the whole portal."""
        from portal.accounts.openid_line import line

        if not self._turns.acquire(timeout=TURN):
            raise Stopped(Reason.AWAY, "others are waiting")
        try:
            with line(self._settings, back) as opened:
                yield opened
        finally:
            self._turns.release()


class Providers:
    """The provider of each site that has one; made when it is asked for."""

    def __init__(self) -> None:
        self._by_site: dict[str, Provider] = {}

    def of(self, site: str, settings: OpenIdSettings) -> Provider:
        """The provider of a site, by its key."""
        return self._by_site.setdefault(site, Provider(settings))
