"""Documents lie in the database under lock and key; the keys stand in the settings and in no database.

The first key locks, each opens. A piece says in itself of which document it is and where it belongs, so that pieces
that somebody moved about in the database do not open.
"""

import base64
import hmac
from collections.abc import Sequence
from hashlib import sha256

_PURPOSE = b"portal: documents of residents"


class Locked(Exception):
    """A piece that none of the keys opens, or that is not the one it should be."""


class Vault:
    """Locks and opens pieces with the keys of one municipality, the newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        # takes memory and time: only where there are documents
        from cryptography.fernet import Fernet, InvalidToken, MultiFernet

        self._locks, self._not_ours = MultiFernet([Fernet(_derived(key)) for key in keys]), InvalidToken

    def lock(self, document: str, number: int, data: bytes) -> bytes:
        """A locked piece."""
        return self._locks.encrypt(_place(document, number) + data)

    def open(self, document: str, number: int, locked: bytes) -> bytes:
        """What is in it. Raises `Locked`."""
        place = _place(document, number)
        try:
            data = self._locks.decrypt(locked)
        except self._not_ours as fault:
            raise Locked(document) from fault
        if not data.startswith(place):
            raise Locked(document)
        return data[len(place) :]

    def lock_anew(self, locked: bytes) -> bytes:
        """The same piece under the newest key. Raises `Locked`."""
        try:
            return self._locks.rotate(locked)
        except self._not_ours as fault:
            raise Locked("") from fault


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(hmac.digest(key.encode(), _PURPOSE, sha256))


def _place(document: str, number: int) -> bytes:
    return f"{document}:{number}:".encode()
