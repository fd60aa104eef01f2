import math

import pytest

from aluplanner.document.statistics import Statistics, statistics_of
from aluplanner.model.calendar import Month


def test_that_only_numbers_are_added_up() -> None:
    cells = [1.0, None, "12", True, Month.of(2017, 1), 3.0, math.nan, -1.0]
    assert statistics_of(cells) == Statistics(3, 3.0, 1.0, -1.0, 3.0)


@pytest.mark.parametrize("cells", [[], [None, "a", False]])
def test_that_without_numbers_there_is_nothing_to_tell(cells: list[object]) -> None:
    assert statistics_of(cells) is None  # type: ignore[arg-type]


def test_that_the_sum_does_not_lose_small_numbers() -> None:
    found = statistics_of([1e16, 1.0, -1e16])
    assert found is not None
    assert found.total == 1.0
