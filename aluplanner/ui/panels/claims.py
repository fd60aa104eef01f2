"""Every claim in every scenario: does it hold, and what does the measure come to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedLayout, QTableView, QWidget

from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.claims import Claim
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.claim_columns import brief
from aluplanner.ui.theme import current_theme

if TYPE_CHECKING:
    from aluplanner.analysis.claims import ClaimResult

AnyIndex = QModelIndex | QPersistentModelIndex
ROW_HEIGHT: Final = 24
_NO_INDEX = QModelIndex()


class ClaimsMatrix(QAbstractTableModel):
    """Claims down, scenarios across."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._claims: tuple[Claim, ...] = ()
        self._scenarios: tuple[str, ...] = ()
        self._results: dict[tuple[str, str], ClaimResult] = {}
        self._read()
        document.changed.connect(self._on_changed)
        document.claims_checked.connect(self._on_checked)

    def claim(self, row: int) -> Claim:
        """Return the claim of a row."""
        return self._claims[row]

    def scenario(self, column: int) -> str:
        """Return the scenario of a column."""
        return self._scenarios[column - 1] if column else BASE

    def result(self, row: int, column: int) -> "ClaimResult | None":
        """Return what a claim comes to in a scenario, ``None`` if it is not known."""
        return self._results.get((self.scenario(column), fold(self._claims[row].claim or "")))

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._claims)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._scenarios) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role in (roles.DISPLAY, roles.TOOL_TIP):
            return tr("Claim") if section == 0 else self.scenario(section)
        return roles.LEFT if role == roles.ALIGNMENT else None

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        claim = self._claims[row]
        if column == 0:
            return claim.claim if role in (roles.DISPLAY, roles.TOOL_TIP) else None
        result = self.result(row, column)
        if result is None:
            return None
        make = _RESULT_DATA.get(role)
        return make(result) if make else None

    def _read(self) -> None:
        self._claims = tuple(self._document.plan.claims)
        self._scenarios = (BASE, *self._document.plan.scenario_names)
        self._read_results()

    def _read_results(self) -> None:
        self._results = {
            (scenario, fold(result.claim.claim or "")): result
            for scenario, results in self._document.claims.items()
            for result in results
        }

    def _on_changed(self, change: Change) -> None:
        before, after = change.before, change.after
        if before.claims is not after.claims or before.scenarios is not after.scenarios:
            self.beginResetModel()
            self._read()
            self.endResetModel()

    def _on_checked(self) -> None:
        self._read_results()
        if self._claims:
            self.dataChanged.emit(self.index(0, 1), self.index(len(self._claims) - 1, len(self._scenarios)))


def _result_text(result: "ClaimResult") -> str:
    if result.holds is None or result.value is None:
        return "?"
    return f"{'✓' if result.holds else '✗'} {brief(result.value)}"


def _result_colour(result: "ClaimResult") -> QColor:
    theme = current_theme()
    return QColor(theme.muted if result.holds is None else theme.surplus if result.holds else theme.shortage)


def _result_tip(result: "ClaimResult") -> str:
    if result.problem:
        return str(result.problem)
    word = tr("holds") if result.holds else tr("fails")
    if result.margin is None:
        return word
    return tr("{word} by {margin}", word=word, margin=brief(abs(result.margin)))


_RESULT_DATA: Final[dict[int, Callable[["ClaimResult"], Any]]] = {
    roles.DISPLAY: _result_text,
    roles.FOREGROUND: _result_colour,
    roles.TOOL_TIP: _result_tip,
    roles.DESCRIPTION: _result_tip,
}


class ClaimsPanel(QWidget):
    """The claims in every scenario.

    Attributes
    ----------
    jump_requested : Signal(str)
        Show the claim with this key in its table.
    """

    jump_requested = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ClaimsMatrix(document, self)
        self.view = _ClaimsView(self)
        self.view.setModel(self.model)
        self.view.setColumnWidth(0, self.view.fontMetrics().averageCharWidth() * 52)
        self.view.doubleClicked.connect(self._on_activated)
        self.view.entered_row.connect(self._on_activated)
        self._none = QLabel(tr("No claims yet. Add them in the Claims table."), self)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setForegroundRole(self._none.palette().ColorRole.PlaceholderText)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._none)
        self._pages.addWidget(self.view)
        self.model.modelReset.connect(self._on_reset)
        self._on_reset()

    def _on_reset(self) -> None:
        self._pages.setCurrentIndex(1 if self.model.rowCount() else 0)

    def _on_activated(self, index: QModelIndex) -> None:
        self.jump_requested.emit(self.model.claim(index.row()).claim or "")


class _ClaimsView(QTableView):
    """The matrix as a table to look at."""

    entered_row = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Claims in every scenario"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
