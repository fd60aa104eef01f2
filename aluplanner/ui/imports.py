"""Import …: what the planner does with workbooks that are not laid out as plans."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from aluplanner.document.document import Document
from aluplanner.document.new_plan import empty_plan
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, PlanError
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs import questions

if TYPE_CHECKING:
    from aluplanner.ui.dialogs.import_workbook import ImportDialog


class Imports(QObject):
    """Takes rows out of other workbooks, and marks what is wrong in them.

    Parameters
    ----------
    document, preferences
        What is imported into, and what is remembered of it.
    window
        The window that dialogs belong to.
    confirm
        Does something that puts the plan away, after asking about unsaved changes.
    refuse
        Shows why a file cannot be read.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    dialog : ImportDialog or None
        The dialog that is open.
    """

    said = Signal(str)

    def __init__(
        self,
        document: Document,
        preferences: Preferences,
        window: QWidget,
        confirm: Callable[[Callable[[], None]], None],
        refuse: Callable[[Path, PlanError], None],
    ) -> None:
        super().__init__(window)
        self._document, self._preferences, self._window = document, preferences, window
        self._confirm, self._refuse = confirm, refuse
        self.dialog: ImportDialog | None = None
        self._path = Path()

    def ask(self) -> None:
        """Ask for a workbook and what of it to import."""
        path = questions.ask_what_to_import(self._window, self._preferences.last_folder)
        if path is not None:
            self.import_path(path)

    def import_path(self, path: Path) -> None:
        """Ask what of a workbook to import."""
        from aluplanner.ui.dialogs.import_workbook import ImportDialog
        from aluplanner.workbook.importing.reading import read_proposal

        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            proposal = read_proposal(path)
        except PlanError as error:
            refused: PlanError | None = error
        else:
            refused = None
        finally:
            QApplication.restoreOverrideCursor()
        if refused is not None:
            self._refuse(path, refused)
            return
        if self.dialog is not None:
            self.dialog.reject()
        self._path = path
        self.dialog = ImportDialog(self._document, self._preferences, path, proposal, self._window)
        self.dialog.said.connect(self.said)
        self.dialog.new_plan_requested.connect(self._on_new_plan_requested)
        self.dialog.marked_copy_requested.connect(self._on_marked_copy_requested)
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()

    def _on_finished(self, _result: int) -> None:
        self.dialog = None

    def _on_new_plan_requested(self, plan: Plan) -> None:
        label = tr("Imported {name}", name=self._path.name)

        def begin() -> None:
            # a step of the history, so that the rows count as unsaved and undo takes them back
            self._document.new(empty_plan())
            self._document.apply(plan, label, self)
            self.said.emit(tr("Imported {name} as a new plan", name=self._path.name))

        self._confirm(begin)

    def _on_marked_copy_requested(self, issues: tuple[Issue, ...]) -> None:
        self.save_marked_copy(self._path, issues)

    def save_marked_copy(self, path: Path, issues: tuple[Issue, ...]) -> None:
        """Ask where to, and save a copy of a workbook with the cells of the issues marked."""
        from aluplanner.workbook.importing.reading import read_file
        from aluplanner.workbook.marked_copy import save_marked_copy

        suggested = path.with_name(tr("{name} (marked)", name=path.stem) + ".xlsx")
        target = questions.ask_where_to_save_copy(self._window, suggested)
        if target is None:
            return
        try:
            save_marked_copy(read_file(path), issues, target, path)
        except PlanError as error:
            self._refuse(target, error)
        else:
            self.said.emit(tr("Saved {name}", name=target.name))
