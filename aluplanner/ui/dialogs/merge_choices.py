"""The table in which conflicts are decided: each copy's version with a button to choose it."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from aluplanner.i18n import tr
from aluplanner.ui.dialogs.merge_model import BEFORE, CHECK, MINE, SIDES, WHERE, YOURS, AnyIndex, ConflictModel
from aluplanner.ui.tables.painting import inks
from aluplanner.ui.theme import current_theme

ROW_HEIGHT: Final = 26
RADIUS: Final = 6.0
MARGIN: Final = 8
_WIDTHS: Final = {WHERE: 54, BEFORE: 16, MINE: 32, YOURS: 32}


class _ChoiceDelegate(QStyledItemDelegate):
    """Paints a version behind a round button, filled if it is the chosen one.

    The current row is only tinted: filled with the accent colour, a version under the cursor would look like the chosen
    one.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        cell: QRect = own.rect
        painter.save()
        if own.features & QStyleOptionViewItem.ViewItemFeature.Alternate:
            painter.fillRect(cell, own.palette.alternateBase())
        if own.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, inks(current_theme()).selection)
        room = cell.adjusted(MARGIN, 0, -MARGIN, 0)
        if index.column() in SIDES:
            _paint_button(painter, room, Qt.CheckState(index.data(CHECK)) == Qt.CheckState.Checked)
            room.setLeft(room.left() + round(2 * RADIUS) + MARGIN)
        painter.setFont(own.font)
        painter.setPen(own.palette.color(own.palette.ColorRole.Text))
        elide = Qt.TextElideMode.ElideMiddle if index.column() == WHERE else Qt.TextElideMode.ElideRight
        text = own.fontMetrics.elidedText(" ".join(own.text.split()), elide, room.width())
        painter.drawText(QRectF(room), int(Qt.AlignmentFlag.AlignVCenter), text)
        if own.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(current_theme().accent), 2))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))
        painter.restore()


def _paint_button(painter: QPainter, room: QRect, is_chosen: bool) -> None:
    theme = current_theme()
    ink = QColor(theme.accent if is_chosen else theme.muted)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.4))
    middle = QPointF(room.left() + RADIUS, room.center().y() + 0.5)
    painter.drawEllipse(middle, RADIUS, RADIUS)
    if is_chosen:
        painter.setBrush(ink)
        painter.drawEllipse(middle, RADIUS - 3, RADIUS - 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class ConflictTable(QTableView):
    """The conflicts; a click or Space on a version chooses it, Space for all rows that are selected."""

    def __init__(self, model: ConflictModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conflicts = model
        self.setModel(model)
        self.setItemDelegate(_ChoiceDelegate(self))
        self.setAccessibleName(tr("Conflicts"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setStretchLastSection(True)
        columns.setHighlightSections(False)
        character = self.fontMetrics().averageCharWidth()
        for column, characters in _WIDTHS.items():
            self.setColumnWidth(column, character * characters)
        self.clicked.connect(self._on_clicked)

    def show_base(self, is_shown: bool) -> None:
        """Show or hide what the ancestor says."""
        self.setColumnHidden(BEFORE, not is_shown)

    def go_to_open(self) -> None:
        """Put the cursor on the first conflict that is not decided, or on the first."""
        rows = self._conflicts.open_rows
        if self._conflicts.rowCount():
            self.setCurrentIndex(self._conflicts.index(rows[0] if rows else 0, MINE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        side = SIDES.get(self.currentIndex().column())
        if is_plain and event.key() == Qt.Key.Key_Space and side is not None:
            rows = {index.row() for index in self.selectionModel().selectedRows()}
            self._conflicts.decide(sorted(rows | {self.currentIndex().row()}), side)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        side = SIDES.get(index.column())
        if side is not None and len(self.selectionModel().selectedRows()) == 1:
            self._conflicts.decide([index.row()], side)
