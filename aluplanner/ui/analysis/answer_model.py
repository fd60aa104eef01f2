"""An answer's table as Qt shows it."""

import math
from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure, figure_text, is_blank
from aluplanner.i18n import tr
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.answer_grid import exact_text, table_grid
from aluplanner.ui.panels.trace_words import place_text
from aluplanner.ui.tables import roles

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class AnswerModel(QAbstractTableModel):
    """One table of an answer, as it is; sorting is left to a proxy."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: AnswerTable | None = None
        self._is_text: tuple[bool, ...] = ()

    def show_table(self, table: AnswerTable | None) -> bool:
        """Show another table; return whether it is of another shape, so that what was selected is gone."""
        is_same = table is not None and self._table is not None and _shape(table) == _shape(self._table)
        if not is_same:
            self.beginResetModel()
        self._table = table
        self._is_text = tuple(_is_text(table, place) for place in range(len(table.columns))) if table else ()
        if not is_same:
            self.endResetModel()
        elif table is not None and table.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(table.rows) - 1, len(table.columns) - 1))
        return not is_same

    @property
    def table(self) -> AnswerTable | None:
        """What is shown."""
        return self._table

    def address(self, row: int) -> Address | None:
        """Return the cell that a row speaks of."""
        addresses = self._table.addresses if self._table is not None else ()
        return addresses[row] if row < len(addresses) else None

    def is_text_column(self, column: int) -> bool:
        """Return whether a column holds words."""
        return self._is_text[column]

    def grid(self, rows: Iterable[int]) -> list[list[str]]:
        """Return some rows under their titles as a block of cells, digit for digit."""
        return table_grid(self._table, list(rows)) if self._table is not None else []

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._table is None else len(self._table.rows)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._table is None else len(self._table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical or self._table is None or section >= len(self._table.columns):
            return None
        if role == roles.ALIGNMENT:
            return roles.LEFT if self._is_text[section] else roles.RIGHT
        return self._table.columns[section].title if role in (roles.DISPLAY, roles.TOOL_TIP) else None

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        make = _DATA.get(role)
        if make is None or not index.isValid() or self._table is None:
            return None
        figure = self._table.rows[index.row()][index.column()]
        return make(self, index, self._table.columns[index.column()], figure)

    def _text(self, _index: AnyIndex, column: AnswerColumn, figure: Figure) -> str:
        return figure_text(column, figure)

    def _tip(self, index: AnyIndex, column: AnswerColumn, figure: Figure) -> str:
        unit = "" if column.is_percent or isinstance(figure, str) or is_blank(figure) else f" {column.unit}"
        lines = [f"{exact_text(column, figure)}{unit}".strip()]
        address = self.address(index.row())
        if address is not None:
            lines.append(tr("{place}: Enter or a double click goes there.", place=place_text(address)))
        return "\n".join(line for line in lines if line)

    def _sort_key(self, _index: AnyIndex, _column: AnswerColumn, figure: Figure) -> object:
        if is_blank(figure):
            return None
        return figure.casefold() if isinstance(figure, str) else float(figure or 0.0)

    def _alignment(self, index: AnyIndex, _column: AnswerColumn, _figure: Figure) -> int:
        return roles.LEFT if self._is_text[index.column()] else roles.RIGHT

    def _sentence(self, index: AnyIndex, column: AnswerColumn, figure: Figure) -> str:
        first = self._table.rows[index.row()][0] if self._table is not None else ""
        name = f"{first}: " if isinstance(first, str) and index.column() else ""
        return f"{name}{column.title} {figure_text(column, figure)}".strip()


_DATA: Final[dict[int, Callable[[AnswerModel, AnyIndex, AnswerColumn, Figure], Any]]] = {
    roles.DISPLAY: AnswerModel._text,
    roles.TOOL_TIP: AnswerModel._tip,
    roles.DESCRIPTION: AnswerModel._sentence,
    roles.ALIGNMENT: AnswerModel._alignment,
    roles.SORT: AnswerModel._sort_key,
}


def _shape(table: AnswerTable) -> object:
    """Return what must stay the same for rows to be the same rows: titles, and the words in the first column."""
    return table.columns, tuple(row[0] if row else None for row in table.rows), table.addresses


def _is_text(table: AnswerTable, place: int) -> bool:
    known = [row[place] for row in table.rows if not is_blank(row[place])]
    if not known:
        column = table.columns[place]
        return not column.unit and not column.is_percent
    return any(isinstance(figure, str | bool) for figure in known)


def is_less(first: object, second: object) -> bool:
    """Return whether a figure stands before another when sorted upwards: figures, then words."""
    if isinstance(first, float) and isinstance(second, float):
        return first < second and not math.isnan(second)
    if isinstance(first, str) and isinstance(second, str):
        return first < second
    return isinstance(first, float) and isinstance(second, str)
