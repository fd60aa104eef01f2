"""Why a file could not be opened: every issue with its sheet, cell, reason and remedy."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from aluplanner.i18n import tr
from aluplanner.model.issues import Issue
from aluplanner.ui.panels.issues import SHEET_PLACE, IssuesView, severity_text, where_text


def issues_as_text(issues: tuple[Issue, ...]) -> str:
    """Return the issues as lines of tab-separated text, as a spreadsheet takes them."""
    rows = [(tr("Severity"), tr("Where"), tr("What is wrong"), tr("What to do"))]
    rows += [(severity_text(issue), where_text(issue), issue.message, issue.remedy) for issue in issues]
    return "\n".join("\t".join(row) for row in rows)


class RefusedFileDialog(QDialog):
    """Lists what keeps a file from being opened."""

    def __init__(self, path: Path, issues: tuple[Issue, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._issues = issues
        self.setWindowTitle(tr("{name} was not opened", name=path.name))
        errors = sum(issue.is_error for issue in issues)
        what = tr("“{name}” could not be opened.", name=path.name)
        if errors > 1:
            correct = tr("Correct them in the workbook and open it again.")
            what = tr("“{name}” has {count} errors.", name=path.name, count=errors) + " " + correct
        label = QLabel(what + " " + tr("The plan that was open stays."))
        label.setWordWrap(True)
        self.view = IssuesView(self, SHEET_PLACE)
        self.view.issues_model.show_issues(issues)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(tr("&Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
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
