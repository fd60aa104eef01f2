"""The ledger as a picture: for each action what was announced, due, implemented, out of operation, and lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from aluplanner.analysis.ledger import Ledger
from aluplanner.analysis.ledger_choices import MEAN
from aluplanner.i18n import tr
from aluplanner.model.calendar import Period
from aluplanner.model.measure import Measure
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.ledger_bars import STEPS, Bar, bars_of, fitted, total_bar, value_text
from aluplanner.ui.analysis.ledger_months import MonthsArea, draw_months, month_hits
from aluplanner.ui.plots.numbers import month_text, number_text, period_text
from aluplanner.ui.theme import Theme, scaled

ROW: Final = 23.0
TALLEST_ROW: Final = 34.0
GAP: Final = 8.0
_BAR: Final = 13.0
_LABEL_PART: Final = 0.26
_NARROW_PART: Final = 0.2
_LABEL_MOST: Final = 270.0
_NARROW: Final = 560.0
"""Width below which the columns have short titles, with the unit in a line of its own."""
_MONTHS_FROM: Final = 1000.0
"""Width from which the months stand beside the actions."""
_MONTHS_PART: Final = 0.27
_BIG: Final = 1.35
_MARK: Final = 9.0
LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class _Places:
    """Where everything is."""

    head: QRectF
    rows: tuple[QRectF, ...]
    bars: tuple[Bar, ...]
    label: float
    column: float
    months: QRectF | None
    is_narrow: bool

    def cell(self, row: QRectF, step: int) -> QRectF:
        """Return the place of one figure of a row."""
        return QRectF(row.left() + self.label + step * self.column, row.top(), self.column - GAP, row.height())


class LedgerChart(Chart):
    """Rows of actions, columns of steps: the bars shrink where words are not followed by deeds."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger: Ledger | None = None
        self._bars: tuple[Bar, ...] = ()

    def show_ledger(self, found: Ledger) -> None:
        """Show another ledger."""
        self.ledger, self._bars = found, bars_of(found)
        total = total_bar(found)
        announced, due, implemented, out, lost = (number_text(value) for value in total.values)
        period = period_text(found.period.label)
        self.refresh(
            tr("Policy ledger, {period}", period=period),
            tr(
                "All orders in {period}: {announced} kt/y announced, {due} due, {implemented} implemented,"
                " {out} out of operation, {lost} kt of output lost.",
                period=period, announced=announced, due=due, implemented=implemented, out=out, lost=lost,
            ),
        )  # fmt: skip

    def picture_size(self) -> QSize:
        head = self._head_height()
        return QSize(1200, round(head + ROW * max(6, len(self._bars)) + 16))

    # Laying out

    def _head_height(self, *, is_narrow: bool = False) -> float:
        lines = 2 if is_narrow else 1
        return lines * self.metrics.height() + QFontMetricsF(_big(self.chart_font)).height() + GAP

    def _places(self, area: QRectF) -> _Places:
        has_months, is_narrow = area.width() >= _MONTHS_FROM, area.width() < _NARROW
        width = area.width() * (1 - _MONTHS_PART) - 2 * GAP if has_months else area.width()
        head = QRectF(area.left(), area.top(), width, self._head_height(is_narrow=is_narrow))
        room = area.bottom() - head.bottom()
        bars = fitted(self._bars, max(1, int(room / ROW)))
        height = min(TALLEST_ROW, max(ROW, room / max(1, len(bars))))
        rows = tuple(QRectF(area.left(), head.bottom() + place * height, width, height) for place in range(len(bars)))
        label = min(_LABEL_MOST, width * (_NARROW_PART if is_narrow else _LABEL_PART))
        months = None
        if has_months:
            left = area.left() + width + 2 * GAP
            months = QRectF(left, area.top(), area.right() - left, area.height())
        return _Places(head, rows, bars, label, (width - label) / len(STEPS), months, is_narrow)

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        found = self.ledger
        if found is None:
            return ()
        places = self._places(area)
        hits = [ChartHit(places.head, total_bar(found).tip(), measure=_measure(found), scenario=found.scenario)]
        for row, bar in zip(places.rows, places.bars, strict=True):
            # a semicolon would make two names of one
            is_named = bar.address is not None and ";" not in bar.label
            measure = _measure(found, bar.label) if is_named else None
            hits.append(ChartHit(row, bar.tip(), bar.address, measure, found.scenario))
        if places.months is not None:
            hits += month_hits(MonthsArea(places.months, self.metrics, found))
        return hits

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        found = self.ledger
        if found is None:
            return
        places = self._places(area)
        self._draw_head(painter, places, theme, found)
        if not places.bars:
            painter.setPen(QColor(theme.muted))
            below = QRectF(area.left(), places.head.bottom(), places.head.width(), 2 * ROW)
            painter.drawText(below, LEFT, tr("Nothing restricts aluminium in this period."))
        else:
            self._draw_rows(painter, places, theme, found)
        if places.months is not None:
            draw_months(painter, MonthsArea(places.months, self.metrics, found), theme)

    def _draw_head(self, painter: QPainter, places: _Places, theme: Theme, found: Ledger) -> None:
        line, total, head = self.metrics.height(), total_bar(found), places.head
        captions = line * (2 if places.is_narrow else 1)
        label = QRectF(head.left(), head.top(), places.label - GAP, captions)
        painter.setPen(QColor(theme.muted))
        when = self._when(found, label.width(), places.is_narrow)
        painter.drawText(label, LEFT | int(Qt.TextFlag.TextWordWrap), when)
        numbers = QRectF(head.left(), head.top() + captions, head.width(), head.height() - captions - GAP)
        big = _big(self.chart_font)
        words = QFontMetricsF(big).elidedText(total.label, Qt.TextElideMode.ElideRight, label.width())
        self._draw_big(painter, QRectF(head.left(), numbers.top(), label.width(), numbers.height()), words, theme)
        for step, value in enumerate(total.values):
            cell = places.cell(head, step)
            self._draw_title(painter, QRectF(cell.left(), cell.top(), cell.width(), line), step, theme, places)
            self._draw_total(painter, QRectF(cell.left(), numbers.top(), cell.width() + GAP, numbers.height()), step,
                             value, theme, places)  # fmt: skip
        painter.setPen(QPen(QColor(theme.border), 1.0))
        bottom = round(head.bottom() - GAP / 2) + 0.5
        painter.drawLine(QPointF(head.left(), bottom), QPointF(head.right(), bottom))

    def _draw_big(self, painter: QPainter, cell: QRectF, text: str, theme: Theme) -> None:
        painter.save()
        painter.setFont(_big(self.chart_font))
        painter.setPen(QColor(theme.text))
        painter.drawText(cell, LEFT, text)
        painter.restore()

    def _draw_title(self, painter: QPainter, line: QRectF, step: int, theme: Theme, places: _Places) -> None:
        mark = QRectF(line.left(), line.center().y() - _MARK / 2, _MARK, _MARK)
        title = step_titles(is_short=places.is_narrow)[step]
        painter.setPen(QColor(theme.muted))
        if places.is_narrow:
            painter.drawText(line.adjusted(0, 0, GAP, 0), LEFT, self._elided(title, line.width() + GAP))
            mark.translate(0, line.height())
            painter.drawText(line.adjusted(_MARK + 5, line.height(), 0, line.height()), LEFT, _unit(step))
        else:
            painter.drawText(line.adjusted(_MARK + 5, 0, 0, 0), LEFT, self._elided(title, line.width() - _MARK - 5))
        painter.fillRect(mark, step_colour(theme, step))

    def _draw_total(
        self, painter: QPainter, cell: QRectF, step: int, value: float, theme: Theme, places: _Places
    ) -> None:
        number = number_text(value)
        self._draw_big(painter, cell, number, theme)
        if not places.is_narrow:
            painter.setPen(QColor(theme.muted))
            taken = QFontMetricsF(_big(self.chart_font)).horizontalAdvance(number) + 5
            painter.drawText(cell.adjusted(taken, 1, 0, 0), LEFT, _unit(step))

    def _draw_rows(self, painter: QPainter, places: _Places, theme: Theme, found: Ledger) -> None:
        largest = max(max(bar.values[:-1]) for bar in places.bars) or 1.0
        room = self.metrics.horizontalAdvance("00,000") + 6
        full = max(8.0, places.column - GAP - room)
        scales = [full / largest] * (len(STEPS) - 1) + [full / (largest * _yearly(found))]
        for place, (row, bar) in enumerate(zip(places.rows, places.bars, strict=True)):
            if place % 2:
                painter.fillRect(row, QColor(theme.alternate))
            name = QRectF(row.left(), row.top(), places.label - GAP, row.height())
            painter.setPen(QColor(theme.muted if bar.is_own or bar.names else theme.text))
            label = tr("{name} (own)", name=bar.label) if bar.is_own else bar.label
            painter.drawText(name, LEFT, self._elided(label, name.width(), Qt.TextElideMode.ElideMiddle))
            for step, cell in ((step, places.cell(row, step)) for step in range(len(STEPS))):
                self._draw_bar(painter, cell, bar, step, scales, theme)

    def _draw_bar(
        self, painter: QPainter, cell: QRectF, bar: Bar, step: int, scales: Sequence[float], theme: Theme
    ) -> None:
        """Draw a bar in front of the pale one that the step before it promised, and its figure behind both."""
        top = cell.center().y() - _BAR / 2
        length = max(0.0, bar.values[step] * scales[step])
        before = max(0.0, bar.values[step - 1] * scales[step - 1]) if step else 0.0
        if before > length:
            promised = QRectF(cell.left(), top, before, _BAR)
            painter.fillRect(promised, QBrush(QColor(theme.disabled), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(QColor(theme.border), 1.0))
            painter.drawRect(promised.adjusted(0.5, 0.5, -0.5, -0.5))
        if length > 0:
            painter.fillRect(QRectF(cell.left(), top, max(1.5, length), _BAR), step_colour(theme, step))
        painter.setPen(QColor(theme.text if bar.values[step] else theme.muted))
        painter.drawText(cell.adjusted(max(length, before) + 5, 0, GAP, 0), LEFT, value_text(bar.values[step]))

    def _when(self, found: Ledger, width: float, is_narrow: bool) -> str:
        """Return the period and the month whose end is read, or as much of it as there is room for."""
        period = period_text(found.period.label)
        if found.reading == MEAN:
            whole = tr("{period}, mean", period=period)
        else:
            month = found.horizon.months[found.inside()][-1]
            whole = tr("{period}, end of {month}", period=period, month=month_text(month))
        return whole if is_narrow else self._elided(whole, width)

    def _elided(self, text: str, width: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
        return self.metrics.elidedText(text, mode, width)


def step_titles(*, is_short: bool = False) -> tuple[str, ...]:
    """Return what the columns are called."""
    out = tr("Out") if is_short else tr("Out of operation")
    lost = tr("Lost") if is_short else tr("Output lost")
    return tr("Announced"), tr("Due"), tr("Implemented"), out, lost


def _unit(step: int) -> str:
    return tr("kt") if step == len(STEPS) - 1 else tr("kt/y")


def _big(font: QFont) -> QFont:
    return scaled(font, _BIG, bold=True)


def step_colour(theme: Theme, step: int) -> QColor:
    """Return the colour of the bars of a column."""
    colours = (theme.stack[-1], theme.stack[0], theme.accent, theme.shortage, theme.shortage)
    return QColor(colours[step])


def _measure(found: Ledger, *names: str) -> Measure:
    """Return what is implemented, of all orders or of the actions named, as the figures beside it are read."""
    if found.reading == MEAN:
        return Measure("implemented", names, found.period, "mean")
    last = found.horizon.labels[found.inside()][-1]
    return Measure("implemented", names, Period.parse(last, found.horizon), "end")


def _yearly(found: Ledger) -> float:
    """Return the output of one kt/y that is out through the whole period: what makes output and capacity comparable."""
    months = found.horizon.months[found.inside()]
    return sum(month.days / month.days_in_year for month in months)
