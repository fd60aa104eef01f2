"""How the claims matrix looks: a sign and a word at the left of each cell, the margin at its right."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from aluplanner.i18n import tr
from aluplanner.ui.panels.claims_matrix import CLAIM, FIRST, MARGIN
from aluplanner.ui.theme import current_theme

ROW_HEIGHT: Final = 24
CLAIM_LETTERS: Final = 46
_PAD: Final = 6
_GAP: Final = 10
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class VerdictDelegate(QStyledItemDelegate):
    """Draws the margin of a verdict at the right of its cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        margin = index.data(MARGIN)
        if not margin:
            return
        is_selected = bool(option.state & option.state.State_Selected)
        painter.save()
        painter.setFont(option.font)
        theme = current_theme()
        painter.setPen(QColor(theme.on_accent if is_selected else theme.text))
        rect: QRect = option.rect
        painter.drawText(rect.adjusted(0, 0, -_PAD, 0), _RIGHT, margin)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        margin = index.data(MARGIN) or ""
        return QSize(size.width() + option.fontMetrics.horizontalAdvance(margin) + _GAP + _PAD, ROW_HEIGHT)


class ClaimsView(QTableView):
    """The matrix as a table to look at, to sort and to copy.

    Attributes
    ----------
    entered_row : Signal(QModelIndex)
        Enter was pressed on a row.
    copy_requested : Signal()
        The table is wanted on the clipboard.
    """

    entered_row = Signal(QModelIndex)
    copy_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Claims in every scenario"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._verdicts = VerdictDelegate(self)
        self.setItemDelegate(self._verdicts)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def fit_columns(self) -> None:
        """Give every column the room that it needs, the claims not more than their share."""
        letter = self.fontMetrics().averageCharWidth()
        self.resizeColumnsToContents()
        self.setColumnWidth(CLAIM, min(self.columnWidth(CLAIM), CLAIM_LETTERS * letter))
        model = self.model()
        for column in range(FIRST, model.columnCount() if model is not None else 0):
            self.setColumnWidth(column, max(self.columnWidth(column), 16 * letter))

    def event(self, event: QEvent) -> bool:
        """Keep the keys of copying from shortcuts of the window while the focus is here."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
