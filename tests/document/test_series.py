"""How cells go on when they are drawn further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document.series import continued
from aluplanner.i18n import PLAIN, NumberStyle, set_number_style
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column


def column(table: str, name: str) -> Column:
    return next(column for column in TABLES[table].columns if column.name == name)


NUMBER = column("plants", "built")
FRACTION = column("actions", "share")
MONTH = column("actions", "start")
TEXT = column("plants", "group")
CHOICE = column("actions", "kind")


@pytest.mark.parametrize(
    ("declared", "texts", "expected"),
    [
        (MONTH, ["2017-11"], ["2017-12", "2018-01"]),
        (MONTH, ["2017-01", "2017-04"], ["2017-07", "2017-10"]),
        (MONTH, ["2017-01", "2018-01"], ["2019-01", "2020-01"]),
        (MONTH, ["2100-12"], ["2100-12", "2100-12"]),
        (MONTH, ["2017-01", ""], ["2017-01", ""]),
        (NUMBER, ["7"], ["7", "7"]),
        (NUMBER, ["0.1", "0.2"], ["0.3", "0.4"]),
        (NUMBER, ["10", "7", "4"], ["1", "-2"]),
        (NUMBER, ["1", "2", "4"], ["1", "2"]),
        (NUMBER, ["1", ""], ["1", ""]),
        (NUMBER, ["many"], ["many", "many"]),
        (FRACTION, ["30%"], ["30%", "30%"]),
        (FRACTION, ["10%", "12.5%"], ["15%", "17.5%"]),
        (TEXT, ["Phase 9"], ["Phase 10", "Phase 11"]),
        (TEXT, ["P08"], ["P09", "P10"]),
        (TEXT, ["Line 1", "Line 3"], ["Line 5", "Line 7"]),
        (TEXT, ["Line 1", "Row 2"], ["Line 1", "Row 2"]),
        (TEXT, ["13800138000"], ["13800138000", "13800138000"]),
        (TEXT, ["One"], ["One", "One"]),
        (TEXT, [""], ["", ""]),
        (CHOICE, ["close capacity"], ["close capacity", "close capacity"]),
    ],
)
def test_that_cells_go_on(declared: Column, texts: list[str], expected: list[str]) -> None:
    assert continued(declared, texts, 2) == expected


@pytest.mark.parametrize(
    ("declared", "texts", "expected"),
    [
        (MONTH, ["2017-01"], ["2017-01", "2017-01"]),
        (NUMBER, ["7"], ["8", "9"]),
        (NUMBER, ["1", "2"], ["1", "2"]),
        (FRACTION, ["30%"], ["31%", "32%"]),
        (TEXT, ["Phase 9"], ["Phase 9", "Phase 9"]),
    ],
)
def test_that_the_other_way_copies_what_counts_and_counts_what_is_copied(
    declared: Column, texts: list[str], expected: list[str]
) -> None:
    assert continued(declared, texts, 2, other=True) == expected


@pytest.mark.parametrize(
    ("declared", "texts", "expected"),
    [
        (MONTH, ["2017-02"], ["2017-01", "2016-12"]),
        (NUMBER, ["1", "3"], ["-1", "-3"]),
        (TEXT, ["a", "b"], ["b", "a"]),
        (TEXT, ["Phase 3"], ["Phase 2", "Phase 1"]),
    ],
)
def test_that_cells_go_on_backwards(declared: Column, texts: list[str], expected: list[str]) -> None:
    assert continued(declared, texts, 2, backwards=True) == expected


def test_that_numbers_go_on_in_the_style_of_the_locale() -> None:
    set_number_style(NumberStyle(",", "."))
    try:
        assert continued(NUMBER, ["0,5", "1"], 2) == ["1,5", "2"]
    finally:
        set_number_style(PLAIN)


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(1, 3), st.integers(1, 20))
def test_that_a_series_does_not_depend_on_how_much_of_it_is_there(first: int, step: int, more: int, count: int) -> None:
    there = [str(first + step * place) for place in range(2 + more)]
    goes_on = continued(NUMBER, there, count)
    assert goes_on == continued(NUMBER, there[-2:], count)
    assert goes_on == [str(first + step * (2 + more + place)) for place in range(count)]
