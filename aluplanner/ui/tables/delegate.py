"""The delegate of every table: edits cells with the schema's parser."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from aluplanner.i18n import tr
from aluplanner.model.cell_text import CellTextError, edit_text
from aluplanner.model.schema import Column, Type
from aluplanner.ui.tables.completion import NamesCompleter
from aluplanner.ui.tables.editors import ChoiceEditor, LineEditor
from aluplanner.ui.tables.faces import default_text
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.names import known_names

AnyIndex = QModelIndex | QPersistentModelIndex

_STEPS = {Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Enter: (1, 0), Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1)}
_NO_HINT = QStyledItemDelegate.EndEditHint.NoHint
_REVERT = QStyledItemDelegate.EndEditHint.RevertModelCache


class CellDelegate(QStyledItemDelegate):
    """Edits the cells of a :class:`PlanTableModel`.

    Attributes
    ----------
    refused : Signal(str)
        A text cannot be taken, and why; its editor stays open.
    stepped : Signal(int, int)
        An entry is done; the current cell is to move by so many rows and columns.
    """

    refused = Signal(str)
    stepped = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing: dict[QWidget, QPersistentModelIndex] = {}

    # Editors

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        model = cast(PlanTableModel, index.model())
        column = model.cell_column(index.row(), index.column())
        editor: QWidget = (
            self._choice_editor(column, parent)
            if column.type in (Type.CHOICE, Type.YES_NO)
            else self._line_editor(model, index, column, parent)
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

    def _line_editor(self, model: PlanTableModel, index: AnyIndex, column: Column, parent: QWidget) -> LineEditor:
        editor = LineEditor(parent)
        if column.is_numeric:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        record, declared = model.record(index.row()), model.columns[index.column()]
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
        model = cast(PlanTableModel, index.model())
        row, column = index.row(), index.column()
        text = edit_text(model.cell_column(row, column), model.value(row, column))
        if isinstance(editor, LineEditor):
            editor.opening_text = text
            editor.setText(text)
        elif isinstance(editor, ChoiceEditor):
            editor.choose(text)

    def setModelData(self, editor: QWidget, model: Any, index: AnyIndex) -> None:
        text = editor.word if isinstance(editor, ChoiceEditor) else cast(LineEditor, editor).text()
        if not isinstance(editor, LineEditor) or text != editor.opening_text:
            model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex) -> None:
        rect = option.rect
        if isinstance(editor, ChoiceEditor):
            rect.setWidth(max(rect.width(), editor.sizeHint().width()))
        editor.setGeometry(rect)

    def begin_typing(self, index: AnyIndex) -> None:
        """Put a % behind the digit that opened the editor of a percent cell, as Excel does."""
        model = cast(PlanTableModel, index.model())
        if model.cell_column(index.row(), index.column()).type is not Type.FRACTION:
            return
        for editor, edited in self._editing.items():
            if isinstance(editor, LineEditor) and edited == index and editor.isVisible():
                editor.expect_percent()

    # Accepting and refusing

    def accepts(self, editor: QWidget) -> bool:
        """Return whether an editor's text can be taken; if not, show why."""
        index = self._editing.get(editor)
        if not isinstance(editor, LineEditor) or index is None or not index.isValid():
            return True
        text = editor.text()
        if text == editor.opening_text:
            return True
        try:
            cast(PlanTableModel, index.model()).read_text(index.row(), index.column(), text)
        except CellTextError as error:
            editor.refuse(str(error))
            self.refused.emit(str(error))
            return False
        editor.accept_again()
        return True

    def refused_editor(self) -> LineEditor | None:
        """Return the open editor whose text is refused, if there is one."""
        return next((e for e in self._editing if isinstance(e, LineEditor) and e.is_refused), None)

    def finish(self) -> bool:
        """Take the text of an open editor; return whether there is none left whose text is refused."""
        for editor in [editor for editor in self._editing if editor.isVisible()]:
            if not self.accepts(editor):
                return False
            self._close(editor)
        return True

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if not isinstance(editor, LineEditor | ChoiceEditor):
            return False  # what is left of an editor while its window is torn down
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, LineEditor):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and step[0]
                self._finish(editor, (-1, 0) if backwards else step)
                return True
        if event.type() == QEvent.Type.FocusOut and isinstance(editor, LineEditor) and not self.accepts(editor):
            return False
        return super().eventFilter(editor, event)

    def _finish(self, editor: QWidget, step: tuple[int, int]) -> None:
        if self.accepts(editor):
            self._close(editor)
            self.stepped.emit(*step)

    def _close(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, _NO_HINT)

    def _on_chosen(self, editor: QWidget) -> None:
        self._close(editor)

    def _on_dismissed(self, editor: QWidget) -> None:
        self.closeEditor.emit(editor, _REVERT)
