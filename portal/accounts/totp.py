"""Codes that change every thirty seconds: RFC 6238 with SHA-1 and six digits, as every authenticator app makes them."""

import base64
import hmac
import re
from urllib.parse import quote

STEP_SECONDS, DIGITS = 30, 6
#: Clocks of phones differ: the step before and the step after count too.
ASIDE = 1
#: RFC 4226 asks 160 bits.
SECRET_BYTES = 20

_CODE = re.compile(rf"[0-9]{{{DIGITS}}}")
_BLANKS = re.compile(r"\s+")


def code_at(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of one step (RFC 4226, section 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}}"


def step_at(timestamp: float) -> int:
    """The step of a moment, in seconds since 1970."""
    return int(timestamp // STEP_SECONDS)


def matching_step(secret: bytes, typed: str, timestamp: float, last_step: int | None) -> int | None:
    """The step whose code was typed, when it is now and later than the last one used; else None.

    A code is used when its step is, however it was written: spaces do not make it another.
    """
    code = _BLANKS.sub("", typed)
    if not _CODE.fullmatch(code):
        return None
    now = step_at(timestamp)
    steps = range(max(now - ASIDE, 0 if last_step is None else last_step + 1), now + ASIDE + 1)
    matching = [step for step in steps if hmac.compare_digest(code_at(secret, step), code)]
    return matching[0] if matching else None


def written(secret: bytes) -> str:
    """The secret as an app takes it when it is typed."""
    return base64.b32encode(secret).decode().rstrip("=")


def address(secret: bytes, issuer: str, name: str) -> str:
    """The address that an app reads from a picture."""
    label = f"{quote(issuer.replace(':', ' '))}:{quote(name)}"
    return f"otpauth://totp/{label}?secret={written(secret)}&issuer={quote(issuer)}"
