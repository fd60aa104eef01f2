"""The header of a table: the title, and under it the unit in a quieter colour."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QItemSelectionRange, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from aluplanner.ui.tables import roles
from aluplanner.ui.theme import current_theme, scaled

PADDING = 6
GAP = 4


class UnitHeader(QHeaderView):
    """A header of two lines: title and unit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setMinimumSectionSize(32)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSectionSize(), 2 * self.fontMetrics().height() + GAP)

    def title_width(self, section: int) -> int:
        """Return the width that shows the title and the unit in full."""
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal, roles.DISPLAY) or "")
        widths = (self.fontMetrics().horizontalAdvance(line) for line in text.split("\n"))
        return max(widths) + 2 * PADDING + 2

    def stands_right(self, section: int) -> bool:
        """Return whether a title stands at the right edge, as the numbers under it do."""
        alignment = self.model().headerData(section, Qt.Orientation.Horizontal, roles.ALIGNMENT)
        return bool(Qt.AlignmentFlag(alignment or roles.LEFT) & Qt.AlignmentFlag.AlignRight)

    def room_beside_unit(self, _section: int) -> int:
        """Return how much of the lower line, at its far end, is not for the unit."""
        return 0

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, QColor(theme.button if self._is_in_use(section) else theme.window))
        painter.setPen(QColor(theme.border))
        painter.drawLine(rect.right(), rect.top() + 6, rect.right(), rect.bottom() - 6)
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        self._paint_lines(painter, rect.adjusted(PADDING, 2, -PADDING, -2), section)
        painter.restore()

    def _is_in_use(self, section: int) -> bool:
        """Return whether a column holds the current cell or a selected one."""
        selection = self.selectionModel()
        if selection is None:
            return False
        blocks = cast(Iterable[QItemSelectionRange], selection.selection())
        return selection.currentIndex().column() == section or any(
            block.left() <= section <= block.right() for block in blocks
        )

    def _paint_lines(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, metrics = current_theme(), self.fontMetrics()
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal, roles.DISPLAY) or "")
        align = Qt.AlignmentFlag.AlignRight if self.stands_right(section) else Qt.AlignmentFlag.AlignLeft
        title, _, unit = text.partition("\n")
        half, room = rect.height() // 2, self.room_beside_unit(section)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.text))
        title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, rect.width())
        upper = QRect(rect.left(), rect.top(), rect.width(), half)
        painter.drawText(upper, align | Qt.AlignmentFlag.AlignVCenter, title)
        if unit:
            painter.setFont(scaled(self.font(), 0.88))
            painter.setPen(QColor(theme.muted))
            lower = QRect(rect.left(), rect.top() + half, rect.width() - room, half)
            if align == Qt.AlignmentFlag.AlignRight:
                lower.moveRight(rect.right())
            unit = painter.fontMetrics().elidedText(unit, Qt.TextElideMode.ElideRight, lower.width())
            painter.drawText(lower, align | Qt.AlignmentFlag.AlignVCenter, unit)
