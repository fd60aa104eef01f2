"""The rows of a sheet as they would come into the plan."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from aluplanner.document.importing import TableImport
from aluplanner.document.key_paste import KeyedRow, Kind
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import show
from aluplanner.model.schema import Column
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.paste_preview_model import kind_word
from aluplanner.ui.theme import current_theme
from aluplanner.workbook.importing.converting import ConvertedCell

AnyIndex = QModelIndex | QPersistentModelIndex
ROWS: Final = 200
"""How many rows are shown."""
KIND: Final = 0
_NO_INDEX = QModelIndex()
_COLOURS: Final[Mapping[Kind, str]] = {
    Kind.NEW: "surplus",
    Kind.CHANGED: "accent",
    Kind.UNCHANGED: "muted",
    Kind.BAD: "error",
}


class ImportPreviewModel(QAbstractTableModel):
    """The first rows of a sheet, converted: what each does, and its cells with those marked that cannot be read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: TableImport | None = None
        self._keyed: dict[int, KeyedRow] = {}
        self._taken: frozenset[int] = frozenset()

    def show_table(self, outcome: TableImport | None) -> None:
        """Show what another sheet brings; ``None`` for nothing."""
        self.beginResetModel()
        self._shown = outcome
        self._keyed = {row.number: row for row in outcome.paste.rows} if outcome else {}
        self._taken = frozenset(row.number for row in outcome.taken) if outcome else frozenset()
        self.endResetModel()

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the columns shown."""
        return tuple(column.heading for column in self._columns)

    @property
    def _columns(self) -> tuple[Column, ...]:
        return self._shown.converted.columns if self._shown else ()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        if parent.isValid() or self._shown is None:
            return 0
        return min(ROWS, len(self._shown.converted.rows))

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._shown is None else len(self._columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            is_row = self._shown is not None and 0 <= section < self.rowCount()
            return self._row_name(section) if role == roles.DISPLAY and is_row else None
        if not 0 <= section <= len(self._columns):
            return None
        if role == roles.ALIGNMENT:
            return roles.RIGHT if section > KIND and self._columns[section - 1].is_numeric else roles.LEFT
        if role == roles.DISPLAY:
            return tr("What it does") if section == KIND else self._columns[section - 1].heading
        return None

    def _row_name(self, row: int) -> str:
        """Return what the workbook calls the row: its number, a column's letter, or a cell."""
        return self._shown.converted.rows[row].label if self._shown is not None else ""

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid() or self._shown is None:
            return None
        row, column = index.row(), index.column()
        if column == KIND:
            return self._kind_data(row, role)
        cell, declared = self._shown.converted.rows[row].cells[column - 1], self._columns[column - 1]
        return self._cell_data(declared, cell, self._problem(row, declared, cell), role)

    def _cell_data(self, column: Column, cell: ConvertedCell, problem: str, role: int) -> Any:
        if role == roles.DISPLAY:
            # not by colour alone
            return tr("! {text}", text=cell.text) if problem else show(column, cell.value, number_style())
        if role == roles.TOOL_TIP:
            return " ".join(filter(None, (problem, cell.remedy))) or self._origin(cell)
        if role == roles.FOREGROUND and problem:
            return QColor(current_theme().error)
        if role == roles.ALIGNMENT:
            return roles.RIGHT if column.is_numeric and not problem else roles.LEFT
        return None

    def _problem(self, row: int, column: Column, cell: ConvertedCell) -> str:
        """Return why a cell cannot be read, be it for what its row names; empty if it can."""
        if cell.problem or row + 1 not in self._keyed:
            return cell.problem
        found = (keyed.problem for keyed in self._keyed[row + 1].cells if keyed.column.name == column.name)
        return next(filter(None, found), "")

    def _origin(self, cell: ConvertedCell) -> str:
        return tr("{text} in {place}", text=cell.text, place=cell.place) if cell.place else ""

    def _kind_data(self, row: int, role: int) -> Any:
        keyed = self._keyed.get(row + 1)
        if keyed is None:
            return None
        kind = self._kind(keyed)
        if role == roles.DISPLAY:
            return tr("! no name") if kind is Kind.BAD else kind_word(kind)
        if role == roles.TOOL_TIP:
            return keyed.problem or kind_word(kind)
        return QColor(getattr(current_theme(), _COLOURS[kind])) if role == roles.FOREGROUND else None

    def _kind(self, keyed: KeyedRow) -> Kind:
        if keyed.problem:
            return Kind.BAD
        if keyed.number not in self._taken:
            return Kind.UNCHANGED
        return Kind.NEW if keyed.position is None else Kind.CHANGED
