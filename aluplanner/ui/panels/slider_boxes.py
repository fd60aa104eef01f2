"""The boxes beside a slider: the exact value, and the ends of the range."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygon
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_rules import check_value
from aluplanner.model.cell_text import CellTextError, edit_text, parse, show
from aluplanner.model.schema import Column, Type, Value
from aluplanner.ui.tables.editors import LineEditor
from aluplanner.ui.tables.painting import CORNER, EDGE, mixed
from aluplanner.ui.theme import Theme, current_theme

_BARE: Final = "QLineEdit { background: transparent; border: 0; }"
"""An application with a style sheet leaves a line's own ground out of account, so the boxes paint theirs."""


class SliderBox(LineEditor):
    """A value that can be typed over; what the column cannot hold stays in the box, red, until it is mended.

    Attributes
    ----------
    entered : Signal(object)
        The planner typed this value.
    """

    entered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setStyleSheet(_BARE)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._column: Column | None = None
        self._value: Value = None
        self._is_blank_allowed = True
        self._tip = ""
        self.is_refused = False
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._on_return)

    def show_value(self, column: Column, value: Value, tip: str, *, is_blank_allowed: bool = True) -> None:
        """Show a cell's value, unless another one is being typed."""
        is_news = value != self._value or column is not self._column
        self._column, self._value, self._is_blank_allowed, self._tip = column, value, is_blank_allowed, tip
        if is_news or not (self.isModified() or self.is_refused):
            self._restore()

    def _restore(self) -> None:
        if self._column is None:
            return
        write = edit_text if self.hasFocus() else show
        self._accept_again()
        self.setText(write(self._column, self._value, number_style()))
        self.setCursorPosition(0)
        self.setModified(False)
        if self.hasFocus():
            self.selectAll()

    # Typing

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.is_refused:
            self._restore()
        self._colour()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take()
        self._colour()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.isModified() or self.is_refused):
            self._restore()
        else:
            super().keyPressEvent(event)

    def _on_edited(self) -> None:
        self._accept_again()
        is_first = len(self.text()) == 1
        if is_first and self._column is not None and self._column.type is Type.FRACTION:
            self.expect_percent()

    def _on_return(self) -> None:
        self._take()
        if not self.is_refused:
            self._restore()

    def _take(self) -> None:
        if self._column is None or self.is_refused:
            return
        if not self.isModified():
            self._restore()
            return
        try:
            value = parse(self._column, self.text(), number_style())
        except CellTextError as error:
            self.refuse(str(error))
            return
        wrong = self._problem(self._column, value)
        if wrong:
            self.refuse(wrong)
            return
        self.setModified(False)
        if value == self._value:
            self._restore()
        else:
            self.entered.emit(value)

    def _problem(self, column: Column, value: Value) -> str:
        if value is None:
            return "" if self._is_blank_allowed else tr("{title} is empty.", title=column.title)
        return " ".join(check_value(column, value) or ())

    # What cannot be taken

    def refuse(self, reason: str) -> None:
        """Keep the text, red, and say what is wrong with it."""
        self.is_refused = True
        if not self.hasFocus():
            self.setCursorPosition(0)  # a text that is cut is known by its beginning
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)
        self._colour()
        if self.isVisible():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), reason, self)

    def _accept_again(self) -> None:
        self.is_refused = False
        self.setToolTip(self._tip)
        self.setAccessibleDescription(self._tip)
        self._colour()

    # Looks

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        theme = current_theme()
        ink = QColor(theme.error) if self.is_refused else self._ink(theme)
        if ink != self.palette().color(QPalette.ColorRole.Text):
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.Text, ink)
            self.setPalette(palette)
        self.update()

    def _ink(self, theme: Theme) -> QColor:
        return QColor(theme.text)

    def _ground(self, theme: Theme) -> QColor:
        return mixed(theme.error, theme.canvas, 0.12) if self.is_refused else QColor(theme.canvas)

    def _paint_frame(self, painter: QPainter, theme: Theme) -> None:
        is_active = self.hasFocus() or self.is_refused
        width = 2.0 if is_active else 1.0
        colour = theme.error if self.is_refused else theme.accent if is_active else theme.border
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRect(self.rect().toRectF().adjusted(width / 2, width / 2, -width / 2, -width / 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground(current_theme()))
        painter.end()
        QLineEdit.paintEvent(self, event)  # not the frame of an editor in a table
        painter = QPainter(self)
        self._paint_frame(painter, current_theme())
        painter.end()


class ValueBox(SliderBox):
    """The exact value, with the marks that its cell has in the table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._marks = ("", False, False)
        self._colour()

    def show_marks(self, mark: str, *, is_overridden: bool, is_own: bool) -> None:
        """Mark the value as its cell is marked in the table."""
        if (mark, is_overridden, is_own) != self._marks:
            self._marks = (mark, is_overridden, is_own)
            self._colour()

    def _ground(self, theme: Theme) -> QColor:
        is_tinted = self._marks[1] and not self.is_refused
        return mixed(theme.accent, theme.canvas, 0.09) if is_tinted else super()._ground(theme)

    def _paint_frame(self, painter: QPainter, theme: Theme) -> None:
        mark, is_overridden, is_own = self._marks
        super()._paint_frame(painter, theme)
        if is_overridden:
            self._paint_corner(painter, QColor(theme.accent), is_own)
        if mark and not self.is_refused:
            painter.fillRect(0, 0, EDGE, self.height(), QColor(theme.error if mark == "error" else theme.warning))

    def _paint_corner(self, painter: QPainter, accent: QColor, is_own: bool) -> None:
        """Paint a triangle in the upper right corner; an outline for what a layer below brings."""
        right = self.width() - 1
        painter.setPen(accent)
        painter.setBrush(accent if is_own else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygon([QPoint(right - CORNER, 0), QPoint(right, 0), QPoint(right, CORNER)]))


class EndBox(SliderBox):
    """An end of the range, quiet until it is wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._colour()

    def _ink(self, theme: Theme) -> QColor:
        return QColor(theme.text if self.hasFocus() else theme.muted)

    def _ground(self, theme: Theme) -> QColor:
        return super()._ground(theme) if self.hasFocus() or self.is_refused else QColor(theme.window)

    def _paint_frame(self, painter: QPainter, theme: Theme) -> None:
        if self.hasFocus() or self.is_refused or self.underMouse():
            super()._paint_frame(painter, theme)
