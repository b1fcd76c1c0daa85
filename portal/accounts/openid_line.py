"""The line to a provider of OpenID Connect: short, bounded, and never in a circle.

Imports Authlib and requests: only `openid_provider` imports this, at the first sign-in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from requests import PreparedRequest, RequestException, Response, Timeout
from requests.adapters import HTTPAdapter

from portal.accounts.openid_rules import Reason, Stopped, Try
from portal.foundation.settings import OpenIdSettings

#: Seconds for everything that is asked for one page, below the 15 that our proxy waits; and for one silence in it.
TOGETHER, ONE_SILENCE = 10.0, 4.0
#: No document of a provider is longer.
MOST_BYTES = 1024 * 1024
SCOPE = "openid email"
#: What the token endpoint may say (RFC 6749, 5.2); any other word of the provider stays out of our log.
KNOWN_ERRORS = frozenset(
    {"invalid_request", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"}
)


class _Careful(HTTPAdapter):
    """Gives up when the time is over or the answer too long, also when it comes drop by drop; follows no redirect."""

    def __init__(self, until: float) -> None:
        super().__init__()
        self._until = until

    def send(self, request: PreparedRequest, *_args: Any, **kw: Any) -> Response:
        response = super().send(request, **(kw | {"stream": True, "timeout": min(self._left(), ONE_SILENCE)}))
        try:
            if response.is_redirect:
                raise RequestException("a redirect")
            response._content = self._body(response)
        finally:
            response.close()
        return response

    def _body(self, response: Response) -> bytes:
        body = b""
        while piece := response.raw.read1(65_536, decode_content=True):
            body += piece
            if len(body) > MOST_BYTES:
                raise RequestException("too long")
            self._left()
        return body

    def _left(self) -> float:
        left = self._until - monotonic()
        if left <= 0:
            raise Timeout()
        return left


class Line:
    """One conversation with a provider, for one page."""

    def __init__(self, settings: OpenIdSettings, back: str) -> None:
        self._session = OAuth2Session(
            settings.client_id, settings.client_secret, scope=SCOPE, redirect_uri=back, code_challenge_method="S256"
        )
        until = monotonic() + TOGETHER
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, _Careful(until))

    def way(self, endpoint: str, attempt: Try, acr: str | None) -> str:
        """Where the browser has to go."""
        with _its_fault():
            address, _state = self._session.create_authorization_url(
                endpoint, state=attempt.state, code_verifier=attempt.verifier, nonce=attempt.nonce, acr_values=acr
            )
            return str(address)

    def document(self, address: str, access_token: str | None = None) -> dict[str, Any]:
        """A document of the provider. Raises `Stopped`."""
        headers = {"Accept": "application/json"}
        if access_token is not None:
            headers["Authorization"] = f"Bearer {access_token}"
        with _its_fault():
            response = self._session.get(address, withhold_token=True, headers=headers)
            response.raise_for_status()
            said = response.json()
        if not isinstance(said, dict):
            raise Stopped(Reason.AWAY, "no document")
        return said

    def tokens(self, endpoint: str, code: str, attempt: Try, methods: Any) -> dict[str, Any]:
        """What a code is worth. Raises `Stopped`."""
        by_post = isinstance(methods, list) and "client_secret_basic" not in methods
        self._session.token_endpoint_auth_method = "client_secret_post" if by_post else "client_secret_basic"
        with _its_fault():
            return dict(self._session.fetch_token(endpoint, code=code, code_verifier=attempt.verifier))

    def close(self) -> None:
        """Hang up."""
        self._session.close()


@contextmanager
def line(settings: OpenIdSettings, back: str) -> Iterator[Line]:
    """A line for as long as the block lasts; `back` is where the provider sends the browser."""
    opened = Line(settings, back)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def _its_fault() -> Iterator[None]:
    """Whatever the provider says, and whichever library stumbles over it, is a page in words and no fault of ours."""
    try:
        yield
    except OAuthError as fault:
        if fault.error == "invalid_grant":
            raise Stopped(Reason.OVER, "the code is over") from fault
        said = fault.error if str(fault.error) in KNOWN_ERRORS else "another error"
        raise Stopped(Reason.AWAY, f"token endpoint: {said}") from fault
    except Exception as fault:
        raise Stopped(Reason.AWAY, type(fault).__name__) from fault
