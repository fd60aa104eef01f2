"""The model of a result table: lines of figures over periods, exchanged without a reset while their rows stay."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from aluplanner.analysis.result_rows import Kind
from aluplanner.analysis.result_sheet import ResultSheet, SheetLine
from aluplanner.analysis.result_table import Step
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure
from aluplanner.ui.results.texts import (
    exact_text,
    figure_text,
    period_title,
    rule_phrase,
    scenario_text,
    unit_text,
)
from aluplanner.ui.tables import roles

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
SIGNED = "balance"


class ResultModel(QAbstractTableModel):
    """The lines of a sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: ResultSheet | None = None
        self.lines: list[SheetLine] = []

    # What is shown

    def show_sheet(self, sheet: ResultSheet) -> None:
        """Show other figures; as far as rows and columns stay, they are not built anew."""
        before = self.sheet
        if before is None or before.breakdown != sheet.breakdown or _columns(before) != _columns(sheet):
            self._reset(sheet)
        elif [line.id for line in self.lines] == [line.id for line in sheet.lines]:
            self._take(sheet)
        elif not self._follow(sheet):
            self._reset(sheet)

    def _reset(self, sheet: ResultSheet) -> None:
        self.beginResetModel()
        self.sheet, self.lines = sheet, list(sheet.lines)
        self.endResetModel()

    def _take(self, sheet: ResultSheet) -> None:
        before, self.sheet = self.sheet, sheet
        said = [(line.row, line.scenario) for line in self.lines]
        self.lines = list(sheet.lines)
        if self.lines:
            last = len(self.lines) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, len(sheet.periods) - 1))
            is_other = before is None or before.is_difference != sheet.is_difference
            if is_other or said != [(line.row, line.scenario) for line in self.lines]:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, last)

    def _follow(self, sheet: ResultSheet) -> bool:
        """Take rows out and put rows in; return whether those that stay are in the same order."""
        wanted = [line.id for line in sheet.lines]
        here, there = {line.id for line in self.lines}, set(wanted)
        if [line.id for line in self.lines if line.id in there] != [each for each in wanted if each in here]:
            return False
        for row in reversed(range(len(self.lines))):
            if self.lines[row].id not in there:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self.lines[row]
                self.endRemoveRows()
        for row, line in enumerate(sheet.lines):
            if line.id not in here:
                self.beginInsertRows(QModelIndex(), row, row)
                self.lines.insert(row, line)
                self.endInsertRows()
        self._take(sheet)
        return True

    # Cells

    def value(self, row: int, column: int) -> float:
        """Return the figure of a cell in full precision, NaN where it has none."""
        return float(self.lines[row].values[column])

    def numbers(self, rows: Sequence[int]) -> Array:
        """Return the figures of some rows, shape ``(rows, periods)``."""
        columns = self.columnCount()
        return np.array([self.lines[row].values for row in rows]).reshape(len(rows), columns)

    def is_signed(self, line: SheetLine) -> bool:
        """Return whether a plus is written: before a balance and before a difference."""
        return self.sheet is not None and (self.sheet.is_difference or line.row.series == SIGNED)

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows."""
        line = self.lines[row]
        if line.row.kind is Kind.STATE:
            return tr(line.states[column] or "unchanged")
        return figure_text(float(line.values[column]), line.row.unit, signed=self.is_signed(line))

    def exact(self, row: int, column: int) -> str:
        """Return what a cell gives to the clipboard."""
        line = self.lines[row]
        if line.row.kind is Kind.STATE:
            return self.text(row, column)
        return exact_text(float(line.values[column]), line.row.unit)

    def measure(self, row: int, column: int) -> Measure | None:
        """Return the measure that a cell shows, ``None`` where there is none."""
        return self.sheet.measure(row, column) if self.sheet is not None else None

    def place_of(self, line_id: tuple[str, int]) -> int | None:
        """Return the row of a line."""
        return next((row for row, line in enumerate(self.lines) if line.id == line_id), None)

    # Qt

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.periods)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self.lines[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        if role == roles.DISPLAY:
            return self.text(index.row(), index.column())
        if role == roles.ALIGNMENT:
            return roles.RIGHT
        return self._tip(index.row(), index.column()) if role == roles.TOOL_TIP else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if self.sheet is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            if role == roles.DISPLAY:
                return self.label(section)
            return self._row_tip(section) if role == roles.TOOL_TIP else None
        if role == roles.ALIGNMENT:
            return roles.RIGHT
        if role == roles.TOOL_TIP and self.sheet.parts[section]:
            return tr("A part: the months that the plan covers")
        title = period_title(self.sheet.periods[section])
        return f"{title}\n{tr('part')}" if role == roles.DISPLAY and self.sheet.parts[section] else _if(role, title)

    def label(self, row: int) -> str:
        """Return what a row is called: a line below the first names its scenario only."""
        line = self.lines[row]
        return scenario_text(line.scenario) if line.place else line.row.label

    # Tooltips

    def _row_tip(self, row: int) -> str | None:
        line, sheet = self.lines[row], self.sheet
        if sheet is None or line.is_heading:
            return None
        name = tr(
            "{series} – {scenario}", series=line.row.label, scenario=scenario_text(line.scenario, sheet.is_difference)
        )
        rule = "" if sheet.step is Step.MONTHS or not line.row.unit else rule_phrase(line.row.reducer)
        parts = [unit_text(line.row.unit, sheet.is_difference), rule]
        return "\n".join((name, ", ".join(part for part in parts if part))).strip()

    def _tip(self, row: int, column: int) -> str | None:
        """Return the figure digit for digit, and the measure by which claims can speak of it."""
        line, sheet = self.lines[row], self.sheet
        if sheet is None or line.is_heading:
            return None
        said = self.exact(row, column)
        if line.row.unit and said:
            unit = "" if said.endswith("%") else unit_text(line.row.unit)
            said = f"{said} {unit}".strip()
        measure = self.measure(row, column)
        return "\n".join(part for part in (said, str(measure) if measure else "") if part)


def _columns(sheet: ResultSheet) -> object:
    return sheet.periods, sheet.parts


def _if(role: int, title: str) -> str | None:
    return title if role == roles.DISPLAY else None
