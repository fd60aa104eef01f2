"""What one sheet of a foreign workbook holds: its header, its columns, and its first rows converted."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSpinBox,
    QSplitter,
    QStyle,
    QStyleOptionButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from aluplanner.document.import_choices import ImportChoices
from aluplanner.document.importing import TableImport
from aluplanner.i18n import tr
from aluplanner.ui.dialogs.import_lists import ChoiceList
from aluplanner.ui.dialogs.import_preview import ImportPreviewModel
from aluplanner.ui.dialogs.import_tables import ColumnsModel, ConstantsModel
from aluplanner.ui.panels.lists import ROW_HEIGHT
from aluplanner.ui.theme import current_theme
from aluplanner.workbook.importing.mapping import Layout

WIDEST: Final = 240
MEASURED: Final = 60
LAST_ROW: Final = 9999


class TickBox(QCheckBox):
    """A box to tick with a frame, which some themes barely show while it is empty."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setPen(QColor(current_theme().muted if self.isEnabled() else current_theme().disabled))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()


class RowBox(QSpinBox):
    """The number of a row; :attr:`chosen` is for what the planner chooses alone, not for what is shown.

    Attributes
    ----------
    chosen : Signal()
        The planner has chosen a number.
    """

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRange(1, LAST_ROW)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.editingFinished.connect(self.chosen)

    def stepBy(self, steps: int) -> None:
        super().stepBy(steps)
        self.chosen.emit()


