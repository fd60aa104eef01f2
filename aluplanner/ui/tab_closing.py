"""Tabs of docks that can be closed, where the docks at the bottom lie over one another."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QToolButton

from aluplanner.i18n import tr
from aluplanner.ui.icons import set_icon

_NAME: Final = "close_tab"
_SIZE: Final = 16
_ICON: Final = 10


def make_tabs_closable(window: QMainWindow, docks: Iterable[QDockWidget]) -> None:
    """Put a small button on the tab of each of these docks; tabs of others have none."""
    closable = {dock.windowTitle(): dock for dock in docks}
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        for place in range(bar.count()):
            _mend_tab(bar, place, closable.get(bar.tabText(place)))


def _mend_tab(bar: QTabBar, place: int, dock: QDockWidget | None) -> None:
    side = QTabBar.ButtonPosition.RightSide
    button = bar.tabButton(place, side)
    if dock is None:
        if button is not None and button.objectName() == _NAME:
            bar.setTabButton(place, side, None)
            button.deleteLater()
        return
    if button is None or button.accessibleName() != _name(dock):
        bar.setTabButton(place, side, _close_button(bar, dock))


def _name(dock: QDockWidget) -> str:
    return tr("Close {title}", title=dock.windowTitle())


def _close_button(bar: QTabBar, dock: QDockWidget) -> QToolButton:
    button = QToolButton(bar)
    button.setObjectName(_NAME)
    button.setAccessibleName(_name(dock))
    button.setToolTip(_name(dock))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setFixedSize(_SIZE, _SIZE)
    button.setIconSize(QSize(_ICON, _ICON))
    set_icon(button, "close")
    button.clicked.connect(partial(_close, dock))
    return button


def _close(dock: QDockWidget) -> None:
    dock.close()
