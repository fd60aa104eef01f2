"""Actuals as points against the model's line, a forecast without a model and the fan; the errors month by month."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from aluplanner.analysis.answer_table import AnswerColumn, figure_text
from aluplanner.analysis.backtest import Backtest
from aluplanner.analysis.backtest_facts import FACTS
from aluplanner.analysis.backtest_scores import SeriesScore
from aluplanner.analysis.backtest_words import against_words, bias_words, coverage_words, verdict
from aluplanner.analysis.forecast_score import ForecastScore
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.axes import ValueAxis, draw_left_axis, draw_month_axis
from aluplanner.ui.analysis.backtest_layout import Layout, Told
from aluplanner.ui.analysis.backtest_names import Name, draw_names
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.plots.numbers import month_text
from aluplanner.ui.theme import Theme

_DOT: Final = 3.5
_WIDEST_BAR: Final = 16.0
_GAP: Final = 6.0
_LEAST_WORDS: Final = 60.0
"""Pixels below which no more words are begun."""
_PERCENT: Final = AnswerColumn("", is_percent=True, decimals=1, is_signed=True)
_WHOLE_PERCENT: Final = AnswerColumn("", is_percent=True, decimals=0, is_signed=True)


class BacktestChart(Chart):
    """The picture of one series."""

    def __init__(self) -> None:
        super().__init__()
        self._told: Told | None = None

    def show_series(self, answer: Backtest | ForecastScore, found: SeriesScore) -> None:
        """Show a series of a backtest or of a scored forecast."""
        self._told = Told(answer, found)
        title = tr("{series}: what the model said and what happened", series=self._told.name)
        self.refresh(title, verdict(found))

    @property
    def series(self) -> str:
        """The name of the series shown; empty for none."""
        return self._told.found.name if self._told is not None else ""

    def _laid_out(self, area: QRectF, told: Told) -> Layout:
        names = (tr("model"), _key(told), tr("5–95 %"))
        right = max(self.metrics.horizontalAdvance(name) for name in names) + 2 * _GAP
        rough = Layout(told, area, self.metrics, 60.0, right)
        ends = (rough.up.low, rough.up.high, rough.errors.low, rough.errors.high)
        digits = max(len(_figure(told, value)) for value in ends)
        return Layout(told, area, self.metrics, self.metrics.horizontalAdvance("0" * digits) + 2 * _GAP, right)

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        told = self._told
        if told is None:
            return
        place = self._laid_out(area, told)
        upper, lower = _axes(told)
        self._draw_heading(painter, place, theme)
        self._draw_past(painter, place, theme)
        self._draw_bands(painter, place, theme)
        draw_left_axis(painter, place.up, place.upper, theme, upper)
        draw_left_axis(painter, place.errors, place.lower, theme, lower)
        draw_month_axis(painter, place.across, place.both, theme)
        names = self._draw_lines(painter, place, theme)
        self._draw_actuals(painter, place, theme)
        draw_names(painter, place, names)
        self._draw_errors(painter, place, theme)

    def _draw_heading(self, painter: QPainter, place: Layout, theme: Theme) -> None:
        """Write the bias in bold, then what else is to be said as far as there is room."""
        found = place.told.found
        box, left = place.heading, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        painter.save()
        plain, bold = QFont(painter.font()), QFont(painter.font())
        bold.setBold(True)
        for font, colour, words in (
            (bold, theme.text, f"{place.told.name}. {bias_words(found.name, found.score)}"),
            (plain, theme.muted, " ".join(filter(None, (against_words(found), coverage_words(found))))),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, left, shown)
            box = box.adjusted(metrics.horizontalAdvance(shown) + _GAP, 0, 0, 0)
            if box.width() < _LEAST_WORDS:
                break
        painter.restore()

    def _draw_past(self, painter: QPainter, place: Layout, theme: Theme) -> None:
        """Set the months that the forecast knew apart from those that it did not."""
        known = [t for t in place.told.shown if not place.told.is_ahead[t]]
        if not known:
            return
        border = place.x(known[-1]) + place.step / 2
        for body in (place.upper, place.lower):
            painter.fillRect(QRectF(body.left(), body.top(), border - body.left(), body.height()), QColor(theme.past))
            painter.setPen(QPen(QColor(theme.crosshair), 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(border, body.top(), border, body.bottom()))
        painter.setPen(QColor(theme.muted))
        base = place.upper.top() - painter.fontMetrics().descent()
        text = tr("known {arrow}", arrow="◂")
        width = painter.fontMetrics().horizontalAdvance(text)
        if border - width - 4 > place.upper.left():
            painter.drawText(QPointF(border - width - 4, base), text)
        painter.drawText(QPointF(border + 4, base), tr("{arrow} forecast", arrow="▸"))

    def _draw_bands(self, painter: QPainter, place: Layout, theme: Theme) -> None:
        bands = place.told.found.bands
        if bands is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        for low, high, strength in ((0, 4, 0.16), (1, 3, 0.22)):
            colour = QColor(theme.selected.colour)
            colour.setAlphaF(strength)
            painter.setBrush(colour)
            there = [t for t in place.told.shown if np.isfinite(bands[low][t]) and np.isfinite(bands[high][t])]
            above = [QPointF(place.x(t), place.up.at(float(bands[high][t]))) for t in there]
            below = [QPointF(place.x(t), place.up.at(float(bands[low][t]))) for t in reversed(there)]
            painter.drawPolygon(QPolygonF([*above, *below]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_lines(self, painter: QPainter, place: Layout, theme: Theme) -> list[Name]:
        told = place.told
        name, rival, _ = told.rival
        last = told.shown[-1]
        names = []
        ahead = [t for t in told.shown if told.is_ahead[t]]
        if ahead and np.isfinite(rival[ahead]).any():
            painter.setPen(QPen(QColor(theme.muted), 1.5, Qt.PenStyle.DashLine))
            _draw_line(painter, place, rival, ahead)
            names.append(Name(name, theme.muted, place.up.at(float(rival[last]))))
        painter.setPen(QPen(QColor(theme.selected.colour), 2.0))
        _draw_line(painter, place, told.found.model, list(told.shown))
        names.append(Name(tr("model"), theme.selected.colour, place.up.at(float(told.found.model[last]))))
        bands = told.found.bands
        if bands is not None and np.isfinite(bands[:, last]).all() and bands[4, last] > bands[0, last]:
            names.append(Name(tr("5–95 %"), theme.muted, place.up.at(float(bands[0, last]))))
        return names

    def _draw_actuals(self, painter: QPainter, place: Layout, theme: Theme) -> None:
        found = place.told.found
        known = [t for t in place.told.shown if np.isfinite(found.actual[t])]
        for t in known:
            painter.setPen(QPen(QColor(theme.text), 1.4))
            painter.setBrush(QColor(theme.text) if found.is_scored[t] else QColor(theme.canvas))
            painter.drawEllipse(QPointF(place.x(t), place.up.at(float(found.actual[t]))), _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if known:
            self._name_actual(painter, place, theme, known[-1])

    def _name_actual(self, painter: QPainter, place: Layout, theme: Theme, t: int) -> None:
        """Name the points beside the last one, on the side where the model's line is not."""
        found = place.told.found
        y, model = place.up.at(float(found.actual[t])), place.up.at(float(found.model[t]))
        metrics = painter.fontMetrics()
        below = y + metrics.ascent() + _DOT
        is_below = (y >= model or y - metrics.height() < place.upper.top()) and below < place.upper.bottom()
        painter.setPen(QColor(theme.text))
        width = metrics.horizontalAdvance(tr("actual"))
        left = min(place.x(t) - width / 2, place.upper.right() - width)
        painter.drawText(QPointF(left, below if is_below else y - _DOT - 3), tr("actual"))

    def _draw_errors(self, painter: QPainter, place: Layout, theme: Theme) -> None:
        told = place.told
        rival = told.rival[2]
        scored = [t for t in told.shown if np.isfinite(told.found.error[t])]
        width = min(_WIDEST_BAR, place.step * 0.6)
        zero = place.errors.at(0.0)
        for t in scored:
            error = float(told.found.error[t])
            y = place.errors.at(error)
            fill, ink = (theme.surplus_fill, theme.surplus) if error >= 0 else (theme.shortage_fill, theme.shortage)
            painter.setPen(QPen(QColor(ink), 1.0))
            painter.setBrush(QColor(fill))
            painter.drawRect(QRectF(place.x(t) - width / 2, min(y, zero), width, abs(y - zero)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if np.isfinite(rival[t]):
                at = place.errors.at(float(rival[t]))
                painter.setPen(QPen(QColor(theme.text), 2.0))
                painter.drawLine(QLineF(place.x(t) - width / 2 - 3, at, place.x(t) + width / 2 + 3, at))
            self._label_error(painter, place, theme, t)
        if scored:
            painter.setPen(QColor(theme.muted))
            box = QRectF(place.lower.right() + _GAP, place.lower.top(), place.right, place.line)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), _key(told))

    def _label_error(self, painter: QPainter, place: Layout, theme: Theme, t: int) -> None:
        """Write how far a month was off, where its neighbours leave room for it."""
        found = place.told.found
        actual, error = float(found.actual[t]), float(found.error[t])
        if actual <= 0:
            return
        has_neighbour = any(s in place.told.shown and np.isfinite(found.error[s]) for s in (t - 1, t + 1))
        room = place.step * (1.1 if has_neighbour else 2)
        metrics = painter.fontMetrics()
        texts = (figure_text(column, error / actual) for column in (_PERCENT, _WHOLE_PERCENT))
        text = next((text for text in texts if metrics.horizontalAdvance(text) <= room), "")
        if not text:
            return
        width, height = metrics.horizontalAdvance(text), metrics.height()
        up = -1 if error >= 0 else 1
        y = place.errors.at(error)
        rival = place.errors.at(float(place.told.rival[2][t])) if np.isfinite(place.told.rival[2][t]) else y
        if -2 <= (rival - y) * up <= height:  # the mark of the rival stands where the label would
            y = rival
        top = y - height - 1 if error >= 0 else y + 1
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(place.x(t) - width, top, 2 * width, height), int(Qt.AlignmentFlag.AlignHCenter), text)

    # Pointing

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        if self._told is None:
            return ()
        place = self._laid_out(area, self._told)
        return [_hit(place, t) for t in self._told.shown]


