"""Scenarios in an open list: each indented under what it builds on."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from aluplanner.i18n import tr
from aluplanner.ui.theme import current_theme

AnyIndex = QModelIndex | QPersistentModelIndex

DEPTH: Final = int(Qt.ItemDataRole.UserRole) + 1
LAYERS: Final = int(Qt.ItemDataRole.UserRole) + 2
"""Names of what it builds on, as one text."""

INDENT: Final = 16
GAP: Final = 24
PADDING: Final = 8
HEIGHT: Final = 24


class BranchDelegate(QStyledItemDelegate):
    """Paints a scenario's name, indented, and pale behind it what it builds on."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        metrics: QFontMetrics = option.fontMetrics
        name, hint = _texts(index)
        width = 2 * PADDING + _indent(index) + metrics.horizontalAdvance(name)
        return QSize(width + (GAP + metrics.horizontalAdvance(hint) if hint else 0), HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect: QRect = option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        theme, metrics = current_theme(), option.fontMetrics
        widget = option.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        name, hint = _texts(index)
        room = rect.adjusted(PADDING + _indent(index), 0, -PADDING, 0)
        painter.save()
        painter.setPen(QColor(theme.on_accent if is_selected else theme.text))
        painter.drawText(room, _LEFT, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width()))
        beside = room.adjusted(metrics.horizontalAdvance(name) + GAP, 0, 0, 0)
        if hint and beside.width() > 0:
            painter.setPen(QColor(theme.on_accent if is_selected else theme.muted))
            painter.drawText(beside, _RIGHT, metrics.elidedText(hint, Qt.TextElideMode.ElideRight, beside.width()))
        painter.restore()


_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _texts(index: AnyIndex) -> tuple[str, str]:
    """Return the name of a scenario and what it builds on, in words."""
    layers = str(index.data(LAYERS) or "")
    return str(index.data() or ""), tr("on {layers}", layers=layers) if layers else ""


def _indent(index: AnyIndex) -> int:
    return INDENT * int(index.data(DEPTH) or 0)
