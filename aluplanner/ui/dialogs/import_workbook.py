"""Taking rows out of a workbook that is not laid out as a plan."""

from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from aluplanner.document.document import Document
from aluplanner.document.import_choices import ImportChoices
from aluplanner.document.import_outlook import ImportOutlook
from aluplanner.document.import_words import sentence
from aluplanner.document.importing import Imported, Mode, TableImport
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.issues import Issue
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs.import_lists import ChoiceList
from aluplanner.ui.dialogs.import_sheet import SheetPanel
from aluplanner.ui.dialogs.import_tables import SheetsModel
from aluplanner.workbook.importing.proposing import Proposal

SIZE = (1240, 680)
SHARES = (330, 910)
NEW_PLAN = "new plan"
MOST_SAID = 6
"""Sheets whose outcome is said in words; of more the rest is counted."""
_DOING: Final = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)


class ImportDialog(QDialog):
    """Asks which sheets and columns of a workbook are what, and says what would come of it.

    Parameters
    ----------
    document
        The open document.
    preferences
        Where choices are remembered for the next workbook of that layout.
    path
        The workbook.
    proposal
        What it most likely holds.

    Attributes
    ----------
    said : Signal(str)
        What was done, for the status bar.
    new_plan_requested : Signal(Plan)
        Open this plan in place of the one that is open.
    marked_copy_requested : Signal(tuple)
        Save a copy of the workbook with these issues marked.
    """

    said = Signal(str)
    new_plan_requested = Signal(object)
    marked_copy_requested = Signal(object)

    def __init__(
        self,
        document: Document,
        preferences: Preferences,
        path: Path,
        proposal: Proposal,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self._path = path
        self.choices = ImportChoices(proposal, preferences)
        self.sheets = SheetsModel(self.choices, self)
        self.sheet_list = ChoiceList(
            self.sheets, tr("Sheets of the workbook"), {SheetsModel.NAME: 22, SheetsModel.ROWS: 9}, self
        )
        self.sheet_list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.panel = SheetPanel(self.choices, self)
        self.modes = QComboBox(self)
        self.outcome = QLabel(self)
        self.buttons = QDialogButtonBox(self)
        self.take: QPushButton = self.buttons.addButton(tr("&Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.mark: QPushButton = self.buttons.addButton(
            tr("Save a copy with the errors mar&ked …"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.cancel: QPushButton = self.buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.counting = QLabel(tr("counting …"), self)
        self.outlook = ImportOutlook(self.choices, document)
        self._imported = Imported(document.plan)
        self._mode: Mode | None = Mode.UPDATE
        self._is_awaited = False
        self._fill()
        self._lay_out()
        self._connect()
        self.setWindowTitle(tr("Import from {name}", name=path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.sheet_list.selectRow(self._first_sheet())
        self.sheet_list.setFocus()
        self.refresh()

    def _first_sheet(self) -> int:
        """Return the first sheet that goes anywhere."""
        sheets = self.choices.sheets
        return next((place for place, sheet in enumerate(sheets) if sheet.mapping.table), 0)

    def _fill(self) -> None:
        words = {
            Mode.UPDATE.value: tr("into the open plan: rows of the same name take the new figures, others are added"),
            Mode.ADD.value: tr("into the open plan: only rows that are not there yet are added"),
            Mode.REPLACE.value: tr("into the open plan: tables are replaced, rows that the file lacks go"),
            NEW_PLAN: tr("as a new plan"),
        }
        for word, said in words.items():
            self.modes.addItem(said, word)
        self.modes.setAccessibleName(tr("Where the rows go, and what becomes of those that are there"))
        self.counting.setForegroundRole(self.counting.palette().ColorRole.PlaceholderText)
        self.counting.setAccessibleName(tr("Whether what will happen is still being counted"))
        room = self.counting.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.counting.setSizePolicy(room)
        self.outcome.setWordWrap(True)
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.setAccessibleName(tr("What will happen"))
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.sheet_list)
        splitter.addWidget(self.panel)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes(list(SHARES))
        target = QHBoxLayout()
        target.setSpacing(8)
        where = QLabel(tr("I&mport"), self)
        where.setBuddy(self.modes)
        target.addWidget(where)
        target.addWidget(self.modes)
        target.addStretch(1)
        target.addWidget(self.counting)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        if self.choices.is_remembered:
            layout.addWidget(
                QLabel(tr("A workbook of this layout was imported before; the same choices are made."), self)
            )
        layout.addWidget(splitter, 1)
        layout.addLayout(target)
        layout.addWidget(self.outcome)
        layout.addWidget(self.buttons)
        below = self.modes, self.take, self.mark, self.cancel
        for before, after in pairwise((self.sheet_list, *self.panel.in_tab_order, *below)):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self.sheets.decided.connect(self._on_table_chosen)
        self.panel.decided.connect(self.refresh)
        self.sheet_list.selectionModel().currentRowChanged.connect(self._on_sheet_selected)
        self.modes.activated.connect(self.refresh)
        self.document.changed.connect(self.refresh)
        self.mark.clicked.connect(self._on_marking_wanted)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.outlook.counted.connect(self._on_counted)
        self.finished.connect(self.outlook.retire)
        for view in (self.sheet_list, self.panel.column_list, self.panel.constant_list, self.panel.preview_table):
            view.installEventFilter(self)
            view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the counting rest while the planner does something."""
        if event.type() in _DOING:
            self.outlook.give_way()
        return super().eventFilter(watched, event)

    @property
    def _sheet(self) -> int:
        return max(0, self.sheet_list.currentIndex().row())

    @property
    def _is_new_plan(self) -> bool:
        return str(self.modes.currentData()) == NEW_PLAN

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What cannot be read, with sheet and cell."""
        return self._imported.issues

    # What is decided

    def _on_sheet_selected(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.panel.show_sheet(current.row())
            self._show_sheet_outcome()

    def _on_table_chosen(self) -> None:
        self.panel.show_sheet(self._sheet)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look anew at what would come of the choices."""
        mode = None if self._is_new_plan else Mode(self.modes.currentData())
        self._mode = mode
        self.outlook.ask(self.document.plan, mode, self._path.stem)
        self.sheets.refresh()
        if self.outlook.is_counting:
            self._show_sheet_outcome()
            self._show_what_can_be_done()

    @Slot(object)
    def _on_counted(self, imported: Imported) -> None:
        self._imported = imported
        self._show_sheet_outcome()
        self.outcome.setText("\n".join(self._sentences()))
        self._show_what_can_be_done()
        if self._is_awaited:
            self._stop_waiting()
            self.accept()

    def _show_what_can_be_done(self) -> None:
        is_counting = self.outlook.is_counting
        self.counting.setVisible(is_counting)
        is_any_chosen = any(sheet.mapping.table for sheet in self.choices.sheets)
        self.take.setEnabled(is_any_chosen if is_counting else self._imported.is_anything)
        self.take.setDefault(True)
        self.mark.setEnabled(not is_counting and any(issue.place for issue in self.issues))

    def _show_sheet_outcome(self) -> None:
        if not self.choices.sheets:
            return
        if self.outlook.is_counting:
            self.panel.show_outcome(self.outlook.first_rows(self._sheet, self.document.plan, self._mode))
            return
        name = self.choices.mapping(self._sheet).sheet
        shown = (table for table in self._imported.tables if table.converted.mapping.sheet == name)
        self.panel.show_outcome(next(shown, None))

    def _sentences(self) -> list[str]:
        tables = self._imported.tables
        if not tables:
            return [tr("Nothing is imported: choose for a sheet on the left the table that its rows go to.")]
        said = [self._sentence(table) for table in tables[:MOST_SAID]]
        if len(tables) > MOST_SAID:
            said.append(tr("{count} more sheets", count=len(tables) - MOST_SAID))
        doubts = [
            tr("{table}: no unit is stated for {columns}.", table=name, columns=", ".join(columns))
            for name, columns in self._unstated().items()
        ]
        return [" · ".join(said), *([" ".join((*doubts, tr("Check the units above.")))] if doubts else [])]

    def _sentence(self, outcome: TableImport) -> str:
        """Return what a sheet does; it is named where another one goes to the same table."""
        same = [table for table in self._imported.tables if table.table is outcome.table]
        if len(same) == 1:
            return sentence(outcome)
        return tr("{sheet} → {what}", sheet=outcome.converted.mapping.sheet, what=sentence(outcome))

    def _unstated(self) -> dict[str, list[str]]:
        found = {
            sheet.page.name: [column.heading for column in self.choices.unstated(place)]
            for place, sheet in enumerate(self.choices.sheets)
        }
        return {name: columns for name, columns in found.items() if columns}

    # What is done

    def _on_marking_wanted(self) -> None:
        self.marked_copy_requested.emit(self.issues)

    def accept(self) -> None:
        """Take the rows: as one step into the open plan, or as a new plan; once they are counted."""
        if not self.take.isEnabled():
            return
        if self.outlook.is_counting:
            self._wait()
            return
        self.choices.remember()
        self.document.changed.disconnect(self.refresh)
        if self._is_new_plan:
            plan: Plan = self._imported.plan
            self.new_plan_requested.emit(plan)
        else:
            label = tr("Imported {name}", name=self._path.name)
            self.document.apply(self._imported.plan, label, self)
            self.said.emit(f"{label}. {self.outcome.text().splitlines()[0]}")
        super().accept()

    def _wait(self) -> None:
        """Take the rows as soon as they are counted; until then nothing else can be chosen but Cancel."""
        self._is_awaited = True
        self.counting.setText(tr("importing …"))
        self._enable_choices(False)

    def _stop_waiting(self) -> None:
        self._is_awaited = False
        self.counting.setText(tr("counting …"))
        self._enable_choices(True)

    def _enable_choices(self, is_enabled: bool) -> None:
        for widget in (self.sheet_list, self.panel, self.modes):
            widget.setEnabled(is_enabled)
        if not is_enabled:
            self.take.setEnabled(False)
