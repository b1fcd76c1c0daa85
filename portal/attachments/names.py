"""What a document is called: for people to read only. On disk and in the database it has a number of ours."""

import re
import unicodedata
from urllib.parse import quote

from portal.attachments.kinds import KINDS

LONGEST_NAME = 120
#: What stands for a name of which nothing is left.
NAMELESS = "document"
#: A word of few plain letters and digits. A date or a number at the end is none.
_ENDING = re.compile(r"\.((?=\d*[a-z])[a-z0-9]{1,5})$", re.IGNORECASE)
_PLAIN = re.compile(r"[^A-Za-z0-9._ -]")
#: Of these only a space remains: control signs, marks that nobody sees or that turn writing around, halves of letters,
#: signs of nobody in particular, ends of lines.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean_name(given: str, kind: str) -> str:
    """The name without path, unseen signs and a wrong ending; at most `LONGEST_NAME` signs, never empty."""
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in last)
    seen = "".join(sign for sign in seen if unicodedata.category(sign) not in _UNSEEN)
    stem = " ".join(unicodedata.normalize("NFC", seen).split()).rstrip(". ")
    stem, ending = _apart(stem, KINDS[kind].endings)
    stem = stem.lstrip(". ")[: LONGEST_NAME - len(ending) - 1].rstrip(". ")
    return f"{stem or NAMELESS}.{ending}"


def _apart(stem: str, right: tuple[str, ...]) -> tuple[str, str]:
    """The name before its ending, and the ending that it gets: its own when that is right, behind a wrong one too."""
    for taken in (stem, _ENDING.sub("", stem).rstrip(". ")):
        found = _ENDING.search(taken)
        if found is not None and found.group(1).lower() in right:
            return taken[: found.start()].rstrip(". "), found.group(1).lower()
    return _ENDING.sub("", stem).rstrip(". "), right[0]


def disposition(name: str) -> str:
    """The header that makes a browser keep a file under this name and not show it (RFC 6266 and 8187)."""
    plain = _PLAIN.sub("_", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()).strip()
    stem, _dot, ending = plain.rpartition(".")
    if not stem.strip(" ._-"):
        plain = f"{NAMELESS}.{ending}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
