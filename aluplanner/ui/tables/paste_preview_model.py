"""What a paste by key would do, row by row and cell by cell, to be looked at and ticked."""

from collections.abc import Callable, Collection
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont

from aluplanner.document.key_paste import KeyedCell, KeyedRow, KeyPaste, Kind
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import CellTextError, parse, show
from aluplanner.model.schema import BLANK, Column
from aluplanner.ui.tables import roles
from aluplanner.ui.theme import current_theme

AnyIndex = QModelIndex | QPersistentModelIndex
CHECK: Final = int(Qt.ItemDataRole.CheckStateRole)
FONT: Final = int(Qt.ItemDataRole.FontRole)
TICK, KEY, FIRST_CELL = range(3)
_NO_INDEX = QModelIndex()
_SIGNS: Final = {Kind.NEW: "+", Kind.CHANGED: "≠", Kind.UNCHANGED: "=", Kind.BAD: "!"}
_COLOURS: Final = {Kind.NEW: "surplus", Kind.CHANGED: "accent", Kind.UNCHANGED: "muted", Kind.BAD: "error"}


def kind_word(kind: Kind) -> str:
    """Return what a row would do, as a sign and a word."""
    words = {
        Kind.NEW: tr("new"),
        Kind.CHANGED: tr("changed"),
        Kind.UNCHANGED: tr("unchanged"),
        Kind.BAD: tr("bad"),
    }
    return f"{_SIGNS[kind]} {words[kind]}"


