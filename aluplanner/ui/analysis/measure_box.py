"""The measure that a question is about: common ones offered, any one typed."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.measure import Measure, MeasureError, parse_measure
from aluplanner.ui.analysis.asking_keys import is_enter
from aluplanner.ui.analysis.common_measures import common_measures, common_objectives, default_measure, measure_words
from aluplanner.ui.analysis.refused import mark_refused
from aluplanner.ui.theme import current_theme

if TYPE_CHECKING:
    from aluplanner.analysis.objective import Objective

LETTERS: Final = 26
SHOWN: Final = 16
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)


class MeasureBox(QComboBox):
    """An editable list of measures.

    Parameters
    ----------
    document
        The open document.
    objective
        Whether statistics of the Monte Carlo may be asked for too: ``P(stock 2017-12 end < 1000)``, ``p80(…)``.

    Attributes
    ----------
    changed : Signal()
        Another measure was chosen or typed; it may be one that cannot be read.
    confirmed : Signal()
        Enter was pressed on a measure that can be read.
    """

    changed = Signal()
    confirmed = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None, *, objective: bool = False) -> None:
        super().__init__(parent)
        self._document, self._is_objective = document, objective
        self.problem = ""
        self.line = QLineEdit(self)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(SHOWN)
        self.setMinimumContentsLength(LETTERS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")
        self.setAccessibleName(tr("Measure"))
        self._complete()
        self._offer()
        self._told = ""
        self._begin()
        self.activated.connect(self._take)
        self.line.editingFinished.connect(self._take)
        self.line.textEdited.connect(self._accept_again)
        document.changed.connect(self._on_changed)

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.currentText().strip()

    def choose(self, text: str) -> None:
        """Put a measure into the line."""
        self.setEditText(text)
        self._take()

    def measure(self) -> Measure:
        """Return the measure.

        Raises
        ------
        MeasureError
            If it cannot be read.
        """
        return parse_measure(self.text, self._document.plan)

    def objective(self) -> "Objective":
        """Return the measure or the statistic of one.

        Raises
        ------
        MeasureError
            If it cannot be read.
        """
        from aluplanner.analysis.objective import parse_objective  # with the solver, when it is wanted

        return parse_objective(self.text, self._document.plan)

    # What is offered

    def _complete(self) -> None:
        completer = QCompleter(self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(SHOWN)
        completer.setModel(self.model())
        self.line.setCompleter(completer)

    def _offer(self) -> None:
        plan, kept = self._document.plan, self.text
        self.clear()
        for text in (*(common_objectives(plan) if self._is_objective else ()), *common_measures(plan)):
            self.addItem(text)
            self.setItemData(self.count() - 1, measure_words(text, plan), _TIP)
        self.setCurrentIndex(self.findText(kept))
        self.setEditText(kept)

    def _begin(self) -> None:
        """Begin with the measure that is wanted most, where there is none yet."""
        if not self.text:
            self.setEditText(default_measure(self._document.plan))
        self._told = self.text
        self._check()

    def _on_changed(self, change: Change) -> None:
        before, after = change.before, change.after
        if before.horizon != after.horizon or before.claims is not after.claims or change.is_other_plan:
            self._offer()
        self._begin()

    # What is typed

    def _take(self) -> None:
        self._check()
        if self.text != self._told:
            self._told = self.text
            self.changed.emit()

    def _accept_again(self) -> None:
        if self.problem:
            self.problem = ""
            mark_refused(self.line, "", "")

    def _check(self) -> None:
        try:
            if self._is_objective and "(" in self.text:
                self.objective()
            else:
                self.measure()
        except MeasureError as error:
            self.problem = str(error)
        else:
            self.problem = ""
        mark_refused(self.line, self.problem, measure_words(self.text, self._document.plan) or self.text)
        self.setToolTip(self.line.toolTip())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.line.hasFocus():  # the style's own frame cannot be seen on a dark ground
            painter = QPainter(self)
            painter.setPen(QColor(current_theme().border))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if is_enter(event):
            event.accept()
            self._close_offers()
            if not self.problem:
                self.confirmed.emit()

    def _close_offers(self) -> None:
        self._take()
        completer = self.line.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None:
            popup.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.problem:
            mark_refused(self.line, self.problem, "")
