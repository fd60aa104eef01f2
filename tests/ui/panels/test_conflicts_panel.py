from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.scenario_edits import ScenarioText, new_scenario, set_layers
from aluplanner.model.issues import Issue
from aluplanner.model.layers import with_override
from aluplanner.model.plan import Address
from aluplanner.ui.panels.conflicts import CELL, EARLIER, LATER_VALUE, ConflictsPanel

CUT = Address("actions", "Cut", "implementation")


@pytest.fixture
def panel(document: Document, qtbot: QtBot) -> Iterator[ConflictsPanel]:
    """Return the panel on a plan with one conflict of layers."""
    made = ConflictsPanel(document)
    qtbot.addWidget(made)
    tester = QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    plan = new_scenario(document.plan, ScenarioText("Weak"))
    plan = new_scenario(with_override(plan, "Weak", CUT, 0.4), ScenarioText("Both", ("Strict", "Weak")))
    with qtbot.waitSignal(made.counted, check_params_cb=lambda count: count == 1):
        document.apply(plan, "Add scenarios")
    yield made
    del tester


def texts(panel: ConflictsPanel) -> list[list[str]]:
    model = panel.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_that_a_conflict_names_the_cell_the_layers_their_values_and_which_stands(panel: ConflictsPanel) -> None:
    assert texts(panel) == [["Both", "Actions › Cut › Implementation", "Strict", "90%", "Weak", "40%", "Weak"]]


def test_that_a_conflict_goes_when_the_scenario_settles_it(
    panel: ConflictsPanel, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Both")
    with qtbot.waitSignal(panel.counted, check_params_cb=lambda count: count == 0):
        document.set_cell("actions", "Cut", "implementation", 0.6)
    with qtbot.waitSignal(panel.counted, check_params_cb=lambda count: count == 1):
        document.undo_stack.undo()
    with qtbot.waitSignal(panel.counted, check_params_cb=lambda count: count == 0):
        document.apply(set_layers(document.plan, "Both", ["Weak"]), "Build on one")
    assert texts(panel) == []


def test_that_another_order_lets_the_other_stand(panel: ConflictsPanel, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.issues_changed):
        document.apply(set_layers(document.plan, "Both", ["Weak", "Strict"]), "Other order")
    assert texts(panel) == [["Both", "Actions › Cut › Implementation", "Weak", "40%", "Strict", "90%", "Strict"]]


def test_that_each_column_leads_to_the_cell_in_its_own_scenario(
    panel: ConflictsPanel, document: Document, qtbot: QtBot
) -> None:
    found: list[Issue] = []
    panel.jump_requested.connect(found.append)
    for column in (CELL, EARLIER, LATER_VALUE):
        panel.view.setCurrentIndex(panel.model.index(0, column))
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert (found[0].address, found[0].scenario) == (str(CUT), "Both")
    assert [(each.table, each.position) for each in found[1:]] == [("overrides", 0), ("overrides", 3)]
    tips = [panel.model.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in (CELL, EARLIER, LATER_VALUE)]
    assert [tip.partition("“")[2].rstrip("”") for tip in tips] == ["Both", "Strict", "Weak"]
