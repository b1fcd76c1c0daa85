"""The names of a case: a reference that can be said aloud, tokens that cannot be guessed. Pure, but for chance."""

import secrets
from hashlib import sha256

#: No 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B, U and V: read aloud or badly printed, they are still right.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 8
#: Bytes of a token: 256 bits.
TOKEN_BYTES = 32
CODE_DIGITS = 6


def new_reference() -> str:
    """A reference such as `7KD4MW3F`; 36 bits, so it opens nothing by itself."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spoken(reference: str) -> str:
    """A reference in two groups, as it is shown and read out: `7KD4 MW3F`."""
    return f"{reference[:4]} {reference[4:]}"


def read_reference(typed: str) -> str | None:
    """The reference somebody typed, with spaces, hyphens and small letters; None when it cannot be one."""
    found = "".join(sign for sign in typed.upper() if sign.isalnum())
    return found if len(found) == LENGTH and set(found) <= set(ALPHABET) else None


def new_token() -> str:
    """A secret for a link or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_id() -> str:
    """An internal id; 128 bits, says nothing."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """A code of six digits, for one use within minutes."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def hashed(secret: str, salt: str = "") -> str:
    """What is kept of a secret. Tokens are long enough to need no salt; a code of six digits gets its case as salt."""
    return sha256(f"{salt}:{secret}".encode()).hexdigest()
