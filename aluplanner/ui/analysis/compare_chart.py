"""One measure in every scenario, and how far each lies from the first: who is tighter, at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.answer_table import figure_text
from aluplanner.analysis.comparison import Comparison
from aluplanner.analysis.comparison_measures import MeasureRow
from aluplanner.analysis.comparison_tables import scenario_title
from aluplanner.analysis.comparison_words import measure_columns
from aluplanner.i18n import tr
from aluplanner.ui.analysis.axes import Scale, ValueAxis, bottom_axis_height, draw_bottom_axis, span_of
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.panels.trace_words import measure_text
from aluplanner.ui.results.texts import unit_text
from aluplanner.ui.theme import Theme, scaled

TIGHTER_BELOW: Final = frozenset({"balance", "stock", "stock_days", "supply", "production", "operating"})
"""Series of which less means a tighter market."""
TIGHTER_ABOVE: Final = frozenset({"price", "premium", "consumption", "shortfall"})

_ROW: Final = 38.0
_LEAST_ROW: Final = 15.0
_PICTURE_ROW: Final = 34.0
_PICTURE_ROWS: Final = 30
_DOT: Final = 5.0
_GAP: Final = 10.0
_NAMES: Final = 0.34
"""Part of the width that the names may take."""
_LEAST_BODY: Final = 110.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One scenario on the chart.

    ``change`` is what it has more than the first scenario, ``word`` whether that is tighter or looser, ``way`` the
    same as -1 for tighter, 1 for looser and 0 for neither.
    """

    scenario: str
    value: float | None
    text: str
    change: str
    state: str
    way: int

    @property
    def name(self) -> str:
        """Its name as shown."""
        return scenario_title(self.scenario)

    @property
    def word(self) -> str:
        """Whether it is tighter or looser than the first."""
        return tr("tighter") if self.way < 0 else tr("looser") if self.way > 0 else ""


def marks_of(comparison: Comparison, row: MeasureRow) -> list[Mark]:
    """Return the scenarios to draw: the first one, then the others from the tightest, or lowest, on."""
    column, changed = measure_columns(row)
    direction = _direction(row)
    found = []
    for place, scenario in enumerate(comparison.scenarios):
        value, change = row.values[place], row.changes[place]
        text = figure_text(changed, change) if place and change is not None else ""
        is_change = bool(text) and text.startswith(("+", "−"))
        way = 0 if not is_change or change is None else (1 if change * direction > 0 else -1) if direction else 0
        state = tr(row.states[place]) if row.states else ""
        found.append(Mark(scenario, value, figure_text(column, value), text, state, way))
    return [found[0], *sorted(found[1:], key=lambda mark: _rank(mark, direction))]


def _direction(row: MeasureRow) -> int:
    """Return whether more of a measure means looser (1), tighter (-1) or neither (0)."""
    series = row.measure.series if row.measure is not None else ""
    return 1 if series in TIGHTER_BELOW else -1 if series in TIGHTER_ABOVE else 0


def _rank(mark: Mark, direction: int) -> tuple[bool, float]:
    return mark.value is None, (mark.value or 0.0) * (direction or 1)


