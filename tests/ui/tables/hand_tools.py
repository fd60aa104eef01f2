"""What the tests of keys, clipboard and filling have in common."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from aluplanner.document.document import Document
from aluplanner.document.ranges import Range
from aluplanner.model.rows import read_cell
from aluplanner.model.schema import Value
from aluplanner.ui.tables.screen import Screen
from aluplanner.ui.tables.view import PlanTableView

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier
Left = Qt.MouseButton.LeftButton


def place_of(view: PlanTableView, key: str, column: str) -> tuple[int, int]:
    """Return the place of a cell among those that hold values."""
    stored, logical = view.plan_model.row_of(key), view.plan_model.column_of(column)
    assert stored is not None
    assert logical is not None
    place = Screen(view).place(view.order.cell(stored, logical))
    assert place is not None
    return place


def select(view: PlanTableView, *corners: tuple[tuple[str, str], tuple[str, str]]) -> None:
    """Select ranges, each from one cell to another; the first cell is the current one."""
    places = [(place_of(view, *first), place_of(view, *last)) for first, last in corners]
    Screen(view).select([Range(*first, *last) for first, last in places], places[0][0])


def selected(view: PlanTableView) -> list[Range]:
    """Return what is selected, by places among the columns that hold values."""
    return sorted(Screen(view).ranges(), key=lambda part: (part.top, part.left))


def cells(document: Document, table: str, *columns: str) -> list[tuple[Value, ...]]:
    """Return some columns of a table, row by row."""
    return [tuple(read_cell(row, column) for column in columns) for row in document.view.rows(table)]


def clipboard_text() -> str:
    """Return the text on the clipboard."""
    return QGuiApplication.clipboard().text()


def put_text(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def point_of(view: PlanTableView, key: str, column: str) -> QPoint:
    """Return the middle of a cell in the viewport."""
    stored, logical = view.plan_model.row_of(key), view.plan_model.column_of(column)
    assert stored is not None
    assert logical is not None
    index = view.order.cell(stored, logical)
    view.scrollTo(index)
    return view.visualRect(index).center()


def drag(
    widget: QWidget, start: QPoint, *way: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press the left button at a point, move along others and let go at the last."""
    QTest.mousePress(widget, Left, modifiers, start)
    for point in way:
        QTest.mouseMove(widget, point)
    QTest.mouseRelease(widget, Left, modifiers, way[-1])
