"""What the selected cells come to, in the status bar."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from aluplanner.document.statistics import Statistics, statistics_of
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import show
from aluplanner.model.schema import Column, Type, Value
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView

_PLAIN: Final = Column("number", "", "", Type.NUMBER)
"""How a number is shown that belongs to columns of different kinds."""


class SelectionLabel(QLabel):
    """Sum, mean, count, least and greatest of what is selected; follows edits.

    Parameters
    ----------
    tables
        The tables whose selection is watched; the one in use counts.
    """

    def __init__(self, tables: TableTabs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables = tables
        self.setAccessibleName(tr("Selected cells"))
        # many cells may change at once; they are added up when all of them have
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self.refresh)
        tables.selection_changed.connect(self._pause.start)

    def refresh(self) -> None:
        """Add up what is selected now."""
        view = self._tables.current_view()
        cells = selected_values(view) if view is not None else []
        if sum(len(values) for _, values in cells) < 2:
            self.show_statistics(None)
            return
        found = statistics_of(value for _, values in cells for value in values)
        self.show_statistics(found, _common([column for column, _ in cells]))

    def show_numbers(self, numbers: Sequence[float]) -> None:
        """Add up numbers that are selected elsewhere than in the tables."""
        self.show_statistics(statistics_of(numbers) if len(numbers) > 1 else None)

    def show_statistics(self, found: Statistics | None, column: Column = _PLAIN) -> None:
        """Show statistics of cells that are shown as those of ``column``."""
        self.setText(statistics_text(found, column) if found else "")


def statistics_text(found: Statistics, column: Column = _PLAIN) -> str:
    """Return statistics in words and figures."""

    def figure(number: float) -> str:
        return show(column, number, number_style())

    parts = (
        tr("Sum {value}", value=figure(found.total)),
        tr("Mean {value}", value=figure(found.mean)),
        tr("Count {value}", value=show(_PLAIN, float(found.count), number_style())),
        tr("Min {value}", value=figure(found.least)),
        tr("Max {value}", value=figure(found.greatest)),
    )
    return "   ".join(parts)


def selected_values(view: PlanTableView) -> list[tuple[Column, Sequence[Value]]]:
    """Return the values of the selected cells that may be numbers, column by column, with what the columns are."""
    rows_of: dict[int, set[int]] = {}
    stored = view.order.source_rows
    for top, bottom, left, right in view.selected_blocks():
        rows = [stored[row] for row in range(top, bottom + 1)]
        for column in range(left, right + 1):
            if not view.isColumnHidden(column):
                rows_of.setdefault(column, set()).update(rows)
    model = view.plan_model
    return [
        (model.columns[column], [model.value(row, column) for row in rows])
        for column, rows in rows_of.items()
        if model.columns[column].is_numeric or model.columns[column].type is Type.VALUE
    ]


def _common(columns: Sequence[Column]) -> Column:
    """Return a column that shows a number as all of these do: percent only where all are."""
    numeric = [column for column in columns if column.is_numeric]
    if numeric and all(column.type is Type.FRACTION for column in numeric):
        return numeric[0]
    return _PLAIN
