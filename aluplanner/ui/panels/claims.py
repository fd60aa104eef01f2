"""The claims board: every claim in every scenario, with its margin, following every edit."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.model.scenarios import BASE
from aluplanner.ui.elided_label import ElidedLabel
from aluplanner.ui.panels.claims_matrix import ClaimsFilter, ClaimsMatrix
from aluplanner.ui.panels.claims_view import ROW_HEIGHT, ClaimsView
from aluplanner.ui.tables.clipboard import put_on_clipboard

if TYPE_CHECKING:
    from aluplanner.analysis.claims_board import ClaimsBoard

ENDINGS: Final = (".xlsx", ".csv", ".json")
ROWS_IN_SIGHT: Final = 5


class ClaimsPanel(QWidget):
    """The claims in every scenario.

    Attributes
    ----------
    jump_requested : Signal(str)
        Show the claim with this key in its table.
    said : Signal(str)
        A sentence for the status bar.
    """

    jump_requested = Signal(str)
    said = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._fitted: frozenset[str] = frozenset()
        self.model = ClaimsMatrix(document, self)
        self.shown = ClaimsFilter(self.model, self)
        self.view = ClaimsView(self)
        self.view.setModel(self.shown)
        self.summary = ElidedLabel(self)
        self.only_failing = QCheckBox(tr("Only &failing"), self)
        self.only_failing.setToolTip(tr("Leave out the claims that hold in every scenario"))
        self.export = self._make_export()
        self._none = QLabel(
            tr("No claims yet. Add them in the Claims table, or right-click a number and make a claim of it."), self
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setWordWrap(True)
        self._none.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out()
        self.view.doubleClicked.connect(self._on_activated)
        self.view.entered_row.connect(self._on_activated)
        self.view.copy_requested.connect(self.copy_table)
        self.only_failing.toggled.connect(self._on_filtered)
        self.model.modelReset.connect(self._on_reset)
        self.model.dataChanged.connect(self._on_checked)
        document.scenario_changed.connect(self._sum_up)
        self._on_reset()

    def _make_export(self) -> QToolButton:
        menu = QMenu(self)
        menu.addAction(tr("Copy &table with headers")).triggered.connect(self.copy_table)
        menu.addAction(tr("Save ta&ble …")).triggered.connect(self.ask_and_save)
        button = QToolButton(self)
        button.setText(tr("Export ▾"))
        button.setToolTip(tr("Copy or save the claims board"))
        button.setAutoRaise(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        board = QWidget(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 2, 8, 2)
        bar.setSpacing(12)
        bar.addWidget(self.summary, 1)
        bar.addWidget(self.only_failing)
        bar.addWidget(self.export)
        column = QVBoxLayout(board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._none)
        self._pages.addWidget(board)

    def minimumSizeHint(self) -> QSize:
        """Return a size in which a few claims can be seen: a dock in front is given it, and may still be made lower."""
        rows = min(ROWS_IN_SIGHT, self.model.rowCount())
        if not rows:
            return QSize(0, self._none.sizeHint().height())
        header, bar = self.view.horizontalHeader().sizeHint().height(), self.export.sizeHint().height() + 4
        return QSize(0, bar + header + rows * ROW_HEIGHT + self.view.horizontalScrollBar().sizeHint().height() + 2)

    # Following

    def _on_reset(self) -> None:
        self._pages.setCurrentIndex(1 if self.model.rowCount() else 0)
        self._fit()
        self._sum_up()

    def _on_checked(self) -> None:
        if self.shown.only_failing:
            self.shown.invalidate()
        if self.model.known - self._fitted:
            self._fit()
        self._sum_up()

    def _fit(self) -> None:
        """Give the columns their widths, once more when verdicts come in that were not there before."""
        self._fitted = self.model.known
        self.view.fit_columns()

    def _on_filtered(self, is_wanted: bool) -> None:
        self.shown.show_only_failing(is_wanted)
        self._sum_up()

    def _sum_up(self) -> None:
        """Say how many claims hold in the selected scenario, and how many fail somewhere."""
        scenario, count = self.document.scenario, self.model.rowCount()
        failing = sum(self.model.is_failing(row) for row in range(count))
        text = tr(
            "{scenario}: {held} of {all} claims hold. {failing} fail in some scenario. The margin says by how much.",
            scenario=tr("Base") if scenario == BASE else scenario,
            held=self.model.held(scenario), all=count, failing=failing,
        )  # fmt: skip
        self.summary.setText(text)
        self.view.setAccessibleDescription(text)

    def _on_activated(self, index: QModelIndex) -> None:
        self.jump_requested.emit(self.model.claim(self.shown.mapToSource(index).row()).claim or "")

    # Taking it out of the window

    def board(self) -> "ClaimsBoard":
        """Return what is shown as an answer."""
        from aluplanner.analysis.claims_board import board_of

        plan, known = self.document.plan, self.document.claims
        # while a changed table is being checked, what is known is of the claims before
        results = {
            name: known[name]
            for name in self.model.scenarios
            if name in known and [result.claim for result in known[name]] == list(plan.claims)
        }
        return board_of(plan, results)

    def copy_table(self) -> None:
        """Put the board on the clipboard: verdicts, margins and values."""
        from aluplanner.ui.analysis.answer_grid import answer_grid

        put_on_clipboard(answer_grid(self.board().tables()))
        self.said.emit(tr("The table is on the clipboard."))

    def ask_and_save(self) -> None:
        """Ask where to write the board, and write it."""
        filters = ";;".join((tr("Workbook (*.xlsx)"), tr("Text (*.csv)"), tr("Data for programs (*.json)")))
        own = self.document.path
        folder = own.parent if own is not None else Path.home()
        name, _ = QFileDialog.getSaveFileName(
            self.window(), tr("Save the table"), str(folder / f"{tr('Claims')}.xlsx"), filters
        )
        if name:
            path = Path(name)
            self.save(path if path.suffix.lower() in ENDINGS else Path(f"{name}.xlsx"))

    def save(self, path: Path) -> None:
        """Write the board as .xlsx, .csv or .json, by the name's ending."""
        from aluplanner.workbook.answers import write_answer

        own = self.document.path
        if own is not None and own.exists() and path.exists() and path.samefile(own):
            self.said.emit(tr("It is the plan itself: choose another name."))
            return
        try:
            write_answer(self.board(), path)
        except (PlanError, OSError) as error:
            self.said.emit(str(error))
        else:
            self.said.emit(tr("Wrote {name}.", name=path.name))
