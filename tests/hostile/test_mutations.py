"""A short run over mutated workbooks; ``python -m tests.hostile.long_run`` is the long one."""

from random import Random
from typing import Final

import pytest

from aluplanner.workbook.read import read_bytes
from tests.hostile.fuzzing import NOT_GIVEN_BACK, edited, try_seed
from tests.hostile.good_books import good_books
from tests.hostile.mutations import mutated

SEEDS: Final = 400
IN_ONE_TEST: Final = 50


@pytest.mark.parametrize("first", range(0, SEEDS, IN_ONE_TEST))
def test_that_mutated_workbooks_are_read_or_refused_and_saved_without_loss(first: int) -> None:
    outcomes = []
    for seed in range(first, first + IN_ONE_TEST):
        try:
            outcomes.append(try_seed(good_books(), seed))
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
    assert sum(outcome.endswith(NOT_GIVEN_BACK) for outcome in outcomes) <= 1
    assert any(outcome.startswith("opens") for outcome in outcomes)
    assert any(not outcome.startswith("opens") for outcome in outcomes)


def test_that_a_seed_always_gives_the_same_workbook() -> None:
    assert [mutated(good_books(), seed) for seed in range(20)] == [mutated(good_books(), seed) for seed in range(20)]


def test_that_an_edit_changes_the_plan() -> None:
    plan = read_bytes(good_books()["openpyxl"]).plan
    assert plan is not None
    assert all(edited(plan, Random(seed)) != plan for seed in range(50))
