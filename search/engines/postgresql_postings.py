"""Postings as PostgreSQL keeps them: per token and block of 4096 row numbers two strings of bytes.

A row per token and document would be a hundred times as many rows to read for a common word. In blocks thirty
thousand postings are eight rows, and a change of one document still rewrites no more than one block per token.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from search.snapshot import Postings, no_postings

BLOCK = 4096
"""Row numbers per block."""


class Block(NamedTuple):
    """A part of the postings of a token, as it is stored."""

    token: str
    block: int
    rows: bytes
    weights: bytes


def _turned(values: "array[int] | array[float]") -> bytes:
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


def packed(token: str, block: int, rows: "array[int]", weights: "array[float]") -> Block:
    """Return a block: numbers of 32 bits, the lowest byte first."""
    return Block(token, block, _turned(rows), _turned(weights))


def unpacked(blocks: Iterable[tuple[bytes, bytes]]) -> Postings:
    """Return the postings in blocks, which come in order."""
    rows, weights = no_postings()
    for some_rows, some_weights in blocks:
        rows.frombytes(some_rows)
        weights.frombytes(some_weights)
    if sys.byteorder == "big":
        rows.byteswap()
        weights.byteswap()
    return Postings(rows, weights)


class Collected:
    """The postings of documents that come in the order of their numbers."""

    def __init__(self) -> None:
        self._postings: dict[str, Postings] = {}

    def add(self, number: int, tokens: Mapping[str, float]) -> None:
        """Take in one document."""
        for token, weight in tokens.items():
            rows, weights = self._postings.setdefault(token, no_postings())
            rows.append(number)
            weights.append(weight)

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks, by token and number."""
        for token in sorted(self._postings):
            rows, weights = self._postings[token]
            start = 0
            while start < len(rows):
                block = rows[start] // BLOCK
                end = bisect_left(rows, (block + 1) * BLOCK, start)
                yield packed(token, block, rows[start:end], weights[start:end])
                start = end


class Changes:
    """Changed weights per token and block; zero takes a row out."""

    def __init__(self) -> None:
        self._weights: dict[tuple[str, int], dict[int, float]] = {}

    def add(self, number: int, old: Iterable[str], new: Mapping[str, float]) -> None:
        """Take in one document: the tokens it had and those that it has."""
        for token, weight in {**dict.fromkeys(old, 0.0), **new}.items():
            self._weights.setdefault((token, number // BLOCK), {})[number] = weight

    def touched(self) -> list[tuple[str, int]]:
        """Return the blocks that have to be read first."""
        return list(self._weights)

    def blocks(self, stored: Iterable[Block]) -> Iterator[Block]:
        """Yield all touched blocks as they become, given those that are there."""
        there = {(block.token, block.block): block for block in stored}
        for (token, number), weights in self._weights.items():
            old = there.get((token, number))
            postings = unpacked([(old.rows, old.weights)] if old else ())
            merged = dict(zip(*postings, strict=True)) | weights
            kept = sorted(row for row, weight in merged.items() if weight)
            yield packed(token, number, array("I", kept), array("f", (merged[row] for row in kept)))
