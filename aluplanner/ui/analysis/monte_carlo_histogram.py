"""How a number spreads over the draws: a histogram or its running sum, with a threshold to drag."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.answer_table import AnswerColumn, figure_text
from aluplanner.analysis.monte_carlo_words import standard_error
from aluplanner.i18n import tr
from aluplanner.ui.analysis.axes import (
    Scale,
    ValueAxis,
    bottom_axis_height,
    draw_bottom_axis,
    draw_left_axis,
    left_axis_head,
    left_axis_width,
    span_of,
)
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.monte_carlo_spreading import Spreading
from aluplanner.ui.analysis.monte_carlo_states_chart import odds_text
from aluplanner.ui.plots.ticks import nice_step
from aluplanner.ui.theme import Theme, scaled

_REACH: Final = 6.0
"""Pixels from the threshold within which it is taken hold of."""
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
FIGURE: Final = AnswerColumn("", decimals=None)


@dataclass(frozen=True)
class _Layout:
    across: Scale
    up: Scale
    body: QRectF


class HistogramChart(Chart):
    """A histogram, or how many draws lie below each value; the plan, the median, and a threshold to drag.

    Attributes
    ----------
    threshold
        Where the probability of being below is read; ``None`` for none.
    threshold_moved : Signal(float)
        It was dragged, clicked or moved by keys to a value.
    """

    threshold_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data: Spreading | None = None
        self.threshold: float | None = None
        self.is_cumulative = False
        self._said = ""
        self._is_dragging = False

    def show_draws(self, data: Spreading | None, title: str, threshold: float | None, *, said: str = "") -> None:
        """Show draws, nothing without any; with a headline of its own the threshold stays where it is."""
        self.data = data if data is not None and data.draws.size else None
        self._said = said
        self.threshold, self.title = threshold, title
        self.refresh(title, self.headline)

    def set_threshold(self, threshold: float | None) -> None:
        """Read the probability at another value."""
        if threshold != self.threshold:
            self.threshold = threshold
            self.refresh(summary=self.headline)

    def set_cumulative(self, is_cumulative: bool) -> None:
        """Draw the running sum, or the histogram."""
        self.is_cumulative = is_cumulative
        self.refresh()

    @property
    def headline(self) -> str:
        """What it says in one line."""
        data = self.data
        if data is None:
            return self.title or tr("No draw has a figure.")
        if self._said:
            return self._said
        if self.threshold is None:
            return tr("{label}: median {median} {unit}", label=data.label, unit=data.unit,
                      median=figure_text(FIGURE, data.median))  # fmt: skip
        chance = data.below(self.threshold)
        error = standard_error(chance, data.draws.size) * 100
        return tr(
            "{label}: below {threshold} {unit} in {chance} of the draws (± {error})",
            label=data.label, threshold=figure_text(FIGURE, self.threshold), unit=data.unit,
            chance=odds_text(chance), error=figure_text(AnswerColumn("", decimals=1), error),
        )  # fmt: skip

    # Layout

    def _layout(self, area: QRectF, painter: QPainter | None = None) -> _Layout | None:
        data = self.data
        if data is None:
            return None
        line, edges = self.metrics.height(), data.edges
        ends = [float(edges[0]), float(edges[-1]), *(v for v in (data.plan, self.threshold) if v is not None)]
        most = 1.0 if self.is_cumulative else self._highest(data)
        head = line * 2 + 8 + left_axis_head(line, _SHARE)
        foot = bottom_axis_height(line, ValueAxis(data.unit))
        body = area.adjusted(0, head, -6, -foot)
        up = Scale(0.0, most, body.bottom(), body.top())
        width = self._left(painter, up)
        body.setLeft(area.left() + width)
        low, high = span_of(ends, room=0.02)
        return _Layout(Scale(low, high, body.left(), body.right()), up, body)

    def _left(self, painter: QPainter | None, up: Scale) -> float:
        if painter is not None:
            return left_axis_width(painter, up, _SHARE)
        return self.metrics.horizontalAdvance("100 %") + 8

    def _highest(self, data: Spreading) -> float:
        tops = [float(data.shares(data.draws).max())]
        if data.other.size:
            tops.append(float(data.shares(data.other).max()))
        return max(tops) * 1.06

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        layout, data = self._layout(area), self.data
        if layout is None or data is None:
            return ()
        hits = []
        for share, low, high in zip(data.shares(data.draws), data.edges[:-1], data.edges[1:], strict=True):
            left, right = layout.across.at(low), layout.across.at(high)
            tip = tr(
                "{low} to {high} {unit}: {share} of the draws\nbelow {high} {unit}: {below}",
                low=figure_text(FIGURE, float(low)), high=figure_text(FIGURE, float(high)), unit=data.unit,
                share=odds_text(float(share)), below=odds_text(data.below(float(high))),
            )  # fmt: skip
            hits.append(
                ChartHit(QRectF(left, layout.body.top(), right - left, layout.body.height()), tip, data=float(high))
            )
        return hits

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        data, line = self.data, self.metrics.height()
        painter.setFont(scaled(self.chart_font, 1.0, bold=True))
        painter.setPen(QColor(theme.text))
        text = painter.fontMetrics().elidedText(self.headline, Qt.TextElideMode.ElideMiddle, int(area.width()))
        painter.drawText(QRectF(area.left(), area.top(), area.width(), line), _LEFT, text)
        painter.setFont(self.chart_font)
        layout = self._layout(area, painter)
        if layout is None or data is None:
            return
        draw_bottom_axis(painter, layout.across, layout.body, theme, ValueAxis(data.unit))
        draw_left_axis(painter, layout.up, layout.body, theme, _CHANCE if self.is_cumulative else _SHARE)
        if self.is_cumulative:
            self._draw_sum(painter, layout, theme, data)
        else:
            self._draw_bars(painter, layout, theme, data)
        self._draw_marks(painter, layout, theme, data, QRectF(area.left(), area.top() + line + 3, area.width(), line))

    def _draw_bars(self, painter: QPainter, layout: _Layout, theme: Theme, data: Spreading) -> None:
        plain, low = QColor(theme.stack[0]), QColor(theme.shortage_fill)
        for share, left, right in zip(data.shares(data.draws), data.edges[:-1], data.edges[1:], strict=True):
            top = layout.up.at(float(share))
            x, end = layout.across.at(float(left)), layout.across.at(float(right))
            cut = min(max(layout.across.at(self.threshold), x), end) if self.threshold is not None else x
            painter.fillRect(QRectF(x, top, cut - x, layout.body.bottom() - top), low)
            painter.fillRect(QRectF(cut, top, max(0.0, end - cut - 1), layout.body.bottom() - top), plain)
        if data.other.size:
            painter.setPen(_pen(theme.base.colour, 1.25, theme.base.dash))
            heights = np.repeat(data.shares(data.other), 2)
            across = np.repeat(data.edges, 2)[1:-1]
            points = [QPointF(layout.across.at(x), layout.up.at(y)) for x, y in zip(across, heights, strict=True)]
            painter.drawPolyline(QPolygonF(points))

    def _draw_sum(self, painter: QPainter, layout: _Layout, theme: Theme, data: Spreading) -> None:
        for draws, pen in (
            (data.other, _pen(theme.base.colour, 1.25, theme.base.dash)),
            (data.draws, _pen(theme.selected.colour, 2.0)),
        ):
            if draws.size:
                values = np.percentile(draws, np.linspace(0, 100, 201))
                ends = zip(values.tolist(), np.linspace(0, 1, 201).tolist(), strict=True)
                painter.setPen(pen)
                painter.drawPolyline(QPolygonF([QPointF(layout.across.at(x), layout.up.at(y)) for x, y in ends]))

    def _draw_marks(self, painter: QPainter, layout: _Layout, theme: Theme, data: Spreading, key: QRectF) -> None:
        """Draw the plan, the median and the threshold, and say in a line above what each is."""
        marks: list[tuple[float, str, QPen]] = []
        if data.plan is not None:
            marks.append((data.plan, tr("plan {value}", value=figure_text(FIGURE, data.plan)), _pen(theme.text, 1.5)))
        median = tr("median {value}", value=figure_text(FIGURE, data.median))
        marks.append((data.median, median, _pen(theme.selected.colour, 1.5, (4.0, 3.0))))
        if self.threshold is not None:
            text = tr("threshold {value}", value=figure_text(FIGURE, self.threshold))
            marks.append((self.threshold, text, _pen(theme.shortage, 2.0)))
        left = key.left()
        for value, text, pen in marks:
            x = layout.across.at(value)
            painter.setPen(pen)
            painter.drawLine(QLineF(x, layout.body.top(), x, layout.body.bottom()))
            left = self._draw_key(painter, theme, key, left, text, pen)
        if self.threshold is not None and not self._said:
            _draw_grip(painter, QPointF(layout.across.at(self.threshold), layout.body.top()), theme)
        if data.other.size:
            self._draw_key(painter, theme, key, left, data.other_label, _pen(theme.base.colour, 1.25, theme.base.dash))

    def _draw_key(self, painter: QPainter, theme: Theme, box: QRectF, left: float, text: str, pen: QPen) -> float:
        width = self.metrics.horizontalAdvance(text)
        if left + 22 + width > box.right():
            return left
        painter.setPen(pen)
        painter.drawLine(QLineF(left, box.center().y(), left + 16, box.center().y()))
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(left + 21, box.top(), width + 2, box.height()), _LEFT, text)
        return left + 21 + width + 12

    # The threshold under the hand

    def _move_to(self, x: float) -> None:
        layout = self._layout(self.area)
        if layout is None or self.data is None:
            return
        step = nice_step((layout.across.high - layout.across.low) / 200)
        value = round(layout.across.value_at(min(max(x, layout.body.left()), layout.body.right())) / step) * step
        self.set_threshold(float(f"{value:.10g}"))
        self.threshold_moved.emit(float(f"{value:.10g}"))

    def _is_on_threshold(self, place: QPointF) -> bool:
        layout = self._layout(self.area)
        return (
            layout is not None
            and self.threshold is not None
            and not self._said
            and abs(place.x() - layout.across.at(self.threshold)) <= _REACH
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_dragging = event.button() == Qt.MouseButton.LeftButton and self._is_on_threshold(event.position())
        if not self._is_dragging:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self._move_to(event.position().x())
            return
        super().mouseMoveEvent(event)
        if self._is_on_threshold(event.position()):
            self.setCursor(Qt.CursorShape.SplitHCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self._is_dragging = False
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Comma: -1.0, Qt.Key.Key_Period: 1.0, Qt.Key.Key_Less: -1.0, Qt.Key.Key_Greater: 1.0}
        layout = self._layout(self.area)
        if event.key() in steps and self.threshold is not None and layout is not None and not self._said:
            width = (layout.across.high - layout.across.low) / 100 * steps[Qt.Key(event.key())]
            self._move_to(layout.across.at(self.threshold + width))
            return
        super().keyPressEvent(event)


_SHARE: Final = ValueAxis("", is_percent=True)
_CHANCE: Final = ValueAxis("", is_percent=True)


def _pen(colour: str, width: float, dash: Sequence[float] = ()) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern(list(dash))
    return pen


def _draw_grip(painter: QPainter, top: QPointF, theme: Theme) -> None:
    """Draw a handle that says that the threshold can be dragged."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.shortage))
    painter.drawPolygon(QPolygonF([top + QPointF(-5, -7), top + QPointF(5, -7), top + QPointF(0, 2)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
