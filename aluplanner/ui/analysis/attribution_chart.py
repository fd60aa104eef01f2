"""The waterfall: from the start bar through every contribution to the end bar, names at the left."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from aluplanner.analysis.attribution import Attribution
from aluplanner.i18n import tr
from aluplanner.model.scenarios import BASE
from aluplanner.ui.analysis.attribution_bars import Role, WaterfallBar, bars_of, unit_of
from aluplanner.ui.analysis.axes import Scale, ValueAxis, bottom_axis_height, draw_bottom_axis, span_of
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.panels.trace_words import measure_text
from aluplanner.ui.theme import Theme

ROW: Final = 20.0
TALLEST_ROW: Final = 32.0
GAP: Final = 8.0
_BAR_PART: Final = 0.66
_LABEL_PART: Final = 0.42
_FEWEST: Final = 3
_TORN: Final = 4.0
_ZERO_FROM: Final = 5.0
"""Zero is left out where it would make the axis more than so many times as long as the levels need."""
_SWATCH: Final = 9.0
LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
REST: Final = "rest"
"""What the hit of the small contributions is known by."""


@dataclass(frozen=True)
class _Places:
    """Where everything is."""

    body: QRectF
    rows: tuple[QRectF, ...]
    bars: tuple[WaterfallBar, ...]
    label: float
    scale: Scale
    has_zero: bool


class WaterfallChart(Chart):
    """Bars from the level at the start to that at the end.

    Attributes
    ----------
    unfolded_changed : Signal(bool)
        The small contributions are shown one by one, or together again.
    """

    unfolded_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.answer: Attribution | None = None
        self._is_unfolded = False

    def show_attribution(self, answer: Attribution) -> None:
        """Show another answer."""
        self.answer = answer
        self._fit_height()
        self.refresh(
            tr("Attribution of {measure}", measure=measure_text(answer.measure)),
            " ".join(bar.tip.splitlines()[0] + "." for bar in bars_of(answer, 7) if bar.role is not Role.REST),
        )

    @property
    def is_unfolded(self) -> bool:
        """Whether the small contributions have rows of their own, however many."""
        return self._is_unfolded

    @property
    def has_rest(self) -> bool:
        """Whether small contributions are shown together."""
        return any(hit.data == REST for hit in self.hits)

    def unfold(self, is_unfolded: bool) -> None:
        """Show the small contributions one by one, or together."""
        if is_unfolded != self._is_unfolded:
            self._is_unfolded = is_unfolded
            self._fit_height()
            self.refresh()
            self.unfolded_changed.emit(is_unfolded)

    def _fit_height(self) -> None:
        """Take the room that all rows need where all are wanted; what is around it scrolls."""
        count = len(self.answer.groups) + 3 if self.answer is not None and self._is_unfolded else 0
        self.setMinimumHeight(round(count * ROW + self._foot() + 2 * GAP) if count else 110)

    def picture_size(self) -> QSize:
        count = len(self._bars(1000.0))
        return QSize(960, round(count * 26.0 + self._foot()))

    # Laying out

    @property
    def _bold(self) -> QFont:
        font = QFont(self.chart_font)
        font.setBold(True)
        return font

    def _foot(self) -> float:
        return bottom_axis_height(self.metrics.height(), ValueAxis("unit")) + 2

    def _bars(self, room: float) -> tuple[WaterfallBar, ...]:
        if self.answer is None:
            return ()
        return bars_of(self.answer, max(_FEWEST, int(room / ROW)), is_unfolded=self._is_unfolded)

    def _places(self, area: QRectF) -> _Places:
        room = max(0.0, area.height() - self._foot())
        bars = self._bars(room)
        height = min(TALLEST_ROW, room / max(1, len(bars)))
        rows = tuple(QRectF(area.left(), area.top() + n * height, area.width(), height) for n in range(len(bars)))
        bold = QFontMetricsF(self._bold)
        widest = max((bold.horizontalAdvance(bar.name) for bar in bars), default=0.0)
        label = min(widest + GAP, area.width() * _LABEL_PART)
        figures = max((bold.horizontalAdvance(bar.text) for bar in bars), default=0.0) + GAP
        body = QRectF(area.left() + label, area.top(), area.width() - label - 1, height * len(bars))
        levels = [level for bar in bars for level in (bar.low - bar.error, bar.high + bar.error)]
        has_zero = _has_zero(levels)
        low, high = span_of(levels, has_zero=has_zero, room=0.02 if has_zero else 0.12)
        right = max(body.left() + 40, body.right() - figures)
        left = body.left() + (figures if low < 0 and min(bar.begin for bar in bars if bar.is_end) < 0 else 0.0)
        return _Places(body, rows, bars, label, Scale(low, high, min(left, right - 20), right), has_zero)

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        places = self._places(area)
        return [self._hit(row, bar) for row, bar in zip(places.rows, places.bars, strict=True)]

    def _hit(self, row: QRectF, bar: WaterfallBar) -> ChartHit:
        answer = self.answer
        if answer is None or not bar.is_end:
            return ChartHit(row, bar.tip, bar.address, data=REST if bar.role is Role.REST else None)
        scenario = answer.scenario if bar.role is Role.END else answer.against
        if scenario is None:  # nobody states the case without actions, so nothing traces it
            return ChartHit(row, bar.tip)
        return ChartHit(row, bar.tip, measure=answer.measure, scenario=scenario or BASE)

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        if self.answer is None:
            return
        places = self._places(area)
        for row in places.rows[1::2]:
            painter.fillRect(row, QColor(theme.alternate))
        axis = ValueAxis(self._axis_title(), is_percent=self.answer.measure.unit == "fraction")
        draw_bottom_axis(painter, places.scale, places.body, theme, axis)
        self._draw_legend(painter, places, theme)
        for place, (row, bar) in enumerate(zip(places.rows, places.bars, strict=True)):
            self._draw_name(painter, row, bar, places, theme)
            if not bar.text:  # the way back to fewer bars
                continue
            shape = self._draw_bar(painter, row, bar, places, theme)
            self._draw_whisker(painter, row, bar, places.scale, theme)
            self._draw_figure(painter, row, bar, shape, theme, theme.alternate if place % 2 else theme.canvas)
        for row, after, bar in zip(places.rows, places.rows[1:], places.bars, strict=False):
            self._draw_step(painter, row, after, places.scale.at(bar.end), theme)

    def _axis_title(self) -> str:
        if self.answer is None:
            return ""
        unit = unit_of(self.answer.measure)
        return tr("{what}, {unit}", what=measure_text(self.answer.measure), unit=unit) if unit else ""

    def _draw_name(self, painter: QPainter, row: QRectF, bar: WaterfallBar, places: _Places, theme: Theme) -> None:
        font = self._bold if bar.is_end else self.chart_font
        painter.setFont(font)
        painter.setPen(QColor(theme.muted if bar.role is Role.REST else theme.text))
        box = QRectF(row.left(), row.top(), places.label - GAP, row.height())
        name = f"{'▾' if self._is_unfolded else '▸'} {bar.name}" if bar.role is Role.REST else bar.name
        painter.drawText(box, LEFT, QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, box.width()))

    def _draw_bar(self, painter: QPainter, row: QRectF, bar: WaterfallBar, places: _Places, theme: Theme) -> QRectF:
        """Draw a bar and return where it is."""
        scale = places.scale
        base = scale.at(0.0) if places.has_zero else places.body.left()
        one, other = (base, scale.at(bar.end)) if bar.is_end else (scale.at(bar.begin), scale.at(bar.end))
        left, right = min(one, other), max(one, other)
        height = row.height() * _BAR_PART
        shape = QRectF(left, row.center().y() - height / 2, max(1.5, right - left), height)
        painter.fillRect(shape, self._fill(bar, theme))
        if bar.is_end and not places.has_zero:
            _tear(painter, shape, theme)
        return shape

    def _fill(self, bar: WaterfallBar, theme: Theme) -> QColor:
        if bar.is_end:
            return QColor(theme.accent if bar.role is Role.END else theme.muted)
        if bar.is_idle:
            return QColor(theme.muted)
        return QColor(theme.shortage if bar.tightens else theme.surplus)

    def _draw_figure(
        self, painter: QPainter, row: QRectF, bar: WaterfallBar, shape: QRectF, theme: Theme, ground: str
    ) -> None:
        """Write the figure behind the bar, or before one that lies below zero."""
        painter.setFont(self._bold if bar.is_end else self.chart_font)
        painter.setPen(QColor(theme.text))
        width = painter.fontMetrics().horizontalAdvance(bar.text)
        is_left = bar.is_end and bar.end < 0
        left = shape.left() - width - 5 if is_left else shape.right() + 5
        box = QRectF(left, row.top(), width + 2, row.height())
        painter.fillRect(box.adjusted(0, 2, 0, -2), QColor(ground))  # the grid must not cross a figure
        painter.drawText(box, LEFT, bar.text)

    def _draw_whisker(self, painter: QPainter, row: QRectF, bar: WaterfallBar, scale: Scale, theme: Theme) -> None:
        """Draw one standard error to either side, where it can be seen."""
        low, high = scale.at(bar.end - bar.error), scale.at(bar.end + bar.error)
        if bar.is_end or high - low < 2.0:
            return
        middle, half = row.center().y(), row.height() * 0.18
        painter.setPen(QPen(QColor(theme.text), 1.25))
        painter.drawLine(QLineF(low, middle, high, middle))
        for x in (low, high):
            painter.drawLine(QLineF(x, middle - half, x, middle + half))

    def _draw_step(self, painter: QPainter, row: QRectF, after: QRectF, x: float, theme: Theme) -> None:
        """Draw the level that one bar hands on to the next."""
        painter.setPen(QPen(QColor(theme.crosshair), 1.0))
        part = row.height() * (1 - _BAR_PART) / 2
        painter.drawLine(QLineF(x, row.bottom() - part, x, after.top() + part))

    def _draw_legend(self, painter: QPainter, places: _Places, theme: Theme) -> None:
        """Say what the colours mean, at the left of the line below the axis."""
        metrics = self.metrics
        x, y = places.rows[0].left() if places.rows else 0.0, places.body.bottom() + 4 + metrics.height()
        words = [(tr("tightens"), theme.shortage), (tr("loosens"), theme.surplus)]
        for word, colour in words:
            middle = y + metrics.height() / 2
            painter.fillRect(QRectF(x, middle - _SWATCH / 2, _SWATCH, _SWATCH), QColor(colour))
            x += _SWATCH + 4
            painter.setPen(QColor(theme.muted))
            width = metrics.horizontalAdvance(word)
            painter.drawText(QRectF(x, y, width + 2, metrics.height()), LEFT, word)
            x += width + 2 * GAP


def _has_zero(levels: Sequence[float]) -> bool:
    """Return whether zero is in sight: bars then stand on it; else start and end are drawn torn off."""
    low, high = min(levels, default=0.0), max(levels, default=0.0)
    if low <= 0 <= high:
        return True
    return max(abs(low), abs(high)) <= _ZERO_FROM * (high - low)


def _tear(painter: QPainter, shape: QRectF, theme: Theme) -> None:
    """Tear a bar off near its left end: it does not begin at zero."""
    x, step = shape.left() + 3 * _TORN, shape.height() / 4
    left = [QPointF(x + (_TORN if n % 2 else 0.0), shape.top() + n * step) for n in range(5)]
    right = [point + QPointF(_TORN, 0.0) for point in reversed(left)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.canvas))
    painter.drawPolygon(QPolygonF([*left, *right]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
