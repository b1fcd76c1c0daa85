"""One try to sign in elsewhere, kept in the browser that began it.

What comes back from the provider is taken only in the browser that went there, within ten minutes. That needs
something to remember, and it is a cookie of that browser (HttpOnly, SameSite=Lax, on https `__Host-`) and no row:
whoever knocks could fill a table with rows, and a row binds to a browser by a cookie all the same. The cookie holds a
moment, 256 random bits and our mark on both. State, nonce and verifier are in no cookie: they follow from it and from
the portal's key, so whoever reads the cookie cannot say what the provider will be asked or has to answer. That a code
works once is for the provider to see to; the cookie is taken back at the first answer, whatever it is.
"""

import hmac
import re
from datetime import UTC, datetime

from portal.accounts.keys import Keys, new_token
from portal.accounts.openid_rules import TRY_LASTS, Reason, Stopped, Try

_KEPT = re.compile(r"([0-9]{10,11}\.[A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})")


def begin(keys: Keys, now: datetime) -> str:
    """What the browser keeps of a new try."""
    begun = f"{int(now.timestamp())}.{new_token()}"
    return f"{begun}.{keys.openid('mark', begun)[0]}"


def resume(keys: Keys, kept: str | None, now: datetime) -> Try:
    """The try that a browser kept. Raises `Stopped` when there is none, or it is not ours, or over."""
    found = _KEPT.fullmatch(kept or "")
    if found is None:
        raise Stopped(Reason.OVER, "no try")
    begun, mark = found.groups()
    age = now - datetime.fromtimestamp(int(begun.partition(".")[0]), UTC)
    marks = enumerate(keys.openid("mark", begun))
    number = next((number for number, right in marks if hmac.compare_digest(right, mark)), None)
    if number is None or not -TRY_LASTS < age < TRY_LASTS:
        raise Stopped(Reason.OVER, "try")
    state, nonce, verifier = (keys.openid(what, begun)[number] for what in ("state", "nonce", "verifier"))
    return Try(state, nonce, verifier)
