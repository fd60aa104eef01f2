"""One cell, or several that take the same value together."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from aluplanner.i18n import tr
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.address_box import AddressBox
from aluplanner.ui.analysis.cell_search import cell_text


class CellsBox(QWidget):
    """A field for a cell, and a list of others that move with it.

    Parameters
    ----------
    field
        The field for the first cell.

    Attributes
    ----------
    changed : Signal()
        Other cells are named.
    confirmed : Signal()
        Enter was pressed on a cell that is there.
    """

    changed = Signal()
    confirmed = Signal()

    def __init__(self, field: AddressBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._others: list[Address] = []
        self.add_button = QToolButton(self)
        self.add_button.setText("+")
        self.add_button.setAutoRaise(True)
        self.add_button.setToolTip(tr("Vary another cell together with this one"))
        self.list_button = QToolButton(self)
        self.list_button.setAutoRaise(True)
        self.list_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.list_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.list_button.setMenu(QMenu(self.list_button))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (field, self.add_button, self.list_button):
            layout.addWidget(part)
        self.setFocusProxy(field)
        for before, after in zip(
            (field.line, field.button, self.add_button), (field.button, self.add_button, self.list_button), strict=True
        ):
            QWidget.setTabOrder(before, after)  # the field was made before its box
        field.changed.connect(self.changed)
        field.confirmed.connect(self.confirmed)
        self.add_button.clicked.connect(self._set_aside)
        self._show_others()

    @property
    def first(self) -> Address | None:
        """The cell whose unit the values are in; ``None`` without one."""
        return self._others[0] if self._others else self.field.address

    def cells(self) -> tuple[Address, ...]:
        """Return the cells.

        Raises
        ------
        aluplanner.analysis.question_error.QuestionError
            If there is none.
        """
        if self._others and self.field.address is None and not self.field.line.text().strip():
            return tuple(self._others)
        return tuple(dict.fromkeys((*self._others, self.field.cell())))

    def choose(self, *cells: Address) -> None:
        """Name some cells."""
        *others, last = cells
        self._others = list(others)
        self.field.choose(last)
        self._show_others()
        self.changed.emit()

    def _set_aside(self) -> None:
        """Keep the cell and make room for another one."""
        cell = self.field.address
        if cell is not None and cell not in self._others:
            self._others.append(cell)
            self._show_others()
            self.field.choose(None)
        self.field.setFocus()

    def _show_others(self) -> None:
        menu = self.list_button.menu()
        menu.clear()
        for cell in self._others:
            action = menu.addAction(tr("Leave out {cell}", cell=cell_text(cell)).replace("&", "&&"))
            action.setData(self._others.index(cell))
            action.triggered.connect(self._leave_out)
        count = len(self._others)
        self.list_button.setText(tr("with 1 other ▾") if count == 1 else tr("with {count} others ▾", count=count))
        self.list_button.setToolTip("\n".join(map(cell_text, self._others)))
        self.list_button.setVisible(bool(count))

    def _leave_out(self) -> None:
        action = self.sender()
        place = int(action.data()) if action is not None and hasattr(action, "data") else -1
        if 0 <= place < len(self._others):
            del self._others[place]
            self._show_others()
            self.changed.emit()
