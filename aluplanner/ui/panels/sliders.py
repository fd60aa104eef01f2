"""What if: sliders over pinned cells, with the plots and the headline following while they move."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.ui.icons import refresh_icons, set_icon
from aluplanner.ui.panels.slider_board import PinBoard
from aluplanner.ui.panels.slider_cells import PinnedCell
from aluplanner.ui.panels.slider_pins import Pin
from aluplanner.ui.panels.slider_row import HEIGHT, ROW_WIDTH, SliderRow
from aluplanner.ui.panels.sliding import Sliding

NARROW: Final = ROW_WIDTH + 170
"""Below this width the buttons stand above the sliders, not beside them."""

GAP: Final = 4
NAMES_SHARE: Final = 0.34


class SlidersPanel(QWidget):
    """The pinned cells, each with its slider.

    Attributes
    ----------
    jump_requested : Signal(str, str, str)
        Show a cell in its table: table, key of the row, column.
    """

    jump_requested = Signal(str, str, str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.board = PinBoard(document, self)
        self.sliding = Sliding(document, self)
        self.rows: list[SliderRow] = []
        self._columns = 1
        self._build()
        self.board.changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        self.setAccessibleName(tr("What if"))
        self._none = QLabel(
            tr(
                "Nothing is pinned yet. Choose a number in a table and pin it here, with the button or a right click: "
                "its slider then changes it while you watch the plots and the headline."
            ),
            self,
        )
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setForegroundRole(self._none.palette().ColorRole.PlaceholderText)
        self._none.setContentsMargins(24, 0, 24, 0)
        self._inside = QWidget(self)
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, GAP, 0, GAP)
        self._grid.setSpacing(0)
        self._grid.setHorizontalSpacing(16)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inside)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._none)
        self._pages.addWidget(self._scroll)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(GAP, 0, GAP, 0)
        self._layout.setSpacing(GAP)
        self._layout.addWidget(self._pages, 1)
        self._side = self._make_side()
        self._layout.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)

    def _make_side(self) -> QWidget:
        side = QWidget(self)
        self._buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom, side)
        self._buttons.setContentsMargins(0, 4, 0, 4)
        self._buttons.setSpacing(0)
        self.pin_button = self._button(tr("Pin the current cell"), "pin")
        self.reset_all = self._button(tr("Reset all"), "reset")
        self.unpin_all = self._button(tr("Unpin all"), "close")
        self.reset_all.setToolTip(tr("Put back what every pinned cell held, as one step"))
        self.unpin_all.setToolTip(tr("Take all sliders away; the values stay"))
        self.reset_all.clicked.connect(self.board.reset_all)
        self.unpin_all.clicked.connect(self.board.unpin_all)
        for button in (self.pin_button, self.reset_all, self.unpin_all):
            self._buttons.addWidget(button)
        return side

    def _button(self, text: str, icon_name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        set_icon(button, icon_name)
        button.setIconSize(QSize(16, 16))
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def set_pin_action(self, action: QAction) -> None:
        """Let the button do what the action on the table's cell does, whenever that can be done."""
        self._pin_action = action
        self.pin_button.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.pin_button.setEnabled)
        self.pin_button.setEnabled(action.isEnabled())
        self.pin_button.setToolTip(action.toolTip())

    def remember_in(self, preferences: Preferences) -> None:
        """Remember the pins of each file from now on."""
        self.board.remember_in(preferences)

    # Showing

    def refresh(self) -> None:
        """Show the pins there are, and what their cells hold."""
        cells = self.board.cells()
        if [pin.place for pin, _ in cells] != [row.pin.place for row in self.rows]:
            self._place(cells)
        names = [row.cell.name for row in self.rows]
        for row, (pin, cell) in zip(self.rows, cells, strict=True):
            if not row.shows(pin, cell):
                row.show_cell(pin, cell)
        if names != [row.cell.name for row in self.rows]:
            self._align()
        self._pages.setCurrentIndex(1 if cells else 0)
        self.reset_all.setEnabled(any(cell.can_reset for _, cell in cells))
        self.unpin_all.setEnabled(bool(cells))

    def _place(self, cells: list[tuple[Pin, PinnedCell]]) -> None:
        has_more = len(cells) > len(self.rows)
        known = {row.pin.place: row for row in self.rows}
        self.rows = [known.pop(pin.place) if pin.place in known else self._make_row(pin, cell) for pin, cell in cells]
        for row in known.values():
            row.hide()
            row.deleteLater()
        self._arrange()
        self._align()
        if has_more:
            QTimer.singleShot(0, self, self._show_last)  # once it has its place

    def _show_last(self) -> None:
        if self.rows:
            self._scroll.ensureWidgetVisible(self.rows[-1], 0, 0)

    def _make_row(self, pin: Pin, cell: PinnedCell) -> SliderRow:
        row = SliderRow(pin, cell, self._inside)
        row.moved.connect(self.sliding.slide)
        row.let_go.connect(self.sliding.end)
        row.entered.connect(self.board.enter)
        row.end_entered.connect(self.board.set_ends)
        row.reset_requested.connect(self.board.reset)
        row.unpin_requested.connect(self.board.unpin)
        row.jump_requested.connect(self._on_jump_requested)
        return row

    def _arrange(self) -> None:
        """Put the rows under each other; in two columns where they would not fit and there is room for two."""
        while self._grid.count():
            self._grid.takeAt(0)
        is_tall = len(self.rows) * HEIGHT > self.height() - 2 * GAP
        columns = self._columns = 2 if is_tall and self._room() >= 2 * ROW_WIDTH else 1
        length = -(-len(self.rows) // columns)
        for number, row in enumerate(self.rows):
            self._grid.addWidget(row, number % length, number // length)
            row.show()
        for line in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(line, 1 if line == length else 0)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _align(self) -> None:
        """Give all names the width of the longest, but leave most of a row to the slider."""
        most = round(self._room() / self._columns * NAMES_SHARE)
        width = min(most, max((row.name.wanted_width for row in self.rows), default=0))
        for row in self.rows:
            row.name.setFixedWidth(max(row.name.least_width, width))

    def _room(self) -> int:
        """Return the width there is for rows; the scroll area has it only later."""
        return self.width() if self.width() < NARROW else self.width() - self._side.sizeHint().width() - 4 * GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(QBoxLayout.Direction.BottomToTop if is_narrow else along)
        self._buttons.setDirection(along if is_narrow else down)
        for layout in (self._buttons, self._layout):
            layout.activate()
        self._arrange()
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            refresh_icons(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 60)

    def _on_jump_requested(self, pin: Pin) -> None:
        self.jump_requested.emit(pin.table, pin.row, pin.column)
