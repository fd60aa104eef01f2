"""Export: the plan in other forms, for who has no AluPlanner."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.document.runner import Runner
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs import questions

_ENDING = ".living.xlsx"


class Exports(QObject):
    """Writes the living model: a workbook whose formulas work out the balance.

    Parameters
    ----------
    document, preferences
        What is exported, and what is remembered of files.
    window
        The window that questions belong to.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    exported : Signal(Path), failed : Signal(Exception)
        How exporting ended.
    """

    said = Signal(str)
    exported = Signal(object)
    failed = Signal(object)

    def __init__(self, document: Document, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._preferences, self._window = document, preferences, window
        # a worker of its own: the balance goes on following edits while the workbook is written
        self._runner = Runner(self)

    def ask(self) -> None:
        """Ask where to write the living model of the scenario on view, and write it."""
        path = questions.ask_where_to_export(self._window, self.suggested_path())
        if path is not None:
            self.write(path)

    def suggested_path(self) -> Path:
        """Return where the living model goes unless the planner says otherwise: beside the plan."""
        path = self._document.path
        folder = path.parent if path else self._preferences.last_folder
        stem = path.name.removesuffix(".xlsx").removesuffix(".aluplan") if path else self._document.plan.title
        return folder / f"{questions.as_file_name(stem)}{_ENDING}"

    def write(self, path: Path) -> None:
        """Begin to write the living model; the plan's own file is no place for it."""
        own = self._document.path
        if own is not None and own.exists() and path.exists() and path.samefile(own):
            reason = tr("The living model cannot be written over the plan: choose another name.")
            questions.tell_failed_export(self._window, reason)
            return
        self.said.emit(tr("Writing {name} …", name=path.name))
        work = partial(_write, self._document.plan, path, self._document.scenario)
        self._runner.run(work, self._on_written, self._on_failed)

    def close(self) -> None:
        """Finish what is being written."""
        self._runner.close()

    def _on_written(self, path: Path) -> None:
        self.said.emit(tr("Wrote {name}: it works out the balance by itself.", name=path.name))
        self.exported.emit(path)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, PlanError):
            raise error
        questions.tell_failed_export(self._window, str(error))
        self.failed.emit(error)


def _write(plan: Plan, path: Path, scenario: str) -> Path:
    from aluplanner.workbook.living import write_living  # heavy, and needed for this only

    write_living(plan, path, scenario)
    return path
