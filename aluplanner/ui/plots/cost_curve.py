"""The cost curve: what runs in the chosen month, cheapest first, with the price."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QTransform

from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plants import ALUMINA, PLANTS
from aluplanner.ui.plots.axes import NumberAxis
from aluplanner.ui.plots.drawing import Values, brush, pen, polygon
from aluplanner.ui.plots.ground_items import BackdropItem
from aluplanner.ui.plots.header import PaneHeader, Reading
from aluplanner.ui.plots.month_span import MonthSpan
from aluplanner.ui.plots.numbers import month_text, number_text, percent_text
from aluplanner.ui.plots.pane_item import PaneItem
from aluplanner.ui.plots.plot_view import PlotView
from aluplanner.ui.plots.shown import Shown
from aluplanner.ui.plots.steady_range import Range, steady_range
from aluplanner.ui.plots.swatches import Key
from aluplanner.ui.theme import SeriesStyle, Theme

NAME: Final = "cost_curve"


@dataclass(frozen=True, eq=False)
class CostCurve:
    """The running plants of a month with their costs, the cheapest first; plants without a cost are left out."""

    plants: tuple[str, ...]
    costs: Values
    running: Values
    price: float
    without_cost: float

    @property
    def covered(self) -> float:
        """Part of the capacity shown whose cash cost the price covers; 0 where none runs."""
        total = float(self.running.sum())
        return float(self.running[self.costs <= self.price].sum()) / total if total else 0.0


def cost_curve(balance: Balance, t: int) -> CostCurve:
    """Return the cost curve of month ``t``: costs in RMB/t, running capacity in kt/y."""
    operating = balance.by_plant("operating")
    smelters = [
        (plant.plant, plant.cash_cost, float(operating[plant.plant][t]))
        for plant in balance.plan.plants
        if plant.product != ALUMINA and plant.plant in operating
    ]
    priced = sorted(((cost, name, size) for name, cost, size in smelters if cost is not None and size > 0))
    return CostCurve(
        tuple(name for _, name, _ in priced),
        np.array([cost for cost, _, _ in priced], dtype=np.float64),
        np.array([size for _, _, size in priced], dtype=np.float64),
        float(balance.series("price")[t]),
        sum(size for _, cost, size in smelters if cost is None),
    )


class CurveItem(PaneItem):
    """Steps of cost over running capacity, those above the price set off, and the price line.

    The outline and the price of another curve may be drawn on top.
    """

    def __init__(self) -> None:
        super().__init__()
        self.curve: CostCurve | None = None
        self.other: CostCurve | None = None
        self._covered, self._losing = brush("#000000"), brush("#000000")
        self._edge, self._price, self._beside = pen("#000000"), pen("#000000"), pen("#000000")

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self._covered, self._losing = brush(theme.neutral_fill), brush(theme.shortage_fill)
        self._edge = pen(theme.balanced)
        self._price = pen(theme.selected.colour, 2.0)
        self._beside = pen(theme.base.colour, theme.base.width, theme.base.dash)
        self.update()

    def set_curve(self, curve: CostCurve, other: CostCurve | None = None) -> None:
        """Take a new curve, and the one to draw beside it."""
        self.curve, self.other = curve, other
        self.update()

    def draw(self, painter: QPainter, transform: QTransform, frame: QRectF) -> None:
        if self.curve is None:
            return
        ends = np.concatenate(([0.0], np.cumsum(self.curve.running))) * transform.m11() + transform.dx()
        tops = self.curve.costs * transform.m22() + transform.dy()
        for left, right, top, cost in zip(ends[:-1], ends[1:], tops, self.curve.costs, strict=True):
            bar = QRectF(QPointF(left, top), QPointF(right, frame.bottom()))
            painter.fillRect(bar, self._covered if cost <= self.curve.price else self._losing)
        _draw_outline(painter, transform, self.curve, self._edge)
        if self.other is not None:
            _draw_outline(painter, transform, self.other, self._beside)
            _draw_price(painter, transform, frame, self.other.price, self._beside)
        _draw_price(painter, transform, frame, self.curve.price, self._price)


def _draw_outline(painter: QPainter, transform: QTransform, curve: CostCurve, line: QPen) -> None:
    if curve.costs.size:
        ends = np.concatenate(([0.0], np.cumsum(curve.running))) * transform.m11() + transform.dx()
        tops = curve.costs * transform.m22() + transform.dy()
        painter.setPen(line)
        painter.drawPolyline(polygon(np.repeat(ends, 2)[1:-1], np.repeat(tops, 2)))


def _draw_price(painter: QPainter, transform: QTransform, frame: QRectF, price: float, line: QPen) -> None:
    height = transform.map(QPointF(0, price)).y()
    painter.setPen(line)
    painter.drawLine(QPointF(frame.left(), height), QPointF(frame.right(), height))


def _against(text: str, difference: float | None) -> str:
    """Return a figure with what it is more than another one."""
    return text if difference is None else f"{text} ({number_text(difference, signed=True)})"


class CostCurvePlot(PlotView):
    """The cost curve of the selected scenario in the month chosen by the crosshair."""

    def __init__(self, span: MonthSpan) -> None:
        super().__init__(NAME, tr("Cost curve"), span)
        self.header = PaneHeader(tr("Cost curve"), tr("RMB/t over running kt/y"), names_month=True)
        self.view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.costs, self.sizes = NumberAxis(), NumberAxis(orientation="bottom")
        self.backdrop, self.item = BackdropItem(), CurveItem()
        for axis in (self.costs, self.sizes):
            axis.linkToView(self.view)
        for item in (self.backdrop, self.item):
            self.view.addItem(item, ignoreBounds=True)
        self.grid.addItem(self.header, 0, 0, 1, 2)
        self.grid.addItem(self.costs, 1, 0)
        self.grid.addItem(self.view, 1, 1)
        self.grid.addItem(self.sizes, 2, 1)
        self.setMinimumHeight(180)
        self.shown: Shown | None = None
        self._range: Range | None = None
        self._reach: Range | None = None
        self.restyle(self.theme)
        self.view.sigResized.connect(self._draw_grid)
        span.month_changed.connect(self._on_month_changed)

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        for axis in (self.costs, self.sizes):
            axis.set_look(theme, self.axis_font())
        self.sizes.setHeight(round(self.header.row_height) + 6)
        self.header.set_look(theme, self.axis_font())
        self.backdrop.set_theme(theme, self.axis_font())
        self.item.set_theme(theme)
        self._show_keys()

    def show_balances(self, shown: Shown) -> None:
        """Take new balances."""
        self.shown = shown
        self._on_month_changed()

    @property
    def month_index(self) -> int:
        """Index of the month shown."""
        return 0 if self.shown is None else self.shown.horizon.index(self.span.chosen)

    def _on_month_changed(self) -> None:
        if self.shown is None:
            return
        curve = cost_curve(self.shown.selected.balance, self.month_index)
        is_beside = self.shown.is_difference and self.shown.selected in self.shown.drawn
        other = cost_curve(self.shown.base, self.month_index) if is_beside else None
        self.item.set_curve(curve, other)
        self._rescale([curve] if other is None else [curve, other])
        self._show_keys()

    def _rescale(self, curves: Sequence[CostCurve]) -> None:
        stated = [curve for curve in curves if curve.costs.size]
        if stated:
            levels = [level for each in stated for level in (*each.costs[[0, -1]].tolist(), each.price)]
            self._range = steady_range(Range(min(levels), max(levels)), self._range)
            self._reach = steady_range(Range(0.0, max(float(each.running.sum()) for each in stated)), self._reach)
        self.backdrop.set_notice("" if curves[0].costs.size else tr("No running plant has a cash cost."))
        low, high = self._range or Range(0.0, 1.0)
        self.view.setRange(xRange=self._reach or (0.0, 1.0), yRange=(low, high), padding=0)
        self._draw_grid()

    def reset_ranges(self) -> None:
        self._range = self._reach = None
        self._on_month_changed()

    def _draw_grid(self, *_: object) -> None:
        low, high = self._range or Range(0.0, 1.0)
        self.backdrop.set_lines((), self.costs.levels(low, high, max(1.0, self.view.size().height()))[1])

    def _show_keys(self) -> None:
        curve = self.item.curve
        if curve is None or self.shown is None:
            return
        price = Key(tr("Price"), SeriesStyle(self.theme.selected.colour, width=2.0))
        below = Key(tr("cash cost covered"), fill=self.theme.neutral_fill)
        other = self.item.other
        readings = [
            Reading(price, _against(number_text(curve.price), None if other is None else curve.price - other.price)),
            Reading(below, percent_text(curve.covered)),
        ]
        if other is not None:
            readings.append(Reading(Key(tr("Base"), self.theme.base), number_text(other.price)))
        if curve.without_cost:
            readings.append(Reading(Key(tr("without cost, kt/y")), number_text(curve.without_cost)))
        beside = [] if other is None else [Key(tr("Base"), self.theme.base)]
        self.header.set_keys([price, below, Key(tr("above the price"), fill=self.theme.shortage_fill), *beside])
        self.header.set_readings(month_text(self.span.chosen), readings)

    @property
    def axis_width(self) -> float:
        """Pixels that the cost axis needs."""
        low, high = self._range or Range(0.0, 1.0)
        return self.costs.widest(low, high)

    def set_axis_width(self, width: float) -> None:
        """Give the cost axis the width of the other plots' axes."""
        if self.costs.fixedWidth != width:
            self.costs.setWidth(width)

    def take_width(self, width: float) -> None:
        self.header.set_width(width)

    def month_at(self, _position: QPointF) -> float | None:
        return None

    def months_per_pixel(self) -> float:
        return 0.0

    def clicked(self, position: QPointF) -> None:
        """Show the plant whose bar was clicked on."""
        plant = self.plant_at(position)
        if plant:
            self.jump_requested.emit(PLANTS.name, plant, "cash_cost")

    def plant_at(self, position: QPointF) -> str:
        """Return the plant whose bar is under a position of the viewport, nothing if there is none."""
        curve, scene = self.item.curve, self.mapToScene(position.toPoint())
        if curve is None or not self.view.sceneBoundingRect().contains(scene):
            return ""
        place = self.view.mapSceneToView(scene)
        found = int(np.searchsorted(np.cumsum(curve.running), place.x(), side="right"))
        is_bar = place.x() >= 0.0 and found < len(curve.plants) and place.y() <= curve.costs[found]
        return curve.plants[found] if is_bar else ""

    def leaveEvent(self, _event: object) -> None:
        """Keep the month: this plot has no months to point at."""

    @property
    def summary(self) -> str:
        curve = self.item.curve
        if curve is None or not curve.costs.size or self.shown is None:
            return tr("Cost curve: no running plant has a cash cost.")
        return tr(
            "Cost curve, {scenario}, {month}: {plants} plants run {running} kt/y "
            "at cash costs from {low} to {high} RMB/t; the price of {price} RMB/t covers {covered} of it.",
            scenario=self.shown.selected.label,
            month=month_text(self.span.chosen),
            plants=len(curve.plants),
            running=number_text(float(curve.running.sum())),
            low=number_text(float(curve.costs[0])),
            high=number_text(float(curve.costs[-1])),
            price=number_text(curve.price),
            covered=percent_text(curve.covered),
        )

    def table(self) -> tuple[list[str], list[list[object]]]:
        columns = {column.name: column.heading for column in PLANTS.columns}
        price, unit = COUNTRY_SERIES["price"]
        headers = [columns["plant"], columns["cash_cost"], columns["operating"], f"{tr(price)} ({unit})"]
        curve = self.item.curve
        if curve is None:
            return headers, []
        rows = zip(curve.plants, curve.costs.tolist(), curve.running.tolist(), strict=True)
        return headers, [[plant, cost, running, curve.price] for plant, cost, running in rows]
