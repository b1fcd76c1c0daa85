"""A set of row numbers as the bits of one integer: filtering is `&`, counting is `bit_count`."""

from collections.abc import Iterable, Iterator

Rows = int
"""A set of row numbers as bits."""

_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def members(rows: Rows) -> Iterator[int]:
    """Yield the row numbers in a set, the lowest first."""
    # byte by byte: taking the lowest bit off a number of a hundred thousand bits copies all of them each time
    for place, byte in enumerate(rows.to_bytes(rows.bit_length() // 8 + 1, "little")):
        if byte:
            for bit in _BITS[byte]:
                yield place << 3 | bit


def as_rows(numbers: Iterable[int], size: int) -> Rows:
    """Return the set of these row numbers, all below `size`."""
    bits = bytearray(size // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")
