"""A line over the header of a column: what is typed there is what its cells must contain."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.clear_button import add_clear_button
from aluplanner.ui.tables.arrangement_words import title_of
from aluplanner.ui.tables.filters import Containing
from aluplanner.ui.tables.header_marks import paint_funnel
from aluplanner.ui.tables.sheet_order import SheetOrder
from aluplanner.ui.theme import current_theme

FUNNEL: Final = 22
"""Width of the place of the funnel, which tells the line from the editor of a cell."""
_KEEPING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Down)


class QuickFilter(QLineEdit):
    """Filters a column while one types; Enter keeps the filter, Esc takes it away.

    Attributes
    ----------
    done : Signal()
        The keys belong to the table again.
    """

    done = Signal()

    def __init__(self, order: SheetOrder, column: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._order = order
        declared = order.plan_model.columns[column]
        self._column = declared.name
        sentence = tr("{title} contains …", title=title_of(declared))
        self.setPlaceholderText(sentence)
        self.setAccessibleName(sentence)
        self.setToolTip(tr("Enter keeps the filter, Esc takes it away"))
        self.setFrame(False)
        self.setTextMargins(FUNNEL, 0, 2, 0)
        add_clear_button(self)
        former = order.arrangement.filters.get(self._column)
        self.setText(former.text if isinstance(former, Containing) else "")
        self.selectAll()
        self.textChanged.connect(self._on_text_changed)
        self._is_done = False

    def _on_text_changed(self, text: str) -> None:
        wanted = Containing(text.strip()) if text.strip() else None
        self._order.arrange(self._order.arrangement.with_filter(self._column, wanted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._order.arrangement.filters.get(self._column) is not None:
                self._order.arrange(self._order.arrangement.with_filter(self._column, None))
            self._finish()
        elif event.key() in _KEEPING:
            self._finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._finish()

    def focusNextPrevChild(self, _is_next: bool) -> bool:
        self._finish()
        return True

    def _finish(self) -> None:
        if not self._is_done:
            self._is_done = True
            self.done.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, accent = QPainter(self), QColor(current_theme().accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_funnel(painter, QRect(0, 0, FUNNEL, self.height()), accent)
        painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), accent)
        painter.end()
