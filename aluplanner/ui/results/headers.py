"""The headers of a result table: periods across, and down what the rows are, with unit and rule, always in sight."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView

from aluplanner.analysis.result_rows import By, Kind
from aluplanner.analysis.result_sheet import SheetLine
from aluplanner.analysis.result_table import Step
from aluplanner.ui.plots.swatches import SAMPLE, Key, draw_sample
from aluplanner.ui.results.model import ResultModel
from aluplanner.ui.results.texts import rule_text, unit_text
from aluplanner.ui.tables import roles
from aluplanner.ui.theme import SeriesStyle, current_theme, scaled

if TYPE_CHECKING:
    from aluplanner.ui.results.view import ResultView

PADDING: Final = 6
INDENT: Final = 12
GAP: Final = 10
SMALL: Final = 0.88
WIDEST_PART: Final = 0.42
"""Part of the table's width that the names of the rows may take."""
NARROWEST: Final = 120

RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PeriodHeader(QHeaderView):
    """The periods; one that the horizon cuts off says so on a second line."""

    def __init__(self, view: "ResultView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSectionSize(), 2 * self.fontMetrics().height() + 4)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = current_theme()
        text = str(self._view.results.headerData(section, Qt.Orientation.Horizontal, roles.DISPLAY) or "")
        title, _, part = text.partition("\n")
        is_current = self._view.currentIndex().column() == section
        painter.save()
        painter.fillRect(rect, QColor(theme.button if is_current else theme.window))
        painter.setPen(QColor(theme.border))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        inside = rect.adjusted(PADDING, 2, -PADDING, -2)
        half = inside.height() // 2
        painter.setPen(QColor(theme.text))
        painter.setFont(self.font())
        painter.drawText(inside.adjusted(0, 0, 0, -half) if part else inside, RIGHT, title)
        if part:
            painter.setPen(QColor(theme.muted))
            painter.setFont(scaled(self.font(), SMALL))
            painter.drawText(inside.adjusted(0, half, 0, 0), RIGHT, part)
        painter.restore()


class RowHeader(QHeaderView):
    """What each row is, its unit, and how it is reduced over a period."""

    def __init__(self, view: "ResultView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self._styles: Sequence[SeriesStyle] = ()
        self._take_fonts()
        self.unit_width = 0
        self.rule_width = 0
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def _model(self) -> ResultModel:
        return self._view.results

    def set_styles(self, styles: Sequence[SeriesStyle]) -> None:
        """Take how the scenarios are drawn in plots, in the order of their lines."""
        if styles != self._styles:
            self._styles = styles
            self.viewport().update()

    def _take_fonts(self) -> None:
        self._bold, self._small = scaled(self.font(), 1.0, bold=True), scaled(self.font(), SMALL)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._take_fonts()

    # Widths

    def take_width(self, room: int) -> None:
        """Be as wide as the names need, in a table of so many pixels."""
        sheet = self._model.sheet
        if sheet is None:
            return
        small = QFontMetrics(self._small)
        rows = {line.row.key: line.row for line in self._model.lines if line.row.unit}.values()
        has_own_units = sheet.breakdown.by is By.COUNTRY  # else the corner names the one they share
        units = {unit_text(row.unit, sheet.is_difference) for row in rows} if has_own_units else set()
        rules = {rule_text(row) for row in rows} if has_own_units and sheet.step is not Step.MONTHS else set()
        self.unit_width = max(map(small.horizontalAdvance, units), default=0)
        self.rule_width = max(map(small.horizontalAdvance, rules), default=0)
        bold = QFontMetrics(self._bold)
        names = max(
            (self._indent(line) + bold.horizontalAdvance(self._model.label(row)) for row, line in self._rows()),
            default=0,
        )
        needed = names + self._beside + 2 * PADDING + 2
        self.setFixedWidth(max(NARROWEST, min(needed, round(room * WIDEST_PART))))

    def _rows(self) -> list[tuple[int, SheetLine]]:
        return list(enumerate(self._model.lines))

    @property
    def _beside(self) -> int:
        """Width of unit and rule with the gaps before them."""
        return sum(width + GAP for width in (self.unit_width, self.rule_width) if width)

    def _indent(self, line: SheetLine) -> int:
        if line.place:
            return 2 * INDENT + round(SAMPLE) + PADDING
        return 0 if line.row.kind in (Kind.TOTAL, Kind.HEADING) else INDENT

    # Painting

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, line = current_theme(), self._model.lines[section]
        is_current = self._view.currentIndex().row() == section and not line.is_heading
        painter.save()
        painter.fillRect(rect, QColor(theme.button if is_current else theme.window))
        if not line.is_heading:
            painter.setPen(QColor(theme.border))
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())
            painter.setPen(QColor(theme.grid))
            painter.drawLine(rect.left(), rect.bottom(), rect.right() - 1, rect.bottom())
        inside = rect.adjusted(PADDING, 0, -PADDING - 1, -1)
        self._paint_name(painter, inside.adjusted(self._indent(line), 0, -self._beside, 0), section, line)
        if line.row.unit and not line.place:
            self._paint_rule(painter, inside, line)
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRect, section: int, line: SheetLine) -> None:
        theme = current_theme()
        is_bold = not line.place and line.row.kind in (Kind.TOTAL, Kind.HEADING)
        painter.setFont(self._bold if is_bold else self.font())
        if line.place and line.place < len(self._styles):
            left = rect.left() - round(SAMPLE) - PADDING
            draw_sample(painter, Key("", self._styles[line.place]), left, rect.center().y() + 0.5)
        painter.setPen(QColor(theme.muted if line.place else theme.text))
        name = painter.fontMetrics().elidedText(self._model.label(section), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, LEFT, name)

    def _paint_rule(self, painter: QPainter, rect: QRect, line: SheetLine) -> None:
        sheet = self._model.sheet
        painter.setFont(self._small)
        painter.setPen(QColor(current_theme().muted))
        left = rect.right() + 1 - (self.rule_width if self.rule_width else 0)
        if self.rule_width:
            painter.drawText(QRect(left, rect.top(), self.rule_width + 2, rect.height()), LEFT, rule_text(line.row))
            left -= GAP
        if self.unit_width and sheet is not None:
            unit = unit_text(line.row.unit, sheet.is_difference)
            box = QRect(left - self.unit_width, rect.top(), self.unit_width + 2, rect.height())
            painter.drawText(box, LEFT, unit)
