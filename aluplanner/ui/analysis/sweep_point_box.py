"""What can be made of a point of a sweep: a scenario that states it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from aluplanner.analysis.sweep import Place, Sweep
from aluplanner.analysis.sweep_words import cells_text, objective_text
from aluplanner.i18n import tr
from aluplanner.ui.elided_label import ElidedLabel

_LETTERS: Final = 12


class SweepPointBox(QWidget):
    """The point that was picked, the name that a scenario of it would have, and the button that makes it.

    Attributes
    ----------
    wanted : Signal(str)
        Make a scenario of this name.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.point = ElidedLabel(self)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(tr("Name of the new scenario"))
        self.name.setMinimumWidth(self.name.fontMetrics().averageCharWidth() * _LETTERS)
        self.button = QPushButton(tr("New scenario"), self)
        self.button.setToolTip(tr("Make a scenario that sets the cells to the values of this point"))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.name, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.point)
        column.addLayout(row)
        self.button.clicked.connect(self._ask)
        self.name.returnPressed.connect(self._ask)
        self.clear()

    def clear(self) -> None:
        """Show no point, but how to pick one."""
        self._say(tr("Click a point to make a scenario of it"),
                  tr("Or go to it with the arrow keys and press Enter"))  # fmt: skip
        self.name.clear()
        self._set_enabled(is_enabled=False)

    def show_point(self, answer: Sweep, place: Place) -> None:
        """Show a point and propose a name for its scenario."""
        value, cells = objective_text(answer, place.reached), cells_text(answer, place.cells)
        self._say(tr("Point with {value}, as a scenario:", value=value), cells)
        self.name.setText(proposed_name(answer, place))
        self._set_enabled(is_enabled=True)

    def take_focus(self) -> None:
        """Let the name be typed over, or Enter take it."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        length = len(self.name.text())
        self.name.setSelection(length, -length)  # backwards, so that the beginning is in sight

    def _say(self, sentence: str, more: str) -> None:
        self.point.setText(sentence)
        self.point.setToolTip(more)

    def _set_enabled(self, *, is_enabled: bool) -> None:
        self.name.setEnabled(is_enabled)
        self.button.setEnabled(is_enabled)

    def _ask(self) -> None:
        if name := self.name.text().strip():
            self.wanted.emit(name)


def proposed_name(answer: Sweep, place: Place) -> str:
    """Return a name in words for the scenario of a point."""
    return cells_text(answer, place.cells).replace("; ", ", ")
