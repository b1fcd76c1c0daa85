"""Passwords are kept as argon2id, one weighed at a time.

Measured where this was made: 19 MiB and three passes take 40 to 46 ms; OWASP asks 19 MiB and two. The library
(2 MiB) is loaded at the first sign-in, and the lock keeps what a weighing takes to 19 MiB whatever comes in; after it
they go back to the system.
"""

import os
from contextlib import suppress
from ctypes import CDLL
from functools import cache
from threading import Lock
from typing import Any

from portal.accounts.rules import same_password

MEMORY_KIB, PASSES, LANES = 19_456, 3, 1
_one_at_a_time = Lock()
#: The number by which glibc knows “blocks from this size on are the system's own” (malloc.h), and that size.
_MMAP_THRESHOLD, _LARGE = -3, 4 * 1024 * 1024


@cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    with suppress(AttributeError, OSError):  # another C library
        # Left to itself glibc moves the mark up at the first large block, and keeps the next ones for good.
        CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has: to weigh against when there is no account."""
    return hash_password(os.urandom(32).hex())


def hash_password(password: str) -> str:
    """What is kept of a password."""
    with _one_at_a_time:
        return str(_hasher().hash(same_password(password)))


def is_right(kept: str | None, password: str) -> bool:
    """Whether it is the password. Takes as long when there is none: nobody learns from the clock who has an account."""
    from argon2.exceptions import InvalidHashError, VerificationError

    nobodys = _nobodys()
    with _one_at_a_time:
        try:
            _hasher().verify(kept or nobodys, same_password(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_old(kept: str) -> bool:
    """Whether a hash was made with less than we ask now."""
    return bool(_hasher().check_needs_rehash(kept))
