"""A plot over the month axis: panes above one another."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from aluplanner.model.calendar import Month
from aluplanner.ui.plots.hits import Hit, hits_of, nearest_hit
from aluplanner.ui.plots.month_span import MonthSpan
from aluplanner.ui.plots.pane import Pane
from aluplanner.ui.plots.plot_view import PlotView
from aluplanner.ui.plots.shown import Shown
from aluplanner.ui.plots.spec import PlotSpec
from aluplanner.ui.plots.words import summary_of, table_of
from aluplanner.ui.theme import Theme


class MonthPlot(PlotView):
    """The panes of one :class:`PlotSpec` over one month axis."""

    def __init__(self, spec: PlotSpec, span: MonthSpan) -> None:
        super().__init__(spec.name, spec.title, span)
        self.spec = spec
        self.panes = [Pane(each, span) for each in spec.panes]
        self.shown: Shown | None = None
        self.setMinimumHeight(spec.height)
        for position, pane in enumerate(self.panes):
            row = position * 3
            self.grid.addItem(pane.header, row, 0, 1, 2)
            self.grid.addItem(pane.number_axis, row + 1, 0)
            self.grid.addItem(pane.view, row + 1, 1)
            self.grid.layout.setRowStretchFactor(row + 1, pane.spec.stretch)
            if position + 1 < len(self.panes):
                pane.month_axis.setStyle(showValues=False)
            self.grid.addItem(pane.month_axis, row + 2, 1)
        self.restyle(self.theme)
        span.range_changed.connect(self._on_range_changed)
        span.month_changed.connect(self._on_month_changed)

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        for pane in self.panes:
            pane.set_look(theme, self.axis_font())
        for pane in self.panes[:-1]:
            pane.month_axis.setHeight(5)

    def show_balances(self, shown: Shown) -> None:
        """Take new balances."""
        self.shown = shown
        for pane in self.panes:
            pane.show(shown)

    @property
    def axis_width(self) -> float:
        """Pixels that the widest number axis needs."""
        return max(pane.axis_width for pane in self.panes)

    def set_axis_width(self, width: float) -> None:
        """Give every number axis one width, so that the months of all plots stand above one another."""
        for pane in self.panes:
            if pane.number_axis.fixedWidth != width:
                pane.number_axis.setWidth(width)

    def reset_ranges(self) -> None:
        for pane in self.panes:
            pane.rescale(afresh=True)

    def take_width(self, width: float) -> None:
        for pane in self.panes:
            pane.header.set_width(width)

    def _on_range_changed(self) -> None:
        for pane in self.panes:
            pane.rescale()

    def _on_month_changed(self) -> None:
        for pane in self.panes:
            pane.show_month()

    def month_at(self, position: QPointF) -> float | None:
        view = self.panes[0].view
        place = view.mapFromScene(self.mapToScene(position.toPoint()))
        if not 0 <= place.x() <= view.size().width():
            return None
        return self.span.low + float(place.x()) * self.months_per_pixel()

    def months_per_pixel(self) -> float:
        return (self.span.high - self.span.low) / max(1.0, float(self.panes[0].view.size().width()))

    def hits(self, position: QPointF | None = None) -> list[Hit]:
        """Return the number nearest to a position, or every number of the crosshair's month."""
        if self.shown is None:
            return []
        if position is None:
            month = self.span.month or self.span.chosen
            return [hit for pane in self.panes for hit in hits_of(pane, month)]
        place = self.month_at(position)
        pane = self._pane_at(position)
        if place is None or pane is None:
            return []
        month = min(max(Month(round(place)), self.span.first), self.span.last)
        view, (low, high) = pane.view, pane.view.viewRange()[1]
        per_pixel = (high - low) / max(1.0, view.size().height())
        level = high - view.mapFromScene(self.mapToScene(position.toPoint())).y() * per_pixel
        found = nearest_hit(pane, month, level, per_pixel)
        return [found] if found else []

    def _pane_at(self, position: QPointF) -> Pane | None:
        """Return the pane under a position of the viewport."""
        scene = self.mapToScene(position.toPoint())
        return next((pane for pane in self.panes if pane.view.sceneBoundingRect().contains(scene)), None)

    @property
    def summary(self) -> str:
        return "" if self.shown is None else summary_of(self.spec, self.shown)

    def table(self) -> tuple[list[str], list[list[object]]]:
        return ([], []) if self.shown is None else table_of(self.spec, self.shown)

    @property
    def readout(self) -> Sequence[str]:
        """The values under the crosshair, one line a pane."""
        return [text for pane in self.panes if (text := pane.header.readout())]