class PreviewTable(QTableView):
    """The first rows as they would come in."""

    def __init__(self, model: ImportPreviewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(tr("First rows, converted"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setResizeContentsPrecision(MEASURED)
        self.horizontalHeader().setHighlightSections(False)

    def set_widths(self) -> None:
        """Make the columns as wide as their first rows need, within reason."""
        for column in range(self.model().columnCount()):
            needed = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
            self.setColumnWidth(column, min(needed + 12, WIDEST))


def _layouts() -> dict[Layout, str]:
    """Return the ways that records can run, in words."""
    return {
        Layout.DOWN: tr("one below the other"),
        Layout.ACROSS: tr("side by side"),
        Layout.MATRIX: tr("years by months"),
    }


class SheetPanel(QWidget):
    """What one sheet holds.

    Attributes
    ----------
    decided : Signal()
        Something else was decided about the sheet.
    """

    decided = Signal()

    def __init__(self, choices: ImportChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._import = choices
        self._sheet = 0
        self.columns = ColumnsModel(choices, self)
        self.constants = ConstantsModel(choices, self)
        self.preview = ImportPreviewModel(self)
        self.column_list = ChoiceList(
            self.columns,
            tr("Columns of the sheet"),
            {ColumnsModel.HEADER: 26, ColumnsModel.EXAMPLE: 26, ColumnsModel.COLUMN: 30},
            self,
        )
        self.constant_list = ChoiceList(self.constants, tr("The same in every row"), {ConstantsModel.COLUMN: 34}, self)
        self.preview_table = PreviewTable(self.preview, self)
        self.first = RowBox(tr("First row of the header"), self)
        self.last = RowBox(tr("Last row of the header"), self)
        self.layouts = QComboBox(self)
        for layout, said in _layouts().items():
            self.layouts.addItem(said, layout.value)
        self.layouts.setAccessibleName(tr("Which way the records run"))
        self.layouts.setToolTip(
            tr("For sheets whose months stand side by side, or years on one side and months on the other")
        )
        self.totals = TickBox(tr("Leave out &totals, headings and footnotes"), self)
        self.left_out = QLabel(self)
        self.left_out.setForegroundRole(self.left_out.palette().ColorRole.PlaceholderText)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(8)
        self.header_label = QLabel(self)
        self.header_label.setBuddy(self.first)
        for widget in (self.header_label, self.first, QLabel(tr("to"), self), self.last):
            header.addWidget(widget)
        header.addSpacing(12)
        way = QLabel(tr("&Records"), self)
        way.setBuddy(self.layouts)
        header.addWidget(way)
        header.addWidget(self.layouts)
        header.addSpacing(12)
        header.addWidget(self.totals)
        header.addStretch(1)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(tr("What the sheet holds"))
        self.tabs.addTab(self.column_list, tr("&Columns"))
        self.tabs.addTab(self.constant_list, tr("The &same in every row"))
        below = QWidget(self)
        preview = QVBoxLayout(below)
        preview.setContentsMargins(0, 4, 0, 0)
        preview.setSpacing(4)
        preview.addWidget(self.left_out)
        preview.addWidget(self.preview_table, 1)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.tabs)
        splitter.addWidget(below)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([260, 220])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(header)
        layout.addWidget(splitter, 1)
        for before, after in pairwise(self.in_tab_order):
            self.setTabOrder(before, after)

    @property
    def in_tab_order(self) -> tuple[QWidget, ...]:
        """What Tab goes through, as it stands on the screen."""
        above = self.first, self.last, self.layouts, self.totals
        return (*above, self.tabs.tabBar(), self.column_list, self.constant_list, self.preview_table)

    def _connect(self) -> None:
        self.columns.decided.connect(self._on_choice)
        self.constants.decided.connect(self._on_choice)
        self.first.chosen.connect(self._on_header_moved)
        self.last.chosen.connect(self._on_header_moved)
        self.layouts.activated.connect(self._on_laid_out)
        self.totals.clicked.connect(self._on_totals)

    def show_sheet(self, sheet: int) -> None:
        """Show another sheet, or the same one with other columns."""
        self._sheet = sheet
        self.columns.show_sheet(sheet)
        self.constants.show_sheet(sheet)
        mapping = self._import.mapping(sheet)
        for box in (self.layouts, self.totals):
            box.setEnabled(bool(mapping.table))
        for number in (self.first, self.last):
            # the header of years by months follows from where these stand
            number.setEnabled(bool(mapping.table) and mapping.layout is not Layout.MATRIX)
        self.first.setValue(mapping.first_row)
        self.last.setValue(mapping.header_row)
        self.layouts.setCurrentIndex(self.layouts.findData(mapping.layout.value))
        self.header_label.setText(tr("&Header in columns") if mapping.is_turned else tr("&Header in rows"))
        self.totals.setChecked(mapping.leaves_out_totals)

    def show_outcome(self, outcome: TableImport | None) -> None:
        """Show what the sheet would do."""
        titles, bar = self.preview.titles, self.preview_table.verticalScrollBar()
        top = bar.value()
        self.preview.show_table(outcome)
        self.left_out.setText(self._remark(outcome))
        if self.preview.titles != titles:
            self.preview_table.set_widths()
        else:
            bar.setValue(top)

    def _remark(self, outcome: TableImport | None) -> str:
        if outcome is None:
            return tr("This sheet is left out. Choose the table that its rows go to.")
        reasons = outcome.converted.left_out or {}
        if not reasons:
            return tr("As the rows come in:")
        first = list(reasons.items())[:3]
        named = [tr("row {number} {reason}", number=number, reason=reason.words) for number, reason in first]
        if len(reasons) > len(named):
            named.append("…")
        return tr("As the rows come in; left out: {rows}", rows=", ".join(named))

    def _on_choice(self) -> None:
        self.columns.refresh()
        self.constants.refresh()
        self.decided.emit()

    def _on_header_moved(self) -> None:
        mapping = self._import.mapping(self._sheet)
        first, last = self.first.value(), max(self.first.value(), self.last.value())
        if (first, last) != (mapping.first_row, mapping.header_row):
            self._import.choose_header(self._sheet, first, last)
            self._refresh()

    def _on_laid_out(self) -> None:
        self._import.lay_out(self._sheet, Layout(self.layouts.currentData()))
        self._refresh()

    def _on_totals(self, is_left_out: bool) -> None:
        self._import.leave_out_totals(self._sheet, is_left_out)
        self.decided.emit()

    def _refresh(self) -> None:
        self.show_sheet(self._sheet)
        self.decided.emit()
