"""The cell that a question varies: searched by words, typed, or taken from the table."""

from collections.abc import Callable
from typing import Final, TypeAlias

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QToolButton, QWidget

from aluplanner.analysis.question_error import QuestionError
from aluplanner.document.document import Document
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import show
from aluplanner.model.plan import Address
from aluplanner.model.schema import Column
from aluplanner.ui.analysis.asking_keys import asks, is_enter
from aluplanner.ui.analysis.cell_search import cell_text, find_cells, is_variable, read_cell_text, short_cell_text
from aluplanner.ui.analysis.framed_line import FramedLine
from aluplanner.ui.analysis.refused import mark_refused
from aluplanner.ui.icons import set_icon

CellSource: TypeAlias = Callable[[], Address | None]
"""Tells the cell that is selected in the table, ``None`` where there is none."""

LETTERS: Final = 34
SHOWN: Final = 14
WIDEST: Final = 560
"""Pixels that the list of cells may be wide."""


class AddressBox(QWidget):
    """A line that finds a cell with a number by words of its row, column and table, and a button for the selected one.

    Parameters
    ----------
    document
        The open document.
    selected_cell
        Tells the cell that is selected in the table.
    letters
        Its least width in letters.

    Attributes
    ----------
    changed : Signal()
        It names another cell, or none any more.
    confirmed : Signal()
        Enter was pressed on a cell that is there.
    """

    changed = Signal()
    confirmed = Signal()

    def __init__(
        self, document: Document, selected_cell: CellSource, parent: QWidget | None = None, *, letters: int = LETTERS
    ) -> None:
        super().__init__(parent)
        self._document, self._selected_cell = document, selected_cell
        self._address: Address | None = None
        self.problem = ""
        self.line = FramedLine(self)
        self.line.setPlaceholderText(tr("A cell: words of row and column"))
        self.line.setAccessibleName(tr("Cell"))
        self.line.setMinimumWidth(self.line.fontMetrics().averageCharWidth() * letters)
        self.button = QToolButton(self)
        self.button.setAutoRaise(True)
        self.button.setToolTip(tr("Take the cell that is selected in the table"))
        self.button.setAccessibleName(self.button.toolTip())
        set_icon(self.button, "pin")
        self.setFocusProxy(self.line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button)
        self._names = QStringListModel(self)
        self._complete()
        self.button.clicked.connect(self.take_selected)
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._take)
        document.changed.connect(self._on_changed)

    @property
    def address(self) -> Address | None:
        """The cell; ``None`` where there is none yet, or what is typed names none."""
        return self._address

    @property
    def column(self) -> Column | None:
        """What the cell holds: unit and bounds; ``None`` without a cell."""
        cell = self._address
        return self._document.plan.cell_column(cell.table, cell.row, cell.column) if cell is not None else None

    def value(self) -> float | None:
        """Return the number that the cell holds in the selected scenario, its default where it is blank."""
        cell, column = self._address, self.column
        if cell is None or column is None:
            return None
        rows = self._document.view.rows(cell.table)
        place = rows.position(cell.row)
        held = None if place is None else next(iter(rows.column(cell.column, [place])), None)
        number = column.default if held is None else held
        return float(number) if isinstance(number, int | float) else None

    def cell(self) -> Address:
        """Return the cell.

        Raises
        ------
        aluplanner.analysis.question_error.QuestionError
            If there is none.
        """
        if self._address is None:
            remedy = tr("Type words of its row and column, or select it in a table and press the pin.")
            raise QuestionError(
                "address", self.problem or tr("Choose the cell to vary."), "" if self.problem else remedy
            )
        return self._address

    def choose(self, address: Address | None) -> None:
        """Name a cell, or none."""
        self.line.setText(short_cell_text(self._document.plan, address) if address is not None else "")
        self._set(address)

    def take_selected(self) -> None:
        """Take the cell that is selected in the table."""
        address = self._selected_cell()
        if address is None or not is_variable(self._document.plan, address):
            self._refuse(tr("Select a cell with a number in a table first, of a kind that scenarios can change."))
            return
        self.choose(address)

    # Typing

    def _complete(self) -> None:
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(SHOWN)
        # the line takes the text chosen first
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.line.setCompleter(completer)

    def _on_edited(self, text: str) -> None:
        self.problem = ""
        mark_refused(self.line, "", "")
        plan = self._document.plan
        self._names.setStringList([short_cell_text(plan, address) for address in find_cells(plan, text)])
        completer = self.line.completer()
        popup = completer.popup() if completer is not None else None
        if completer is not None and popup is not None and self._names.rowCount():
            wide = popup.sizeHintForColumn(0) + popup.verticalScrollBar().sizeHint().width() + 2 * popup.frameWidth()
            popup.setMinimumWidth(max(self.line.width(), min(wide, WIDEST)))
            completer.complete()

    def _take(self) -> None:
        text = self.line.text().strip()
        if not text:
            self._set(None)
            return
        address = read_cell_text(self._document.plan, text)
        if address is None:
            only = find_cells(self._document.plan, text, 2)
            address = only[0] if len(only) == 1 else None
        if address is not None:
            self.choose(address)
        else:
            self._set(None)
            self._refuse(tr("“{text}” is no cell with a number. Type words of its row and column.", text=text))

    def _refuse(self, problem: str) -> None:
        self.problem = problem
        mark_refused(self.line, problem, "")

    def _set(self, address: Address | None) -> None:
        self.problem = ""
        is_news, self._address = address != self._address, address
        mark_refused(self.line, "", self._words())
        self.line.setCursorPosition(0)
        if is_news:
            self.changed.emit()

    def _words(self) -> str:
        cell, column = self._address, self.column
        if cell is None or column is None:
            return ""
        return tr(
            "{cell} ({unit}), now {value}",
            cell=cell_text(cell),
            unit=tr(column.unit) if column.unit else "%",
            value=show(column, self.value(), number_style()) or tr("blank"),
        )

    def _on_changed(self) -> None:
        if self._address is not None and not is_variable(self._document.plan, self._address):
            gone = cell_text(self._address)
            self._set(None)
            self._refuse(tr("“{cell}” is no longer in the plan.", cell=gone))
        elif self._address is not None:
            mark_refused(self.line, self.problem, self._words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if asks(event):
            event.ignore()
        elif is_enter(event):
            event.accept()
            if self._address is not None and not self.problem:
                self.confirmed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.problem:
            mark_refused(self.line, self.problem, "")
