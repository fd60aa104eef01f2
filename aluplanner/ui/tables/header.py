"""The header of a table: the title, and under it the unit in a quieter colour."""

from PySide6.QtCore import QRect, QSize, Qt
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

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, model = current_theme(), self.model()
        text = str(model.headerData(section, Qt.Orientation.Horizontal, roles.DISPLAY) or "")
        align = Qt.AlignmentFlag(model.headerData(section, Qt.Orientation.Horizontal, roles.ALIGNMENT) or roles.LEFT)
        painter.save()
        painter.fillRect(rect, QColor(theme.button if self._is_current(section) else theme.window))
        painter.setPen(QColor(theme.border))
        painter.drawLine(rect.right(), rect.top() + 6, rect.right(), rect.bottom() - 6)
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        inside = rect.adjusted(PADDING, 2, -PADDING, -2)
        self._paint_lines(painter, inside, text, align & Qt.AlignmentFlag.AlignHorizontal_Mask)
        painter.restore()

    def _is_current(self, section: int) -> bool:
        selection = self.selectionModel()
        return selection is not None and selection.currentIndex().column() == section

    def _paint_lines(self, painter: QPainter, rect: QRect, text: str, align: Qt.AlignmentFlag) -> None:
        theme, metrics = current_theme(), self.fontMetrics()
        title, _, unit = text.partition("\n")
        half = rect.height() // 2
        painter.setFont(self.font())
        painter.setPen(QColor(theme.text))
        title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, rect.width())
        upper = QRect(rect.left(), rect.top(), rect.width(), half if unit else rect.height())
        painter.drawText(upper, align | Qt.AlignmentFlag.AlignVCenter, title)
        if unit:
            painter.setFont(scaled(self.font(), 0.88))
            painter.setPen(QColor(theme.muted))
            lower = QRect(rect.left(), rect.top() + half, rect.width(), half)
            painter.drawText(lower, align | Qt.AlignmentFlag.AlignVCenter, unit)
