"""The delegate of every table: edits cells with the schema's parser."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from aluplanner.i18n import tr
from aluplanner.model.schema import Column, Type
from aluplanner.ui.tables.completion import NamesCompleter
from aluplanner.ui.tables.editors import ChoiceEditor, LineEditor
from aluplanner.ui.tables.faces import default_text
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.names import known_names
from aluplanner.ui.tables.sheet_order import SheetOrder

AnyIndex = QModelIndex | QPersistentModelIndex
Cell = tuple[PlanTableModel, int, int]
"""A table, a row in its stored order, a column."""

_STEPS = {Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Enter: (1, 0), Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1)}
_NO_HINT = QStyledItemDelegate.EndEditHint.NoHint
_REVERT = QStyledItemDelegate.EndEditHint.RevertModelCache


class CellDelegate(QStyledItemDelegate):
    """Edits the cells of a :class:`PlanTableModel`.

    Attributes
    ----------
    stepped : Signal(int, int)
        An entry is done; the current cell is to move by so many rows and columns.
    filled : Signal(str)
        What was typed is for every selected cell.
    """

    stepped = Signal(int, int)
    filled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing: dict[QWidget, QPersistentModelIndex] = {}

    # Editors

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        model, row, place = _cell(index)
        column = model.cell_column(row, place)
        editor: QWidget = (
            self._choice_editor(column, parent)
            if column.type in (Type.CHOICE, Type.YES_NO)
            else self._line_editor(index, column, parent)
        )
        self._editing[editor] = QPersistentModelIndex(index)
        return editor

    def _choice_editor(self, column: Column, parent: QWidget) -> ChoiceEditor:
        words = list(column.choices) if column.type is Type.CHOICE else ["yes", "no"]
        texts = [tr(word) for word in words]
        if not column.required:
            default = default_text(column)
            words.insert(0, "")
            texts.insert(0, tr("blank ({default})", default=default) if default else tr("blank"))
        editor = ChoiceEditor(texts, words, parent)
        editor.chosen.connect(self._on_chosen)
        editor.dismissed.connect(self._on_dismissed)
        return editor

    def _line_editor(self, index: AnyIndex, column: Column, parent: QWidget) -> LineEditor:
        model, row, place = _cell(index)
        editor = LineEditor(parent)
        if column.is_numeric:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        record, declared = model.record(row), model.columns[place]
        names = known_names(model.document.plan, model.table.name, record, declared)
        if names:
            editor.setCompleter(NamesCompleter(names, column.type is Type.NAMES, editor))
        return editor

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        self._editing.pop(editor, None)
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, LineEditor) and editor.isModified():
            return  # the plan changed underneath; what is being typed stays
        model, row, column = _cell(index)
        text = model.edit_text(row, column)
        if isinstance(editor, LineEditor):
            editor.opening_text = text
            editor.setText(text)
        elif isinstance(editor, ChoiceEditor):
            editor.choose(text)

    def setModelData(self, editor: QWidget, model: Any, index: AnyIndex) -> None:
        text = editor.word if isinstance(editor, ChoiceEditor) else cast(LineEditor, editor).text()
        table, row, column = _cell(index)
        # a text that could not be read is tried once more: what stood in its way may be gone
        if not isinstance(editor, LineEditor) or text != editor.opening_text or table.is_unread(row, column):
            model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex) -> None:
        rect = option.rect
        if isinstance(editor, ChoiceEditor):
            rect.setWidth(max(rect.width(), editor.sizeHint().width()))
        editor.setGeometry(rect)

    def begin_typing(self, index: AnyIndex) -> None:
        """Put a % behind the digit that opened the editor of a percent cell, as Excel does."""
        model, row, column = _cell(index)
        if model.cell_column(row, column).type is not Type.FRACTION:
            return
        for editor, edited in self._editing.items():
            if isinstance(editor, LineEditor) and edited == index and editor.isVisible():
                editor.expect_percent()

    # The end of an entry

    def finish(self) -> None:
        """Take the text of an open editor."""
        for editor in [editor for editor in self._editing if editor.isVisible()]:
            self._close(editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if not isinstance(editor, LineEditor | ChoiceEditor):
            return False  # what is left of an editor while its window is torn down
        if event.type() == QEvent.Type.KeyPress and editor in self._editing:
            _cell(self._editing[editor])[0].document.give_way()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, LineEditor):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and step[0] and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._fill(editor)
                return True
            if step is not None:
                backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and step[0]
                self._finish(editor, (-1, 0) if backwards else step)
                return True
        return super().eventFilter(editor, event)

    def _finish(self, editor: QWidget, step: tuple[int, int]) -> None:
        self._close(editor)
        self.stepped.emit(*step)

    def _fill(self, editor: LineEditor) -> None:
        text = editor.text()
        self.closeEditor.emit(editor, _REVERT)
        self.filled.emit(text)

    def _close(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, _NO_HINT)

    def _on_chosen(self, editor: QWidget) -> None:
        self._close(editor)

    def _on_dismissed(self, editor: QWidget) -> None:
        self.closeEditor.emit(editor, _REVERT)


def _cell(index: AnyIndex) -> Cell:
    """Return the cell of the plan that an index of a view means."""
    order = cast(SheetOrder, index.model())
    return order.plan_model, order.source_row(index.row()), index.column()
