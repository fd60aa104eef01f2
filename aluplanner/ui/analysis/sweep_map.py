"""The map of a sweep: a colour for each pair of values, the line on which the measure comes to its level."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.cell_words import with_unit
from aluplanner.analysis.sweep import Place, Sweep
from aluplanner.analysis.sweep_words import cell_text_of, cells_text, figure_column, objective_text, verdict_of
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.ui.analysis.axes import draw_bottom_axis, draw_left_axis
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.sweep_colours import ColourScale, coloured
from aluplanner.ui.analysis.sweep_layout import Labels, Layout, contour_levels, label_box, tick_text
from aluplanner.ui.analysis.sweep_marks import base_text, draw_base, draw_label, draw_picked, headline_of, title_of
from aluplanner.ui.theme import Theme, current_theme, scaled

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LONG: Final = 2.2
"""A thin line gets its label where it is so many times as long as that."""
_STEPS: Final = 128
_FINE: Final = 2
"""Pixels of the image of the cells per pixel of the window, so that edges lie where they should in print too."""
_FAINT: Final = 110


class SweepMap(Chart):
    """A heat map over two cells with contour lines, the plan's own point, and a crosshair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: Sweep | None = None
        self.picked: Place | None = None
        self._colours = ColourScale(0.0, 1.0)
        self._lines: dict[float, tuple[Array, ...]] = {}

    def show_sweep(self, answer: Sweep) -> None:
        """Show an answer with two cells."""
        self.answer, self.picked = answer, None
        known = answer.values[np.isfinite(answer.values)]
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        levels = contour_levels(answer) + ([] if answer.level is None else [answer.level])
        self._lines = {level: answer.lines(level) for level in levels}
        # what is likely is neither surplus nor shortage
        self._colours = ColourScale(low, high, None if answer.objective.is_probability else answer.level)
        self.refresh(title_of(answer), f"{verdict_of(answer)} {base_text(answer)}".strip())

    def pick(self, place: Place | None) -> None:
        """Mark a point of the grid."""
        self.picked = place
        self.update()

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        answer = self.answer
        if answer is None:
            return ()
        layout = Layout(area, answer, self.metrics)
        across, up = ([cell_text_of(answer, axis, value) for value in axis.values.tolist()] for axis in answer.axes)
        column = figure_column(answer)
        return [
            ChartHit(layout.cell(row, place), _tip(across[place], up[row], with_unit(column, value)),
                     data=answer.place(row, place))
            for row in reversed(range(len(up)))
            for place, value in enumerate(answer.values[row].tolist())
        ]  # fmt: skip

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        answer = self.answer
        if answer is None:
            return
        layout = Layout(area, answer, self.metrics)
        painter.setPen(QColor(theme.text))
        painter.setFont(scaled(self.chart_font, 1.0, bold=True))
        headline = painter.fontMetrics().elidedText(
            headline_of(answer), Qt.TextElideMode.ElideRight, int(layout.headline.width())
        )
        painter.drawText(layout.headline, _LEFT, headline)
        painter.setFont(self.chart_font)
        draw_left_axis(painter, layout.up, layout.body, theme, layout.axes[1])
        draw_bottom_axis(painter, layout.across, layout.body, theme, layout.axes[0])
        self._draw_cells(painter, layout, theme)
        self._draw_legend(painter, layout, theme)
        painter.save()
        painter.setClipRect(layout.body)
        self._draw_lines(painter, layout, theme)
        painter.restore()

    def _draw_cells(self, painter: QPainter, layout: Layout, theme: Theme) -> None:
        assert self.answer is not None
        painter.drawImage(layout.body, coloured(self.answer.values, self._colours, theme, layout.pixels(_FINE)))
        for row, column in np.argwhere(~np.isfinite(self.answer.values)).tolist():
            painter.fillRect(layout.cell(row, column), QBrush(QColor(theme.muted), Qt.BrushStyle.DiagCrossPattern))
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(layout.body)

    def _draw_legend(self, painter: QPainter, layout: Layout, theme: Theme) -> None:
        """Draw the scale of colours with the figures of the contour lines."""
        assert self.answer is not None
        low, high, box = self._colours.low, self._colours.high, layout.legend
        if not high > low:
            return
        painter.drawImage(box, coloured(np.linspace(high, low, _STEPS)[:, None], self._colours, theme))
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.drawRect(box)
        labels = Labels()
        width = layout.headline.right() - box.right() - 4
        for value in reversed(layout.ticks):
            y = box.bottom() - (value - low) / (high - low) * box.height()
            wanted = QRectF(box.right() + 4, y - layout.line / 2, width, layout.line)
            if low <= value <= high and labels.place(wanted, wanted) is not None:
                is_level = value == self.answer.level
                painter.setPen(QPen(QColor(theme.text if is_level else theme.muted), 2.0 if is_level else 1.0))
                painter.drawLine(QLineF(box.left(), y, box.right() + 2, y))
                painter.drawText(wanted.translated(2, 0), _LEFT, tick_text(self.answer, value))
        self._draw_legend_words(painter, layout, theme)

    def _draw_legend_words(self, painter: QPainter, layout: Layout, theme: Theme) -> None:
        """Write what the colours mean above and below them."""
        above, below = layout.words
        is_balance = bool(below) or "," in above
        box = QRectF(layout.legend.left(), layout.legend.top() - layout.line - 1,
                     layout.headline.right() - layout.legend.left(), layout.line)  # fmt: skip
        painter.setPen(QColor(theme.surplus if is_balance and self._colours.high > 0 else theme.muted))
        painter.drawText(box, _LEFT, above)
        # a line further down than the labels of the axis, the last of which reaches as far as here
        painter.setPen(QColor(theme.shortage))
        painter.drawText(box.translated(0, layout.legend.height() + 2 * layout.line + 4), _LEFT, below)

    def _draw_lines(self, painter: QPainter, layout: Layout, theme: Theme) -> None:
        """Draw the contour lines with their labels, and the plan's own point."""
        answer = self.answer
        assert answer is not None
        for level, lines in self._lines.items():
            for line in lines:
                self._draw_line(painter, layout.polygon(line), theme, is_level=level == answer.level)
        labels = Labels()
        draw_base(painter, layout, answer, theme, labels)
        for level, lines in sorted(self._lines.items(), key=lambda item: item[0] != answer.level):
            is_level = level == answer.level
            text = objective_text(answer, level) if is_level else tick_text(answer, level)
            for line in lines:
                self._label_line(painter, layout, theme, layout.polygon(line), text, labels, is_level=is_level)

    def _draw_line(self, painter: QPainter, line: QPolygonF, theme: Theme, *, is_level: bool) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_level:
            painter.setPen(QPen(QColor(theme.canvas), 5.0))
            painter.drawPolyline(line)
            painter.setPen(QPen(QColor(theme.text), 2.25))
        else:
            faint = QColor(theme.text)
            faint.setAlpha(_FAINT)
            painter.setPen(QPen(faint, 1.0, Qt.PenStyle.DashLine))
        painter.drawPolyline(line)

    def _label_line(
        self, painter: QPainter, layout: Layout, theme: Theme, line: QPolygonF, text: str, labels: Labels,
        *, is_level: bool,
    ) -> None:  # fmt: skip
        """Write the figure of a line on it, half way or elsewhere if a label is there; on a short one none."""
        points = [line.at(place) for place in range(line.size())]
        length = sum(QLineF(one, other).length() for one, other in pairwise(points))
        painter.setFont(scaled(self.chart_font, 1.0, bold=is_level))
        box = label_box(painter, text, QPointF())
        if is_level or length > _LONG * box.width():
            for part in (0.5, 0.3, 0.7, 0.15, 0.85):
                wanted = label_box(painter, text, _along(points, part * length))
                placed = labels.place(wanted, layout.body)
                if placed is not None:
                    draw_label(painter, placed, text, theme, colour=theme.text if is_level else theme.muted)
                    break
        painter.setFont(self.chart_font)

    # Pointing

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        answer = self.answer
        if answer is None:
            return
        theme, layout = current_theme(), Layout(self.area, answer, self.metrics)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.chart_font)
        if self.picked is not None:
            draw_picked(painter, layout.at(*self.picked.cells), theme)
        if self.current is not None:
            centre = self.current.area.center()
            painter.setPen(QPen(QColor(theme.crosshair), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(layout.body.left(), centre.y(), layout.body.right(), centre.y()))
            painter.drawLine(QLineF(centre.x(), layout.body.top(), centre.x(), layout.body.bottom()))
            self._draw_readout(painter, layout, theme, self.current)
        painter.end()

    def _draw_readout(self, painter: QPainter, layout: Layout, theme: Theme, hit: ChartHit) -> None:
        """Write what is under the crosshair in the line above the map, whose right half is free."""
        if self.answer is None or not isinstance(hit.data, Place):
            return
        text = readout_text(self.answer, hit.data)
        taken = painter.fontMetrics().horizontalAdvance(layout.axes[1].title) + 2 * layout.line
        box = layout.told.adjusted(taken, 0, layout.body.right() - layout.headline.right(), 0)
        painter.setPen(QColor(theme.text))
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideLeft, int(box.width()))
        painter.drawText(box, _RIGHT, fitting)


def readout_text(answer: Sweep, place: Place) -> str:
    """Return a point of the grid in a line."""
    return tr("{cells}: {value}", cells=cells_text(answer, place.cells), value=objective_text(answer, place.reached))


def _tip(across: str, up: str, value: str) -> str:
    return "\n".join((across, up, value or tr("blank"), tr("Click to make a scenario of this point")))


def _along(points: Sequence[QPointF], length: float) -> QPointF:
    """Return the point of a line at a length from its beginning."""
    left = length
    for one, other in pairwise(points):
        piece = QLineF(one, other)
        if piece.length() >= left and piece.length() > 0:
            return piece.pointAt(left / piece.length())
        left -= piece.length()
    return points[-1]
