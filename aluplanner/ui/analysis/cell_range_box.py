"""A cell and the bounds between which it is swept."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from aluplanner.analysis.cell_range import natural_range
from aluplanner.analysis.cell_values import plan_with_cells
from aluplanner.analysis.question_error import QuestionError
from aluplanner.analysis.sweep import even_values
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.address_box import AddressBox
from aluplanner.ui.analysis.number_field import NumberField, number_column

_LETTERS: Final = 8


@dataclass(frozen=True)
class CellRange:
    """A cell with the lowest and the highest value that it takes."""

    address: Address
    low: float
    high: float

    def values(self, points: int) -> Array:
        """Return values at even steps, both ends included."""
        return np.unique(even_values(self.low, self.high, points))


class CellRangeBox(QWidget):
    """A field for a cell, and two for its bounds, which are proposed for each cell.

    Parameters
    ----------
    field
        The field for the cell.
    document
        The open document.

    Attributes
    ----------
    changed : Signal()
        Another cell or another bound.
    confirmed : Signal()
        Enter was pressed in one of the fields.
    """

    changed = Signal()
    confirmed = Signal()

    def __init__(self, field: AddressBox, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self.field = document, field
        self.low = NumberField(number_column(tr("Lowest")), self, is_blank_allowed=True, letters=_LETTERS)
        self.high = NumberField(number_column(tr("Highest")), self, is_blank_allowed=True, letters=_LETTERS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (field, self.low, QLabel("…", self), self.high):
            row.addWidget(part)
        self.setFocusProxy(field)
        field.changed.connect(self._propose)
        for part in (self.low, self.high):
            part.changed.connect(self.changed)
        for box in (field, self.low, self.high):
            box.confirmed.connect(self.confirmed)
        self._show_bounds()

    @property
    def address(self) -> Address | None:
        """The cell; ``None`` where none is named."""
        return self.field.address

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the field of the cell."""
        return self.field.address is None and not self.field.line.text().strip()

    def choose(self, address: Address | None) -> None:
        """Name a cell, or none."""
        self.field.choose(address)

    def range(self) -> CellRange:
        """Return the cell with its bounds.

        Raises
        ------
        aluplanner.analysis.question_error.QuestionError
            If the cell or a bound is missing or cannot be taken, or the lowest value is not below the highest.
        """
        address = self.field.cell()
        low, high = self.low.number(), self.high.number()
        if not low < high:
            raise QuestionError(
                "bounds",
                tr("The lowest value of {cell} is not below its highest.", cell=str(address)),
                tr("Give two different bounds."),
            )
        return CellRange(address, low, high)

    def _propose(self) -> None:
        self._show_bounds()
        self.changed.emit()

    def _show_bounds(self) -> None:
        """Hold numbers of the cell's kind, between the bounds that suit it."""
        address, column = self.field.address, self.field.column
        is_named = address is not None and column is not None
        self.low.setEnabled(is_named)
        self.high.setEnabled(is_named)
        if address is None or column is None:
            for field in (self.low, self.high):
                field.show_column(number_column(field.column.title), None)
            return
        low, high = self._bounds(address)
        self.low.show_column(column, low)
        self.high.show_column(column, high)

    def _bounds(self, address: Address) -> tuple[float | None, float | None]:
        try:
            return natural_range(
                plan_with_cells(self._document.plan, self._document.scenario, {address: None}), address
            )
        except PlanError:  # the scenario cannot be resolved; Issues tells why
            return None, None
