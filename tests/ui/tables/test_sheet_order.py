"""Sorting and filtering are views: the plan stays, and an order stands until it is applied again."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from aluplanner.document import edits
from aluplanner.document.document import Document
from aluplanner.model.plan import TABLES
from aluplanner.ui.tables.arrangement import Arrangement, Only, SortKey
from aluplanner.ui.tables.claim_columns import ClaimsModel
from aluplanner.ui.tables.filters import AmongTexts, Between, Containing, Filter
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.sheet_order import SheetOrder
from tests.document.small_plan import small_plan
from tests.ui.tables.test_model import random_edit

Vertical = Qt.Orientation.Vertical
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
"""Set to make Qt's tester abort on a fault."""


@pytest.fixture
def plants(document: Document) -> SheetOrder:
    return SheetOrder(PlanTableModel(document, "plants", document), document)


def keys(order: SheetOrder) -> list[str]:
    return [order.plan_model.keys[row] for row in order.source_rows]


def by(column: str, is_descending: bool = False) -> Arrangement:
    return Arrangement(sorts=(SortKey(column, is_descending),))


def among(column: str, *texts: str) -> Arrangement:
    return Arrangement(filters={column: AmongTexts(frozenset(texts))})


def set_cell(order: SheetOrder, key: str, column: str, value: float | str | None) -> None:
    order.plan_model.document.set_cell(order.plan_model.table.name, key, column, value)


# The order stands


def test_that_a_sort_leaves_the_plan_as_it_is(plants: SheetOrder, document: Document) -> None:
    plants.arrange(by("built"))
    assert keys(plants) == ["South", "West", "North"]
    assert document.plan.plants.keys == ("North", "South", "West")
    assert document.undo_stack.count() == 0


def test_that_an_edit_moves_no_row_until_the_sort_is_applied_again(plants: SheetOrder) -> None:
    plants.arrange(by("built"))
    set_cell(plants, "South", "built", 5000.0)
    assert keys(plants) == ["South", "West", "North"]
    assert plants.is_outdated
    plants.apply_again()
    assert keys(plants) == ["West", "North", "South"]
    assert not plants.is_outdated


def test_that_an_edit_of_another_column_does_not_make_the_order_outdated(plants: SheetOrder) -> None:
    plants.arrange(by("built"))
    set_cell(plants, "South", "note", "hello")
    assert not plants.is_outdated


def test_that_an_edit_hides_no_row_until_the_filter_is_applied_again(plants: SheetOrder) -> None:
    plants.arrange(among("group", "Two"))
    set_cell(plants, "South", "group", "One")
    assert keys(plants) == ["South", "West"]
    plants.apply_again()
    assert keys(plants) == ["West"]
    assert plants.hidden_rows == 2


def test_that_a_new_row_is_shown_under_a_filter_after_the_row_above_it(plants: SheetOrder, document: Document) -> None:
    plants.arrange(among("group", "Two"))
    document.apply(edits.insert_rows(document.plan, "plants", 2), "Add")
    assert keys(plants) == ["South", "New plant", "West"]
    plants.apply_again()
    assert keys(plants) == ["South", "West"]


def test_that_rows_appended_to_a_sorted_table_come_last_and_rows_put_in_follow_their_neighbour(
    plants: SheetOrder, document: Document
) -> None:
    plants.arrange(by("built"))
    document.apply(edits.insert_rows(document.plan, "plants", 3), "Add")
    assert keys(plants) == ["South", "West", "North", "New plant"]
    document.apply(edits.insert_rows(document.plan, "plants", 2), "Add")
    assert keys(plants) == ["South", "New plant (2)", "West", "North", "New plant"]


def test_that_undo_takes_a_row_back_from_under_sort_and_filter(plants: SheetOrder, document: Document) -> None:
    plants.arrange(Arrangement((SortKey("built", True),), {"group": AmongTexts(frozenset({"Two"}))}))
    assert keys(plants) == ["West", "South"]
    document.apply(edits.delete_rows(document.plan, "plants", [1, 2]), "Delete")
    assert keys(plants) == []
    document.undo_stack.undo()
    assert sorted(keys(plants)) == ["South", "West"]


def test_that_rows_moved_in_the_plan_stay_put_under_a_sort_and_move_under_a_filter(
    plants: SheetOrder, document: Document
) -> None:
    plants.arrange(by("built"))
    document.apply(edits.move_rows(document.plan, "plants", [0], down=True), "Move")
    assert keys(plants) == ["South", "West", "North"]
    plants.arrange(among("group", "Two"))
    document.apply(edits.move_rows(document.plan, "plants", [0], down=True), "Move")
    assert document.plan.plants.keys == ("North", "South", "West")
    plants.arrange(among("group", "One", "Two"))
    document.apply(edits.move_rows(document.plan, "plants", [2], down=False), "Move")
    assert keys(plants) == ["North", "West", "South"]


def test_that_a_filter_stays_when_the_scenario_changes(plants: SheetOrder, document: Document) -> None:
    plants.arrange(Arrangement(filters={"operating": Between(880.0, None, True)}))
    assert keys(plants) == ["North"]
    document.select_scenario("Strict")
    assert keys(plants) == ["North"]
    assert plants.is_outdated
    plants.apply_again()
    assert keys(plants) == []


def test_that_another_plan_is_shown_whole(plants: SheetOrder, document: Document) -> None:
    plants.arrange(among("group", "Two"))
    document.new(small_plan())
    assert keys(plants) == ["North", "South", "West"]
    assert plants.arrangement.is_plain


