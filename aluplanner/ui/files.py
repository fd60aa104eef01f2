"""New, open, save: what the planner does with files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from aluplanner.document.document import Document
from aluplanner.document.new_plan import empty_plan, example_plan
from aluplanner.document.plan_file import Doubt, SavingDoubtError
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.ui.dialogs import questions
from aluplanner.ui.dialogs.questions import SUFFIX, Answer
from aluplanner.ui.dialogs.refused_file import RefusedFileDialog
from aluplanner.ui.imports import Imports


class Files(QObject):
    """Opens and saves the document, and never loses unsaved changes without asking.

    Parameters
    ----------
    document, preferences
        What is opened and saved, and what is remembered of it.
    window
        The window that questions belong to.
    finish_editing
        Takes what is being typed.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    issues_requested : Signal()
        Show the issues.
    recent_changed : Signal()
        Other files are the recent ones.
    merge_requested : Signal(Path)
        Merge the version that somebody else has saved into the open plan.
    """

    said = Signal(str)
    issues_requested = Signal()
    recent_changed = Signal()
    merge_requested = Signal(object)

    def __init__(
        self,
        document: Document,
        preferences: Preferences,
        window: QWidget,
        finish_editing: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(window)
        self._finish_editing = finish_editing
        self._document = document
        self.preferences = preferences
        self._window = window
        self._afterwards: Callable[[], None] | None = None
        self.imports = Imports(document, preferences, window, self.confirm, self.refuse)
        self.imports.said.connect(self.said)
        document.saved.connect(self._on_saved)
        document.save_failed.connect(self._on_save_failed)

    @property
    def name(self) -> str:
        """The file's name; before the first saving the plan's title."""
        path = self._document.path
        return path.name if path else self._document.plan.title or tr("Untitled")

    # New and open

    def new_example(self) -> None:
        """Begin with the 2017 case."""
        self.confirm(self._open_example)

    def _open_example(self) -> None:
        self._document.new(example_plan())

    def new_empty(self) -> None:
        """Begin with nothing."""
        self.confirm(self._open_empty)

    def _open_empty(self) -> None:
        self._document.new(empty_plan())

    def open(self) -> None:
        """Ask for a file and open it."""
        self.confirm(self._ask_and_open)

    def _ask_and_open(self) -> None:
        path = questions.ask_for_file(self._window, self.preferences.last_folder)
        if path is not None:
            self.open_now(path)

    def open_path(self, path: Path) -> None:
        """Open a file, after asking about unsaved changes."""

        def open_it() -> None:
            self.open_now(path)

        self.confirm(open_it)

    def open_now(self, path: Path) -> bool:
        """Open a file; if it cannot be opened list all that is wrong and keep the plan that is open."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._document.open(path)
        except PlanError as error:
            refused: PlanError | None = error
        else:
            refused = None
        finally:
            QApplication.restoreOverrideCursor()
        if refused is not None:
            self.refuse(path, refused)
            return False
        self.welcome(path)
        return True

    def welcome(self, path: Path) -> None:
        """Say that a file is open now, and show what is wrong with it."""
        from aluplanner.model.validation import validate

        self.remember(path)
        errors = sum(issue.is_error for issue in validate(self._document.plan))
        if errors:
            self.said.emit(tr("Opened {name}; errors: {count}", name=path.name, count=errors))
            self.issues_requested.emit()
        else:
            self.said.emit(tr("Opened {name}", name=path.name))

    def refuse(self, path: Path, error: PlanError) -> None:
        """Show why a file was not opened."""
        dialog = RefusedFileDialog(path, error.issues, self._window)
        dialog.import_requested.connect(self.imports.import_path)
        dialog.marked_copy_requested.connect(self.imports.save_marked_copy)
        dialog.open()

    def remember(self, path: Path) -> None:
        """Put a file among the recent ones."""
        self.preferences.add_recent_file(path)
        self.recent_changed.emit()

    # Save

    def save(self) -> None:
        """Save to the plan's file; ask for one if it has none. What is being typed is taken first."""
        self._finish_editing()
        if self._document.path is None:
            self.save_as()
        else:
            self._write(self._document.path)

    def save_as(self) -> None:
        """Ask where to save, and save there."""
        self._finish_editing()
        path = questions.ask_where_to_save(self._window, self.suggested_path())
        if path is None:
            self._afterwards = None
        else:
            self._write(path)

    def _write(self, path: Path, despite: frozenset[Doubt] = frozenset()) -> None:
        self.said.emit(tr("Saving {name} …", name=path.name))
        self._document.save(path, despite=despite)

    def suggested_path(self) -> Path:
        """Return the file to save to unless the planner says otherwise."""
        path = self._document.path
        if path is not None:
            return path
        return self.preferences.last_folder / f"{questions.as_file_name(self.name)}{SUFFIX}"

    def _on_saved(self, path: Path) -> None:
        self.remember(path)
        problem = self._document.backup_problem
        if problem:
            self.said.emit(
                tr("Saved {name}, without a copy of the old version. {reason}", name=path.name, reason=problem)
            )
        else:
            self.said.emit(tr("Saved {name}", name=path.name))
        afterwards, self._afterwards = self._afterwards, None
        if afterwards is not None:
            afterwards()

    def _on_save_failed(self, error: Exception) -> None:
        afterwards, self._afterwards = self._afterwards, None
        if isinstance(error, SavingDoubtError):
            self._afterwards = afterwards
            self._ask_despite(error)
            return
        if not isinstance(error, OSError | PlanError):
            raise error
        if questions.ask_after_failed_save(self._window, _reason(error)) is Answer.SAVE:
            self._afterwards = afterwards
            self.save_as()

    def _ask_despite(self, error: SavingDoubtError) -> None:
        answer = questions.ask_despite(self._window, error)
        if answer is Answer.SAVE:
            self.save_as()
        elif answer is Answer.ANYWAY:
            self._write(error.path, error.answered)
        else:
            self._afterwards = None
            if answer is Answer.MERGE:
                self.merge_requested.emit(error.path)

    # Unsaved changes

    def confirm(self, then: Callable[[], None]) -> None:
        """Do something that puts the plan away, after unsaved changes are saved or given up."""
        self._finish_editing()
        if self._document.is_saving:
            self._afterwards = lambda: self.confirm(then)
            return
        if self._document.is_clean:
            then()
            return
        answer = questions.ask_to_save(self._window, self.name)
        if answer is Answer.DISCARD:
            then()
        elif answer is Answer.SAVE:
            self._afterwards = then
            self.save()


def _reason(error: OSError | PlanError) -> str:
    if isinstance(error, PlanError):
        return str(error)
    reason = error.strerror or str(error)
    return f"{reason}: {error.filename}" if error.filename else reason
