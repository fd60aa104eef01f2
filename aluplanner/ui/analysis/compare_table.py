"""The tables of a comparison: every value as its own table shows it, copied digit for digit."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.answer_table import AnswerTable, is_blank
from aluplanner.ui.analysis.answer_model import AnswerModel
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.tables import roles
from aluplanner.ui.theme import current_theme

AnyIndex = QModelIndex | QPersistentModelIndex
WIDEST_NAME: Final = 26
WIDEST_VALUE: Final = 17
"""Letters that names and values get at first."""
_FONT: Final = int(Qt.ItemDataRole.FontRole)


class CompareModel(AnswerModel):
    """A table of a comparison; what differs from the first scenario is bold."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.readable: AnswerTable | None = None
        """The same table with every figure as text."""
        self.first = 0
        """The column of the first scenario; the one before holds the unit."""
        self.scenarios = 0
        """How many scenarios there are."""
        self.named = 0
        """The column that the unit is shown in, behind the words."""
        self._bold = QFont(parent.font())
        self._bold.setBold(True)

    def place_of(self, column: int) -> int | None:
        """Return which scenario a column is about, ``None`` for one about all of them."""
        behind = column - self.first
        if behind < 0 or behind > 2 * (self.scenarios - 1):
            return None
        return (behind + 1) // 2

    def is_change(self, column: int) -> bool:
        """Return whether a column holds what a scenario has more than the first."""
        behind = column - self.first
        return self.place_of(column) is not None and behind > 0 and behind % 2 == 0

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if self.readable is not None and orientation == Qt.Orientation.Horizontal:
            if role == roles.DISPLAY and section < len(self.readable.columns):
                return self.readable.columns[section].title
            if role == roles.ALIGNMENT:
                return roles.LEFT if self.place_of(section) is None else roles.RIGHT
        return super().headerData(section, orientation, role)

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if self.readable is None or not index.isValid():
            return super().data(index, role)
        row, column = index.row(), index.column()
        if role == roles.DISPLAY:
            return self._shown(row, column)
        if role == roles.ALIGNMENT:
            return roles.LEFT if self.place_of(column) is None else roles.RIGHT
        if role == _FONT:
            return self._bold if self.differs(row, column) else None
        if role == roles.FOREGROUND and self.place_of(column) is not None and not self.differs(row, column):
            return QColor(current_theme().muted)
        return super().data(index, role)

    def _shown(self, row: int, column: int) -> str:
        cells = self.readable.rows[row] if self.readable is not None else ()
        text, unit = str(cells[column] or ""), str(cells[self.first - 1] or "")
        return f"{text} ({unit})" if column == self.named and unit else text

    def differs(self, row: int, column: int) -> bool:
        """Return whether a cell holds another value than the first scenario has, as far as can be read."""
        place = self.place_of(column)
        if not place or self.is_change(column) or self.readable is None:
            return False
        return self.readable.rows[row][column] != self.readable.rows[row][self.first]

    def _sentence(self, index: AnyIndex, column: Any, figure: Any) -> str:
        said = super()._sentence(index, column, figure)
        return said if is_blank(figure) or self.readable is None else f"{self.label(index.row())}: {said}"

    def label(self, row: int) -> str:
        """Return what a row is about: its words before the first scenario."""
        cells = self.readable.rows[row][: self.first] if self.readable is not None else ()
        return " › ".join(str(cell) for cell in cells if cell)


class CompareView(AnswerView):
    """A table of a comparison.

    Parameters
    ----------
    name
        Its accessible name.
    first
        The column of the first scenario; that of the unit stands before it.
    named
        The column that shows the unit too.
    hidden
        A column whose words need no room of their own, -1 for none.

    Attributes
    ----------
    cell_chosen : Signal(int, int)
        A row of the answer was double-clicked or Enter pressed on it, in the column of a scenario, by its place in the
        comparison; -1 where the column is about all of them.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, name: str, first: int, named: int, hidden: int = -1, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._hidden = (first - 1, hidden)
        self.compare_model = CompareModel(self)
        self.compare_model.first, self.compare_model.named = first, named
        self.answer_model = self.compare_model
        self._sorted.setSourceModel(self.compare_model)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def show_tables(self, table: AnswerTable, readable: AnswerTable, scenarios: int) -> None:
        """Show a table in full precision and as it is read."""
        self.compare_model.readable, self.compare_model.scenarios = readable, scenarios
        self.show_table(table)

    def _fit_columns(self) -> None:
        """Leave room for the scenarios: the names before them are cut, and so are theirs."""
        super()._fit_columns()
        letter = self.fontMetrics().averageCharWidth()
        for column in range(self.compare_model.columnCount()):
            self.setColumnHidden(column, column in self._hidden)
            most = WIDEST_NAME if column < self.compare_model.first else WIDEST_VALUE
            if column < self.compare_model.first or self.compare_model.place_of(column) is not None:
                self.setColumnWidth(column, min(most * letter, self.columnWidth(column)))

    def jump(self) -> None:
        """Say which row and which scenario is meant."""
        index = self._sorted.mapToSource(self.currentIndex())
        if index.isValid():
            place = self.compare_model.place_of(index.column())
            self.cell_chosen.emit(index.row(), -1 if place is None else place)
