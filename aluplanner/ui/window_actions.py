"""The actions of the window: text, icon, keys, what they do."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.icons import set_icon


def make_action(
    window: QMainWindow, text: str, act: Callable[[], None], *keys: str, icon_name: str = "", tip: str = ""
) -> QAction:
    """Return an action that works in the whole window.

    Parameters
    ----------
    window
        The window it belongs to.
    text
        As in the menu, with its ``&``.
    act
        What it does.
    *keys
        Its keys, the one to show first.
    icon_name
        Name of its icon.
    tip
        Tooltip; by default the text and the keys.
    """
    action = QAction(text, window)
    action.setShortcuts([QKeySequence(key) for key in keys])
    if icon_name:
        set_icon(action, icon_name)
    action.setToolTip(tip or tip_of(text, *keys))
    action.triggered.connect(_without_state(act))
    window.addAction(action)
    return action


def make_table_action(owner: QWidget, text: str, act: Callable[[], None], *keys: str, icon_name: str = "") -> QAction:
    """Return an action whose keys work within ``owner`` only, so that other fields have them for themselves."""
    action = QAction(text, owner)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    if icon_name:
        set_icon(action, icon_name)
    if keys:
        action.setToolTip(tip_of(text, *keys))
    action.triggered.connect(_without_state(act))
    owner.addAction(action)
    return action


def tip_of(text: str, *keys: str) -> str:
    """Return a tooltip of a menu text and its first key."""
    plain = text.replace("&", "").removesuffix("…").strip()
    if not keys:
        return plain
    return f"{plain} ({QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})"


def _without_state(act: Callable[[], None]) -> Callable[[], None]:
    """Return a slot that does not take the state of a checkable action."""

    def run() -> None:
        act()

    return run


def history_actions(window: QMainWindow, stack: QUndoStack) -> tuple[QAction, QAction]:
    """Return undo and redo, each named after its step."""
    undo, redo = stack.createUndoAction(window, tr("&Undo")), stack.createRedoAction(window, tr("&Redo"))
    undo.setShortcuts([QKeySequence("Ctrl+Z")])
    redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
    set_icon(undo, "undo")
    set_icon(redo, "redo")
    window.addActions([undo, redo])
    return undo, redo
