"""Signing in elsewhere: what is asked of an answer of the provider, and who it says somebody is. Values in, values out.

Signatures are for `openid_token`; here everything is read already.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from portal.accounts.rules import fold_email
from portal.foundation.lib.post import is_email

#: How long one may take at the provider.
TRY_LASTS = timedelta(minutes=10)
#: Clocks of servers differ.
LEEWAY = timedelta(minutes=1)
#: OpenID Connect Core 1.0, section 2: `sub` has at most 255 characters.
LONGEST_SUB = 255
#: Longer codes than this no provider gives, and no address of ours holds.
LONGEST_CODE = 2_000
#: What a provider says when the fault is with itself (RFC 6749, 4.1.2.1).
ITS_OWN_FAULT = frozenset({"server_error", "temporarily_unavailable"})


class Reason(StrEnum):
    """Why somebody is not in, as far as it matters for what they do next."""

    #: The provider does not answer, or with nothing that we can use.
    AWAY = "away"
    #: Stopped, too late, used before, or begun in another browser: start again.
    OVER = "over"
    #: An answer that does not hold: the administrator has to look.
    NOT_TRUSTED = "not_trusted"
    #: The provider knows them and we do not.
    UNKNOWN = "unknown"


class Stopped(Exception):
    """One does not come in this way now. `why` is for the log: a word of ours, never of the provider or a person."""

    def __init__(self, reason: Reason, why: str) -> None:
        super().__init__(reason, why)
        self.reason, self.why = reason, why


@dataclass(frozen=True)
class Try:
    """One try. `state` comes back with the browser, `nonce` in the token; `verifier` shows who may ask the token."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Expected:
    """What a token has to say."""

    issuer: str
    client_id: str
    nonce: str
    acr: str | None = None


@dataclass(frozen=True)
class Person:
    """Who somebody is at the provider. `email` only when the provider has made sure that it is theirs."""

    issuer: str
    sub: str
    email: str | None


def code_in(answer: Mapping[str, str], attempt: Try, issuer: str) -> str:
    """The code that the browser brings back from the provider. Raises `Stopped`."""
    if not _same(answer.get("state", ""), attempt.state):
        raise Stopped(Reason.OVER, "state")
    if answer.get("iss", issuer) != issuer:  # RFC 9207: somebody mixes up two providers
        raise Stopped(Reason.NOT_TRUSTED, "iss of the answer")
    if "error" in answer:
        raise Stopped(Reason.AWAY if answer["error"] in ITS_OWN_FAULT else Reason.OVER, "the provider stopped")
    code = answer.get("code", "")
    if not code or len(code) > LONGEST_CODE:
        raise Stopped(Reason.OVER, "no code")
    return code


def be_strict(claims: Mapping[str, Any], expected: Expected, now: float) -> None:
    """What the library that reads tokens leaves open. Raises `Stopped`."""
    sub = claims.get("sub")
    checks = {
        "nonce": isinstance(claims.get("nonce"), str) and _same(claims["nonce"], expected.nonce),
        # We trust no other audience, so there may be none beside us (Core 3.1.3.7, 3).
        "aud": claims.get("aud") in (expected.client_id, [expected.client_id]),
        "azp": claims.get("azp", expected.client_id) == expected.client_id,
        "iat": claims["iat"] >= now - (TRY_LASTS + LEEWAY).total_seconds(),
        "sub": isinstance(sub, str) and 0 < len(sub) <= LONGEST_SUB and sub.isprintable(),
        "acr": expected.acr is None or claims.get("acr") == expected.acr,
    }
    for name, holds in checks.items():
        if not holds:
            raise Stopped(Reason.NOT_TRUSTED, name)


def person_in(claims: Mapping[str, Any], issuer: str) -> Person:
    """Who the claims are about, once they have been checked."""
    return Person(issuer, claims["sub"], verified_email(claims))


def verified_email(claims: Mapping[str, Any]) -> str | None:
    """The address as we keep it; None unless the provider says outright that it is theirs.

    Letters that only look like others fold to them (the sign for kelvin becomes a k), so outside ASCII an address has
    to be written as we keep it.
    """
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str) or not is_email(email):
        return None
    folded = fold_email(email)
    return folded if email.isascii() or folded == email else None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
