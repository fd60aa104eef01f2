"""What sorting and filtering let through, and in which order."""

from dataclasses import replace

import pytest

from aluplanner.document.document import Document
from aluplanner.model.calendar import Month
from aluplanner.ui.tables.arrangement import Arrangement, Only, SortKey, arranged
from aluplanner.ui.tables.filters import AmongTexts, Between, Containing, Filter, Shown
from aluplanner.ui.tables.model import PlanTableModel


def plants_with(document: Document, column: str, values: list[object]) -> PlanTableModel:
    """Return a table of as many plants, named by their number, with values in a column."""
    pattern = document.plan.plants[0]
    rows = (replace(pattern, **{"plant": f"{number}"} | {column: value}) for number, value in enumerate(values))
    document.apply(document.plan.with_table(document.plan.plants.replaced(rows)), "Values")
    return PlanTableModel(document, "plants", document)


def sorted_values(model: PlanTableModel, column: str, is_descending: bool = False) -> list[object]:
    place = model.column_of(column)
    assert place is not None
    rows = arranged(model, Arrangement((SortKey(column, is_descending),)))
    return [model.edit_text(row, place) for row in rows]


def test_that_numbers_are_sorted_by_value_and_blanks_come_last_both_ways(document: Document) -> None:
    model = plants_with(document, "built", [1000.0, None, 20.0, 3.5])
    assert sorted_values(model, "built") == ["3.5", "20", "1000", ""]
    assert sorted_values(model, "built", is_descending=True) == ["1000", "20", "3.5", ""]


def test_that_months_are_sorted_by_time(document: Document) -> None:
    months = [Month.of(2017, 11), None, Month.of(2017, 2), Month.of(2016, 12)]
    model = plants_with(document, "first_output", months)
    assert sorted_values(model, "first_output") == ["2016-12", "2017-02", "2017-11", ""]


def test_that_texts_are_sorted_as_people_do(document: Document) -> None:
    model = plants_with(document, "group", ["unit 10", "Unit 2", "新疆", "alpha", None, "北京", "Beta"])
    assert sorted_values(model, "group") == ["北京", "新疆", "alpha", "Beta", "Unit 2", "unit 10", ""]


def test_that_a_text_that_could_not_be_read_comes_after_the_numbers(document: Document) -> None:
    model = plants_with(document, "built", [1000.0, 5.0, None, 20.0])
    document.enter_texts("plants", [(1, "built", "lots")])
    assert sorted_values(model, "built") == ["20", "1000", "lots", ""]
    assert sorted_values(model, "built", is_descending=True) == ["1000", "20", "lots", ""]


@pytest.mark.parametrize("is_descending", [False, True])
def test_that_equal_rows_keep_their_stored_order(document: Document, is_descending: bool) -> None:
    model = plants_with(document, "built", [5.0, 1.0, 5.0, 1.0, 5.0])
    rows = arranged(model, Arrangement((SortKey("built", is_descending),)))
    assert rows == ([0, 2, 4, 1, 3] if is_descending else [1, 3, 0, 2, 4])


def test_that_a_second_column_decides_between_equals(document: Document) -> None:
    model = PlanTableModel(document, "plants", document)
    first, second = SortKey("group", True), SortKey("built")
    assert arranged(model, Arrangement().sorted_by(first).also_sorted_by(second)) == [1, 2, 0]
    assert arranged(model, Arrangement().sorted_by(first).also_sorted_by(SortKey("built", True))) == [2, 1, 0]


def test_that_a_column_is_added_once() -> None:
    both = Arrangement().sorted_by(SortKey("a")).also_sorted_by(SortKey("b")).also_sorted_by(SortKey("a", True))
    assert both.sorts == (SortKey("a", True), SortKey("b"))


# Filters


@pytest.mark.parametrize(
    ("wanted", "cell", "is_let"),
    [
        (AmongTexts(frozenset({"", "x"})), Shown(""), True),
        (AmongTexts(frozenset({"x"})), Shown(""), False),
        (Containing("SHAN"), Shown("Shandong"), True),
        (Containing("shan"), Shown("Henan"), False),
        (Between(10.0, None, False), Shown("10", 10.0), False),
        (Between(10.0, None, True), Shown("10", 10.0), True),
        (Between(None, 10.0, True), Shown("11", 11.0), False),
        (Between(1.0, 2.0, True), Shown("", None), False),
        (Between(0.0, 2.0, True), Shown("yes", True), False),
        (Between(float(Month.of(2017, 1).ordinal), None, True), Shown("2017-03", Month.of(2017, 3)), True),
    ],
)
def test_that_a_filter_lets_through_what_it_says(wanted: Filter, cell: Shown, is_let: bool) -> None:
    assert wanted.lets(cell) is is_let


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (AmongTexts(frozenset({"Henan"})), "Province is “Henan”"),
        (AmongTexts(frozenset({""})), "Province is blank"),
        (AmongTexts(frozenset({"a", "b"})), "Province is one of 2 values"),
        (Containing("an"), "Province contains “an”"),
        (Between(1.0, None, False, ("1", "")), "Province > 1"),
        (Between(None, 2.0, True, ("", "2")), "Province ≤ 2"),
        (Between(1.0, 2.0, True, ("1", "2")), "Province from 1 to 2"),
    ],
)
def test_that_a_filter_says_what_it_asks(wanted: Filter, sentence: str) -> None:
    assert wanted.sentence("Province") == sentence


def test_that_a_blank_is_blank_whatever_it_stands_for(document: Document) -> None:
    model = PlanTableModel(document, "actions", document)
    wanted = AmongTexts(frozenset({""}))
    assert arranged(model, Arrangement(filters={"implementation": wanted})) == [0, 1]


def test_that_rows_with_issues_and_rows_the_scenario_changes_can_be_picked(document: Document) -> None:
    model = PlanTableModel(document, "plants", document)
    document.select_scenario("Strict")
    assert arranged(model, Arrangement(only=frozenset({Only.OVERRIDDEN}))) == [0]
    document.set_cell("plants", "West", "operating", 99999.0)
    assert arranged(model, Arrangement(only=frozenset({Only.OVERRIDDEN}))) == [0, 2]
    assert arranged(model, Arrangement(only=frozenset(Only))) == [
        row for row in (0, 2) if any(model.issues_at(row, column) for column in range(model.columnCount()))
    ]