def _key(told: Told) -> str:
    """Return what the marks of the rival's errors are."""
    return tr("▬ {name}", name=told.rival[0])


def _axes(told: Told) -> tuple[ValueAxis, ValueAxis]:
    unit = told.found.unit
    return ValueAxis(unit), ValueAxis(tr("error: model less actual, {unit}", unit=unit))


def _draw_line(painter: QPainter, place: Layout, numbers: Array, months: Sequence[int]) -> None:
    points = [QPointF(place.x(t), place.up.at(float(numbers[t]))) for t in months if np.isfinite(numbers[t])]
    painter.drawPolyline(QPolygonF(points))


def _figure(told: Told, value: float, *, is_signed: bool = False) -> str:
    unit = told.found.unit
    column = AnswerColumn("", unit, 0 if unit == "RMB/t" else 1, is_signed=is_signed)
    return f"{figure_text(column, value)} {unit}"


def _hit(place: Layout, t: int) -> ChartHit:
    """Return the part of a month: what was said of it and what happened; a click goes to the actual."""
    told, found = place.told, place.told.found
    month = told.month(t)
    lines = [month_text(month)]
    if np.isfinite(found.actual[t]):
        lines.append(tr("actual {figure}", figure=_figure(told, float(found.actual[t]))))
    lines.append(tr("model {figure}", figure=_figure(told, float(found.model[t]))))
    name, rival, _ = told.rival
    if told.is_ahead[t] and np.isfinite(rival[t]):
        lines.append(f"{name} {_figure(told, float(rival[t]))}")
    if found.bands is not None:
        low, high = (_figure(told, float(found.bands[end][t])) for end in (0, 4))
        lines.append(tr("5–95 %: {low} to {high}", low=low, high=high))
    if found.is_scored[t]:
        lines.append(tr("error {figure}", figure=_figure(told, float(found.error[t]), is_signed=True)))
    elif np.isfinite(found.actual[t]):
        lines.append(tr("not scored: it was known"))
    area = QRectF(place.x(t) - place.step / 2, place.upper.top(), place.step, place.both.height())
    return ChartHit(area, "\n".join(lines), Address("monthly", str(month), FACTS[found.name]))
