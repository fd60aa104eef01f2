"""A trace as a table: parts, their values and shares, the number itself in the last row."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from aluplanner.analysis.trace import Trace
from aluplanner.i18n import tr
from aluplanner.ui.panels.trace_rows import TraceRow, rows_of
from aluplanner.ui.panels.trace_words import difference_text, label_text, part_text, share_text, target_text
from aluplanner.ui.results.texts import exact_text, unit_text
from aluplanner.ui.tables import roles
from aluplanner.ui.theme import current_theme

AnyIndex = QModelIndex | QPersistentModelIndex
PART, VALUE, SHARE, DIFFERENCE, TARGET = range(5)
BAR: Final = int(Qt.ItemDataRole.UserRole) + 1
"""Where a bar begins and ends, as parts of the width: ``(zero, end)``."""
_FONT: Final = int(Qt.ItemDataRole.FontRole)
_NO_INDEX = QModelIndex()


class TraceModel(QAbstractTableModel):
    """The parts of a number and the number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trace: Trace | None = None
        self._rows: list[TraceRow] = []
        self._ends = (0.0, 1.0)
        self._bold = QFont()
        self._bold.setBold(True)

    @property
    def trace(self) -> Trace | None:
        """The trace shown."""
        return self._trace

    def show_trace(self, trace: Trace | None, base: Trace | None) -> None:
        """Show another trace, beside that of the base if there is one; the same parts stay in their rows."""
        rows = rows_of(trace, base) if trace is not None else []
        is_same = [_name(row) for row in rows] == [_name(row) for row in self._rows]
        if not is_same:
            self.beginResetModel()
        self._trace, self._rows = trace, rows
        shares = [row.value for row in rows if row.part is not None]
        self._ends = (min(0.0, *shares, 0.0), max(0.0, *shares, 0.0)) if shares else (0.0, 1.0)
        if not is_same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, TARGET))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, TARGET)

    @property
    def has_base(self) -> bool:
        """Whether the base is compared."""
        return any(row.difference is not None for row in self._rows)

    def row(self, row: int) -> TraceRow:
        """Return a row."""
        return self._rows[row]

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 5

    @property
    def _unit(self) -> str:
        return self._trace.unit if self._trace is not None else ""

    def title(self, column: int) -> str:
        """Return the title of a column, with its unit."""
        unit = unit_text(self._unit)
        return (
            tr("What makes it"),
            tr("Value ({unit})", unit=unit),
            tr("Share"),
            tr("Against base ({unit})", unit=unit_text(self._unit, is_difference=True)),
            tr("Leads to"),
        )[column]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == roles.ALIGNMENT:
            return _alignment(self, None, section)
        return self.title(section) if role in (roles.DISPLAY, roles.TOOL_TIP) else None

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        make = _DATA.get(role) if index.isValid() else None
        return make(self, self._rows[index.row()], index.column()) if make else None

    def _text(self, row: TraceRow, column: int) -> str:
        if column == PART:
            return tr("Together") if row.part is None else label_text(row.part)
        if column == VALUE:
            return part_text(row.value, self._unit)
        if column == SHARE:
            return share_text(row.value, self._rows[-1].value)
        if column == DIFFERENCE:
            return "" if row.difference is None else difference_text(row.difference, self._unit)
        return "" if row.part is None else target_text(row.part)

    def _tip(self, row: TraceRow, column: int) -> str:
        number = row.value if column == VALUE else row.difference if column == DIFFERENCE else None
        if number is not None:
            return f"{exact_text(number, self._unit)} {'' if self._unit == 'fraction' else unit_text(self._unit)}"
        if column == TARGET and row.part is not None and target_text(row.part):
            return tr("{place}: Enter or a double click goes there.", place=target_text(row.part))
        return self._text(row, column)

    def _sentence(self, row: TraceRow, _column: int) -> str:
        words = [self._text(row, PART), f"{self._text(row, VALUE)} {unit_text(self._unit)}", self._text(row, SHARE)]
        if row.difference is not None:
            words.append(tr("{change} against the base", change=self._text(row, DIFFERENCE)))
        if target := self._text(row, TARGET):
            words.append(tr("leads to {place}", place=target))
        return ", ".join(words)

    def _bar(self, row: TraceRow, column: int) -> tuple[float, float] | None:
        if column != SHARE or row.part is None:
            return None
        low, high = self._ends
        width = (high - low) or 1.0
        return -low / width, (row.value - low) / width

    def _font(self, row: TraceRow, _column: int) -> QFont | None:
        return self._bold if row.part is None else None

    def grid(self, rows: Iterable[int]) -> list[list[str]]:
        """Return some rows under their titles as a block of cells, digit for digit."""
        columns = [column for column in range(5) if column != DIFFERENCE or self.has_base]
        return [[self.title(column) for column in columns], *(self._cells(self._rows[row], columns) for row in rows)]

    def _cells(self, row: TraceRow, columns: list[int]) -> list[str]:
        whole = self._rows[-1].value
        exact = {
            VALUE: exact_text(row.value, self._unit),
            SHARE: exact_text(row.value / whole, "fraction") if whole else "",
            DIFFERENCE: "" if row.difference is None else exact_text(row.difference, self._unit),
        }
        return [exact[column] if column in exact else self._text(row, column) for column in columns]


def _alignment(_model: TraceModel, _row: TraceRow | None, column: int) -> int:
    return roles.LEFT if column in (PART, TARGET) else roles.RIGHT


def _colour(_model: TraceModel, _row: TraceRow, column: int) -> QColor | None:
    return QColor(current_theme().accent) if column == TARGET else None


_DATA: Final[dict[int, Callable[[TraceModel, TraceRow, int], Any]]] = {
    roles.DISPLAY: TraceModel._text,
    roles.TOOL_TIP: TraceModel._tip,
    roles.DESCRIPTION: TraceModel._sentence,
    roles.ALIGNMENT: _alignment,
    roles.FOREGROUND: _colour,
    BAR: TraceModel._bar,
    _FONT: TraceModel._font,
}


def _name(row: TraceRow) -> tuple[str, str]:
    return ("", "") if row.part is None else (row.part.kind, row.part.label)
