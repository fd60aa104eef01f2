"""Completing names while typing, the last one of a list included."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCompleter, QWidget

SHOWN = 12


class NamesCompleter(QCompleter):
    """Offers names that contain what is typed; in a list, what is typed behind the last ";"."""

    def __init__(self, names: Sequence[str], is_list: bool, parent: QWidget) -> None:
        super().__init__(list(names), parent)
        self._is_list = is_list
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(SHOWN)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(";")[2].strip() if self._is_list else path]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        name = str(index.data())
        widget = self.widget()
        text = widget.text() if self._is_list and hasattr(widget, "text") else ""
        before, separator, _ = text.rpartition(";")
        return f"{before.rstrip()}{separator} {name}" if separator else name
