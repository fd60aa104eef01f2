"""The model of every table, under Qt's own tester, through edits of all kinds."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from aluplanner.document import edits
from aluplanner.document.document import Document
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.schema import BLANK
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.claim_columns import ClaimsModel
from aluplanner.ui.tables.model import PlanTableModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def cell(model: PlanTableModel, key: str, column: str) -> QModelIndex:
    row, place = model.row_of(key), model.column_of(column)
    assert row is not None
    assert place is not None
    return model.index(row, place)


def shown(model: PlanTableModel) -> list[list[str]]:
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.fixture
def plants(document: Document) -> PlanTableModel:
    return PlanTableModel(document, "plants", document)


# Under the tester


def random_edit(random: Random, plan: Plan, table: str) -> Plan:
    rows = plan.table(table)
    if has_no_rows := not rows:
        return edits.insert_rows(plan, table, 0)
    picked = random.sample(range(len(rows)), random.randint(1, min(3, len(rows))))
    kinds: list[Callable[[], Plan]] = [
        lambda: edits.insert_rows(plan, table, random.randint(0, len(rows)), random.randint(1, 2)),
        lambda: edits.duplicate_rows(plan, table, picked),
        lambda: edits.delete_rows(plan, table, picked),
        lambda: edits.move_rows(plan, table, picked, down=random.random() < 0.5),
        lambda: plan.with_table(rows.replaced(random.sample(list(rows), len(rows)))),
        lambda: edits.set_cells(plan, table, [(picked[0], plan.columns(table)[-1].name, f"note {random.random()}")]),
    ]
    assert not has_no_rows
    return random.choice(kinds)()


@pytest.mark.parametrize("table", [name for name in TABLES if not TABLES[name].parameters])
@pytest.mark.parametrize("seed", range(3))
def test_that_the_model_announces_every_change_exactly(document: Document, table: str, seed: int) -> None:
    model = ClaimsModel(document) if table == "claims" else PlanTableModel(document, table)
    tester = QAbstractItemModelTester(model, FATAL)
    random = Random(seed)
    resets = QSignalSpy(model.modelReset)
    for _ in range(40):
        kind = random.random()
        if kind < 0.2 and document.undo_stack.canUndo():
            document.undo_stack.undo()
        elif kind < 0.3 and document.undo_stack.canRedo():
            document.undo_stack.redo()
        elif kind < 0.4:
            document.select_scenario(random.choice(["Base", *document.plan.scenario_names]))
        else:
            document.apply(random_edit(random, document.plan, table), "Edit")
        assert [str(key) for key in model.keys] == list(document.view.rows(table).keys)
        assert model.rowCount() == len(document.view.rows(table))
    assert resets.count() == 0
    del tester


@pytest.mark.parametrize("table", list(TABLES))
def test_that_every_table_passes_the_tester_with_the_example(document: Document, table: str) -> None:
    from aluplanner.document.new_plan import example_plan

    model = ClaimsModel(document) if table == "claims" else PlanTableModel(document, table)
    tester = QAbstractItemModelTester(model, FATAL)
    document.new(example_plan())
    assert model.rowCount() == len(document.plan.table(table))
    del tester


# What cells show


def test_that_numbers_are_grouped_and_stand_right(plants: PlanTableModel) -> None:
    index = cell(plants, "North", "built")
    assert index.data() == "1,000"
    assert index.data(roles.EDIT) == "1000"
    assert index.data(roles.ALIGNMENT) == roles.RIGHT


def test_that_the_header_gives_title_unit_and_meaning(plants: PlanTableModel) -> None:
    built = plants.column_of("built")
    assert built is not None
    horizontal = Qt.Orientation.Horizontal
    assert plants.headerData(built, horizontal) == "Built\nkt/y"
    tip = plants.headerData(built, horizontal, roles.TOOL_TIP)
    assert tip.split("\n") == ["Nameplate of the pots that exist.", "Unit: kt/y", "Allowed: 0 or more", "Blank: 0"]


def test_that_a_blank_shows_what_it_means_and_stays_blank(document: Document) -> None:
    actions = PlanTableModel(document, "actions", document)
    index = cell(actions, "Cut", "implementation")
    assert index.data() == "100%"
    assert index.data(roles.EDIT) == ""
    assert actions.face(index.row(), index.column()).is_default


def test_that_a_switched_off_action_is_greyed_in_every_cell(document: Document) -> None:
    actions = PlanTableModel(document, "actions", document)
    spy = QSignalSpy(actions.dataChanged)
    document.set_cell("actions", "Cut", "enabled", False)
    assert spy.at(0)[0].column() == 0
    assert spy.at(0)[1].column() == actions.columnCount() - 1
    assert actions.face(0, 5).is_off
    assert not actions.face(1, 5).is_off


def test_that_an_assumption_is_shown_and_read_in_its_own_type(document: Document) -> None:
    model = PlanTableModel(document, "assumptions", document)
    assert model.setData(cell(model, "known_until", "value"), "Jun 2017")
    assert cell(model, "known_until", "value").data() == "2017-06"
    assert model.setData(cell(model, "market_response", "value"), "yes")
    assert document.plan.assumption("market_response") is True
    assert cell(model, "load_factor", "unit").data() == "t/t"
    assert not model.flags(cell(model, "load_factor", "unit")) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(cell(model, "load_factor", "assumption")) & Qt.ItemFlag.ItemIsEditable


def test_that_an_override_is_shown_in_the_type_of_the_cell_it_names(document: Document) -> None:
    model = PlanTableModel(document, "overrides", document)
    assert model.index(0, 4).data() == "90%"
    assert model.setData(model.index(0, 4), BLANK)
    assert document.plan.overrides[0].value == BLANK


# Editing


def test_that_an_edit_announces_its_one_cell(plants: PlanTableModel, document: Document) -> None:
    spy = QSignalSpy(plants.dataChanged)
    index = cell(plants, "South", "built")
    assert plants.setData(index, "1 Mt/y")
    assert document.plan.plants[1].built == 1000.0
    assert [(spy.at(0)[0].row(), spy.at(0)[0].column())] == [(index.row(), index.column())]
    assert spy.at(0)[1] == index
    assert spy.count() == 1


def test_that_text_that_is_no_number_stays_and_is_told(
    plants: PlanTableModel, document: Document, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(plants.said) as said:
        assert plants.setData(cell(plants, "South", "built"), "a lot")
    assert "not a number" in said.args[0]
    assert document.plan.plants[1].built == 600.0
    assert plants.data(cell(plants, "South", "built")) == "a lot"
    assert plants.data(cell(plants, "South", "built"), roles.EDIT) == "a lot"


@pytest.mark.parametrize(
    ("text", "reason"), [("", "needs its Plant"), (" ", "needs its Plant"), ("north", "already a row")]
)
def test_that_a_name_must_be_there_and_be_new(
    plants: PlanTableModel, document: Document, qtbot: QtBot, text: str, reason: str
) -> None:
    with qtbot.waitSignal(plants.said) as said:
        plants.setData(plants.index(1, 0), text)
    assert reason in said.args[0]
    assert document.plan.plants.keys[1] == "South"
    assert plants.is_unread(1, 0)


def test_that_a_name_may_change_its_capitals(plants: PlanTableModel, document: Document) -> None:
    assert plants.setData(plants.index(0, 0), "NORTH")
    assert document.plan.plants.keys[0] == "NORTH"


def test_that_the_same_value_is_no_step(plants: PlanTableModel, document: Document) -> None:
    assert plants.setData(cell(plants, "South", "built"), "600.0")
    assert document.undo_stack.count() == 0


def test_that_a_growth_column_comes_with_the_horizon_without_a_reset(document: Document) -> None:
    model = PlanTableModel(document, "demand", document)
    tester = QAbstractItemModelTester(model, FATAL)
    kept = QPersistentModelIndex(cell(model, "Cables", "source"))
    document.set_cell("plan", "Months", "value", 36.0)
    assert [column.name for column in model.columns[2:5]] == ["growth 2017", "growth 2018", "growth 2019"]
    assert kept.column() == model.column_of("source")
    document.undo_stack.undo()
    assert model.column_of("growth 2018") is None
    del tester


# Scenarios


def test_that_a_scenario_shows_and_marks_what_it_changes(plants: PlanTableModel, document: Document) -> None:
    spy = QSignalSpy(plants.dataChanged)
    document.select_scenario("Stricter")
    index = cell(plants, "North", "operating")
    assert index.data() == "850"
    assert index.data(roles.OVERRIDDEN)
    assert index.data(roles.TOOL_TIP) == "Base 900, here 850, inherited from “Strict”"
    assert spy.count() == 1
    assert spy.at(0)[0] == index
    assert not cell(plants, "South", "operating").data(roles.OVERRIDDEN)
    document.select_scenario("Base")
    assert index.data() == "900"
    assert not index.data(roles.OVERRIDDEN)


def test_that_an_override_that_says_what_the_base_says_is_marked_too(
    plants: PlanTableModel, document: Document
) -> None:
    document.select_scenario("Strict")
    document.set_cell("plants", "South", "built", 600.0)
    assert cell(plants, "South", "built").data(roles.OVERRIDDEN)


def test_that_months_only_the_scenario_has_come_and_go(document: Document) -> None:
    model = PlanTableModel(document, "monthly", document)
    tester = QAbstractItemModelTester(model, FATAL)
    after = edits.insert_rows(document.plan, "overrides", 0)
    names = (("table", "monthly"), ("row", "2017-09"), ("column", "net_imports"), ("value", 50.0))
    after = edits.set_cells(after, "overrides", [(0, name, value) for name, value in names])
    document.apply(after, "Override")
    document.select_scenario("Strict")
    assert model.keys == tuple(f"2017-{month:02}" for month in range(1, 13))  # the horizon, so that it does not move
    assert not model.is_editable(8, 0)
    document.select_scenario("Base")
    assert model.keys == ("2017-01", "2017-02")
    del tester


# Issues


def test_that_an_issue_is_marked_on_its_cell_until_it_is_gone(
    plants: PlanTableModel, document: Document, qtbot: QtBot
) -> None:
    index = cell(plants, "North", "operating")
    with qtbot.waitSignal(document.issues_changed):
        document.set_cell("plants", "North", "operating", 5000.0)
    assert index.data(roles.ISSUE) == "error"
    assert document.issues[0].message in index.data(roles.TOOL_TIP)
    with qtbot.waitSignal(plants.dataChanged, check_params_cb=lambda *args: roles.ISSUE in [int(r) for r in args[2]]):
        document.undo_stack.undo()
    assert index.data(roles.ISSUE) == ""


def test_that_an_issue_of_a_scenario_is_marked_in_that_scenario_alone(
    plants: PlanTableModel, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Strict")
    with qtbot.waitSignal(document.issues_changed):
        document.set_cell("plants", "North", "operating", 5000.0)
    index = cell(plants, "North", "operating")
    assert index.data(roles.ISSUE) == "error"
    document.select_scenario("Base")
    assert index.data(roles.ISSUE) == ""


def test_that_a_bad_value_of_a_lower_layer_is_marked_in_what_builds_on_it(
    plants: PlanTableModel, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Strict")
    with qtbot.waitSignal(document.issues_changed):
        document.set_cell("plants", "North", "built", -1.0)
    document.select_scenario("Stricter")
    assert cell(plants, "North", "built").data(roles.ISSUE) == "error"
    document.set_cell("plants", "North", "built", 900.0)
    assert cell(plants, "North", "built").data(roles.ISSUE) == ""


# Claims


def test_that_claims_show_what_they_come_to_in_the_selected_scenario(document: Document, qtbot: QtBot) -> None:
    model = ClaimsModel(document, document)
    tester = QAbstractItemModelTester(model, FATAL)
    with qtbot.waitSignal(document.all_solved):
        document.set_cell("claims", "North runs", "value", 880.0)
    holds = cell(model, "North runs", "holds")
    base: Any = holds.data()
    document.select_scenario("Strict")
    assert (base, holds.data()) == ("✗ fails", "✗ fails")
    assert cell(model, "North runs", "margin").data().startswith("-")
    with qtbot.waitSignal(document.claims_checked):
        document.set_cell("claims", "North runs", "value", 10.0)
    assert holds.data() == "✓ holds"
    assert not model.flags(holds) & Qt.ItemFlag.ItemIsEditable
    del tester
