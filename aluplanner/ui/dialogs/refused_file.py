"""Why a file could not be opened: every issue with its sheet, cell, reason and remedy."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from aluplanner.i18n import tr
from aluplanner.model.issues import Issue
from aluplanner.ui.panels.issues import SHEET_PLACE, IssuesView, severity_text, where_text

MISSING_SHEET: Final = "missing-sheet"


def issues_as_text(issues: tuple[Issue, ...]) -> str:
    """Return the issues as lines of tab-separated text, as a spreadsheet takes them."""
    rows = [(tr("Severity"), tr("Where"), tr("What is wrong"), tr("What to do"))]
    rows += [(severity_text(issue), where_text(issue), issue.message, issue.remedy) for issue in issues]
    return "\n".join("\t".join(row) for row in rows)


def is_foreign(issues: tuple[Issue, ...]) -> bool:
    """Return whether a workbook has none of the sheets that a plan must have: it is laid out in another way."""
    from aluplanner.workbook.tables import REQUIRED  # not needed to show the window

    missing = {issue.table for issue in issues if issue.code == MISSING_SHEET}
    return missing.issuperset(REQUIRED)


class RefusedFileDialog(QDialog):
    """Lists what keeps a file from being opened, and offers the ways on.

    Attributes
    ----------
    import_requested : Signal(Path)
        Import rows from this workbook.
    marked_copy_requested : Signal(Path, tuple)
        Save a copy of this workbook with these issues marked.
    """

    import_requested = Signal(object)
    marked_copy_requested = Signal(object, object)

    def __init__(self, path: Path, issues: tuple[Issue, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from aluplanner.workbook.marked_copy import can_be_marked  # takes its time

        self._path, self._issues = path, issues
        self.setWindowTitle(tr("{name} was not opened", name=path.name))
        errors = sum(issue.is_error for issue in issues)
        what = tr("“{name}” could not be opened.", name=path.name)
        if errors > 1:
            correct = tr("Correct them in the workbook and open it again.")
            what = tr("“{name}” has {count} errors.", name=path.name, count=errors) + " " + correct
        if is_foreign(issues):
            what = tr("“{name}” is not laid out as a plan. Its rows can be imported.", name=path.name)
        label = QLabel(what + " " + tr("The plan that was open stays."))
        label.setWordWrap(True)
        self.view = IssuesView(self, SHEET_PLACE)
        self.view.issues_model.show_issues(issues)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(tr("&Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        if any(issue.code == MISSING_SHEET for issue in issues):
            importing = buttons.addButton(tr("&Import …"), QDialogButtonBox.ButtonRole.AcceptRole)
            importing.clicked.connect(self._on_import_wanted)
            if is_foreign(issues):
                importing.setDefault(True)
                importing.setFocus()  # else the list takes Enter
        if can_be_marked(issues):
            mark = buttons.addButton(
                tr("Save a copy with the errors &marked …"), QDialogButtonBox.ButtonRole.ActionRole
            )
            mark.clicked.connect(self._on_marking_wanted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label)
        layout.addWidget(self.view, 1)
        layout.addWidget(buttons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1080, 420)

    def copy(self) -> None:
        """Put the list on the clipboard."""
        QGuiApplication.clipboard().setText(issues_as_text(self._issues))

    def _on_import_wanted(self) -> None:
        self.accept()
        self.import_requested.emit(self._path)

    def _on_marking_wanted(self) -> None:
        self.marked_copy_requested.emit(self._path, self._issues)
