"""Undo and redo show where they did something."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from aluplanner.document import edits
from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.entering import enter_texts
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.layers import with_override
from aluplanner.model.plan import Address, Plan
from aluplanner.ui.tables.changed_place import changed_place
from aluplanner.ui.tables.tabs import TableTabs
from tests.document.small_plan import small_plan
from tests.ui.tables.conftest import here

IMPLEMENTATION = Address("actions", "Winter cut", "implementation")


@pytest.mark.parametrize(
    ("edit", "scenario", "place"),
    [
        (lambda plan: plan.with_value("plants/West/operating", 1.0), "Base", ("plants", 2, "operating")),
        (lambda plan: plan.with_value("plants/West/operating", 1.0), "Strict", ("plants", 2, "operating")),
        (lambda plan: edits.delete_rows(plan, "actions", [1]), "Base", ("actions", 0, "action")),
        (lambda plan: edits.insert_rows(plan, "actions", 1), "Base", ("actions", 1, "action")),
        (lambda plan: edits.set_cells(plan, "plants", [(1, "plant", "X")]), "Base", ("plants", 1, "plant")),
        (lambda plan: with_override(plan, "Strict", IMPLEMENTATION, 0.5), "Strict", ("actions", 1, "implementation")),
        (lambda plan: with_override(plan, "Strict", IMPLEMENTATION, 0.5), "Base", ("overrides", 3, "scenario")),
        (
            lambda plan: enter_texts(ScenarioView(plan, "Base"), "plants", [(1, "built", "x")]).plan,
            "Base",
            ("plants", 1, "built"),
        ),
    ],
)
def test_that_a_change_is_found_where_it_is_seen(
    edit: Callable[[Plan], Plan], scenario: str, place: tuple[str, int, str]
) -> None:
    plan = small_plan()
    assert changed_place(Change(plan, edit(plan), None, ""), scenario) == place


def test_that_undo_goes_to_the_cell_it_changes(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    document.set_cell("actions", "Winter cut", "share", 0.5)
    tabs.go_to("plants", "North")
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: tabs.view("actions").isVisible() and here(tabs.view("actions")) == ("Winter cut", "share"))
    tabs.go_to("plants", "North")
    document.undo_stack.redo()
    qtbot.waitUntil(lambda: tabs.view("actions").isVisible() and here(tabs.view("actions")) == ("Winter cut", "share"))
