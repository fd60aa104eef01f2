"""Says over a table that rows are hidden or sorted, and takes it back with a click."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.elided_label import ElidedLabel
from aluplanner.ui.icons import set_icon
from aluplanner.ui.tables.arrangement import Arrangement
from aluplanner.ui.tables.arrangement_words import caption, details
from aluplanner.ui.tables.sheet_order import SheetOrder


class OrderStrip(QWidget):
    """A sentence with a button that shows the table as it is stored; not there while it is.

    Parameters
    ----------
    order
        The rows of the table.
    parent
        The page of the table.
    """

    def __init__(self, order: SheetOrder, parent: QWidget) -> None:
        super().__init__(parent)
        self._order = order
        self.label = ElidedLabel(self)
        self.again_button = self._button(tr("Apply again"), tr("Rows were changed since: sort and filter them anew"))
        self.again_button.clicked.connect(order.apply_again)
        self.clear_button = self._button("", tr("Show all rows in their stored order"))
        set_icon(self.clear_button, "clear")
        self.clear_button.setIconSize(QSize(14, 14))
        self.clear_button.clicked.connect(self._on_clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(2)
        for widget in (self.label, self.clear_button, self.again_button):
            layout.addWidget(widget)
        order.order_changed.connect(self._refresh)
        order.rowsInserted.connect(self._refresh)
        order.rowsRemoved.connect(self._refresh)
        self._refresh()

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text or tip)
        button.setAccessibleDescription(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _refresh(self) -> None:
        order = self._order
        self.setVisible(not order.arrangement.is_plain)
        self.again_button.setVisible(order.is_outdated)
        self.label.setText(caption(order.plan_model, order.arrangement, order.rowCount()))
        self.label.setToolTip(details(order.plan_model, order.arrangement))

    def _on_clear(self) -> None:
        self._order.arrange(Arrangement())
