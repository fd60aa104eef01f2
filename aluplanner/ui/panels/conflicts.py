"""Where two layers of a scenario disagree about a cell, in a list that leads to the cell and to the layers."""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QTableView, QWidget

from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.layers import Conflict, conflicts, overridden_cells, own_overrides
from aluplanner.model.plan import Plan
from aluplanner.model.scenario_rules import layer_text
from aluplanner.ui.dialogs.scenario_preview import cell_text
from aluplanner.ui.panels.lists import make_list
from aluplanner.ui.tables import roles

AnyIndex = QModelIndex | QPersistentModelIndex
SCENARIO, CELL, EARLIER, EARLIER_VALUE, LATER, LATER_VALUE, STANDS = range(7)
WIDTHS: Final = {SCENARIO: 26, CELL: 56, EARLIER: 28, EARLIER_VALUE: 10, LATER: 28, LATER_VALUE: 10}
"""Characters."""
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A conflict in words."""

    conflict: Conflict
    texts: tuple[str, ...]


def conflict_rows(plan: Plan, scenarios: tuple[str, ...]) -> tuple[ConflictRow, ...]:
    """Return the conflicts of some scenarios; one that cannot be resolved has none."""
    rows: list[ConflictRow] = []
    for scenario in scenarios:
        try:
            rows.extend(_row(plan, found) for found in conflicts(plan, scenario))
        except PlanError:
            continue  # the issues say what is wrong with it
    return tuple(rows)


def _row(plan: Plan, conflict: Conflict) -> ConflictRow:
    address = conflict.address
    texts = (
        conflict.scenario,
        cell_text(plan, address),
        conflict.earlier,
        layer_text(plan, address, conflict.earlier_value),
        conflict.later,
        layer_text(plan, address, conflict.later_value),
        overridden_cells(plan, conflict.scenario)[address].scenario,
    )
    return ConflictRow(conflict, texts)


class ConflictsModel(QAbstractTableModel):
    """The conflicts, one a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ConflictRow, ...] = ()

    def show_rows(self, rows: tuple[ConflictRow, ...]) -> None:
        """Show other conflicts."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def conflict(self, row: int) -> Conflict:
        """Return the conflict of a row."""
        return self._rows[row].conflict

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else STANDS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == roles.ALIGNMENT:
            return roles.LEFT
        return _headings()[section] if role == roles.DISPLAY else None

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == roles.DISPLAY:
            return row.texts[column]
        if role == roles.TOOL_TIP:
            return _tip(row.conflict, column)
        return None


def _headings() -> tuple[str, ...]:
    return (
        tr("Scenario"),
        tr("Cell"),
        tr("Earlier layer"),
        tr("sets"),
        tr("Later layer"),
        tr("sets"),
        tr("Stands"),
    )


def _tip(conflict: Conflict, column: int) -> str:
    return tr("Double-click to see the cell in “{scenario}”", scenario=_scenario_of(conflict, column))


def _scenario_of(conflict: Conflict, column: int) -> str:
    """Return in which scenario a column of a conflict is to be seen."""
    if column in (EARLIER, EARLIER_VALUE):
        return conflict.earlier
    return conflict.later if column in (LATER, LATER_VALUE) else conflict.scenario


class _ConflictsView(QTableView):
    """The conflicts as a table to look at."""

    entered = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ConflictsPanel(QWidget):
    """The conflicts of all scenarios, or a word that there are none.

    Attributes
    ----------
    jump_requested : Signal(Issue)
        Show the cell of this issue in its scenario.
    counted : Signal(int)
        How many conflicts there are.
    """

    jump_requested = Signal(object)
    counted = Signal(int)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.model = ConflictsModel(self)
        self.view = self._make_view()
        self._none = QLabel(tr("No two layers of a scenario disagree about a cell."), self)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setForegroundRole(self._none.palette().ColorRole.PlaceholderText)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._none)
        self._pages.addWidget(self.view)
        document.issues_changed.connect(self.refresh)
        self.refresh()

    def _make_view(self) -> _ConflictsView:
        view = _ConflictsView(self)
        view.setModel(self.model)
        make_list(view, tr("Conflicts of layers"), WIDTHS)
        view.doubleClicked.connect(self._on_activated)
        view.entered.connect(self._on_activated)
        return view

    def refresh(self) -> None:
        """Show the conflicts of the scenarios that the document's issues name."""
        found = (issue.scenario for issue in self._document.issues if issue.code == "layer-conflict")
        rows = conflict_rows(self._document.plan, tuple(dict.fromkeys(found)))
        self.model.show_rows(rows)
        self._pages.setCurrentIndex(1 if rows else 0)
        self.counted.emit(len(rows))

    def _on_activated(self, index: QModelIndex) -> None:
        self.jump_requested.emit(self._issue_of(self.model.conflict(index.row()), index.column()))

    def _issue_of(self, conflict: Conflict, column: int) -> Issue:
        """Return an issue at the cell, in the scenario that the column is about."""
        plan, address = self._document.plan, conflict.address
        scenario = _scenario_of(conflict, column)
        position = own_overrides(plan, scenario).get(address) if scenario != conflict.scenario else None
        if position is None:
            where = address
            return Issue(Severity.WARNING, "", "", "", where.table, where.row, where.column, scenario=scenario)
        key = plan.overrides.keys[position]
        return Issue(Severity.WARNING, "", "", "", "overrides", key, "value", position, scenario)
