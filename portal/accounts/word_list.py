"""Words that everybody thinks of first when a password is asked: `data/common_words.txt`, a list of our own."""

from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "data" / "common_words.txt"


@cache
def common_words() -> frozenset[str]:
    """The words, without comments."""
    lines = LIST.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
