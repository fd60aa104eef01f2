"""An answer taken out of the window: its picture and its tables, to the clipboard and to files."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from aluplanner.analysis.answer_table import Answer
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.ui.analysis.answer_grid import answer_grid
from aluplanner.ui.analysis.picture import FORMATS, chart_image, save_chart
from aluplanner.ui.dialogs import questions
from aluplanner.ui.tables.clipboard import put_on_clipboard

if TYPE_CHECKING:
    from aluplanner.ui.analysis.panel import AnalysisPanel

TABLE_FORMATS: Final = ("xlsx", "csv", "json")


class AnswerExports(QObject):
    """The actions of a panel's Export menu.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    written : Signal(Path)
        A file is there.
    """

    said = Signal(str)
    written = Signal(object)

    def __init__(self, panel: "AnalysisPanel", document: Document, preferences: Preferences) -> None:
        super().__init__(panel)
        self._panel, self._document, self._preferences = panel, document, preferences
        self.copy_picture = self._action(tr("Copy &picture"), self.on_copy_picture)
        self.save_picture = self._action(tr("&Save picture …"), self.on_save_picture)
        self.copy_table = self._action(tr("Copy &table with headers"), self.on_copy_table)
        self.save_table = self._action(tr("Save ta&ble …"), self.on_save_table)
        self.refresh()

    def _action(self, text: str, act: object) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(act)
        return action

    def add_to(self, menu: QMenu) -> None:
        """Put the actions into a menu."""
        menu.addActions([self.copy_picture, self.save_picture])
        menu.addSeparator()
        menu.addActions([self.copy_table, self.save_table])

    def refresh(self) -> None:
        """Enable what there is something to do with."""
        has_answer = self._panel.answer is not None
        for action in (self.copy_picture, self.save_picture):
            action.setEnabled(has_answer and self._panel.exported_chart is not None)
        for action in (self.copy_table, self.save_table):
            action.setEnabled(has_answer)

    # Picture

    def on_copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        chart = self._panel.exported_chart
        if chart is not None:
            QGuiApplication.clipboard().setImage(chart_image(chart, self._panel.heading()))
            self.said.emit(tr("The picture is on the clipboard."))

    def on_save_picture(self) -> None:
        """Ask where to write the picture, and write it."""
        path = self._ask(tr("Save the picture"), "png", _picture_filters())
        if path is not None:
            self.write_picture(path)

    def write_picture(self, path: Path) -> None:
        """Write the picture as PNG, SVG or PDF, by the name's ending."""
        chart = self._panel.exported_chart
        if chart is None:
            return
        try:
            save_chart(chart, path, self._panel.heading())
        except OSError as error:
            self._tell_failed(path, error.strerror or str(error))
            return
        self._on_written(path)

    # Table

    def on_copy_table(self) -> None:
        """Put the tables on the clipboard, with their headers, in full precision."""
        answer = self._panel.answer
        if answer is not None:
            put_on_clipboard(answer_grid(answer.tables()))
            self.said.emit(tr("The table is on the clipboard."))

    def on_save_table(self) -> None:
        """Ask where to write the tables, and write them."""
        path = self._ask(tr("Save the table"), "xlsx", _table_filters())
        if path is not None:
            self.write_table(path)

    def write_table(self, path: Path) -> None:
        """Write the tables as .xlsx, .csv or .json in the background, by the name's ending."""
        answer, own = self._panel.answer, self._document.path
        if answer is None:
            return
        if own is not None and own.exists() and path.exists() and path.samefile(own):
            self._tell_failed(path, tr("It is the plan itself: choose another name."))
            return
        self.said.emit(tr("Writing {name} …", name=path.name))
        self._panel.worker.run(
            lambda: _write(answer, path), self._on_written, lambda error: self._on_failed(path, error)
        )

    def _on_written(self, path: Path) -> None:
        self.said.emit(tr("Wrote {name}.", name=path.name))
        self.written.emit(path)

    def _on_failed(self, path: Path, error: Exception) -> None:
        if not isinstance(error, PlanError | OSError):
            raise error
        self._tell_failed(path, str(error))

    # Where

    def suggested_path(self, ending: str) -> Path:
        """Return where a file goes unless the planner says otherwise: beside the plan, named after both."""
        path = self._document.path
        folder = path.parent if path else self._preferences.last_folder
        stem = path.name.removesuffix(".xlsx").removesuffix(".aluplan") if path else self._document.plan.title
        chart = self._panel.exported_chart  # its title, not the heading, which may be a long sentence
        heading = (chart.title if chart else "") or tr(self._panel.title)
        return folder / f"{questions.as_file_name(' – '.join(part for part in (stem, heading) if part))}.{ending}"

    def _ask(self, title: str, ending: str, filters: str) -> Path | None:
        window: QWidget = self._panel.window()
        name, chosen = QFileDialog.getSaveFileName(window, title, str(self.suggested_path(ending)), filters)
        if not name:
            return None
        known = FORMATS if ending in FORMATS else TABLE_FORMATS
        if Path(name).suffix.lower().removeprefix(".") in known:
            return Path(name)
        path = Path(f"{name}.{next((kind for kind in known if f'*.{kind}' in chosen), ending)}")
        return path if not path.exists() or questions.may_replace(window, path) else None

    def _tell_failed(self, path: Path, reason: str) -> None:
        sentence = tr("“{name}” could not be written.", name=path.name)
        questions.tell_failed_write(self._panel.window(), sentence, reason)


def _write(answer: Answer, path: Path) -> Path:
    from aluplanner.workbook.answers import write_answer  # heavy, and needed for this only

    write_answer(answer, path)
    return path


def _picture_filters() -> str:
    return ";;".join((tr("Picture (*.png)"), tr("Drawing (*.svg)"), tr("Document (*.pdf)")))


def _table_filters() -> str:
    return ";;".join((tr("Workbook (*.xlsx)"), tr("Text (*.csv)"), tr("Data for programs (*.json)")))
