"""A table of the small plan, shown."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView

Select = Callable[[PlanTableView, str, str], None]


@pytest.fixture
def tabs(document: Document, qtbot: QtBot) -> Iterator[TableTabs]:
    """Return the tables, shown in a window that has the focus."""
    made = TableTabs(document)
    made.resize(700, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.view("plants").setFocus()
    qtbot.waitUntil(lambda: has_focus(made.view("plants")))
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def plants(tabs: TableTabs) -> PlanTableView:
    """Return the table of plants."""
    return tabs.view("plants")


def has_focus(widget: QWidget) -> bool:
    """Return whether a widget or its viewport has the focus."""
    return widget.hasFocus() or any(child.hasFocus() for child in widget.findChildren(QWidget))


def go_to(view: PlanTableView, key: str, column: str) -> None:
    """Make a cell the current one."""
    row, place = view.plan_model.row_of(key), view.plan_model.column_of(column)
    assert row is not None
    assert place is not None
    view.go_to(row, place)


def here(view: PlanTableView) -> tuple[str, str]:
    """Return the key and the column name of the current cell."""
    index = view.currentIndex()
    return view.plan_model.keys[view.order.source_row(index.row())], view.plan_model.columns[index.column()].name
