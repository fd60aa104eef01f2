"""The cells to be fitted, each with its bounds."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aluplanner.analysis.cell_range import natural_range
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.address_box import AddressBox, CellSource
from aluplanner.ui.analysis.number_field import NumberField, number_column

_CELL, _LOW, _HIGH, _AWAY = range(4)


class FittedCell:
    """The controls of one cell."""

    def __init__(self, box: AddressBox, parent: QWidget) -> None:
        self.box = box
        self.low = NumberField(number_column(tr("Lowest")), parent, is_blank_allowed=True)
        self.high = NumberField(number_column(tr("Highest")), parent, is_blank_allowed=True)
        self.away = QToolButton(parent)
        self.away.setText("×")
        self.away.setAutoRaise(True)
        self.away.setToolTip(tr("Do not fit this cell"))

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """Its widgets from left to right."""
        return self.box, self.low, self.high, self.away


class FittedCells(QWidget):
    """A list of cells to fit.

    Parameters
    ----------
    document
        The open document.
    selected_cell
        Tells the cell that is selected in the table.

    Attributes
    ----------
    changed : Signal()
        Other cells or bounds stand in it.
    confirmed : Signal()
        Enter was pressed in one of the fields.
    """

    changed = Signal()
    confirmed = Signal()

    def __init__(self, document: Document, selected_cell: CellSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._selected_cell = document, selected_cell
        self.rows: list[FittedCell] = []
        self._list = QWidget(self)
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(8, 4, 4, 4)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(_CELL, 1)
        for column, title in ((_CELL, tr("Cell to fit")), (_LOW, tr("Lowest")), (_HIGH, tr("Highest"))):
            self._grid.addWidget(QLabel(title, self._list), 0, column)
        self.add_button = QPushButton(tr("Add a cell"), self)
        self.add_button.clicked.connect(self._on_add)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._list)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 4, 8, 4)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column_layout.addLayout(foot)
        self.add()

    def add(self, cell: Address | None = None) -> FittedCell:
        """Add a cell, or room for one, and return its controls."""
        row = FittedCell(AddressBox(self._document, self._selected_cell, self._list), self._list)
        row.box.line.setMinimumWidth(0)
        self.rows.append(row)
        self._lay_out()
        row.box.changed.connect(self._on_cell_changed)
        for field in (row.low, row.high):
            field.changed.connect(self.changed)
        for part in (row.box, row.low, row.high):
            part.confirmed.connect(self.confirmed)
        row.away.clicked.connect(self._on_away)
        if cell is not None:
            row.box.choose(cell)
        return row

    def cells(self) -> dict[Address, tuple[float, float]]:
        """Return the cells and their bounds; rows left empty do not count.

        Raises
        ------
        aluplanner.analysis.question_error.QuestionError
            If a cell or a bound cannot be taken.
        """
        named = [row for row in self.rows if row.box.address is not None or row.box.line.text().strip()]
        return {row.box.cell(): (row.low.number(), row.high.number()) for row in named}

    def _lay_out(self) -> None:
        for line, row in enumerate(self.rows, start=1):
            for column, part in enumerate(row.parts):
                self._grid.addWidget(part, line, column)
                part.show()
        for line in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(line, 0)
        self._grid.setRowStretch(len(self.rows) + 1, 1)

    def _on_add(self) -> None:
        self.add().box.setFocus()

    def _on_away(self) -> None:
        sender = self.sender()
        row = next((each for each in self.rows if each.away is sender), None)
        if row is None:
            return
        self.rows.remove(row)
        for part in row.parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        if not self.rows:
            self.add()
        self._lay_out()
        self.changed.emit()

    def _on_cell_changed(self) -> None:
        """Offer the bounds that suit the cell."""
        sender = self.sender()
        row = next((each for each in self.rows if each.box is sender), None)
        cell, column = (row.box.address, row.box.column) if row is not None else (None, None)
        if row is not None and cell is not None and column is not None:
            ends = natural_range(self._document.plan, cell, is_widest=True)
            for field, value in zip((row.low, row.high), ends, strict=True):
                field.show_column(column, value)
        self.changed.emit()
