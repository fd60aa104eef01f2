"""A trace on view: the number as a sentence, how it is taken apart, and its parts."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from aluplanner.analysis.trace import Trace, trace
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.measure import Measure
from aluplanner.ui.panels.trace_model import DIFFERENCE, TraceModel
from aluplanner.ui.panels.trace_view import TraceView
from aluplanner.ui.panels.trace_words import headline_text

MARGIN: Final = 8


class NoteLabel(QLabel):
    """A remark that gives way: what finds no room is left out, the tooltip has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.palette().ColorRole.PlaceholderText))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), text)


class TraceBody(QWidget):
    """What makes a number.

    Attributes
    ----------
    jump_requested : Signal(str, str, str)
        Show a cell: table, key of the row, column.
    trace_requested : Signal(Measure)
        Trace this instead.
    back_requested : Signal()
        Trace again what was traced before.
    grouping_chosen : Signal(str)
        Take the number apart in this way.
    """

    jump_requested = Signal(str, str, str)
    trace_requested = Signal(object)
    back_requested = Signal()
    grouping_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trace: Trace | None = None
        self.model = TraceModel(self)
        self.view = TraceView(self.model, self)
        self.headline = QLabel(self)
        font = self.headline.font()
        font.setBold(True)
        self.headline.setFont(font)
        self.headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note = NoteLabel(self)
        self.back = self._make_back()
        self.chooser = self._make_chooser()
        self._lay_out()
        self.view.jump_requested.connect(self.jump_requested)
        self.view.trace_requested.connect(self.trace_requested)
        self.back.clicked.connect(self.back_requested)
        self.chooser.activated.connect(self._on_chosen)

    def _make_back(self) -> QToolButton:
        back = QToolButton(self)
        back.setArrowType(Qt.ArrowType.LeftArrow)
        back.setAutoRaise(True)
        back.setToolTip(tr("Back to what was traced before (Backspace)"))
        back.setAccessibleName(tr("Back"))
        return back

    def _make_chooser(self) -> QComboBox:
        chooser = QComboBox(self)
        chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        chooser.setAccessibleName(tr("How to take the number apart"))
        chooser.setToolTip(tr("How to take the number apart"))
        return chooser

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(MARGIN, 2, MARGIN, 2)
        bar.setSpacing(MARGIN)
        for widget, stretch in ((self.back, 0), (self.headline, 0), (self.note, 1), (self.chooser, 0)):
            bar.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.view, 1)

    def show_measure(self, balance: Balance, base: Balance | None, measure: Measure, by: str) -> None:
        """Take a number apart.

        Parameters
        ----------
        balance
            The balance it is from.
        base
            The base's, ``None`` where there is nothing to compare with.
        measure
            The number.
        by
            How to take it apart, if the measure can be; else in the usual way.
        """
        found = _traced(balance, measure, by)
        kept = self.view.current_part()
        self.trace = found
        self.model.show_trace(found, None if base is None else _traced(base, measure, found.by))
        self.view.setColumnHidden(DIFFERENCE, not self.model.has_base)
        self.view.return_to(kept.label if kept is not None else "")
        self.headline.setText(headline_text(found))
        self.note.setText(found.note)
        self.note.setToolTip(found.note)
        self._fill_chooser(found)

    def _fill_chooser(self, found: Trace) -> None:
        wanted = [(grouping.title, grouping.key) for grouping in found.groupings]
        if wanted != [(self.chooser.itemText(i), self.chooser.itemData(i)) for i in range(self.chooser.count())]:
            self.chooser.clear()
            for title, key in wanted:
                self.chooser.addItem(title, key)
        self.chooser.setCurrentIndex(self.chooser.findData(found.by))
        self.chooser.setEnabled(len(wanted) > 1)

    def _on_chosen(self, place: int) -> None:
        self.grouping_chosen.emit(str(self.chooser.itemData(place)))


def _traced(balance: Balance, measure: Measure, by: str) -> Trace:
    """Return the trace by a grouping where the measure has it, else by the usual one."""
    usual = trace(balance, measure)
    is_offered = any(grouping.key == by for grouping in usual.groupings)
    return trace(balance, measure, by) if is_offered and by != usual.by else usual
