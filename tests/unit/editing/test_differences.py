"""Two texts side by side: what changed is seen, nothing is lost, and each side can be read whole again."""

import random

import pytest

from portal.editing.differences import Piece, Row, differences, near_changes


def side(rows, name):
    lines = (getattr(row, name) for row in rows)
    return ["".join(piece.text for piece in line) for line in lines if line is not None]


def test_equal_texts_have_no_differences():
    assert all(row.same for row in differences("een\ntwee", "een\ntwee"))


def test_a_word_that_changed_is_marked_on_both_sides():
    row = differences("U krijgt antwoord in 6 weken.", "U krijgt antwoord in 10 weken.")[0]
    assert [piece.text for piece in row.before if piece.changed] == ["6"]
    assert [piece.text for piece in row.after if piece.changed] == ["10"]


def test_a_line_that_came_stands_beside_nothing():
    assert differences("een", "een\ntwee")[1] == Row(None, (Piece("twee", changed=True),))
    assert differences("een\ntwee", "een")[1] == Row((Piece("twee", changed=True),), None)


def test_lines_that_have_nothing_in_common_are_not_put_beside_each_other():
    rows = differences("U mag iemand meenemen.", "Bel 112.")
    assert [row.before is None or row.after is None for row in rows] == [True, True]


def test_far_from_a_change_lines_are_left_out():
    old = [f"regel {number}" for number in range(40)]
    rows = near_changes(differences("\n".join(old), "\n".join([*old[:20], "nieuw", *old[20:]])))
    assert rows[0] is None
    assert rows[-1] is None
    assert [row for row in rows if row and not row.same] == [Row(None, (Piece("nieuw", changed=True),))]
    assert len(rows) == 7


def test_nothing_is_left_of_texts_without_differences():
    assert near_changes(differences("een\ntwee", "een\ntwee")) == [None]


@pytest.mark.parametrize("seed", range(200))
def test_each_side_gives_its_whole_text_back(seed):
    dice = random.Random(seed)
    words = ["de", "klacht", "u", "mag", "mee", "  ", "ż", "شكوى", "**", "-", "1.", "week,"]
    old = [" ".join(dice.choices(words, k=dice.randint(0, 8))) for _ in range(dice.randint(1, 12))]
    new = [line for line in old if dice.random() > 0.3]
    for _ in range(dice.randint(0, 4)):
        new.insert(dice.randint(0, len(new)), " ".join(dice.choices(words, k=4)))
    rows = differences("\n".join(old), "\n".join(new))
    assert side(rows, "before") == "\n".join(old).splitlines()
    assert side(rows, "after") == "\n".join(new).splitlines()
