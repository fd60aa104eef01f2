"""The corner of a result table: whose figures they are, and the unit and rule that all rows share."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.result_rows import By, reducer_of, unit_of
from aluplanner.analysis.result_sheet import ResultSheet
from aluplanner.analysis.result_table import Step
from aluplanner.ui.results.headers import LEFT, PADDING, SMALL
from aluplanner.ui.results.texts import rule_phrase, scenario_text, unit_text
from aluplanner.ui.theme import current_theme, scaled

if TYPE_CHECKING:
    from aluplanner.ui.results.view import ResultView


class Corner(QWidget):
    """Lies over the button that selects everything, which stays to be clicked."""

    def __init__(self, view: "ResultView") -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def place(self) -> None:
        """Lie where the headers meet."""
        view = self._view
        frame = view.frameWidth()
        self.setGeometry(frame, frame, view.verticalHeader().width(), view.horizontalHeader().height())
        self.raise_()

    @property
    def texts(self) -> tuple[str, str]:
        """What it says: the scenario, and what holds for every row."""
        sheet = self._view.results.sheet
        if sheet is None:
            return "", ""
        return scenario_text(sheet.scenarios[0], sheet.is_difference), _shared(sheet)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.window))
        painter.setPen(QColor(theme.border))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        inside = self.rect().adjusted(PADDING, 2, -PADDING, -2)
        half = inside.height() // 2
        scenario, shared = self.texts
        first = inside.adjusted(0, 0, 0, -half) if shared else inside
        self._paint(painter, first, scenario, theme.text, is_small=False)
        self._paint(painter, inside.adjusted(0, half, 0, 0), shared, theme.muted, is_small=True)
        painter.end()

    def _paint(self, painter: QPainter, rect: QRect, text: str, colour: str, *, is_small: bool) -> None:
        painter.setFont(scaled(self.font(), SMALL) if is_small else scaled(self.font(), 1.0, bold=True))
        painter.setPen(QColor(colour))
        painter.drawText(rect, LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))


def _shared(sheet: ResultSheet) -> str:
    """Return unit and rule where all rows have the same."""
    if sheet.breakdown.by is By.COUNTRY:
        return ""
    unit = unit_text(unit_of(sheet.breakdown.series), sheet.is_difference)
    rule = "" if sheet.step is Step.MONTHS else rule_phrase(reducer_of(sheet.breakdown.series))
    return ", ".join(part for part in (unit, rule) if part)
