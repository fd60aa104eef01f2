"""The tornado: a bar for each input from its low to its high, the longest on top."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.answer_table import figure_text
from aluplanner.analysis.tornado import Tornado
from aluplanner.i18n import tr
from aluplanner.ui.analysis.axes import draw_bottom_axis
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.tornado_layout import GAP, PICTURE_ROW, Layout
from aluplanner.ui.analysis.tornado_rows import (
    Row,
    figure_column,
    headline_of,
    rest_text,
    rows_of,
    target_of,
    tip_of,
    title_of,
)
from aluplanner.ui.theme import Theme, scaled

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
_FAR: Final = 1e-9


class TornadoChart(Chart):
    """Bars from the measure at an input's low, plain, to that at its high, hatched, about the mode's line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: Tornado | None = None
        self.rows: tuple[Row, ...] = ()

    def show_tornado(self, answer: Tornado) -> None:
        """Show an answer."""
        self.answer, self.rows = answer, rows_of(answer)
        column = figure_column(answer)
        lines = tr("All inputs at their modes: {modes}; the plan as it stands: {plan}.",
                   modes=figure_text(column, answer.centre), plan=figure_text(column, answer.own))  # fmt: skip
        self.refresh(title_of(answer), f"{headline_of(answer)}. {lines}")

    def picture_size(self) -> QSize:
        return QSize(super().picture_size().width(), round(len(self.rows) * PICTURE_ROW + 7 * self.metrics.height()))

    def layout_in(self, area: QRectF) -> Layout | None:
        """Return where everything stands in an area; ``None`` where there is nothing to show."""
        return Layout(area, self.answer, self.rows, self.metrics) if self.answer is not None else None

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        layout, answer = self.layout_in(area), self.answer
        if layout is None or answer is None:
            return ()
        return [
            ChartHit(layout.row(place), tip_of(answer, row), target_of(answer, row.bar), answer.measure,
                     answer.scenario)
            for place, row in enumerate(self.rows[: layout.shown])
        ]  # fmt: skip

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        layout = self.layout_in(area)
        if layout is None or self.answer is None:
            return
        self._draw_headline(painter, layout, theme)
        if self.rows:
            draw_bottom_axis(painter, layout.scale, layout.body, theme, layout.axis)
            for place, row in enumerate(self.rows[: layout.shown]):
                self._draw_bar(painter, layout, theme, place, row)
            self._draw_lines(painter, layout, theme)
            for place, row in enumerate(self.rows[: layout.shown]):
                self._draw_texts(painter, layout, theme, place, row)
        painter.setPen(QColor(theme.muted))
        if self.rows:
            head = QRectF(
                layout.swings - 40, layout.head.top(), layout.row(0).right() - layout.swings + 40, layout.line
            )
            painter.drawText(head, _RIGHT, tr("swing"))
        _write(painter, layout.rest, rest_text(self.answer, self.rows[layout.shown :]), _LEFT)

    def _draw_headline(self, painter: QPainter, layout: Layout, theme: Theme) -> None:
        assert self.answer is not None
        painter.setPen(QColor(theme.text))
        painter.setFont(scaled(self.chart_font, 1.0, bold=True))
        _write(painter, layout.headline, headline_of(self.answer), _LEFT)
        painter.setFont(self.chart_font)
        if self.rows:
            for box, text, is_high in layout.legend:
                swatch = QRectF(box.left(), box.center().y() - 5, 16, 10)
                _fill(painter, swatch, theme, is_high=is_high)
                painter.setPen(QColor(theme.text))
                painter.drawText(box.adjusted(22, 0, 0, 0), _LEFT, text)

    def _draw_bar(self, painter: QPainter, layout: Layout, theme: Theme, place: int, row: Row) -> None:
        for area, is_high in layout.bars(place, row):
            _fill(painter, area, theme, is_high=is_high)

    def _draw_lines(self, painter: QPainter, layout: Layout, theme: Theme) -> None:
        """Draw the line of the modes, and that of the plan where it is another one, with what they stand for."""
        assert self.answer is not None
        column, top = figure_column(self.answer), layout.head.center().y()
        modes, plan = figure_text(column, self.answer.centre), figure_text(column, self.answer.own)
        marks = [(layout.scale.at(self.answer.centre), tr("all at their modes: {value}", value=modes), theme.text)]
        if abs(self.answer.own - self.answer.centre) > _FAR * max(1.0, abs(self.answer.centre)):
            x = layout.scale.at(self.answer.own)
            painter.setPen(QPen(QColor(theme.accent), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, layout.body.top(), x, layout.body.bottom()))
            marks.append((x, tr("the plan: {value}", value=plan), theme.accent))
        else:
            marks = [(marks[0][0], tr("all at their modes, and the plan: {value}", value=modes), theme.text)]
        x = marks[0][0]
        painter.setPen(QPen(QColor(theme.zero_line), 1.5))
        painter.drawLine(QLineF(x, layout.body.top(), x, layout.body.bottom()))
        for (x, text, colour), box in zip(marks, layout.heads(marks), strict=True):
            painter.setPen(QColor(colour))
            painter.drawText(box, _CENTRE, text)
            painter.drawLine(QPointF(x, top + box.height() / 2 - 1), QPointF(x, layout.body.top()))

    def _draw_texts(self, painter: QPainter, layout: Layout, theme: Theme, place: int, row: Row) -> None:
        area = layout.row(place)
        painter.setPen(QColor(theme.text))
        _write(painter, QRectF(area.left(), area.top(), layout.names, area.height()), row.bar.label, _LEFT)
        painter.setFont(scaled(self.chart_font, 1.0, bold=True))
        painter.drawText(QRectF(layout.swings, area.top(), area.right() - layout.swings, area.height()), _RIGHT,
                         row.swing)  # fmt: skip
        painter.setFont(self.chart_font)
        for box, text, align in layout.end_texts(place, row):
            painter.setPen(QColor(theme.text))
            painter.drawText(box, _LEFT if align > 0 else _RIGHT, text)


def _write(painter: QPainter, box: QRectF, text: str, align: int) -> None:
    if box.height() > 0 and box.width() > GAP:
        painter.drawText(
            box, align, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        )


def _fill(painter: QPainter, area: QRectF, theme: Theme, *, is_high: bool) -> None:
    """Fill the half of a bar: plain for the input's low, hatched in another colour for its high."""
    edge = QColor(theme.compared[0].colour if is_high else theme.selected.colour)
    ground = QColor(theme.stack[1 if is_high else 0])
    painter.fillRect(area, ground)
    if is_high:
        painter.fillRect(area, QBrush(edge, Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(edge, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)