class PreviewModel(QAbstractTableModel):
    """The rows of a block: what they would do, whether they are taken, and their cells.

    Attributes
    ----------
    taken_changed : Signal()
        Other rows are ticked.
    """

    taken_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paste: KeyPaste | None = None
        self._rows: tuple[KeyedRow, ...] = ()
        self._untaken: set[int] = set()
        self._wanted: set[int] = set()

    def show_paste(self, paste: KeyPaste) -> None:
        """Show another outcome; rows keep their ticks. New and changed rows are ticked unless they were taken off."""
        self.beginResetModel()
        self._paste = paste
        self._rows = paste.rows
        self.endResetModel()
        self.taken_changed.emit()

    def row(self, place: int) -> KeyedRow:
        """Return a row of the block."""
        return self._rows[place]

    @property
    def taken(self) -> frozenset[int]:
        """The numbers of the rows to be taken."""
        return frozenset(row.number for row in self._rows if self._is_taken(row))

    def _is_taken(self, row: KeyedRow) -> bool:
        if not row.can_be_taken:
            return False
        return row.number in self._wanted if row.kind is Kind.BAD else row.number not in self._untaken

    def take(self, places: Collection[int], is_taken: bool) -> None:
        """Tick some rows, or take their ticks off."""
        for place in places:
            number = self._rows[place].number
            (self._wanted.add if is_taken else self._wanted.discard)(number)
            (self._untaken.discard if is_taken else self._untaken.add)(number)
            self.dataChanged.emit(self.index(place, TICK), self.index(place, TICK), [CHECK])
        self.taken_changed.emit()

    # What Qt asks

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        if parent.isValid() or self._paste is None:
            return 0
        return FIRST_CELL + len(self._cell_columns()) + 1

    def _cell_columns(self) -> list[str]:
        """Return the names of the columns of the block without those that name the row."""
        if self._paste is None:
            return []
        keys = self._paste.table.key
        return [column.name for column in self._paste.columns if column.name not in keys]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if role == roles.ALIGNMENT and orientation == Qt.Orientation.Horizontal:
            return roles.RIGHT if self._is_numeric(section) else roles.LEFT
        if self._paste is None or role != roles.DISPLAY:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._rows[section].number) if 0 <= section < len(self._rows) else None
        return self._title(self._paste, section)

    def _title(self, paste: KeyPaste, section: int) -> str:
        if section == TICK:
            return tr("What it does")
        if section == KEY:
            return " / ".join(c.heading for c in paste.table.columns if c.name in paste.table.key)
        names = self._cell_columns()
        if section - FIRST_CELL >= len(names):
            return tr("What is wrong")
        return next(c.heading for c in paste.columns if c.name == names[section - FIRST_CELL])

    def _is_numeric(self, section: int) -> bool:
        names = self._cell_columns()
        if self._paste is None or not FIRST_CELL <= section < FIRST_CELL + len(names):
            return False
        return next(c.is_numeric for c in self._paste.columns if c.name == names[section - FIRST_CELL])

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == TICK and self._rows[index.row()].can_be_taken:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: AnyIndex, value: Any, role: int = roles.EDIT) -> bool:
        if role != CHECK or not index.isValid() or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        self.take([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == CHECK:
            return self._check_state(row) if column == TICK and row.can_be_taken else None
        answer = _ANSWERS.get(role)
        return answer(self, row, column) if answer else None

    def _tip(self, row: KeyedRow, column: int) -> str:
        cell = self._cell(row, column)
        return cell.problem if cell and cell.problem else self._text(row, column)

    def _font(self, row: KeyedRow, column: int) -> QFont | None:
        cell = self._cell(row, column)
        if cell is None or not cell.is_changed:
            return None
        font = QFont()
        font.setBold(True)
        return font

    def _ink(self, row: KeyedRow, column: int) -> QColor | None:
        theme, cell = current_theme(), self._cell(row, column)
        if column == TICK:
            return QColor(getattr(theme, _COLOURS[row.kind]))
        if cell is None:
            return None if column == KEY else QColor(theme.error)
        if cell.problem:
            return QColor(theme.error)
        if row.problem or not cell.is_changed:
            return QColor(theme.muted)
        return QColor(theme.surplus if row.kind is Kind.NEW else theme.accent)

    def _check_state(self, row: KeyedRow) -> Qt.CheckState:
        return Qt.CheckState.Checked if self._is_taken(row) else Qt.CheckState.Unchecked

    def _cell(self, row: KeyedRow, column: int) -> KeyedCell | None:
        names = self._cell_columns()
        if not FIRST_CELL <= column < FIRST_CELL + len(names):
            return None
        name = names[column - FIRST_CELL]
        return next((cell for cell in row.cells if cell.column.name == name), None)

    def _text(self, row: KeyedRow, column: int) -> str:
        cell = self._cell(row, column)
        if column == TICK:
            return kind_word(row.kind)
        if column == KEY:
            return row.key
        if cell is None:
            return _problems(row) if column == self.columnCount() - 1 else ""
        before, after = _as_shown(cell)
        if not cell.is_changed or row.position is None:
            return after
        return tr("{before} → {after}", before=before or tr("blank"), after=after or tr("blank"))

    def _alignment(self, row: KeyedRow, column: int) -> int:
        cell = self._cell(row, column)
        return roles.RIGHT if cell is not None and not cell.problem and cell.column.is_numeric else roles.LEFT


def _as_shown(cell: KeyedCell) -> tuple[str, str]:
    """Return what is there and what comes as the cells of a table show it; in full where that shows no difference."""
    if cell.problem or not cell.column.is_numeric:
        return cell.before, cell.after
    before, after = (_shown(cell.column, text) for text in (cell.before, cell.after))
    return (cell.before, cell.after) if cell.is_changed and before == after else (before, after)


def _shown(column: Column, text: str) -> str:
    try:
        value = parse(column, text, number_style())
    except CellTextError:
        return text  # what stands there could not be read either
    return "" if value is None or value == BLANK else show(column, value, number_style())


def _problems(row: KeyedRow) -> str:
    """Return everything that is wrong with a row."""
    wrong = [row.problem, *(cell.problem for cell in row.cells)]
    return " ".join(text for text in wrong if text)


_ANSWERS: Final[dict[int, Callable[[PreviewModel, KeyedRow, int], Any]]] = {
    roles.DISPLAY: lambda model, row, column: model._text(row, column),
    roles.ALIGNMENT: lambda model, row, column: model._alignment(row, column),
    roles.TOOL_TIP: lambda model, row, column: model._tip(row, column),
    roles.FOREGROUND: lambda model, row, column: model._ink(row, column),
    roles.SORT: lambda _model, row, _column: row.kind.value,
    FONT: lambda model, row, column: model._font(row, column),
}


class KindFilter(QSortFilterProxyModel):
    """Shows the rows of some kinds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kinds = frozenset(Kind)
        self.setSortRole(roles.SORT)

    def show_kinds(self, kinds: Collection[Kind]) -> None:
        """Show the rows of these kinds and no others."""
        self.beginFilterChange()
        self._kinds = frozenset(kinds)
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, _parent: AnyIndex) -> bool:
        source = self.sourceModel()
        return isinstance(source, PreviewModel) and source.row(row).kind in self._kinds
