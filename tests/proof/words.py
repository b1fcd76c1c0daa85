"""Words that nobody uses, so that a search for one finds what a test has just written and nothing else."""

LETTERS = "bdfgklmnprstvz"


def word(number: int) -> str:
    """A word of its own for every number."""
    base = len(LETTERS)
    return "kwo" + "".join(LETTERS[number // base**place % base] + "o" for place in range(4)) + "x"
