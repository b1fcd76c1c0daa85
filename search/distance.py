"""Edit distance: how many letters to add, drop, change or swap to turn one word into another."""

from collections.abc import Iterator


def distance(left: str, right: str, most: int) -> int:
    """Return the distance of two words; anything above `most` comes back as `most` + 1."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    left, right = _different(left, right)
    before: list[int] = []
    above = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        row = [i]
        for j, other in enumerate(right, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, above = above, row
    return min(above[-1], most + 1)


def _different(left: str, right: str) -> tuple[str, str]:
    """Return two words without the beginning and the end they share: of a misspelt word hardly anything remains."""
    start, stop = 0, min(len(left), len(right))
    while start < stop and left[start] == right[start]:
        start += 1
    end = 0
    while end < stop - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return left[start : len(left) - end], right[start : len(right) - end]


def deletes(word: str, depth: int) -> Iterator[str]:
    """Yield the word and all that remains of it after taking out up to `depth` letters."""
    seen = {word}
    layer = [word]
    for _ in range(depth):
        layer = list({cut for known in layer for cut in _shorter(known)} - seen)
        seen.update(layer)
    yield from seen


def _shorter(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))
