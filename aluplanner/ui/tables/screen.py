"""The cells of a table by their places on the screen, as copying, pasting, filling and the keys see them."""

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex
from PySide6.QtWidgets import QTableView

from aluplanner.document.ranges import Range, ShownTable, runs
from aluplanner.model.schema import Column
from aluplanner.ui.tables.sheet_order import SheetOrder

Place = tuple[int, int]
"""Row and column on the screen, counted from 0."""

_SELECT = QItemSelectionModel.SelectionFlag.Select
_ANEW = QItemSelectionModel.SelectionFlag.ClearAndSelect
_LEAVE = QItemSelectionModel.SelectionFlag.NoUpdate


class Screen:
    """What a view of a table shows at this moment; made anew for each gesture.

    Parameters
    ----------
    view
        The view; its model is a :class:`SheetOrder`.
    with_pictures
        Whether columns of pictures count as columns, as they do for moving about, or not, as for copying.
    """

    def __init__(self, view: QTableView, *, with_pictures: bool = False) -> None:
        self._view = view
        self.order = cast(SheetOrder, view.model())
        self._model = self.order.plan_model
        header = view.horizontalHeader()
        logical = (header.logicalIndex(place) for place in range(header.count()))
        self._in_sight = [column for column in logical if not view.isColumnHidden(column)]
        self.columns: list[int] = [
            column for column in self._in_sight if with_pictures or self._model.holds_values(column)
        ]
        self._places = {column: place for place, column in enumerate(self.columns)}

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.order.rowCount()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.columns)

    @property
    def shown(self) -> ShownTable:
        """The table as it stands on the screen."""
        model = self._model
        return ShownTable(
            model.table,
            self.order.source_rows,
            [model.columns[column] for column in self.columns],
            model.rowCount(),
            len(model.document.plan.table(model.table.name)),
            model.columns,
        )

    # Cells

    def index(self, row: int, column: int) -> QModelIndex:
        """Return the index of the cell at a place."""
        return self.order.index(row, self.columns[column])

    def place(self, index: QModelIndex) -> Place | None:
        """Return the place of a cell, ``None`` if it has none."""
        column = self._places.get(index.column()) if index.isValid() else None
        return None if column is None else (index.row(), column)

    def text_at(self, row: int, column: int) -> str:
        """Return the text of the cell at a place, as its editor shows it: exact, and read back as it is."""
        return self._model.edit_text(self.order.source_row(row), self.columns[column])

    def column_at(self, row: int, column: int) -> Column:
        """Return what the cell at a place really is."""
        return self._model.cell_column(self.order.source_row(row), self.columns[column])

    def is_filled(self, row: int, column: int) -> bool:
        """Return whether there is something in the cell at a place."""
        stored, logical = self.order.source_row(row), self.columns[column]
        return self._model.value(stored, logical) is not None or self._model.is_unread(stored, logical)

    def holds_values(self, column: int) -> bool:
        """Return whether the column at a place holds values, and no pictures."""
        return self._model.holds_values(self.columns[column])

    def takes_entries(self, column: int) -> bool:
        """Return whether something can be entered into the column at a place."""
        return self.holds_values(column) and not self._model.columns[self.columns[column]].derived

    # What is selected

    @property
    def current(self) -> Place | None:
        """The place of the current cell."""
        return self.place(self._view.currentIndex())

    def ranges(self) -> list[Range]:
        """Return the ranges selected, else the current cell."""
        blocks = cast(Iterable[QItemSelectionRange], self._view.selectionModel().selection())
        found = [part for block in blocks for part in self._parts(block)]
        if not found and self.current is not None:
            row, column = self.current
            found = [Range(row, column, row, column)]
        return found

    def _parts(self, block: QItemSelectionRange) -> list[Range]:
        logical = range(block.left(), block.right() + 1)
        places = (self._places[column] for column in logical if column in self._places)
        return [Range(block.top(), left, block.bottom(), right) for left, right in runs(places)]

    def select(self, ranges: Sequence[Range], current: Place | None = None) -> None:
        """Select ranges and nothing else; what lies outside the table is left out.

        Parameters
        ----------
        ranges
            The ranges.
        current
            The cell to make the current one; by default the first of the first range.
        """
        inside = [part for part in map(self._cut, ranges) if part is not None]
        if not inside:
            return
        selection = QItemSelection()
        for part in inside:
            first, last = (self._in_sight.index(self.columns[place]) for place in (part.left, part.right))
            for left, right in runs(self._in_sight[first : last + 1]):
                selection.select(self.order.index(part.top, left), self.order.index(part.bottom, right))
        model = self._view.selectionModel()
        model.select(selection, _ANEW)
        self.make_current(*(current or (inside[0].top, inside[0].left)))

    def make_current(self, row: int, column: int) -> None:
        """Make a cell the current one; what is selected stays, and what is in sight too."""
        scrolls = self._view.hasAutoScroll()
        self._view.setAutoScroll(False)
        self._view.selectionModel().setCurrentIndex(self.index(row, column), _LEAVE)
        self._view.setAutoScroll(scrolls)

    def scroll_to(self, row: int, column: int) -> None:
        """Bring a cell into sight."""
        self._view.scrollTo(self.index(row, column))

    def _cut(self, part: Range) -> Range | None:
        bottom, right = min(part.bottom, self.height - 1), min(part.right, self.width - 1)
        return Range(part.top, part.left, bottom, right) if part.top <= bottom and part.left <= right else None
