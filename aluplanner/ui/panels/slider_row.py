"""One pinned cell: its name, its slider, its value, and what can be done with it."""

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from aluplanner.i18n import tr
from aluplanner.model.schema import Value
from aluplanner.ui.icons import set_icon
from aluplanner.ui.panels.slider_boxes import EndBox, SliderBox, ValueBox
from aluplanner.ui.panels.slider_cells import PinnedCell
from aluplanner.ui.panels.slider_pins import Pin
from aluplanner.ui.panels.slider_scale import number_of, value_of
from aluplanner.ui.panels.value_slider import ValueSlider

HEIGHT = 28
ROW_WIDTH = 640
"""A row needs about this much to show all it has; where there is twice the room, two stand side by side."""

_NAME_EDGES, _NAME_MARGIN = 8, 14
_NAME_WIDTH, _END_WIDTH, _VALUE_WIDTH, _UNIT_WIDTH, _BUTTON = 150, 62, 78, 52, 22
_NAME_STYLE = (
    "QPushButton { text-align: left; border: 1px solid transparent; padding: 0 3px; background: transparent; }"
    "QPushButton:hover { text-decoration: underline; }"
    "QPushButton:focus { border-color: palette(highlight); }"
)


class NameButton(QPushButton):
    """The name of a cell, cut where there is no room for it; a click leads to the cell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ""
        self.setFlat(True)
        self.setStyleSheet(_NAME_STYLE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedWidth(_NAME_WIDTH)

    def show_name(self, name: str, tip: str) -> None:
        """Show a name."""
        self._name = name
        self.setAccessibleName(tr("Show the cell of {name}", name=name))
        self.setToolTip(tip)
        self._cut()

    @property
    def least_width(self) -> int:
        """The width that a name is given in any case."""
        return _NAME_WIDTH

    @property
    def wanted_width(self) -> int:
        """The width that shows the whole name."""
        return QFontMetrics(self.font()).horizontalAdvance(self._name) + _NAME_MARGIN

    def _cut(self) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, self.width() - _NAME_EDGES)
        self.setText(shown.replace("&", "&&"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()


class SliderRow(QWidget):
    """A pinned cell.

    Attributes
    ----------
    moved : Signal(Pin, object)
        The handle was moved to this value, as a part of a gesture.
    let_go : Signal()
        The gesture is over.
    entered : Signal(Pin, object)
        This value was typed.
    end_entered : Signal(Pin)
        Another end of the range was typed: the pin as it is with that.
    reset_requested, unpin_requested, jump_requested : Signal(Pin)
        The buttons.
    """

    moved = Signal(object, object)
    let_go = Signal()
    entered = Signal(object, object)
    end_entered = Signal(object)
    reset_requested = Signal(object)
    unpin_requested = Signal(object)
    jump_requested = Signal(object)

    def __init__(self, pin: Pin, cell: PinnedCell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pin, self.cell = pin, cell
        self.name = NameButton(self)
        self.low, self.high = EndBox(self), EndBox(self)
        self.slider = ValueSlider(self)
        self.box = ValueBox(self)
        self.unit = QLabel(self)
        self.reset = self._button("reset")
        self.unpin = self._button("close")
        self._lay_out()
        self.name.clicked.connect(self._on_name_clicked)
        self.slider.moved.connect(self._on_moved)
        self.slider.let_go.connect(self.let_go)
        self.box.entered.connect(self._on_entered)
        self.low.entered.connect(self._on_low_entered)
        self.high.entered.connect(self._on_high_entered)
        self.reset.clicked.connect(self._on_reset)
        self.unpin.clicked.connect(self._on_unpin)
        self.show_cell(pin, cell)

    def _button(self, icon_name: str) -> QToolButton:
        button = QToolButton(self)
        set_icon(button, icon_name)
        button.setAutoRaise(True)
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(_BUTTON, _BUTTON)
        return button

    def _lay_out(self) -> None:
        self.setFixedHeight(HEIGHT)
        self.low.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.high.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for end in (self.low, self.high):
            end.setFixedSize(_END_WIDTH, HEIGHT - 6)
        self.box.setFixedSize(_VALUE_WIDTH, HEIGHT - 4)
        self.unit.setFixedWidth(_UNIT_WIDTH)
        self.unit.setForegroundRole(self.unit.palette().ColorRole.PlaceholderText)
        for before, after in pairwise((self.name, self.low, self.slider, self.high, self.box)):
            QWidget.setTabOrder(before, after)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(2)
        layout.addWidget(self.name)
        layout.addWidget(self.low)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.high)
        layout.addSpacing(4)
        layout.addWidget(self.box)
        layout.addSpacing(2)
        for widget in (self.unit, self.reset, self.unpin):
            layout.addWidget(widget)

    # Showing

    def shows(self, pin: Pin, cell: PinnedCell) -> bool:
        """Return whether this is shown already, and no move is on its way."""
        return pin == self.pin and cell == self.cell and self.slider.number == cell.number

    def show_cell(self, pin: Pin, cell: PinnedCell) -> None:
        """Show what the cell holds now."""
        self.pin, self.cell = pin, cell
        column, scale = cell.column, cell.scale
        self.name.show_name(cell.name, cell.tip)
        self.slider.setAccessibleName(cell.name)
        self.slider.setAccessibleDescription(cell.text(cell.value))
        self.slider.setToolTip(self._slider_tip())
        self.slider.show_number(scale, cell.number, cell.home_number, is_blank=cell.value is None)
        self.box.setAccessibleName(tr("Value of {name}", name=cell.name))
        self.box.setPlaceholderText(cell.text(column.default) if column.default is not None else tr("blank"))
        self.box.show_value(column, cell.value, cell.tip, is_blank_allowed=not column.required)
        self.box.show_marks(cell.mark, is_overridden=cell.is_overridden, is_own=cell.is_own)
        self.low.setAccessibleName(tr("Lower end of {name}", name=cell.name))
        self.high.setAccessibleName(tr("Upper end of {name}", name=cell.name))
        self._show_end(self.low, scale.low)
        self._show_end(self.high, scale.high)
        self.unit.setText(cell.unit)
        self.reset.setEnabled(cell.can_reset)
        self.reset.setToolTip(self._reset_tip())
        self.reset.setAccessibleName(tr("Reset {name}", name=cell.name))
        self.unpin.setToolTip(tr("Unpin"))
        self.unpin.setAccessibleName(tr("Unpin {name}", name=cell.name))

    def _show_end(self, box: SliderBox, number: float) -> None:
        tip = tr("An end of the slider: type another one, or nothing for the usual one")
        box.show_value(self.cell.column, value_of(self.cell.column, number), tip)

    def _slider_tip(self) -> str:
        home = self._home_text()
        return tr("Arrows, Page up and down, Home and End move it; the tick is at {home}", home=home)

    def _reset_tip(self) -> str:
        if self.cell.is_own:
            return tr("Use base value: {value}", value=self._home_text())
        return tr("Back to {value}", value=self._home_text())

    def _home_text(self) -> str:
        return self.cell.text(self.cell.home) or tr("blank")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the ends of the range out where they would take the room of the slider."""
        super().resizeEvent(event)
        for end in (self.low, self.high):
            end.setVisible(self.width() >= ROW_WIDTH)

    # Doing

    def _on_moved(self, number: float) -> None:
        value = value_of(self.cell.column, number)
        is_blank_allowed = not self.cell.column.required
        self.box.show_value(self.cell.column, value, self.cell.tip, is_blank_allowed=is_blank_allowed)
        self.moved.emit(self.pin, value)

    def _on_entered(self, value: Value) -> None:
        self.entered.emit(self.pin, value)

    def _on_low_entered(self, value: Value) -> None:
        low = number_of(value)
        if low is not None and low >= self.cell.scale.high:
            self.low.refuse(tr("The lower end must be less than the upper one."))
        else:
            self.end_entered.emit(replace(self.pin, low=low))

    def _on_high_entered(self, value: Value) -> None:
        high = number_of(value)
        if high is not None and high <= self.cell.scale.low:
            self.high.refuse(tr("The upper end must be more than the lower one."))
        else:
            self.end_entered.emit(replace(self.pin, high=high))

    def _on_name_clicked(self) -> None:
        self.jump_requested.emit(self.pin)

    def _on_reset(self) -> None:
        self.reset_requested.emit(self.pin)

    def _on_unpin(self) -> None:
        self.unpin_requested.emit(self.pin)
