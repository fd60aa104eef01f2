"""Asks between which numbers or months a column's cells are to be."""

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import CellTextError, parse
from aluplanner.model.schema import Column, Type
from aluplanner.ui.tables.arrangement_words import title_of
from aluplanner.ui.tables.filters import Between, number_of
from aluplanner.ui.tables.popup import ColumnPopup
from aluplanner.ui.tables.sheet_order import SheetOrder
from aluplanner.ui.theme import current_theme

ABOVE, AT_LEAST, BELOW, AT_MOST, BETWEEN = range(5)
FIELD: Final = 110


def is_compared(column: Column) -> bool:
    """Return whether the cells of a column can be above or below something."""
    return column.is_numeric or column.type in (Type.MONTH, Type.VALUE)


class BoundsPopup(ColumnPopup):
    """Asks for bounds, written as in a cell.

    Parameters
    ----------
    order
        The rows of the table.
    column
        Index of the column.
    parent
        The table.
    """

    def __init__(self, order: SheetOrder, column: int, parent: QWidget) -> None:
        declared = order.plan_model.columns[column]
        super().__init__(tr("Show rows whose {title} is", title=title_of(declared)), parent)
        self._order, self._name = order, declared.name
        self._read_as = replace(declared, type=Type.NUMBER) if declared.type is Type.VALUE else declared
        self.relation = QComboBox(self)
        self.relation.addItems([tr("above"), tr("at least"), tr("below"), tr("at most"), tr("between")])
        self.relation.setAccessibleName(tr("Comparison"))
        self.low, self._and, self.high = QLineEdit(self), QLabel(tr("and"), self), QLineEdit(self)
        self.low.setAccessibleName(tr("Bound"))
        self.high.setAccessibleName(tr("Upper bound"))
        self._wrong = QLabel(self)
        self._wrong.setWordWrap(True)
        self._wrong.setStyleSheet(f"color: {current_theme().error}")
        self._lay_out()
        self._show_former()
        self.relation.currentIndexChanged.connect(self._refresh)
        for edit in (self.low, self.high):
            edit.textChanged.connect(self._refresh)
        self._refresh()
        self.low.setFocus()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.relation)
        for widget in (self.low, self._and, self.high):
            line.addWidget(widget)
        for edit in (self.low, self.high):
            edit.setFixedWidth(FIELD)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(self._wrong)
        self.add_buttons()

    def _show_former(self) -> None:
        """Begin with the bounds in force."""
        former = self._order.arrangement.filters.get(self._name)
        if not isinstance(former, Between):
            self.relation.setCurrentIndex(AT_LEAST)
            return
        if former.low is not None and former.high is not None:
            self.relation.setCurrentIndex(BETWEEN)
        else:
            strict, loose = (ABOVE, AT_LEAST) if former.high is None else (BELOW, AT_MOST)
            self.relation.setCurrentIndex(loose if former.includes_bounds else strict)
        low, high = former.words
        self.low.setText(low or high)
        self.high.setText(high)
        self.low.selectAll()

    def _refresh(self) -> None:
        is_between = self.relation.currentIndex() == BETWEEN
        self._and.setVisible(is_between)
        self.high.setVisible(is_between)
        try:
            is_ready = self._wanted() is not None
            self._wrong.clear()
        except CellTextError as error:
            is_ready = False
            self._wrong.setText(str(error))
        self._wrong.setVisible(bool(self._wrong.text()))
        self.show_button.setEnabled(is_ready)
        self.adjustSize()

    def _wanted(self) -> Between | None:
        """Return the bounds written, ``None`` while one is missing.

        Raises
        ------
        CellTextError
            If a bound cannot be read.
        """
        low, relation = self._bound(self.low), self.relation.currentIndex()
        words = self.low.text().strip()
        if relation == BETWEEN:
            high = self._bound(self.high)
            if low is None or high is None:
                return None
            return Between(min(low, high), max(low, high), True, self._ordered(low <= high))
        if low is None:
            return None
        includes = relation in (AT_LEAST, AT_MOST)
        if relation in (ABOVE, AT_LEAST):
            return Between(low, None, includes, (words, ""))
        return Between(None, low, includes, ("", words))

    def _ordered(self, is_ascending: bool) -> tuple[str, str]:
        words = (self.low.text().strip(), self.high.text().strip())
        return words if is_ascending else words[::-1]

    def _bound(self, edit: QLineEdit) -> float | None:
        return number_of(parse(self._read_as, edit.text(), number_style()))

    def apply(self) -> None:
        """Show the rows within the bounds."""
        self._order.arrange(self._order.arrangement.with_filter(self._name, self._wanted()))
