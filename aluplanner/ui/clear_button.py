"""A button in a line of text that empties it, with the program's own icon."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from aluplanner.i18n import tr
from aluplanner.ui.icons import set_icon


def add_clear_button(line: QLineEdit) -> QAction:
    """Put a button into a line that empties it; it is there while there is something to take away."""
    action = QAction(tr("Clear"), line)
    set_icon(action, "clear")
    action.setVisible(bool(line.text()))
    action.triggered.connect(line.clear)
    line.textChanged.connect(lambda text: action.setVisible(bool(text)))
    line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    return action
