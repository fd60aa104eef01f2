"""Other copies of the open plan: comparing with them and merging them in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from aluplanner.document.document import Document
from aluplanner.document.opening import read_draft
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs.refused_file import RefusedFileDialog

if TYPE_CHECKING:
    from aluplanner.ui.dialogs.compare import CompareDialog
    from aluplanner.ui.dialogs.merge import MergeDialog


class Copies(QObject):
    """Asks for other copies of the open plan and shows them beside it.

    Parameters
    ----------
    document, preferences
        What is open, and what is remembered.
    window
        The window that dialogs belong to.
    finish_editing
        Takes what is being typed.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    issues_requested : Signal()
        Show the issues.
    jump_requested : Signal(str, str, str)
        Show a cell: table, row and column.
    asked : Signal(QDialog)
        A dialog was opened.
    """

    said = Signal(str)
    issues_requested = Signal()
    jump_requested = Signal(str, str, str)
    asked = Signal(object)

    def __init__(
        self,
        document: Document,
        preferences: Preferences,
        window: QWidget,
        finish_editing: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._preferences = preferences
        self._window = window
        self._finish_editing = finish_editing

    def merge(self) -> None:
        """Ask for another copy and show how it comes together with the open plan."""
        self._finish_editing()
        self._ask(self._window, tr("Merge with another copy"), self.merge_with)

    def merge_with(self, path: Path, plan: Plan) -> "MergeDialog":
        """Show how a copy comes together with the open plan."""
        from aluplanner.ui.dialogs.merge import MergeDialog  # asked for now and then, not at the start

        dialog = MergeDialog(self._document, plan, path, self._window)
        dialog.base_requested.connect(partial(self._ask_for_base, dialog))
        dialog.merged.connect(self._on_merged)
        dialog.open()
        self.asked.emit(dialog)
        return dialog

    def merge_own_file(self, path: Path) -> None:
        """Show how what somebody else saved to the plan's own file comes together with the open plan."""
        plan = self._read(path, self._window)
        if plan is not None:
            dialog = self.merge_with(path, plan)
            dialog.set_base(self._document.saved_plan, tr("the version that was opened"))
            dialog.merged.connect(partial(self._on_own_merged, plan))

    def _on_own_merged(self, plan: Plan, _what: str) -> None:
        self._document.acknowledge(plan)

    def compare(self) -> None:
        """Ask for another file and show how it differs from the open plan."""
        self._ask(self._window, tr("Compare with a file"), self.compare_with)

    def compare_with(self, path: Path, plan: Plan) -> "CompareDialog":
        """Show how the plan in a file differs from the open one."""
        from aluplanner.ui.dialogs.compare import CompareDialog

        dialog = CompareDialog(self._document, plan, path, self._window)
        dialog.jump_requested.connect(self.jump_requested)
        dialog.show()
        self.asked.emit(dialog)
        return dialog

    def _ask_for_base(self, dialog: "MergeDialog") -> None:
        def take(path: Path, plan: Plan) -> None:
            dialog.set_base(plan, path.name)

        self._ask(dialog, tr("The version that both began with"), take)

    def _ask(self, parent: QWidget, title: str, act: Callable[[Path, Plan], object]) -> None:
        path = ask_for_copy(parent, title, self._preferences.last_folder)
        plan = None if path is None else self._read(path, parent)
        if path is not None and plan is not None:
            act(path, plan)

    def _read(self, path: Path, parent: QWidget) -> Plan | None:
        """Return the plan in a file; if there is none say why."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return read_draft(path)
        except PlanError as error:
            refused = error
        finally:
            QApplication.restoreOverrideCursor()
        RefusedFileDialog(path, refused.issues, parent).open()
        return None

    def _on_merged(self, what: str) -> None:
        from aluplanner.model.validation import validate

        errors = sum(issue.is_error for issue in validate(self._document.plan))
        if errors:
            self.said.emit(tr("{what}; errors: {count}", what=what, count=errors))
            self.issues_requested.emit()
        else:
            self.said.emit(what)


def ask_for_copy(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Ask which file holds another copy of the plan."""
    filters = ";;".join((tr("Plans (*.xlsx)"), tr("All files (*)")))
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), filters)
    return Path(name) if name else None
