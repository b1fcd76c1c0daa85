"""The signed answer of a provider of OpenID Connect (the id_token): whose signature, for whom, until when.

Imports joserfc, and with it cryptography: only `openid_provider` imports this, at the first sign-in.
"""

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, UnsupportedAlgorithmError
from joserfc.jwk import JWKRegistry, KeySet
from joserfc.jws import JWSRegistry

from portal.accounts.openid_rules import LEEWAY, Expected, Reason, Stopped, be_strict

#: Signatures that only the provider can make. Never `none`, and never HS…, for which our own secret would do.
#: Ed25519 is what RFC 9864 calls EdDSA.
ALGORITHMS = frozenset({"RS256", "PS256", "ES256", "EdDSA", "Ed25519"})
KINDS_OF_KEYS = frozenset({"RSA", "EC", "OKP"})


class OtherKey(Exception):
    """Not signed with a key that we have; the provider may have newer ones."""


class _Few(JWSRegistry):
    """Only our algorithms, whatever the library would recommend; unknown headers say nothing (RFC 7515, 4)."""

    #: Some providers put their certificate in the header, which we do not read.
    max_header_length = 16_384

    def __init__(self) -> None:
        super().__init__(algorithms=ALGORITHMS, strict_check_header=False)

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError()
        return self.algorithms[name]


def keys_in(written: Mapping[str, Any]) -> KeySet:
    """The public keys of the provider that sign; what we cannot read is left out. Raises `Stopped`."""
    found = []
    rows = written.get("keys")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and str(row.get("kty")) in KINDS_OF_KEYS and row.get("use", "sig") == "sig":
            try:
                found.append(JWKRegistry.import_key(row))
            except Exception:  # a key in a form of its own makes the others no worse
                continue
    if not found:
        raise Stopped(Reason.AWAY, "no keys")
    return KeySet(found)


def read(token: str, keys: KeySet, expected: Expected, now: float) -> dict[str, Any]:
    """What a token says, once it holds. Raises `Stopped`, `OtherKey`."""
    asked = jwt.JWTClaimsRegistry(
        now=int(now), leeway=int(LEEWAY.total_seconds()), iss={"essential": True, "value": expected.issuer},
        sub={"essential": True}, aud={"essential": True, "value": expected.client_id}, exp={"essential": True},
        iat={"essential": True}, nonce={"essential": True},
    )  # fmt: skip
    try:
        claims = jwt.decode(token, keys, registry=_Few()).claims
        asked.validate(claims)
    except (InvalidKeyIdError, BadSignatureError) as fault:
        raise OtherKey() from fault
    except Exception as fault:  # a library that stumbles over a token does not vouch for it either
        raise Stopped(Reason.NOT_TRUSTED, type(fault).__name__) from fault
    be_strict(claims, expected, now)
    return claims
