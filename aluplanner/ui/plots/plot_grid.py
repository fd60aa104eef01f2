"""The plots in as many columns as have room, filling the height there is."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from aluplanner.ui.plots.plot_view import PlotView

COLUMN_WIDTHS: Final = ((1180, 3), (540, 2), (0, 1))
"""Least width of the panel in pixels, and how many columns suit it."""

GAP: Final = 4


def column_count(width: int, plots: int) -> int:
    """Return how many columns suit a width."""
    return max(1, min(plots, next(columns for least, columns in COLUMN_WIDTHS if width >= least)))


def placed(heights: Sequence[int], columns: int) -> list[list[int]]:
    """Deal plots of these least heights, in order, to the column that is shortest so far."""
    dealt: list[list[int]] = [[] for _ in range(columns)]
    for position, _ in enumerate(heights):
        shortest = min(dealt, key=lambda column: sum(heights[each] for each in column))
        shortest.append(position)
    return dealt


class PlotGrid(QWidget):
    """Lays plots out in columns; asks for as much height as the tallest column needs."""

    def __init__(self) -> None:
        super().__init__()
        self.plots: list[PlotView] = []

    def set_plots(self, plots: Sequence[PlotView]) -> None:
        """Show these plots and no others."""
        for plot in self.plots:
            if plot not in plots:
                plot.hide()
        self.plots = list(plots)
        for plot in self.plots:
            plot.setParent(self)
            plot.show()
        self.lay_out()

    def lay_out(self) -> None:
        """Place the plots; heights beyond the least are shared out in proportion."""
        columns = column_count(self.width(), len(self.plots))
        heights = [plot.minimumHeight() for plot in self.plots]
        dealt = placed(heights, columns)
        needed = max((sum(heights[i] + GAP for i in column) for column in dealt), default=0)
        self.setMinimumHeight(needed)
        total = max(needed, self.height())
        for number, column in enumerate(dealt):
            left = number * (self.width() + GAP) // columns
            right = (number + 1) * (self.width() + GAP) // columns - GAP
            self._stack(column, heights, left, right - left, total)

    def _stack(self, column: list[int], heights: list[int], left: int, width: int, total: int) -> None:
        needed = sum(heights[i] for i in column)
        room = total - GAP * (len(column) - 1)
        top = 0
        for order, i in enumerate(column):
            is_last = order + 1 == len(column)
            height = total - top if is_last else heights[i] * room // needed
            self.plots[i].setGeometry(left, top, width, height)
            top += height + GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()