def test_that_a_filter_goes_with_its_column(document: Document) -> None:
    order = SheetOrder(PlanTableModel(document, "demand", document), document)
    document.set_cell("plan", "Months", "value", 24.0)
    order.arrange(Arrangement(filters={"growth 2018": Between(0.5, None, True)}))
    assert order.rowCount() == 0
    document.set_cell("plan", "Months", "value", 12.0)
    assert order.rowCount() == 2
    assert order.arrangement.is_plain


def test_that_a_hidden_row_can_be_shown(plants: SheetOrder) -> None:
    plants.arrange(among("group", "Two"))
    plants.show_row(0)
    assert keys(plants) == ["North", "South", "West"]
    assert plants.is_outdated
    plants.apply_again()
    assert keys(plants) == ["South", "West"]


# Indexes


def test_that_rows_are_known_by_their_stored_number(plants: SheetOrder) -> None:
    plants.arrange(Arrangement((SortKey("built", True),), {"group": AmongTexts(frozenset({"Two"}))}))
    assert [plants.source_row(row) for row in range(2)] == [2, 1]
    assert [plants.row_of(row) for row in range(3)] == [None, 1, 0]
    assert [plants.headerData(row, Vertical) for row in range(2)] == ["3", "2"]
    assert plants.mapToSource(plants.index(0, 4)) == plants.plan_model.index(2, 4)
    assert plants.mapFromSource(plants.plan_model.index(1, 4)) == plants.index(1, 4)
    assert not plants.mapFromSource(plants.plan_model.index(0, 4)).isValid()


def test_that_what_is_held_follows_its_row_and_ends_with_it(plants: SheetOrder) -> None:
    north, west = (QPersistentModelIndex(plants.cell(row, 0)) for row in (0, 2))
    plants.arrange(by("built", is_descending=True))
    assert (north.row(), west.row()) == (0, 1)
    plants.arrange(among("group", "Two"))
    assert not north.isValid()
    assert west.data() == "West"


def test_that_a_change_is_announced_where_it_is_shown(plants: SheetOrder, document: Document) -> None:
    told: list[tuple[int, int]] = []
    plants.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    plants.arrange(among("group", "Two"))
    document.set_cells("plants", [(0, "note", "a")])
    assert told == []
    document.set_cells("plants", [(2, "note", "a")])
    assert told[:1] == [(1, 1)]


# Under the tester


def some_filter(random: Random, model: PlanTableModel, column: int) -> Filter:
    texts = [model.face(row, column).text for row in range(model.rowCount())]
    choices: list[Callable[[], Filter]] = [
        lambda: AmongTexts(frozenset(random.sample(texts, random.randint(0, len(texts))))),
        lambda: Containing(random.choice(["o", "North", "", "1"])),
        lambda: Between(random.choice([None, 1.0]), random.choice([None, 700.0]), random.random() < 0.5),
    ]
    return random.choice(choices)()


def some_arrangement(random: Random, model: PlanTableModel) -> Arrangement:
    names = [column.name for column in model.columns]
    sorts = tuple(SortKey(name, random.random() < 0.5) for name in random.sample(names, random.randint(0, 2)))
    filters = {
        name: some_filter(random, model, names.index(name)) for name in random.sample(names, random.randint(0, 2))
    }
    only = frozenset(kind for kind in Only if random.random() < 0.15)
    return Arrangement(sorts, filters, only)


def step(random: Random, document: Document, order: SheetOrder) -> None:
    table, kind = order.plan_model.table.name, random.random()
    if kind < 0.15 and document.undo_stack.canUndo():
        document.undo_stack.undo()
    elif kind < 0.25 and document.undo_stack.canRedo():
        document.undo_stack.redo()
    elif kind < 0.35:
        document.select_scenario(random.choice(["Base", *document.plan.scenario_names]))
    elif kind < 0.6:
        order.arrange(some_arrangement(random, order.plan_model))
    elif kind < 0.65:
        order.apply_again()
    elif kind < 0.7 and order.plan_model.rowCount():
        order.show_row(random.randrange(order.plan_model.rowCount()))
    else:
        document.apply(random_edit(random, document.plan, table), "Edit")


def is_sound(order: SheetOrder) -> bool:
    """Return whether every shown row is a different one of the table and says so in both directions."""
    model, shown = order.plan_model, list(order.source_rows)
    assert len(set(shown)) == len(shown) == order.rowCount()
    assert set(shown) <= set(range(model.rowCount()))
    assert [order.row_of(source) for source in shown] == list(range(len(shown)))
    assert order.hidden_rows == model.rowCount() - len(shown)
    assert order.arrangement.sorts or shown == sorted(shown)
    assert not order.arrangement.is_plain or len(shown) == model.rowCount()
    texts = [str(order.index(row, 0).data()) for row in range(order.rowCount())]
    return texts == [model.face(source, 0).text for source in shown]


@pytest.mark.parametrize("table", [name for name in TABLES if not TABLES[name].parameters])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_every_change_is_announced_exactly_whatever_the_order(document: Document, table: str, seed: int) -> None:
    document.new(small_plan())
    model = ClaimsModel(document) if table == "claims" else PlanTableModel(document, table)
    order = SheetOrder(model)
    testers = [QAbstractItemModelTester(either, FATAL) for either in (model, order)]
    random = Random(seed)
    for _ in range(25):
        held = [QPersistentModelIndex(order.index(row, 0)) for row in range(order.rowCount())]
        step(random, document, order)
        assert is_sound(order)
        assert all(index == QModelIndex() or index.row() < order.rowCount() for index in held)
    del testers