class CompareChart(Chart):
    """A line a scenario: a dot at its value, joined to the value of the first scenario."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: list[Mark] = []
        self.row: MeasureRow | None = None

    def show_measure(self, comparison: Comparison, row: MeasureRow) -> None:
        """Show one measure of a comparison."""
        self.row, self.marks = row, marks_of(comparison, row)
        words = row.title if row.measure is None else measure_text(row.measure)
        self.refresh(f"{words} ({unit_text(row.unit) if row.measure else row.unit})", self._headline())

    def _headline(self) -> str:
        """Return what the picture says, in a sentence."""
        known = [mark for mark in self.marks if mark.value is not None]
        if not known or self.row is None:
            return tr("The measure is blank in every scenario.")
        if len({mark.text for mark in known}) == 1:
            return tr("All scenarios have the same: {value}.", value=known[0].text)
        if direction := _direction(self.row):
            first, last = tr("Tightest"), tr("loosest")
        else:
            first, last = tr("Lowest"), tr("highest")
        ranked = sorted(known, key=lambda mark: _rank(mark, direction))
        return tr(
            "{first}: {one}, {value}; {last}: {other}, {other_value}.",
            first=first, one=ranked[0].name, value=ranked[0].text,
            last=last, other=ranked[-1].name, other_value=ranked[-1].text,
        )  # fmt: skip

    def picture_size(self) -> QSize:
        rows = min(_PICTURE_ROWS, max(1, len(self.marks)))
        return QSize(super().picture_size().width(), round(rows * _PICTURE_ROW + 6 * self.metrics.height()))

    # Layout

    def _frame(self, area: QRectF) -> "_Frame":
        return _Frame(area, self.marks, self.metrics, self._axis)

    @property
    def _axis(self) -> ValueAxis:
        return ValueAxis("", self.row is not None and self.row.unit == "fraction")

    @property
    def _is_balance(self) -> bool:
        return self.row is not None and self.row.measure is not None and self.row.measure.series == "balance"

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        if self.row is None:
            return ()
        frame = self._frame(area)
        return [
            ChartHit(box, self._tip(mark), measure=self.row.measure, scenario=mark.scenario)
            for mark, box in frame.rows()
        ]

    def _tip(self, mark: Mark) -> str:
        lines = [mark.name, f"{self.title}: {mark.text or tr('blank')}"]
        if mark.change:
            change = tr("{change} against {name}", change=mark.change, name=self.marks[0].name)
            lines.append(f"{change}, {mark.word}" if mark.word else change)
        return "\n".join([*lines, mark.state] if mark.state else lines)

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        if self.row is None:
            return
        frame = self._frame(area)
        painter.setFont(scaled(self.chart_font, 1.0, bold=True))
        _write(painter, frame.title, self.title, theme.text)
        painter.setFont(self.chart_font)
        _write(painter, frame.headline, self.summary, theme.text)
        scale = frame.scale
        if scale is None:
            return
        if self._is_balance:
            self._draw_sides(painter, frame, scale, theme)
        draw_bottom_axis(painter, scale, frame.body, theme, self._axis)
        self._draw_reference(painter, frame, scale, theme)
        for mark, box in frame.rows():
            self._draw_mark(painter, mark, box, frame, scale, theme)
        if frame.left_out:
            text = tr("and {count} more in the table", count=frame.left_out)
            _write(painter, frame.more, text, theme.muted)

    def _draw_sides(self, painter: QPainter, frame: "_Frame", scale: Scale, theme: Theme) -> None:
        """Shade surplus and shortage apart, and name them."""
        zero = min(max(scale.at(0.0), frame.body.left()), frame.body.right())
        left, right = QRectF(frame.body), QRectF(frame.body)
        left.setRight(zero)
        right.setLeft(zero)
        for side, ground, ink, word, flag in (
            (left, theme.shortage_fill, theme.shortage, tr("shortage"), Qt.AlignmentFlag.AlignLeft),
            (right, theme.surplus_fill, theme.surplus, tr("surplus"), Qt.AlignmentFlag.AlignRight),
        ):
            tint = QColor(ground)
            tint.setAlphaF(0.35)
            painter.fillRect(side, tint)
            if side.width() > painter.fontMetrics().horizontalAdvance(word) + 8:
                above = QRectF(side.left(), frame.body.top() - frame.line, side.width(), frame.line)
                painter.setPen(QColor(ink))
                painter.drawText(above, int(flag | Qt.AlignmentFlag.AlignVCenter), word)

    def _draw_reference(self, painter: QPainter, frame: "_Frame", scale: Scale, theme: Theme) -> None:
        value = self.marks[0].value
        if value is not None:
            pen = QPen(QColor(theme.base.colour), 1.2)
            pen.setDashPattern([4.0, 3.0])
            painter.setPen(pen)
            x = scale.at(value)
            painter.drawLine(QLineF(x, frame.body.top(), x, frame.body.bottom()))

    def _draw_mark(
        self, painter: QPainter, mark: Mark, box: QRectF, frame: "_Frame", scale: Scale, theme: Theme
    ) -> None:
        is_first = mark is self.marks[0]
        ink = theme.shortage if mark.way < 0 else theme.surplus if mark.way > 0 else theme.accent
        middle = box.center().y()
        if mark.value is not None:
            here = QPointF(scale.at(mark.value), middle)
            if not is_first and self.marks[0].value is not None:
                pen = QPen(QColor(ink), 3.0)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                painter.drawLine(QPointF(scale.at(self.marks[0].value), middle), here)
            painter.setPen(QPen(QColor(theme.base.colour if is_first else ink), 1.6))
            painter.setBrush(QBrush(QColor(theme.canvas if is_first else ink)))
            painter.drawEllipse(here, _DOT, _DOT)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        name = frame.metrics.elidedText(mark.name, Qt.TextElideMode.ElideMiddle, frame.names)
        _write(painter, QRectF(box.left(), box.top(), frame.names, box.height()), name, theme.text)
        self._draw_figures(painter, mark, box, frame, (ink, theme))

    def _draw_figures(
        self, painter: QPainter, mark: Mark, box: QRectF, frame: "_Frame", look: tuple[str, Theme]
    ) -> None:
        ink, theme = look
        left = frame.body.right() + _GAP
        texts = (mark.text, f"{mark.change} {mark.word}".strip(), mark.state)
        colours = (theme.text, ink if mark.word else theme.text, theme.muted)
        for text, width, colour, column in zip(texts, frame.columns, colours, range(3), strict=True):
            if width:
                flag = Qt.AlignmentFlag.AlignLeft if column == 2 else Qt.AlignmentFlag.AlignRight
                painter.setFont(scaled(self.chart_font, 1.0, bold=column == 0))
                painter.setPen(QColor(colour))
                place = QRectF(left, box.top(), width, box.height())
                painter.drawText(place, int(flag | Qt.AlignmentFlag.AlignVCenter), text)
                left += width + _GAP
        painter.setFont(self.chart_font)


def _write(painter: QPainter, box: QRectF, text: str, colour: str) -> None:
    if box.height() > 0:
        painter.setPen(QColor(colour))
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), fitting)


class _Frame:
    """Where everything stands in an area."""

    def __init__(self, area: QRectF, marks: Sequence[Mark], metrics: QFontMetricsF, axis: ValueAxis) -> None:
        self.metrics, self._marks = metrics, marks
        self.line = metrics.height()
        self.title = QRectF(area.left(), area.top(), area.width(), self.line)
        self.headline = QRectF(area.left(), self.title.bottom(), area.width(), self.line)
        foot = bottom_axis_height(self.line, axis)
        self.names = min(
            max((metrics.horizontalAdvance(m.name) for m in marks), default=0.0) + 2, area.width() * _NAMES
        )
        self.columns = self._columns(area.width() - self.names - 2 * _GAP)
        taken = sum(width + _GAP for width in self.columns if width)
        top = self.headline.bottom() + self.line + 2
        room = max(0.0, area.bottom() - foot - top)
        most = max(1, int(room / _LEAST_ROW))
        self.left_out = max(0, len(marks) - most)
        shown = len(marks) - self.left_out
        self._row = min(_ROW, room / max(1, shown))
        left = area.left() + self.names + _GAP
        self.body = QRectF(left, top, max(10.0, area.right() - taken - left), self._row * shown)
        self.more = QRectF(area.left(), self.body.bottom(), self.names, self.line if self.left_out else 0.0)
        self._shown = shown
        self._area = area

    def _columns(self, room: float) -> tuple[float, float, float]:
        """Return the widths of value, change and state; what leaves too little for the picture is left out."""
        advance = self.metrics.horizontalAdvance
        texts = [(m.text, f"{m.change} {m.word}".strip(), m.state) for m in self._marks]
        widths = [max((advance(row[column]) for row in texts), default=0.0) for column in range(3)]
        widths[0] *= 1.12  # bold
        for column in (2, 1):
            if room - sum(width + _GAP for width in widths if width) < _LEAST_BODY:
                widths[column] = 0.0
        return widths[0], widths[1], widths[2]

    @property
    def scale(self) -> Scale | None:
        """The scale of the values; ``None`` where there are none."""
        values = [mark.value for mark in self._marks if mark.value is not None]
        if not values:
            return None
        spread = max(values) - min(values)
        is_near_zero = min(values) <= spread and max(values) >= -spread
        low, high = span_of(values, has_zero=is_near_zero, room=0.08)
        return Scale(low, high, self.body.left(), self.body.right())

    def rows(self) -> list[tuple[Mark, QRectF]]:
        """Return each scenario with its row, from the name to the last figure."""
        return [
            (mark, QRectF(self._area.left(), self.body.top() + place * self._row, self._area.width(), self._row))
            for place, mark in enumerate(self._marks[: self._shown])
        ]
