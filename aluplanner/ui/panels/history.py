"""Every step in words; a click goes back or forth to it."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QUndoView, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.icons import icon

ROW_HEIGHT: Final = 22
ICON: Final = 16


class HistoryPanel(QUndoView):
    """The history of the plan."""

    def __init__(self, stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(stack, parent)
        self.setEmptyLabel(tr("As opened"))
        self.setCleanIcon(icon("save"))
        self.setAccessibleName(tr("History"))
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(ICON, ICON))
        self.setStyleSheet(f"QListView::item {{ height: {ROW_HEIGHT}px; }}")
