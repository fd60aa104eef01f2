"""The look at what a paste by key would do, before it is done."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aluplanner.document.document import Document
from aluplanner.document.key_paste import KeyPaste, Kind, paste_by_key
from aluplanner.document.pasting import Grid
from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES
from aluplanner.ui.tables.hints import unread_hint
from aluplanner.ui.tables.paste_preview_model import CHECK, TICK, AnyIndex, KindFilter, PreviewModel, kind_word
from aluplanner.ui.theme import current_theme

ROW_HEIGHT: Final = 24
WIDEST: Final = 260
MEASURED: Final = 200
"""Rows by which columns are made wide enough."""


class _TickDelegate(QStyledItemDelegate):
    """Frames the boxes to tick, which some themes barely show while they are empty."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        if index.data(CHECK) is None or option.widget is None:
            return
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        box = option.widget.style().subElementRect(
            QStyle.SubElement.SE_ItemViewItemCheckIndicator, shown, option.widget
        )
        painter.save()
        painter.setPen(QColor(current_theme().muted))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()


class _PreviewTable(QTableView):
    """The rows; Space ticks the selected ones."""

    def __init__(self, model: PreviewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = model
        self.filter = KindFilter(self)
        self.filter.setSourceModel(model)
        self.setModel(self.filter)
        self.setItemDelegateForColumn(TICK, _TickDelegate(self))
        self.setAccessibleName(tr("Rows to paste"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setResizeContentsPrecision(MEASURED)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setStretchLastSection(True)  # the reason takes what room there is
        self.horizontalHeader().setHighlightSections(False)

    def set_widths(self) -> None:
        """Make the columns as wide as their first rows need, within reason."""
        for column in range(self.model().columnCount()):
            needed = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
            self.setColumnWidth(column, min(needed + 12, WIDEST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        chosen = [self.filter.mapToSource(index).row() for index in self.selectionModel().selectedRows(TICK)]
        taken = self._rows.taken
        places = [place for place in chosen if self._rows.row(place).can_be_taken]
        if places:
            self._rows.take(places, any(self._rows.row(place).number not in taken for place in places))


class PastePreview(QDialog):
    """A block that is to update a table by the names of its rows; follows the plan until it is pasted.

    Parameters
    ----------
    document
        The open document.
    table
        Name of the table.
    grid
        The block, titles first.

    Attributes
    ----------
    said : Signal(str)
        What was done, for the status bar.
    """

    said = Signal(str)

    def __init__(self, document: Document, table: str, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._table = table
        self._grid = grid
        self._paste = KeyPaste(TABLES[table])
        self.rows = PreviewModel(self)
        self.table = _PreviewTable(self.rows, self)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._kinds = {kind: self._kind_button() for kind in Kind}
        self.buttons = QDialogButtonBox(self)
        self.take: QPushButton = self.buttons.addButton(tr("Paste"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self.setWindowTitle(tr("Paste into {table} by name", table=TABLES[table].heading))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 520)
        self.rows.taken_changed.connect(self._on_taken_changed)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        document.changed.connect(self.refresh)
        document.scenario_changed.connect(self.refresh)
        self.refresh()
        self.table.set_widths()

    def _kind_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setChecked(True)
        button.setAutoRaise(True)
        button.toggled.connect(self._on_kinds_chosen)
        return button

    def _lay_out(self) -> None:
        kinds = QHBoxLayout()
        kinds.addWidget(QLabel(tr("Show:"), self))
        for button in self._kinds.values():
            kinds.addWidget(button)
        kinds.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._said)
        layout.addLayout(kinds)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.buttons)

    @Slot()
    def refresh(self) -> None:
        """Look anew at what the block would do to the plan as it is now."""
        self._paste = paste_by_key(self.document.view, self._table, self._grid)
        self.rows.show_paste(self._paste)
        counts = self._paste.counts
        for kind, button in self._kinds.items():
            button.setText(f"{kind_word(kind)}: {counts[kind]}")
            button.setToolTip(tr("Show or hide these rows"))
            button.setEnabled(counts[kind] > 0)
        self._said.setText(self._sentence())

    def _sentence(self) -> str:
        paste = self._paste
        if paste.problem:
            titles = " · ".join(column.heading for column in paste.table.columns[:4] if not column.derived)
            return " ".join((paste.problem, tr("Titles are, for example: {titles}", titles=titles)))
        key = " / ".join(column.heading for column in paste.table.columns if column.name in paste.table.key)
        parts = [tr("Rows are matched by {key}; a cell shows what is there → what comes.", key=key)]
        if not self.document.view.is_base and paste.table.can_vary:
            parts.append(tr("Changes go into “{scenario}”.", scenario=self.document.scenario))
        if paste.left_out:
            parts.append(tr("Left out: {titles}.", titles=", ".join(paste.left_out)))
        return " ".join(parts)

    def _on_kinds_chosen(self) -> None:
        self.table.filter.show_kinds([kind for kind, button in self._kinds.items() if button.isChecked()])

    def _on_taken_changed(self) -> None:
        count = len(self.rows.taken)
        self.take.setText(tr("Paste 1 row") if count == 1 else tr("Paste {count} rows", count=count))
        self.take.setEnabled(count > 0)
        self.take.setDefault(True)

    def accept(self) -> None:
        """Paste the rows that are ticked, as one step."""
        numbers = self.rows.taken
        cells, new_rows = self._paste.taken(numbers)
        self.document.changed.disconnect(self.refresh)
        heading, count = TABLES[self._table].heading, len(numbers)
        label = (
            tr("Paste 1 row in {table}", table=heading)
            if count == 1
            else tr("Paste {count} rows in {table}", count=count, table=heading)
        )
        refused = self.document.enter_texts(self._table, cells, new_rows, label).refused
        self.said.emit(" ".join(filter(None, (f"{label}.", unread_hint(len(refused))))))
        super().accept()
