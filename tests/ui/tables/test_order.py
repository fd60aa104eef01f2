from hypothesis import given
from hypothesis import strategies as st

from aluplanner.ui.tables.order import Insert, Move, Remove, Shuffle, Step, identities, steps_between


def walked(before: list[object], after: list[object], steps: list[Step]) -> list[object]:
    """Return what the steps make of the rows."""
    rows = list(before)
    for step in steps:
        match step:
            case Remove(first, last):
                del rows[first : last + 1]
            case Insert(first, last):
                rows[first:first] = after[first : last + 1]
            case Shuffle(order):
                rows = [rows[place] for place in order]
            case Move(first, last, to):
                block = rows[first : last + 1]
                rest = rows[:first] + rows[last + 1 :]
                place = to if to <= first else to - len(block)
                rows = rest[:place] + block + rest[place:]
    return rows


names = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(names, names)
def test_that_the_steps_lead_from_one_order_to_the_other(before: list[object], after: list[object]) -> None:
    steps = steps_between(before, after)
    if steps:
        assert walked(before, after, steps) == after
    else:
        assert len(before) == len(after)


def test_that_a_renamed_row_is_no_step() -> None:
    assert steps_between(["a", "b", "c"], ["a", "x", "c"]) == []


def test_that_neighbours_go_and_come_together() -> None:
    assert steps_between(["a", "b", "c", "d"], ["a", "d", "x", "y", "z"]) == [Remove(1, 2), Insert(2, 4)]


def test_that_a_row_that_moves_down_is_one_move() -> None:
    assert steps_between(["a", "b", "c"], ["b", "a", "c"]) == [Move(0, 0, 2)]


def test_that_a_block_that_moves_up_is_one_move() -> None:
    assert steps_between(["a", "b", "c", "d", "e"], ["d", "a", "b", "c", "e"]) == [Move(3, 3, 0)]


def test_that_anything_else_is_one_shuffle() -> None:
    assert steps_between(["a", "b", "c", "d"], ["d", "b", "c", "a"]) == [Shuffle((3, 1, 2, 0))]


def test_that_rows_of_one_name_are_told_apart() -> None:
    assert identities(["a", "b", "a"]) == [("a", 0), ("b", 0), ("a", 1)]
