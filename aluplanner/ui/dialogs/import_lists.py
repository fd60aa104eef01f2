"""Lists whose cells are chosen: with the mouse by a click, with the keyboard by Space, Enter or F2."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from aluplanner.i18n import tr
from aluplanner.ui.dialogs.import_tables import CHOICES, ChoiceModel
from aluplanner.ui.panels.lists import make_list
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.editors import ChoiceEditor
from aluplanner.ui.theme import current_theme

AnyIndex = QModelIndex | QPersistentModelIndex
ARROW: Final = 18
"""Room for the arrow of a cell to choose in."""
_OPENING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChoiceDelegate(QStyledItemDelegate):
    """Shows an arrow in cells with choices, and opens them as a list."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        offered = index.data(CHOICES)
        if not offered:
            editor = QLineEdit(parent)
            editor.setAccessibleName(tr("Cell editor"))
            return editor
        chooser = ChoiceEditor([text for _, text in offered], [word for word, _ in offered], parent)
        chooser.chosen.connect(self._on_chosen)
        chooser.dismissed.connect(self._on_dismissed)
        return chooser

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, ChoiceEditor):
            editor.choose(index.data(roles.EDIT))
        elif isinstance(editor, QLineEdit):
            editor.setText(index.data(roles.EDIT))

    def setModelData(self, editor: QWidget, model: ChoiceModel, index: AnyIndex) -> None:  # type: ignore[override]
        if isinstance(editor, ChoiceEditor):
            model.setData(index, editor.word)
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        if index.data(CHOICES):
            theme = current_theme()
            is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.save()
            painter.setPen(QColor(theme.on_accent if is_selected else theme.muted))
            room = QRect(option.rect.right() - ARROW, option.rect.top(), ARROW, option.rect.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), "▾")
            painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if index.data(CHOICES):
            room = option.rect.width() - ARROW - 8
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def _on_chosen(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _on_dismissed(self, editor: QWidget) -> None:
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)


class ChoiceList(QTableView):
    """A list whose cells are chosen.

    Parameters
    ----------
    model
        What it shows.
    name
        Its accessible name.
    widths
        Widths of the columns in characters, the last one takes what is left.
    """

    def __init__(self, model: ChoiceModel, name: str, widths: dict[int, int], parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(ChoiceDelegate(self))
        make_list(self, name, widths)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setAlternatingRowColors(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.clicked.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        can_open = self.currentIndex().isValid() and self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable
        if event.key() in _OPENING and is_plain and can_open:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
