"""The header of a plan's table: shows how columns are sorted and filtered, and where columns are hidden."""

from typing import Final, cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from aluplanner.i18n import tr
from aluplanner.ui.tables.arrangement import Arrangement
from aluplanner.ui.tables.header import UnitHeader
from aluplanner.ui.tables.header_marks import paint_arrow, paint_chevron, paint_funnel, paint_gap
from aluplanner.ui.tables.sheet_order import SheetOrder
from aluplanner.ui.theme import current_theme, scaled

BUTTON: Final = 14
"""Size of the place that opens the menu, and of a mark."""
GRIP: Final = 5
"""Pixels at the edge with which the width is drawn."""


class SheetHeader(UnitHeader):
    """A header with a menu for each column.

    A press on a column that is not selected selects it, and on with the mouse its neighbours; one that is selected
    is dragged to another place.

    Attributes
    ----------
    menu_requested : Signal(int)
        The menu of a column is wanted.
    width_chosen : Signal(int)
        A column was given another width with the mouse.
    """

    menu_requested = Signal(int)
    width_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._gaps: frozenset[int] = frozenset()
        self._hovered = -1
        self._widths: list[int] = []
        self.setFirstSectionMovable(False)
        self.setAccessibleName(tr("Columns"))

    @property
    def _order(self) -> SheetOrder:
        return cast(SheetOrder, self.model())

    @property
    def _arrangement(self) -> Arrangement:
        return self._order.arrangement

    def _name(self, section: int) -> str:
        return self._order.plan_model.columns[section].name

    def mark_gaps(self, columns: frozenset[int]) -> None:
        """Mark the columns after which others are hidden."""
        self._gaps = columns
        self.viewport().update()

    # Places

    def section_rect(self, section: int) -> QRect:
        """Return the place of a column's header."""
        return QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height())

    def button_rect(self, section: int) -> QRect:
        """Return the place that opens the menu of a column: in the lower line, away from the unit."""
        return self._mark_rect(self.section_rect(section), section, 0)

    def _mark_rect(self, rect: QRect, section: int, number: int) -> QRect:
        top = rect.bottom() - BUTTON - 2
        if self.stands_right(section):
            return QRect(rect.left() + GRIP + number * BUTTON, top, BUTTON, BUTTON)
        return QRect(rect.right() - GRIP - (number + 1) * BUTTON + 1, top, BUTTON, BUTTON)

    def room_beside_unit(self, section: int) -> int:
        marks = self._has_button(section) + (self._arrangement.sort_of(self._name(section)) is not None)
        return marks * BUTTON

    def sectionSizeFromContents(self, section: int) -> QSize:
        return QSize(self.title_width(section), self.sizeHint().height())

    def _has_button(self, section: int) -> bool:
        return section == self._hovered or self._name(section) in self._arrangement.filters

    # Painting

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        theme, name = current_theme(), self._name(section)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        key, number = self._arrangement.sort_of(name), 0
        if self._has_button(section):
            place = self._mark_rect(rect, section, 0)
            if name in self._arrangement.filters:
                paint_funnel(painter, place, QColor(theme.accent))
            else:
                paint_chevron(painter, place, QColor(theme.muted))
            number = 1
        if key is not None:
            place = self._mark_rect(rect, section, number)
            paint_arrow(painter, place, QColor(theme.accent), key.is_descending)
            if len(self._arrangement.sorts) > 1:
                self._paint_rank(painter, place, self._arrangement.sorts.index(key) + 1)
        if section in self._gaps:
            paint_gap(painter, rect, QColor(theme.accent))
        painter.restore()

    def _paint_rank(self, painter: QPainter, place: QRect, rank: int) -> None:
        painter.setFont(scaled(self.font(), 0.75))
        painter.setPen(QColor(current_theme().accent))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), str(rank))

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            before, self._hovered = self._hovered, section
            for changed in (before, section):
                if changed >= 0:
                    self.updateSection(changed)

    # The mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        section = self.logicalIndexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and section >= 0 and self.button_rect(section).contains(place):
            self.menu_requested.emit(section)
            return
        self._widths = [self.sectionSize(number) for number in range(self.count())]
        self.setSectionsMovable(section > 0 and self._is_selected(section))
        super().mousePressEvent(event)

    def _is_selected(self, section: int) -> bool:
        return self._order.rowCount() > 0 and self.selectionModel().isColumnSelected(section)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._widths = [self.sectionSize(number) for number in range(self.count())]
        super().mouseDoubleClickEvent(event)
        self._tell_widths()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._tell_widths()

    def _tell_widths(self) -> None:
        """Tell which columns have another width than when the mouse was pressed."""
        before, self._widths = self._widths, []
        for section, width in enumerate(before[: self.count()]):
            if width != self.sectionSize(section) and not self.isSectionHidden(section):
                self.width_chosen.emit(section)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        section = self.logicalIndexAt(event.pos())
        if section >= 0:
            self.menu_requested.emit(section)

    def menu_place(self, section: int) -> QPoint:
        """Return where the menu of a column opens, on the screen."""
        rect = self.section_rect(section).intersected(self.viewport().rect())
        return self.viewport().mapToGlobal(rect.bottomLeft())
