"""Numbers in which nobody can be found: what is hidden cannot be worked out from what is shown."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as at_most
from hypothesis import strategies as some

from portal.foundation.lib.hiding import Hidden, hide

FEW, GUARD = Hidden.FEW, Hidden.GUARD
LEAST = 10
ONE_SUM = {"a": 1, "b": 1, "c": 1}


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"a": 12, "b": 30, "c": 11}, {"a": 12, "b": 30, "c": 11}),
        ({"a": 10, "b": 30, "c": 10}, {"a": 10, "b": 30, "c": 10}),
        ({"a": 4, "b": 30, "c": 11}, {"a": FEW, "b": 30, "c": GUARD}),  # or the total gives 4 away
        ({"a": 4, "b": 30, "c": 5}, {"a": FEW, "b": 30, "c": FEW}),
        ({"a": 0, "b": 30, "c": 0}, {"a": FEW, "b": GUARD, "c": FEW}),  # two noughts are the only two that make nought
        ({"a": 9, "b": 30, "c": 9}, {"a": FEW, "b": GUARD, "c": FEW}),  # and two nines the only two that make eighteen
        ({"a": 0, "b": 11, "c": 10}, {"a": FEW, "b": GUARD, "c": GUARD}),  # a guard on the bound cannot be less
        ({"a": 0, "b": 10, "c": 10}, None),
        ({"a": 0, "b": 0, "c": 10}, None),  # nothing else fits, whatever is hidden
    ],
)
def test_what_is_few_is_hidden_and_what_would_give_it_away_too(cells, shown):
    assert hide(cells, [ONE_SUM], LEAST) == shown


def test_without_anything_few_nothing_is_hidden():
    assert hide({"a": 10}, [{"a": 1}], LEAST) == {"a": 10}


def fits(cells, shown, sums, least, most):
    """Every table of numbers that a reader can think of: they know the sums, what is shown and what the marks say."""
    hidden = [name for name, cell in shown.items() if isinstance(cell, Hidden)]
    ranges = [range(least) if shown[name] is FEW else range(least, most + 1) for name in hidden]
    for guess in product(*ranges):
        thought = {**cells, **dict(zip(hidden, guess, strict=True))}
        if all(sum(by * (thought[n] - cells[n]) for n, by in row.items()) == 0 for row in sums):
            yield thought


@at_most(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(some.integers(0, 6), min_size=3, max_size=5), some.integers(1, 3))
def test_of_no_hidden_number_can_a_reader_find_the_value(counts, least):
    cells = {f"c{number}": count for number, count in enumerate(counts)}
    sums = [dict.fromkeys(cells, 1)]
    shown = hide(cells, sums, least)
    if shown is None:
        return
    thought = list(fits(cells, shown, sums, least, sum(counts)))
    for name, cell in shown.items():
        if isinstance(cell, Hidden):
            assert len({one[name] for one in thought}) > 1, f"{name} can only be {cells[name]}"
        else:
            assert cell == cells[name] >= least
