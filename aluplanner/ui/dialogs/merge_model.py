"""The conflicts of a merge, to be decided one by one."""

from collections.abc import Collection
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from aluplanner.analysis.conflict_words import base_text, side_texts, where_text
from aluplanner.analysis.difference_words import shortened
from aluplanner.analysis.merging import Conflict, Merge, Side
from aluplanner.i18n import tr
from aluplanner.ui.tables import roles
from aluplanner.ui.theme import current_theme

AnyIndex = QModelIndex | QPersistentModelIndex
CHECK: Final = int(Qt.ItemDataRole.CheckStateRole)
FONT: Final = int(Qt.ItemDataRole.FontRole)
WHERE, BEFORE, MINE, YOURS = range(4)
SIDES: Final = {MINE: Side.MINE, YOURS: Side.YOURS}
ENOUGH: Final = 80
"""Characters of a text that are shown; where two begin alike, from shortly before they differ."""
_NO_INDEX = QModelIndex()


class ConflictModel(QAbstractTableModel):
    """A row for each conflict, with what the ancestor, this copy and the other one say.

    Attributes
    ----------
    decided : Signal()
        Others are decided, or differently.
    """

    decided = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._merge: Merge | None = None
        self._conflicts: tuple[Conflict, ...] = ()
        self._texts: list[tuple[str, str, str, str]] = []
        self._shown: list[tuple[str, str, str, str]] = []
        self._name = ""
        self.answers: dict[Any, Side] = {}

    def show_merge(self, merge: Merge, name: str) -> None:
        """Show the conflicts of another merge; those about the same as before stay decided.

        Parameters
        ----------
        merge
            The merge.
        name
            What the other copy is called.
        """
        self.beginResetModel()
        self._merge, self._conflicts, self._name = merge, merge.conflicts, name
        self._texts = [
            (where_text(merge, one), base_text(merge, one), *side_texts(merge, one)) for one in merge.conflicts
        ]
        self._shown = [(*texts[:2], *shortened(texts[2], texts[3], ENOUGH)) for texts in self._texts]
        known = {conflict.about for conflict in merge.conflicts}
        self.answers = {about: side for about, side in self.answers.items() if about in known}
        self.endResetModel()
        self.decided.emit()

    def conflict(self, row: int) -> Conflict:
        """Return the conflict of a row."""
        return self._conflicts[row]

    @property
    def open_rows(self) -> list[int]:
        """The rows that are not decided."""
        return [row for row, conflict in enumerate(self._conflicts) if conflict.about not in self.answers]

    def decide(self, rows: Collection[int], side: Side) -> None:
        """Decide conflicts as one copy has it."""
        if not rows:
            return
        for row in rows:
            self.answers[self._conflicts[row].about] = side
        self.dataChanged.emit(self.index(min(rows), WHERE), self.index(max(rows), YOURS))
        self.decided.emit()

    def decide_all(self, side: Side) -> None:
        """Decide every conflict as one copy has it."""
        self.decide(range(len(self._conflicts)), side)

    # What Qt asks

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._conflicts)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == roles.ALIGNMENT:
            return roles.LEFT
        titles = (tr("What"), tr("Before"), tr("Here"), tr("In {name}", name=self._name))
        return titles[section] if role == roles.DISPLAY else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() in SIDES else flags

    def setData(self, index: AnyIndex, value: Any, role: int = roles.EDIT) -> bool:
        side = SIDES.get(index.column()) if index.isValid() else None
        if role != CHECK or side is None:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.decide([index.row()], side)
        return True

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (roles.DISPLAY, roles.TOOL_TIP):
            return (self._shown if role == roles.DISPLAY else self._texts)[row][column]
        answer, side = self.answers.get(self._conflicts[row].about), SIDES.get(column)
        if role == CHECK and side is not None:
            return Qt.CheckState.Checked if answer is side else Qt.CheckState.Unchecked
        if role == FONT and (answer is side is not None or (column == WHERE and answer is None)):
            font = QFont()
            font.setBold(True)
            return font
        if role == roles.FOREGROUND and (column == BEFORE or (side is not None and answer is side.other)):
            return QColor(current_theme().muted)
        return None
