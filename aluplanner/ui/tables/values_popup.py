"""The list of a column's values, of which some are ticked to be shown."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from aluplanner.i18n import tr
from aluplanner.ui.clear_button import add_clear_button
from aluplanner.ui.tables.arrangement import arranged, shown
from aluplanner.ui.tables.arrangement_words import title_of
from aluplanner.ui.tables.distinct_values import COUNT, TICK, DistinctModel, distinct_values
from aluplanner.ui.tables.filters import AmongTexts
from aluplanner.ui.tables.painting import mixed
from aluplanner.ui.tables.popup import ColumnPopup
from aluplanner.ui.tables.sheet_order import SheetOrder
from aluplanner.ui.theme import current_theme

WIDTH: Final = 300
HEIGHT: Final = 260
LINE: Final = 22
PADDING: Final = 6
BOX: Final = 13
SELECTED: Final = 0.16
"""How much of the accent colour the line in use has."""

_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

AnyIndex = QModelIndex | QPersistentModelIndex


class _Counted(QStyledItemDelegate):
    """Shows a value with its tick, and at the right how many rows have it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme, metrics, rect = current_theme(), option.fontMetrics, option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        count = f"{index.data(COUNT):,}"
        right = rect.right() - PADDING
        painter.save()
        if is_selected:
            painter.fillRect(rect, mixed(theme.accent, theme.canvas, SELECTED))
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRect(rect.left(), rect.top(), right - rect.left(), rect.height()), _RIGHT, count)
        box = QRect(rect.left() + PADDING, rect.center().y() - BOX // 2, BOX, BOX)
        left = box.right() + PADDING
        room = right - metrics.horizontalAdvance(count) - PADDING - left
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(theme.text))
        painter.drawText(QRect(left, rect.top(), room, rect.height()), _LEFT, text)
        _paint_tick(painter, box, Qt.CheckState(index.data(TICK)) == Qt.CheckState.Checked)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), LINE)


def _paint_tick(painter: QPainter, box: QRect, is_ticked: bool) -> None:
    """Paint a box as the yes/no cells have them."""
    theme = current_theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.accent if is_ticked else theme.muted))
    painter.setBrush(QColor(theme.accent if is_ticked else theme.canvas))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    if is_ticked:
        painter.setPen(QPen(QColor(theme.on_accent), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        points = ((3.2, 6.6), (5.6, 9.2), (9.8, 4.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(box.topLeft()) + QPointF(x, y) for x, y in points]))


class _TickList(QListView):
    """A list in which a click or the space bar sets a tick."""

    def __init__(self, model: DistinctModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._values = model
        self.setModel(model)
        self.setItemDelegate(_Counted(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Values"))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._values.toggle(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._values.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class ValuesPopup(ColumnPopup):
    """Asks which values of a column to show.

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
        super().__init__(tr("Show rows by {title}", title=title_of(declared)), parent)
        self._order, self._column = order, declared.name
        known = order.arrangement.filters.get(declared.name)
        self._former = known.texts if isinstance(known, AmongTexts) else None
        values = distinct_values(order.plan_model, order.arrangement, declared.name)
        self.values = DistinctModel(values, self._ticked_at_first(), self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search the values"))
        add_clear_button(self.search)
        self.list = _TickList(self.values, self)
        self._found = QLabel(self)
        self._found.setForegroundRole(self._found.palette().ColorRole.PlaceholderText)
        self._lay_out()
        self.search.textChanged.connect(self.values.search)
        self.values.ticks_changed.connect(self._show_count)
        self._show_count()
        self.search.setFocus()

    def _ticked_at_first(self) -> frozenset[str] | None:
        """Return the values that are shown now, ``None`` for all."""
        model, arrangement = self._order.plan_model, self._order.arrangement
        place = model.column_of(self._column)
        if self._former is not None or place is None or self._column not in arrangement.filters:
            return self._former
        return frozenset(shown(model, row, place).text for row in arranged(model, arrangement))

    def _lay_out(self) -> None:
        self.all_button = QPushButton(tr("&All"), self)
        self.all_button.clicked.connect(self._on_all)
        self.none_button = QPushButton(tr("&None"), self)
        self.none_button.clicked.connect(self._on_none)
        for button in (self.all_button, self.none_button):
            button.setAutoDefault(False)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.addWidget(self.all_button)
        line.addWidget(self.none_button)
        line.addWidget(self._found, 1)
        self._found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(line)
        self.add_buttons()

    def sizeHint(self) -> QSize:
        lines = min(max(len(self.values.values), 3), HEIGHT // LINE)
        rest = super().sizeHint().height() - self.list.sizeHint().height()
        return QSize(max(WIDTH, super().sizeHint().width()), rest + lines * LINE + 2 * self.list.frameWidth())

    def _on_all(self) -> None:
        self.values.tick_found(True)

    def _on_none(self) -> None:
        self.values.tick_found(False)

    def _show_count(self) -> None:
        chosen = len(self.values.chosen())
        self._found.setText(tr("{chosen} of {count} values", chosen=chosen, count=len(self.values.values)))
        self.show_button.setEnabled(chosen > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.values.rowCount():
            self.list.setFocus()
            self.list.setCurrentIndex(self.values.index(0))
        else:
            super().keyPressEvent(event)

    def apply(self) -> None:
        """Show the rows with the values that are ticked and found; with everything ticked, all of them."""
        chosen, listed = self.values.chosen(), frozenset(value.text for value in self.values.values)
        unlisted = (self._former or frozenset()) - listed  # other filters hide these values for now
        is_all = chosen == listed and not unlisted
        wanted = None if is_all else AmongTexts(chosen | unlisted)
        self._order.arrange(self._order.arrangement.with_filter(self._column, wanted))
