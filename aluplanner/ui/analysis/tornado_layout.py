"""Where everything of a tornado stands: names at the left, bars in the middle, swings at the right."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from aluplanner.analysis.tornado import Tornado
from aluplanner.i18n import tr
from aluplanner.ui.analysis.axes import Scale, ValueAxis, bottom_axis_height
from aluplanner.ui.analysis.tornado_rows import Row, figure_column, idle_bars
from aluplanner.ui.panels.trace_words import measure_text

GAP: Final = 8.0
PICTURE_ROW: Final = 24.0
_ROW: Final = 30.0
_LEAST_ROW: Final = 17.0
_BAR: Final = 0.66
_NAMES: Final = 0.34
_LEAST_BARS: Final = 0.3
"""Part of the width that bars must have for the measure to be written at their ends."""
_SWATCH: Final = 22.0


class Layout:
    """The places of the parts in an area.

    Parameters
    ----------
    area
        The area.
    answer, rows
        What is shown.
    metrics
        Of the font.
    """

    def __init__(self, area: QRectF, answer: Tornado, rows: Sequence[Row], metrics: QFontMetricsF) -> None:
        self._area, self._metrics, self._rows, self._answer = area, metrics, rows, answer
        self.line = metrics.height()
        column = figure_column(answer)
        self.axis = ValueAxis(f"{measure_text(answer.measure)} ({column.unit or '%'})", column.is_percent)
        self.legend = self._lay_legend()
        first = min((box.left() for box, _, _ in self.legend), default=area.right())
        self.headline = QRectF(area.left(), area.top(), first - area.left() - GAP, self.line)
        self._lay_columns()
        self._lay_rows()
        self._lay_scale()

    def _lay_legend(self) -> list[tuple[QRectF, str, bool]]:
        texts = [(tr("input at its low"), False), (tr("at its high"), True)]
        right, found = self._area.right(), []
        for text, is_high in reversed(texts):
            width = self._metrics.horizontalAdvance(text) + _SWATCH
            found.append((QRectF(right - width, self._area.top(), width, self.line), text, is_high))
            right -= width + 2 * GAP
        return found[::-1] if self._rows and right > self._area.left() + 0.25 * self._area.width() else []

    def _lay_columns(self) -> None:
        advance = self._metrics.horizontalAdvance
        widest = max((advance(row.bar.label) for row in self._rows), default=0.0) + 2
        self.names = min(widest, _NAMES * self._area.width())
        swings = max((advance(text) for text in (tr("swing"), *(row.swing for row in self._rows))), default=0.0) * 1.15
        self.swings = self._area.right() - swings
        left, right = self._area.left() + self.names + GAP, self.swings - GAP
        self.has_figures = right - left - sum(self._end_widths(has_figures=True)) > _LEAST_BARS * self._area.width()
        self._ends = self._end_widths(has_figures=self.has_figures)
        self._body_sides = left, right

    def _lay_rows(self) -> None:
        foot = bottom_axis_height(self.line, self.axis)
        top = self.headline.bottom() + self.line + 6
        room = self._area.bottom() - foot - top
        most = int(room / _LEAST_ROW)
        has_rest = len(self._rows) > most or bool(idle_bars(self._answer))
        if has_rest:
            room -= self.line + 2
        self.shown = max(1, min(len(self._rows), int(room / _LEAST_ROW)))
        self._height = min(_ROW, max(8.0, room / max(1, self.shown)))
        left, right = self._body_sides
        self.head = QRectF(left, self.headline.bottom() + 2, right - left, self.line)
        self.body = QRectF(left, top, right - left, self._height * self.shown)
        self.rest = QRectF(self._area.left(), self.body.bottom() + foot + 2, self._area.width(), self.line)
        if not has_rest:
            self.rest.setHeight(0.0)
        if not self._rows:
            self.rest = QRectF(self._area.left(), top, self._area.width(), self.line)

    def _lay_scale(self) -> None:
        shown = self._rows[: self.shown]
        values = [self._answer.centre, self._answer.own]
        values += [value for row in shown for value in (row.bar.at_low, row.bar.at_high)]
        known = [value for value in values if value == value]  # noqa: PLR0124 - NaN is blank
        low, high = min(known, default=0.0), max(known, default=1.0)
        if low == high:
            low, high = low - 1.0, high + 1.0
        left, right = self._body_sides
        before, behind = self._ends
        self.scale = _stretched(low, high, left + before, max(left + before + 20, right - behind), self.body)

    def _end_widths(self, *, has_figures: bool) -> tuple[float, float]:
        """Return the room that the texts at the ends of bars need at the left and at the right of them."""
        widths: list[list[float]] = [[], []]
        for row in self._rows:
            if row.bar.is_one_sided:
                side = int(row.bar.at_low > row.bar.centre)
                widths[side].append(self._metrics.horizontalAdvance(_both_text(row, has_figures=has_figures)))
            else:
                for side, end in enumerate(row.ends):
                    widths[side].append(self._metrics.horizontalAdvance(_end_text(end, side, has_figures=has_figures)))
        return max(widths[0], default=0.0) + GAP, max(widths[1], default=0.0) + GAP

    # Rows

    def row(self, place: int) -> QRectF:
        """Return the row of a bar, from its name to its swing."""
        top = self.body.top() + place * self._height
        return QRectF(self._area.left(), top, self._area.width(), self._height)

    def bars(self, place: int, row: Row) -> Iterator[tuple[QRectF, bool]]:
        """Yield both halves of a bar, with whether it is that of the input's high.

        Where both lie on one side they stand one above the other.
        """
        area, bar = self.row(place), row.bar
        height = self._height * _BAR
        top = area.center().y() - height / 2
        part = height / 2 if bar.is_one_sided else height
        for value, is_high in ((bar.at_low, False), (bar.at_high, True)):
            left, right = sorted((self.scale.at(bar.centre), self.scale.at(value)))
            above = part if is_high and bar.is_one_sided else 0.0
            if right - left > 0.25:
                yield QRectF(left, top + above, right - left, part), is_high

    def end_texts(self, place: int, row: Row) -> Iterator[tuple[QRectF, str, int]]:
        """Yield what is written at the ends of a bar: its box, the text, and -1 left of the bar or 1 right of it."""
        area = self.row(place)
        ends = row.ends
        if row.bar.is_one_sided:
            side = int(row.bar.at_low > row.bar.centre)
            yield self._end_box(area, ends[side][0], side), _both_text(row, has_figures=self.has_figures), 2 * side - 1
            return
        for side, end in enumerate(ends):
            value = min(end[0], row.bar.centre) if side == 0 else max(end[0], row.bar.centre)
            yield (
                self._end_box(area, value, side),
                _end_text(end, side, has_figures=self.has_figures),
                2 * side - 1,
            )

    def _end_box(self, area: QRectF, value: float, side: int) -> QRectF:
        x, width = self.scale.at(value), self._ends[side] * 2
        left = x + GAP / 2 if side else x - GAP / 2 - width
        return QRectF(left, area.top(), width, area.height())

    def heads(self, marks: Sequence[tuple[float, str, str]]) -> list[QRectF]:
        """Return the boxes of texts above lines, side by side where they would meet."""
        widths = [self._metrics.horizontalAdvance(text) + 4 for _, text, _ in marks]
        boxes = [
            QRectF(x - width / 2, self.head.top(), width, self.head.height())
            for (x, _, _), width in zip(marks, widths, strict=True)
        ]
        if len(boxes) == 2:
            left, right = sorted(boxes, key=lambda box: box.center().x())
            overlap = left.right() + GAP - right.left()
            if overlap > 0:
                left.translate(-overlap / 2, 0)
                right.translate(overlap / 2, 0)
        return [_inside(box, self.body.left() - self.names, self._area.right()) for box in boxes]


def _inside(box: QRectF, left: float, right: float) -> QRectF:
    if box.left() < left:
        box.moveLeft(left)
    if box.right() > right:
        box.moveRight(right)
    return box


def _stretched(low: float, high: float, start: float, end: float, body: QRectF) -> Scale:
    """Return a scale over the whole body in which two values lie at two pixels."""
    inner = Scale(low, high, start, end)
    return Scale(inner.value_at(body.left()), inner.value_at(body.right()), body.left(), body.right())


def _end_text(end: tuple[float, str, str], side: int, *, has_figures: bool) -> str:
    _, figure, value = end
    if not has_figures:
        return value
    return f"{value}  →  {figure}" if side else f"{figure}  ←  {value}"


def _both_text(row: Row, *, has_figures: bool) -> str:
    if not has_figures:
        return tr("{side}: {low}, {high}", side=row.side_text, low=row.low, high=row.high)
    return tr(
        "{side}: {low} → {at_low}, {high} → {at_high}",
        side=row.side_text, low=row.low, at_low=row.at_low, high=row.high, at_high=row.at_high,
    )  # fmt: skip
