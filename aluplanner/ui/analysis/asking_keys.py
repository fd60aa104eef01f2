"""The keys that ask the question of a panel, wherever in it they are pressed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def is_enter(event: QKeyEvent) -> bool:
    """Return whether one of the two Enter keys is pressed, alone or with others."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def asks(event: QKeyEvent) -> bool:
    """Return whether Ctrl+Enter is pressed; a field leaves it to its panel."""
    return is_enter(event) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
