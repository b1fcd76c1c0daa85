"""Random things for people to carry, and what is kept of them.

The portal's key (`portal.secret`) is in no database: who reads a copy of the rows finds neither a code nor a secret.
"""

import base64
import hashlib
import hmac
import secrets

from portal.accounts import rules, totp


def new_token() -> str:
    """256 bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token; it is long enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_seed() -> str:
    """Where somebody's second factor grows from."""
    return secrets.token_hex(16)


def new_recovery_codes() -> list[str]:
    """Ten codes of 49 bits, as they are shown once."""
    return [rules.shown_code(_recovery_code()) for _ in range(rules.RECOVERY_CODES)]


def _recovery_code() -> str:
    return "".join(secrets.choice(rules.CLEAR_SIGNS) for _ in range(rules.RECOVERY_LENGTH))


class Keys:
    """What follows from the portal's key. With several keys the first is the newest; older ones still open."""

    def __init__(self, secrets: tuple[str, ...], site: str) -> None:
        self._secrets, self._site = secrets, site

    def _derive(self, secret: str, *parts: str) -> bytes:
        return hmac.digest(secret.encode(), "\0".join((self._site, *parts)).encode(), "sha256")

    def totp_secrets(self, staff_id: int, seed: str) -> list[bytes]:
        """The secrets that a seed stands for, under each key; the first is the one to hand out."""
        return [self._derive(one, "totp", str(staff_id), seed)[: totp.SECRET_BYTES] for one in self._secrets]

    def openid(self, what: str, begun: str) -> list[str]:
        """What follows from a try to sign in elsewhere, under each key: 43 signs for addresses."""
        derived = (self._derive(one, "openid", what, begun) for one in self._secrets)
        return [base64.urlsafe_b64encode(one).decode().rstrip("=") for one in derived]

    def recovery_hashes(self, staff_id: int, typed: str) -> list[str]:
        """What is kept of a recovery code, under each key."""
        bare = rules.bare_code(typed)
        return [self._derive(one, "recovery", str(staff_id), bare).hex() for one in self._secrets]
