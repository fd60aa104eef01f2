"""One model for every table of the plan, driven by the schema."""

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any, Final, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.edits import has_fixed_rows
from aluplanner.document.entering import read_text
from aluplanner.i18n import number_style
from aluplanner.model.cell_text import CellTextError, edit_text
from aluplanner.model.issues import Issue
from aluplanner.model.layers import LayeredValue
from aluplanner.model.plan import TABLES
from aluplanner.model.rows import Place, Rows, Unread, read_cell
from aluplanner.model.schema import Column, Type, Value
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.cell_issues import CellIssues, issues_of_table
from aluplanner.ui.tables.faces import Face, cell_tip, face_of, header_text, header_tip, stands_right
from aluplanner.ui.tables.following import MOST_ROWS, changed_blocks, follow_columns, follow_rows

K = TypeVar("K")

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class PlanTableModel(QAbstractTableModel):
    """A table of the plan as the selected scenario shows it.

    Parameters
    ----------
    document
        The open document.
    table
        Name of the table.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    overridden_changed : Signal()
        The selected scenario changes other cells, or it is another scenario.
    """

    said = Signal(str)
    overridden_changed = Signal()

    def __init__(self, document: Document, table: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.table = TABLES[table]
        self._rows: Rows[Any] = Rows(self.table)
        self._records: list[Any] = []
        self._columns: tuple[Column, ...] = ()
        self._overridden: Mapping[tuple[str, str], LayeredValue] = {}
        self._issues: CellIssues = {}
        self._faces: dict[tuple[int, int], Face] = {}
        self._read_all()
        document.changed.connect(self._on_changed)
        document.scenario_changed.connect(self._on_scenario_changed)
        document.issues_changed.connect(self._on_issues_changed)

    # What it holds

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown."""
        return self._columns

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of every row."""
        return self._rows.keys

    @property
    def has_fixed_rows(self) -> bool:
        """Whether rows can neither come nor go."""
        return has_fixed_rows(self.table)

    def row_of(self, key: str) -> int | None:
        """Return the index of the row with a key."""
        return self._rows.position(key)

    def column_of(self, name: str) -> int | None:
        """Return the index of a column by field name."""
        return next((i for i, column in enumerate(self._columns) if column.name == name), None)

    def cell_column(self, row: int, column: int) -> Column:
        """Return what a cell really is: its column, or the declaration its row names."""
        declared = self._columns[column]
        if declared.type is not Type.VALUE:
            return declared
        return self.document.plan.record_column(self._records[row], declared)

    def record(self, row: int) -> Any:
        """Return the record of a row as the selected scenario has it."""
        return self._records[row]

    def value(self, row: int, column: int) -> Value:
        """Return the value of a cell as the selected scenario has it."""
        return read_cell(self._records[row], self._columns[column].name)

    def holds_values(self, _column: int) -> bool:
        """Return whether a column's cells hold values, which can be copied, and are no pictures."""
        return True

    def is_unread(self, row: int, column: int) -> bool:
        """Return whether a cell holds a text that could not be read."""
        return (row, self._columns[column].name) in self._rows.unread

    def count_overridden(self) -> int:
        """Return how many cells the selected scenario changes."""
        return len(self._overridden)

    def layered(self, row: int, column: int) -> LayeredValue | None:
        """Return what the selected scenario puts into a cell, ``None`` if it leaves the base's."""
        if not self._overridden:
            return None
        return self._overridden.get((self._rows.keys[row], self._columns[column].name))

    def layered_cells(self) -> list[tuple[tuple[int, int], LayeredValue]]:
        """Return the cells that the selected scenario changes, by row and column, with what it puts there."""
        placed = (((self.row_of(key), self.column_of(name)), found) for (key, name), found in self._overridden.items())
        cells = [((row, column), found) for (row, column), found in placed if row is not None and column is not None]
        return sorted(cells, key=lambda cell: cell[0])

    def issues_at(self, row: int, column: int) -> tuple[Issue, ...]:
        """Return the issues of a cell."""
        return self._issues.get((row, self._columns[column].name), ())

    def face(self, row: int, column: int) -> Face:
        """Return how a cell is painted."""
        known = self._faces.get((row, column))
        if known is None:
            known = self._faces[row, column] = self._make_face(row, column)
        return known

    def _make_face(self, row: int, column: int) -> Face:
        issues = self.issues_at(row, column)
        mark = "" if not issues else "error" if any(issue.is_error for issue in issues) else "warning"
        unread = self._rows.unread_at(row, self._columns[column].name)
        layered = self.layered(row, column)
        return face_of(
            self._records[row],
            self.cell_column(row, column),
            self.value(row, column),
            is_right=stands_right(self._columns[column], self.table.name),
            is_overridden=layered is not None,
            is_inherited=layered is not None and layered.is_inherited,
            mark=mark if unread is None else "error",
            unread=unread,
        )

    # Editing

    def is_editable(self, row: int, column: int) -> bool:
        """Return whether a cell can be edited."""
        declared = self._columns[column]
        if declared.derived or row >= len(self._records):
            return False
        if declared.name not in self.table.key:
            return True
        return not self.has_fixed_rows and row < len(self.document.plan.table(self.table.name))

    def setData(self, index: AnyIndex, value: Any, role: int = roles.EDIT) -> bool:
        """Enter a text into a cell; one that cannot be read stays in it, and the reason is said."""
        if role != roles.EDIT or not index.isValid() or not self.is_editable(index.row(), index.column()):
            return False
        row, column = index.row(), index.column()
        cell = (row, self._columns[column].name, str(value))
        if self.document.enter_texts(self.table.name, [cell], origin=self).refused:
            self._say_why(row, column, str(value))
        return True

    def _say_why(self, row: int, column: int, text: str) -> None:
        """Say why a text could not be read."""
        declared = self._columns[column]
        try:
            read_text(self.document.plan, self._rows, row, declared, text)
        except CellTextError as error:
            self.said.emit(str(error))

    # What Qt asks

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == roles.DISPLAY:
            return self.face(row, column).text
        answer = _ANSWERS.get(role)
        return answer(self, row, column) if answer else None

    def edit_text(self, row: int, column: int) -> str:
        """Return a cell as text that reads back to the same value; what could not be read is as it was entered."""
        unread = self._rows.unread_at(row, self._columns[column].name)
        if unread is not None:
            return unread
        return edit_text(self.cell_column(row, column), self.value(row, column), number_style())

    def _alignment(self, row: int, column: int) -> int:
        return roles.RIGHT if self.face(row, column).is_right else roles.LEFT

    def _is_overridden(self, row: int, column: int) -> bool:
        return self.face(row, column).is_overridden

    def _mark(self, row: int, column: int) -> str:
        return self.face(row, column).mark

    def _tip(self, row: int, column: int) -> str:
        return cell_tip(self.cell_column(row, column), self.layered(row, column), self.issues_at(row, column))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == roles.DISPLAY else None
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == roles.ALIGNMENT:
            return roles.RIGHT if stands_right(column, self.table.name) else roles.LEFT
        make = _HEADER_ANSWERS.get(role)
        return make(column) if make else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.is_editable(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    # Following the document

    def shown_columns(self) -> tuple[Column, ...]:
        """Return the columns as the plan has them now."""
        return self.document.plan.columns(self.table.name)

    def _on_changed(self, change: Change) -> None:
        if change.is_other_plan:
            self.beginResetModel()
            self._read_all()
            self.endResetModel()
        else:
            self._follow()

    def _on_scenario_changed(self, _name: str) -> None:
        self._follow()
        self._on_issues_changed()
        self.overridden_changed.emit()

    def _read_all(self) -> None:
        self._columns = self.shown_columns()
        self._rows = self.document.view.rows(self.table.name)
        self._records = list(self._rows)
        self._overridden = self._read_overridden()
        self._issues = issues_of_table(self.document.view, self.table.name, self.document.issues)
        self._faces = {}

    def _read_overridden(self) -> Mapping[tuple[str, str], LayeredValue]:
        if not self.table.can_vary:
            return {}
        return {
            (address.row, address.column): layered
            for address, layered in self.document.view.overridden.items()
            if address.table == self.table.name
        }

    def _follow(self) -> None:
        """Tell the views exactly what is different now."""
        columns, rows = self.shown_columns(), self.document.view.rows(self.table.name)
        if columns != self._columns:
            follow_columns(self, self._columns, columns, self._set_columns)
        overridden, self._overridden = self._overridden, self._read_overridden()
        if rows is self._rows and self._overridden == overridden:
            return
        if follow_rows(self, self._rows, rows, self._set_rows):
            self._issues = issues_of_table(self.document.view, self.table.name, self.document.issues)
            self._faces = {}  # views may have looked at some of them with the issues still at their old places
        before, unread = self._records, self._rows.unread
        self._rows, self._records = rows, list(rows)
        marked = self._places(_differing(overridden, self._overridden)) | self._unread_places(unread)
        for block in changed_blocks(before, self._records, self._columns, marked):
            self._announce(*block)
        if overridden != self._overridden:
            self._on_issues_changed()  # an override may hide what is wrong with another
            self.overridden_changed.emit()

    def _unread_places(self, before: Mapping[Place, Unread]) -> frozenset[tuple[int, int]]:
        """Return where texts that could not be read came or went; after a change of the rows wherever there are any."""
        differing = _differing(before, self._rows.unread)
        places = ((row, self.column_of(name)) for row, name in differing if row < len(self._records))
        return frozenset((row, column) for row, column in places if column is not None)

    def _announce(self, first: int, last: int, left: int, right: int) -> None:
        if last - first > MOST_ROWS:
            self._faces = {}
        else:
            for place in product(range(first, last + 1), range(left, right + 1)):
                self._faces.pop(place, None)
        self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def _set_columns(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self._faces = {}

    def _set_rows(self, rows: Rows[Any]) -> None:
        self._rows = rows
        self._records = list(rows)
        self._faces = {}

    def _places(self, cells: Iterable[tuple[str, str]]) -> frozenset[tuple[int, int]]:
        """Return where cells given by key and column name stand."""
        places = ((self.row_of(key), self.column_of(name)) for key, name in cells)
        return frozenset((row, column) for row, column in places if row is not None and column is not None)

    def _on_issues_changed(self) -> None:
        before, now = self._issues, issues_of_table(self.document.view, self.table.name, self.document.issues)
        self._issues = now
        for row, name in _differing(before, now):
            column = self.column_of(name)
            if column is not None and row < len(self._records):
                self._faces.pop((row, column), None)
                index = self.index(row, column)
                self.dataChanged.emit(index, index, [roles.ISSUE, roles.TOOL_TIP])


_HEADER_ANSWERS: Final[dict[int, Callable[[Column], Any]]] = {
    roles.DISPLAY: header_text,
    roles.TOOL_TIP: header_tip,
}

_ANSWERS: Final[dict[int, Callable[[PlanTableModel, int, int], Any]]] = {
    roles.EDIT: lambda model, row, column: model.edit_text(row, column),
    roles.ALIGNMENT: lambda model, row, column: model._alignment(row, column),
    roles.TOOL_TIP: lambda model, row, column: model._tip(row, column),
    roles.DESCRIPTION: lambda model, row, column: model._tip(row, column),
    roles.OVERRIDDEN: lambda model, row, column: model._is_overridden(row, column),
    roles.ISSUE: lambda model, row, column: model._mark(row, column),
}


def _differing(before: Mapping[K, Any], now: Mapping[K, Any]) -> set[K]:
    """Return the keys under which two mappings do not hold the same."""
    return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
