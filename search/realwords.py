"""Is this a real Dutch word, even if no document holds it? Then it is hardly a fault: kosten is not korte.

213,000 words of 5 to 12 letters in a Bloom filter of 267 kB: it knows every word of the list, and takes one
in a hundred other words for one too. Made by `python -m search.realwords <OpenTaal word list, gzip>`.
"""

import gzip
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from pathlib import Path
from zlib import crc32

_FILE = "nl.real_words.txt"
_BITS_A_WORD = 10
_HASHES = 7
_LISTED = re.compile("[a-z]{5,12}")


def is_dutch_word(word: str) -> bool:
    """Say whether a folded word is in the list. Shorter and longer words never are."""
    bits = _bits()
    return bool(_LISTED.fullmatch(word)) and all(bits[at >> 3] >> (at & 7) & 1 for at in _places(word, len(bits)))


def _places(word: str, size: int) -> Iterator[int]:
    data = word.encode()
    first, step = crc32(data), crc32(data, 1) | 1
    return ((first + number * step) % (size * 8) for number in range(_HASHES))


@lru_cache(maxsize=1)
def _bits() -> bytes:
    return b64decode(resources.files("search.data").joinpath(_FILE).read_bytes())


def build(words: Iterable[str]) -> bytes:
    """Return the filter of the words that have the right length and only plain letters, as base64."""
    listed = {word for word in words if _LISTED.fullmatch(word)}
    bits = bytearray(len(listed) * _BITS_A_WORD // 8 + 1)
    for word in listed:
        for at in _places(word, len(bits)):
            bits[at >> 3] |= 1 << (at & 7)
    return b64encode(bits)


if __name__ == "__main__":
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as listing:
        Path(__file__).with_name("data").joinpath(_FILE).write_bytes(build(listing.read().split()))
