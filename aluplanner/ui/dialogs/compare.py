"""How the open plan differs from another file."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from aluplanner.analysis.difference_words import cell_heading, difference_texts, kind_word
from aluplanner.analysis.differences import Difference, plan_differences
from aluplanner.document.document import Document
from aluplanner.document.grid_text import write_grid
from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES, Plan
from aluplanner.ui.dialogs.differences import DifferenceTree, counts_text

SIZE: Final = (920, 560)


class CompareDialog(QDialog):
    """The differences between another file and the open plan; follows the plan while it is edited.

    Parameters
    ----------
    document
        The open document.
    other
        The plan in the other file.
    path
        That file.

    Attributes
    ----------
    jump_requested : Signal(str, str, str)
        Show a cell: table, row and column.
    """

    jump_requested = Signal(str, str, str)

    def __init__(self, document: Document, other: Plan, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._other, self._path = other, path
        self._found: tuple[Difference, ...] = ()
        self._said = QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self.tree = DifferenceTree(tr("Differences"), self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy_list = buttons.addButton(tr("&Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self._said)
        layout.addWidget(self.tree, 1)
        layout.addWidget(buttons)
        self.setWindowTitle(tr("Compare with {name}", name=path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.copy_list.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        self.tree.jump_requested.connect(self.jump_requested)
        document.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Compare anew with the plan as it is now."""
        plan = self.document.plan
        self._found = plan_differences(self._other, plan)
        self.tree.show_differences(self._other, plan, self._found, (self._path.name, tr("Here")))
        self.copy_list.setEnabled(bool(self._found))
        if self._found:
            self._said.setText(
                tr("From {name} to the open plan: {counts}.", name=self._path.name, counts=counts_text(self._found))
            )
        else:
            self._said.setText(tr("The open plan and {name} say the same.", name=self._path.name))

    def copy(self) -> None:
        """Put the list on the clipboard, as a spreadsheet takes it."""
        head = (tr("Table"), tr("Row"), tr("Column"), self._path.name, tr("Here"))
        QGuiApplication.clipboard().setText(write_grid([head, *map(self._row, self._found)]))

    def _row(self, found: Difference) -> tuple[str, ...]:
        column = cell_heading(self.document.plan, found.table, found.column) if found.column else kind_word(found.kind)
        texts = difference_texts(self._other, self.document.plan, found)
        return (TABLES[found.table].heading, found.row, column, *texts)
