"""One pane of a plot: its axes, its header, and items that are kept and given new values."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFont

from aluplanner.i18n import tr
from aluplanner.ui.plots.axes import MonthAxis, NumberAxis
from aluplanner.ui.plots.fan_pane import PaneFan
from aluplanner.ui.plots.ground_items import BackdropItem, CrosshairItem
from aluplanner.ui.plots.header import PaneHeader, Reading
from aluplanner.ui.plots.items import AreaItem, LineItem, PointsItem
from aluplanner.ui.plots.month_span import MonthSpan
from aluplanner.ui.plots.numbers import month_text
from aluplanner.ui.plots.shown import Shown, ShownScenario, Values, stack_values
from aluplanner.ui.plots.spec import Fill, Line, LineSpec, PaneSpec
from aluplanner.ui.plots.stack_item import StackItem
from aluplanner.ui.plots.steady_range import Range, extent, steady_range
from aluplanner.ui.plots.swatches import Key
from aluplanner.ui.theme import SeriesStyle, Theme, current_theme
from aluplanner.ui.theme.series import DASH, DASH_DOT, DOT, SOLID

_NEUTRAL: Final = {Line.PLAIN: SOLID, Line.DASHED: DASH, Line.DOTTED: DOT, Line.BROKEN: DASH_DOT}


class Pane:
    """The view and its axes, header and items, as one :class:`PaneSpec` describes them."""

    def __init__(self, spec: PaneSpec, span: MonthSpan) -> None:
        self.spec = spec
        self.span = span
        self.header = PaneHeader(spec.title, spec.unit)
        self.view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.number_axis = NumberAxis(is_percent=spec.is_percent)
        self.month_axis = MonthAxis()
        self.number_axis.linkToView(self.view)
        self.month_axis.linkToView(self.view)
        self.backdrop, self.crosshair = BackdropItem(), CrosshairItem()
        self.backdrop.guide = spec.guide
        self.area = AreaItem() if spec.area else None
        self.stack = StackItem() if spec.stack else None
        self.points = PointsItem() if spec.actual else None
        self.fan = PaneFan(self.view, spec)
        self.lines: dict[tuple[str, int], LineItem] = {}
        for item in (self.backdrop, self.area, self.stack, self.points, self.crosshair):
            if item is not None:
                self.view.addItem(item, ignoreBounds=True)
        self.shown: Shown | None = None
        self.range: Range | None = None
        self.is_blank = False
        self._window: tuple[object, ...] | None = None
        self._keys_for: tuple[object, ...] | None = None
        """What was drawn last, and what the keys were made for: neither is done again for the same."""
        self._theme = current_theme()
        self.view.sigResized.connect(self._on_resized)

    # Look

    def set_look(self, theme: Theme, font: QFont) -> None:
        """Draw in the colours of a theme and in a font."""
        self._theme, self._window = theme, None
        for axis in (self.number_axis, self.month_axis):
            axis.set_look(theme, font)
        self.header.set_look(theme, font)
        self.backdrop.set_theme(theme, font)
        self.crosshair.set_theme(theme)
        if self.points:
            self.points.set_theme(theme)
            self.points.setZValue(50)
        if self.stack:
            self.stack.set_theme(theme, font)
        if self.area and self.spec.area:
            is_balance = self.spec.area.fill is Fill.SURPLUS_AND_SHORTAGE
            self.area.set_colours(theme.surplus_fill if is_balance else theme.neutral_fill, theme.shortage_fill)
        self.fan.set_theme(theme)
        self._style_lines()
        self._show_keys()
        self.show_month()

    def line_style(self, line: LineSpec, scenario: ShownScenario) -> SeriesStyle:
        """Return how a series of a scenario is drawn."""
        if line.line is Line.LEAD:
            return scenario.style(self._theme)
        return SeriesStyle(self._theme.balanced, _NEUTRAL[line.line], "", 1.3 if line.line is Line.DOTTED else 1.0)

    def _style_lines(self) -> None:
        for line, scenario in self.drawn():
            item = self._item(line, scenario)
            item.set_style(self.line_style(line, scenario), scenario.position)

    # Values

    def show(self, shown: Shown) -> None:
        """Take new balances; items stay, the y range stays while the values fit."""
        self._take_mode(shown)
        self.shown = shown
        self._show_lines(shown)
        self._show_area(shown)
        self.fan.show(shown)
        if self.stack:
            layers = stack_values(shown, self.spec.stack)
            self.stack.set_values(shown.x, tuple(layers), tuple(layers.values()))
        if self.points:
            self.points.set_values(shown.x, shown.actuals[self.spec.actual])
        self.backdrop.set_past(shown.past_end)
        self._style_lines()
        self.rescale()
        self._show_notice()
        self._show_keys()
        self.show_month()

    def _take_mode(self, shown: Shown) -> None:
        """Draw differences to the base, or the series themselves: each has a range and words of its own."""
        if self.shown is not None and shown.is_difference != self.shown.is_difference:
            self.range = None
        self.header.set_unit(self.spec.difference_unit if shown.is_difference else self.spec.unit)
        self.number_axis.set_points(shown.is_difference)
        self.backdrop.set_guide(None if shown.is_difference else self.spec.guide)

    @property
    def is_difference(self) -> bool:
        """Whether differences to the base are drawn."""
        return self.shown is not None and self.shown.is_difference

    def _show_notice(self) -> None:
        """Say why there is nothing where there is nothing."""
        self.backdrop.set_notice(self._why_blank() if self.is_blank else "")
        if self.number_axis.style["showValues"] == self.is_blank:
            self.number_axis.setStyle(showValues=not self.is_blank)

    def _why_blank(self) -> str:
        if self.shown is not None and not self.shown.drawn:
            return tr("Select or tick another scenario to see its difference to the base.")
        return self.spec.if_blank or tr("No figures")

    def drawn(self) -> Iterator[tuple[LineSpec, ShownScenario]]:
        """Yield the lines to draw: every one of the selected scenario, the compared ones of the others."""
        for line in self.spec.lines:
            for scenario in self.shown.drawn if self.shown else ():
                if scenario.position == 0 or line.is_compared:
                    yield line, scenario

    def _item(self, line: LineSpec, scenario: ShownScenario) -> LineItem:
        key = (line.series, scenario.position)
        if key not in self.lines:
            self.lines[key] = LineItem()
            self.lines[key].setZValue(10 - scenario.position)
            self.view.addItem(self.lines[key], ignoreBounds=True)
        return self.lines[key]

    def _show_lines(self, shown: Shown) -> None:
        in_use = set()
        for line, scenario in self.drawn():
            item = self._item(line, scenario)
            item.set_values(shown.x, shown.values(scenario, line.series))
            item.setVisible(True)
            in_use.add((line.series, scenario.position))
        for key, item in self.lines.items():
            if key not in in_use:
                item.setVisible(False)

    def _show_area(self, shown: Shown) -> None:
        if not (self.area and self.spec.area):
            return
        self.area.setVisible(self._has_area)
        if self._has_area:
            upper = shown.values(shown.selected, self.spec.area.upper)
            lower = shown.values(shown.selected, self.spec.area.lower) if self.spec.area.lower else None
            self.area.set_values(shown.x, upper, lower)

    @property
    def _has_area(self) -> bool:
        """Whether the area is there: what lies between two series does not lie between their differences."""
        if self.spec.area is None or self.shown is None:
            return False
        is_against_zero = self.spec.area.fill is Fill.SURPLUS_AND_SHORTAGE
        return not self.is_difference or (is_against_zero and self.shown.selected in self.shown.drawn)

    # Range

    def _visible(self, shown: Shown) -> list[Values]:
        """Return every series on view, the months inside the window only."""
        inside = (shown.x >= self.span.low) & (shown.x <= self.span.high)
        series = [shown.values(scenario, line.series) for line, scenario in self.drawn()]
        if self.points:
            series.append(self.points.values)
        if self.stack:
            series += self.stack.tops[-1:] + self.stack.bottoms[-1:]
        series += self.fan.extremes()
        return [values[inside] for values in series]

    def rescale(self, *, afresh: bool = False) -> None:
        """Follow the month window; the y range moves only if it must, or if asked to begin afresh."""
        if self.shown is not None:
            data = extent(self._visible(self.shown), with_zero=self.spec.from_zero or self.is_difference)
            self.is_blank = data is None
            if data and self.backdrop.guide is not None:
                data = Range(min(data.low, self.backdrop.guide), max(data.high, self.backdrop.guide))
            self.range = steady_range(data, None if afresh else self.range)
        low, high = self.range or Range(0.0, 1.0)
        window = (self.span.low, self.span.high, low, high, self.is_blank)
        if window != self._window:
            self._window = window
            self.view.setRange(xRange=(self.span.low, self.span.high), yRange=(low, high), padding=0)
            self._draw_grid()

    def _on_resized(self, *_: object) -> None:
        self._draw_grid()

    def _draw_grid(self) -> None:
        size = self.view.size()
        low, high = self.range or Range(0.0, 1.0)
        if size.width() > 0 and size.height() > 0:
            _, months = self.month_axis.labelled(self.span.low, self.span.high, size.width())
            januaries = [month for month in range(round(self.span.low), round(self.span.high) + 1) if month % 12 == 0]
            levels = [] if self.is_blank else self.number_axis.levels(low, high, size.height())[1]
            self.backdrop.set_lines(sorted({*months, *januaries}), levels)

    @property
    def axis_width(self) -> float:
        """Pixels that the number axis needs."""
        low, high = self.range or Range(0.0, 1.0)
        return self.number_axis.widest(low, high)

    # Legend and readout

    def _show_keys(self) -> None:
        scenarios = tuple(each.name for each in self.shown.drawn) if self.shown else None
        layers = self.stack.names if self.stack else ()
        keys_for = (self._theme, self.range, scenarios, layers, self._has_points, self.is_difference, self.fan.state)
        if keys_for == self._keys_for:
            return
        self._keys_for = keys_for
        low, high = self.range or Range(0.0, 1.0)
        widest = max((self._text(value) for value in (low, high)), key=len)
        readings = [*(Reading(key, widest) for key in self._value_keys()), *self.fan.widest(widest)]
        self.header.set_keys(self._keys(), readings)

    def _keys(self) -> list[Key]:
        if self.shown is None:
            return []
        selected = self.shown.selected
        many = len(self.spec.lines) > 1 or self.stack is not None
        lead = selected if selected in self.shown.drawn else next(iter(self.shown.drawn), selected)
        lines = [line for line in self.spec.lines if lead is selected or line.is_compared]
        keys = [Key(line.label, self.line_style(line, lead)) for line in lines] if many else []
        keys += self._area_keys()
        if self.stack:
            keys += [Key(name, fill=self.stack.colour(i)) for i, name in enumerate(self.stack.names)]
        if self._has_points:
            keys.append(Key(tr("actual"), ring=self._theme.text))
        return keys

    def _area_keys(self) -> list[Key]:
        area, theme = self.spec.area, self._theme
        if area is None or not self._has_area:
            return []
        if area.fill is Fill.BETWEEN:
            return [Key(area.label, fill=theme.neutral_fill)] if area.label else []
        above, below = (tr("looser"), tr("tighter")) if self.is_difference else (tr("surplus"), tr("shortage"))
        return [Key(above, fill=theme.surplus_fill), Key(below, fill=theme.shortage_fill)]

    def _text(self, value: float | None) -> str:
        return self.spec.text(value, is_difference=self.is_difference)

    def show_month(self) -> None:
        """Move the crosshair to the span's month and write its values into the header."""
        month = self.span.month
        self.crosshair.set_position(None if month is None else float(month.ordinal))
        self.month_axis.set_tag(month)
        if month is None or self.shown is None:
            self.header.set_readings("", ())
        else:
            self.header.set_readings(month_text(month), self.readings(self.shown.horizon.index(month)))

    def readings(self, t: int) -> list[Reading]:
        """Return the values of every series at month ``t``."""
        if self.shown is None or not 0 <= t < len(self.shown.horizon):
            return []
        values = [self.shown.values(scenario, line.series)[t] for line, scenario in self.drawn()]
        values += [layer[t] for layer in self.stack.layers] if self.stack else []
        values += [self.points.values[t]] if self._has_points and self.points else []
        pairs = zip(self._value_keys(), values, strict=True)
        known = [(key, float(value)) for key, value in pairs if not (key.ring and np.isnan(value))]
        return [*(Reading(key, self._text(value)) for key, value in known), *self.fan.readings(t, self._text)]

    @property
    def _has_points(self) -> bool:
        return self.points is not None and bool(np.isfinite(self.points.values).any())

    def _value_keys(self) -> list[Key]:
        """Return a key for each value of a month: lines by name where a pane has several, layers, the actual."""
        many = len(self.spec.lines) > 1 or self.stack is not None
        keys = [
            Key(line.label if many and scenario.position == 0 else "", self.line_style(line, scenario), is_short=True)
            for line, scenario in self.drawn()
        ]
        if self.stack:
            keys += [Key(name, fill=self.stack.colour(i)) for i, name in enumerate(self.stack.names)]
        if self._has_points:
            keys.append(Key(tr("actual"), ring=self._theme.text))
        return keys
