"""Everything wrong or doubtful, in a list that leads to the cell."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QStackedLayout, QTableView, QWidget

from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.plan import TABLES
from aluplanner.ui.icons import icon
from aluplanner.ui.panels.lists import make_list
from aluplanner.ui.tables import roles
from aluplanner.ui.theme import current_theme

AnyIndex = QModelIndex | QPersistentModelIndex
SEVERITY, WHERE, MESSAGE, REMEDY = range(4)
ROW_PLACE: Final = 52
"""Characters that tell a cell by table, row and column."""
SHEET_PLACE: Final = 18
"""Characters that tell a cell by sheet and address."""
_NO_INDEX = QModelIndex()


def where_text(issue: Issue) -> str:
    """Return where an issue lies: the cell in the file if it was read from one, else table, row and column."""
    if issue.place:
        return issue.place
    table = TABLES.get(issue.table)
    parts = (table.heading if table else issue.table, issue.row, issue.column.replace("_", " "))
    return " › ".join(part for part in parts if part)


def severity_text(issue: Issue) -> str:
    """Return how bad an issue is, in a word."""
    return tr("Error") if issue.is_error else tr("Warning")


class IssuesModel(QAbstractTableModel):
    """The issues, one a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._issues: tuple[Issue, ...] = ()

    def show_issues(self, issues: tuple[Issue, ...]) -> None:
        """Show other issues."""
        self.beginResetModel()
        self._issues = issues
        self.endResetModel()

    def issue(self, row: int) -> Issue:
        """Return the issue of a row."""
        return self._issues[row]

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._issues)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if role == roles.ALIGNMENT:
            return roles.LEFT
        if role != roles.DISPLAY or orientation == Qt.Orientation.Vertical:
            return None
        return (tr("Severity"), tr("Where"), tr("What is wrong"), tr("What to do"))[section]

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        issue, column = self._issues[index.row()], index.column()
        texts = (severity_text(issue), where_text(issue), issue.message, issue.remedy)
        if role in (roles.DISPLAY, roles.TOOL_TIP):
            return texts[column]
        if role == roles.SORT:
            return str(list(Severity).index(issue.severity)) if column == SEVERITY else texts[column]
        if role == roles.DECORATION and column == SEVERITY:
            return icon("error" if issue.is_error else "warning")
        if role == roles.FOREGROUND and column == SEVERITY:
            theme = current_theme()
            return QColor(theme.error if issue.is_error else theme.warning)
        return None


class IssuesView(QTableView):
    """A table of issues; Enter or a double click on one asks to go there.

    Parameters
    ----------
    parent
        The widget it stands in.
    place
        Width of the places, in characters.

    Attributes
    ----------
    jump_requested : Signal(Issue)
        Show the cell of this issue.
    """

    jump_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None, place: int = ROW_PLACE) -> None:
        super().__init__(parent)
        self._issues = IssuesModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._issues)
        self._sorted.setSortRole(roles.SORT)
        self.setModel(self._sorted)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        make_list(self, tr("Issues"), {SEVERITY: 13, WHERE: place, MESSAGE: 60})
        self.doubleClicked.connect(self._on_activated)

    @property
    def issues_model(self) -> IssuesModel:
        """The issues, unsorted."""
        return self._issues

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self._sorted.mapToSource(index).row()
        self.jump_requested.emit(self._issues.issue(row))


class IssuesPanel(QWidget):
    """The issues of the document, or a word that there are none.

    Attributes
    ----------
    jump_requested : Signal(Issue)
        Show the cell of this issue.
    counted : Signal(int, int)
        How many errors and how many warnings there are.
    """

    jump_requested = Signal(object)
    counted = Signal(int, int)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.view = IssuesView(self)
        self._none = QLabel(tr("Nothing is wrong or doubtful."), self)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setForegroundRole(self._none.palette().ColorRole.PlaceholderText)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._none)
        self._pages.addWidget(self.view)
        self.view.jump_requested.connect(self.jump_requested)
        document.issues_changed.connect(self.refresh)
        self.refresh()

    @property
    def counts(self) -> tuple[int, int]:
        """How many errors and how many warnings there are."""
        issues = self._document.issues
        errors = sum(issue.is_error for issue in issues)
        return errors, len(issues) - errors

    def refresh(self) -> None:
        """Show the document's issues."""
        self.view.issues_model.show_issues(self._document.issues)
        self._pages.setCurrentIndex(1 if self._document.issues else 0)
        self.counted.emit(*self.counts)
