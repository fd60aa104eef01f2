"""The pages of the Monte Carlo dock: outlook, stock, what it goes with, scenario against scenario, tables."""

from itertools import combinations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from aluplanner.analysis.monte_carlo import MonteCarlo
from aluplanner.i18n import tr
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.body import WIDE
from aluplanner.ui.analysis.chart import Chart
from aluplanner.ui.analysis.monte_carlo_states_chart import scenario_label


class Halves(QSplitter):
    """Two charts: side by side where it is wide, one above the other where it is not."""

    def __init__(self, first: Chart, second: Chart, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        for part in (first, second):
            self.addWidget(part)
            self.setStretchFactor(self.indexOf(part), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_wide = event.size().width() > WIDE * event.size().height()
        turned = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        is_other = turned != self.orientation() or not event.oldSize().isValid()
        self.setOrientation(turned)
        super().resizeEvent(event)
        if is_other:
            self.setSizes([1000, 1000])


class ChoicePage(QWidget):
    """A chart or a table under a line with a list to choose from.

    Attributes
    ----------
    chosen : Signal(int)
        Another entry was chosen.
    """

    chosen = Signal(int)

    def __init__(self, label: str, part: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName(label)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.label = QLabel(label)
        self.label.setBuddy(self.box)
        row = QHBoxLayout()
        row.setContentsMargins(8, 3, 8, 0)
        row.setSpacing(6)
        row.addWidget(self.label)
        row.addWidget(self.box)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(part, 1)
        self.box.activated.connect(self.chosen)

    def offer(self, entries: list[str]) -> None:
        """Offer entries; the one chosen stays where it is offered again."""
        before = self.box.currentText()
        if entries != [self.box.itemText(place) for place in range(self.box.count())]:
            self.box.clear()
            self.box.addItems(entries)
            self.box.setCurrentIndex(max(0, self.box.findText(before)))

    @property
    def place(self) -> int:
        """Which entry is chosen."""
        return self.box.currentIndex()


class TablesPage(ChoicePage):
    """Every table of the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.view = AnswerView(tr("Monte Carlo"))
        super().__init__(tr("Table"), self.view, parent)
        self._answer: MonteCarlo | None = None
        self.chosen.connect(self._show)

    def show_answer(self, answer: MonteCarlo) -> None:
        """Show the tables of an answer."""
        self._answer = answer
        self.offer([table.title for table in answer.tables()])
        self._show()

    def _show(self) -> None:
        if self._answer is not None:
            tables = self._answer.tables()
            self.view.show_table(tables[min(max(self.place, 0), len(tables) - 1)])


def pairs_of(answer: MonteCarlo) -> list[tuple[str, str]]:
    """Return the pairs of scenarios to set side by side."""
    return list(combinations(answer.names, 2))


def pair_text(pair: tuple[str, str]) -> str:
    """Return a pair of scenarios in words."""
    return tr("{first} less {second}", first=scenario_label(pair[0]), second=scenario_label(pair[1]))
