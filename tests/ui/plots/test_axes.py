"""Month labels never overlap, at any width."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QFontMetricsF, QPainter, QPicture
from pytestqt.qtbot import QtBot

from aluplanner.model.calendar import Month
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.panel import PlotPanel
from tests.ui.standing import STRONG, StandingDocument, example

WIDTHS = (300, 340, 420, 500, 640, 760, 900, 1100, 1400)


def _labels(plot: MonthPlot) -> list[tuple[float, float, str]]:
    """Return left end, right end and text of the labels that the month axis draws."""
    axis = plot.panes[-1].month_axis
    picture = QPicture()
    painter = QPainter(picture)
    _, _, texts = axis.generateDrawSpecs(painter)
    painter.end()
    metrics = QFontMetricsF(plot.axis_font())
    boxes = []
    for box, _, text in texts:
        half = metrics.horizontalAdvance(text) / 2
        middle = axis.mapRectToScene(box).center().x()
        boxes.append((middle - half, middle + half, text))
    return sorted(boxes)


@pytest.mark.parametrize("months", [6, 24, 60, 240])
def test_that_month_labels_never_overlap_nor_leave_the_plot(qtbot: QtBot, months: int) -> None:
    plan = example().with_value("plan/Months/value", float(months)) if months <= 24 else example()
    panel = PlotPanel(StandingDocument(plan))  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.choose(["stock_days"])
    panel.show()
    if months > 24:
        panel.span.last = panel.span.first + (months - 1)
        panel.span.fit()
    plot = panel.plot("stock_days")
    assert isinstance(plot, MonthPlot)
    for width in WIDTHS:
        panel.resize(width, 300)
        qtbot.waitUntil(lambda width=width: plot.width() > width - 40)
        labels = _labels(plot)
        assert labels, width
        assert all(right + 4 <= left for (_, right, _), (left, _, _) in pairwise(labels)), (width, labels)
        assert labels[0][0] >= 0
        assert labels[-1][1] <= plot.width()


def test_that_a_wide_plot_names_every_month_and_a_narrow_one_few(qtbot: QtBot) -> None:
    panel = PlotPanel(StandingDocument(example()))  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.choose(["stock_days"])
    panel.resize(1500, 300)
    panel.show()
    plot = panel.plot("stock_days")
    assert isinstance(plot, MonthPlot)
    qtbot.waitUntil(lambda: plot.width() > 1400)
    assert [text for _, _, text in _labels(plot)][:3] == ["Jan 17", "Feb 17", "Mar 17"]
    panel.resize(300, 300)
    qtbot.waitUntil(lambda: plot.width() < 320)
    assert [text for _, _, text in _labels(plot)] == ["Jan 17", "Jul 17", "Jan 18", "Jul 18"]


def test_that_all_plots_have_one_month_axis(qtbot: QtBot) -> None:
    panel = PlotPanel(StandingDocument(example(), STRONG))  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.resize(520, 900)
    panel.show()
    panel.span.zoom(0.4, Month.of(2017, 10).ordinal)
    plots = [plot for plot in panel.plots if isinstance(plot, MonthPlot)]
    views = [pane.view for plot in plots for pane in plot.panes]
    assert {tuple(view.viewRange()[0]) for view in views} == {(panel.span.low, panel.span.high)}
    assert len({pane.number_axis.fixedWidth for plot in plots for pane in plot.panes}) == 1


def test_that_numbers_on_axes_are_grouped_and_have_no_prefix(qtbot: QtBot) -> None:
    panel = PlotPanel(StandingDocument(example()))  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    price = panel.plot("price")
    assert isinstance(price, MonthPlot)
    axis = price.panes[0].number_axis
    assert axis.tickStrings([12000.0, -1500.0], 1.0, 500.0) == ["12,000", "−1,500"]
    assert not axis.autoSIPrefix
    assert price.panes[1].number_axis.tickStrings([0.025], 1.0, 0.005) == ["2.5 %"]
