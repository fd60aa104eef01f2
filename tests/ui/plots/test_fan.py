"""The fan in the plots: bands under the lines, the median, keys, readings, pictures, the switch."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.qtbot import QtBot

from aluplanner.analysis.monte_carlo import monte_carlo
from aluplanner.document.document import Document
from aluplanner.model.calendar import Month
from aluplanner.ui.plots.catalogue import plot_specs
from aluplanner.ui.plots.export import Heading, picture_bytes, picture_image, table_text
from aluplanner.ui.plots.fan_shown import lead_series
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.pane import Pane
from aluplanner.ui.plots.panel import PlotPanel
from aluplanner.ui.theme import LIGHT, THEMES
from tests.document.small_plan import small_plan

NAMES = tuple(spec.name for spec in plot_specs())
JUNE = Month.of(2017, 6)
DRAWS = 1_000


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document(small_plan())
    qtbot.waitSignal(made.all_solved).wait()
    yield made
    made.close()


@pytest.fixture
def panel(document: Document, qtbot: QtBot) -> PlotPanel:
    made = PlotPanel(document)
    qtbot.addWidget(made)
    made.choose(NAMES)
    choose_draws(made, DRAWS)
    made.resize(1100, 900)
    made.show()
    return made


@pytest.fixture
def fanned(panel: PlotPanel, qtbot: QtBot) -> PlotPanel:
    panel.fan_switch.action.trigger()
    qtbot.waitUntil(lambda: has_fan(panel))
    return panel


def choose_draws(panel: PlotPanel, count: int) -> None:
    choice = next(each for each in panel.fan_switch.button.menu().actions() if each.text().startswith(f"{count:,}"))
    choice.trigger()


def has_fan(panel: PlotPanel) -> bool:
    return panel.shown is not None and panel.shown.fan is not None and not panel.shown.fan.is_old


def panes_of(panel: PlotPanel) -> Iterator[Pane]:
    for name in NAMES:
        plot = panel.plot(name)
        assert isinstance(plot, MonthPlot)
        yield from plot.panes


def pane_of(panel: PlotPanel, name: str) -> Pane:
    return next(pane for pane in panes_of(panel) if pane.spec.name == name)


def test_that_nothing_is_made_while_the_fan_is_off(panel: PlotPanel) -> None:
    assert all(pane.fan.item is None for pane in panes_of(panel))
    assert panel.fan_switch.fan is None
    assert panel.fan_switch.mark.isHidden()


def test_that_every_pane_shows_the_percentiles_of_its_lead_series(fanned: PlotPanel) -> None:
    found = monte_carlo(fanned.document.plan, draws=DRAWS, series={lead_series(pane.spec) for pane in panes_of(fanned)})
    drawn = 0
    for pane in panes_of(fanned):
        known = found.percentiles(lead_series(pane.spec))
        if not np.isfinite(known).any():
            assert pane.fan.item is None
            continue
        assert pane.fan.item is not None
        assert pane.fan.item.isVisible()
        np.testing.assert_array_equal(pane.fan.item.bands, known)
        lines = [item.zValue() for item in pane.lines.values()]
        assert pane.fan.item.zValue() < min(lines)
        drawn += 1
    assert drawn > 8


def test_that_the_axis_holds_the_whole_fan(fanned: PlotPanel) -> None:
    pane = pane_of(fanned, "stock")
    bands, (low, high) = pane.fan.item.bands, pane.view.viewRange()[1]  # type: ignore[union-attr]
    assert low <= bands.min()
    assert high >= bands.max()


def test_that_the_lines_of_the_plan_stay_as_they_are(panel: PlotPanel, qtbot: QtBot) -> None:
    before = {key: item.values.copy() for key, item in pane_of(panel, "stock").lines.items()}
    panel.fan_switch.action.trigger()
    qtbot.waitUntil(lambda: has_fan(panel))
    for key, item in pane_of(panel, "stock").lines.items():
        np.testing.assert_array_equal(item.values, before[key])


def test_that_the_key_names_bands_and_median_once(fanned: PlotPanel) -> None:
    texts = [key.text for key in fanned.key.keys]
    assert texts == ["Base", "5–95 % of 1,000 draws", "25–75 %", "median"]
    assert not any("5–95" in key.text for pane in panes_of(fanned) for key in pane.header.keys)


def test_that_the_crosshair_reads_the_median_and_the_outer_band(fanned: PlotPanel) -> None:
    fanned.span.set_month(JUNE)
    pane = pane_of(fanned, "stock")
    t = fanned.shown.horizon.index(JUNE)  # type: ignore[union-attr]
    low, _, median, _, high = pane.fan.item.bands[:, t]  # type: ignore[union-attr]
    texts = [reading.text for reading in pane.readings(t)]
    assert texts[-2:] == [f"median {median:,.0f}", f"5–95 % {low:,.0f} … {high:,.0f}"]
    assert f"median {median:,.0f}" in pane.header.readout()


def test_that_the_former_fan_is_marked_until_the_new_one_is_there(fanned: PlotPanel, qtbot: QtBot) -> None:
    former = fanned.shown.fan.bands  # type: ignore[union-attr]
    with qtbot.waitSignal(fanned.document.solved):
        fanned.document.set_cell("plants", "South", "operating", 480.0)
    assert fanned.shown is not None
    assert fanned.shown.fan is not None
    assert fanned.shown.fan.is_old
    assert fanned.shown.fan.bands is former
    assert fanned.key.keys[1].text == "5–95 % of 1,000 draws, former plan"
    qtbot.waitUntil(lambda: has_fan(fanned))
    assert not np.array_equal(fanned.shown.fan.bands["stock"], former["stock"])
    assert fanned.key.keys[1].text == "5–95 % of 1,000 draws"


def test_that_items_are_kept_and_hidden_when_the_fan_is_switched_off(fanned: PlotPanel) -> None:
    items = [pane.fan.item for pane in panes_of(fanned) if pane.fan.item is not None]
    fanned.fan_switch.action.trigger()
    assert items
    assert all(not item.isVisible() for item in items)
    assert len(fanned.key.keys) == 1
    fanned.fan_switch.action.trigger()
    assert [pane.fan.item for pane in panes_of(fanned) if pane.fan.item is not None] == items
    assert all(item.isVisible() for item in items)


def test_that_differences_have_no_fan_and_it_comes_back_with_the_series(fanned: PlotPanel) -> None:
    fanned.document.set_compared(["Strict"])
    fanned.difference.trigger()
    assert all(pane.fan.item is None or not pane.fan.item.isVisible() for pane in panes_of(fanned))
    fanned.difference.trigger()
    assert pane_of(fanned, "stock").fan.item.isVisible()  # type: ignore[union-attr]


def test_that_tables_and_words_have_the_fan(fanned: PlotPanel) -> None:
    plot = fanned.plot("balance")
    headers, rows = plot.table()
    places = [headers.index(f"Stock, percentile {level} (kt)") for level in (5, 25, 50, 75, 95)]
    bands = fanned.shown.fan.bands["stock"]  # type: ignore[union-attr]
    assert [[row[place] for place in places] for row in rows] == bands.T.tolist()
    assert "percentile 95" in table_text(plot)
    assert "nine of ten draws lie between" in plot.summary


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_that_pictures_of_every_kind_have_the_fan(fanned: PlotPanel, kind: str) -> None:
    plot = fanned.plot("stock_days")
    with_fan = picture_bytes(plot, kind, Heading("Small", "1 Jan 2017"))
    fanned.fan_switch.action.trigger()
    without = picture_bytes(plot, kind, Heading("Small", "1 Jan 2017"))
    assert len(with_fan) > len(without) + 100


def test_that_a_picture_shows_bands_in_the_scenarios_colour(fanned: PlotPanel) -> None:
    image = picture_image(fanned.plot("stock_days"), Heading("Small", "1 Jan 2017"))
    wanted = QColor(THEMES[LIGHT].selected.colour)
    seen = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 5)}
    pale = [QColor(name) for name in seen if QColor(name).blue() > QColor(name).red() + 20 > wanted.red() + 60]
    assert pale


def test_that_the_context_menu_offers_the_fan(panel: PlotPanel) -> None:
    menu = panel.plot_menu(panel.plot("balance"))
    assert panel.fan_switch.action in menu.actions()
    menu.deleteLater()


def test_that_run_switches_the_fan_on(panel: PlotPanel, qtbot: QtBot) -> None:
    panel.fan_switch.run_action.trigger()
    assert panel.fan_switch.is_on
    qtbot.waitUntil(lambda: has_fan(panel))


def test_that_a_plan_without_ranges_is_said_to_have_none(panel: PlotPanel, qtbot: QtBot) -> None:
    document = panel.document
    with qtbot.waitSignal(document.solved):
        document.apply(document.plan.with_table(document.plan.uncertainty.replaced([])), "No ranges")
    panel.fan_switch.action.trigger()
    qtbot.waitUntil(lambda: panel.fan_switch.mark.text() == "no fan")
    assert "Uncertainty" in panel.fan_switch.mark.toolTip()
    assert not has_fan(panel)
    panel.fan_switch.action.trigger()
    assert panel.fan_switch.mark.isHidden()


def test_that_progress_and_cancel_are_there_while_it_is_at_work(panel: PlotPanel, qtbot: QtBot) -> None:
    switch = panel.fan_switch
    choose_draws(panel, 50_000)
    switch.action.trigger()
    qtbot.waitUntil(lambda: not switch.cancel_button.isHidden())
    assert switch.mark.text().endswith("%")
    switch.cancel_button.click()
    assert switch.cancel_button.isHidden()
    assert not switch.is_on
    assert switch.fan is None


def test_that_dark_colours_are_taken(fanned: PlotPanel) -> None:
    pane = pane_of(fanned, "stock")
    for theme in THEMES.values():
        pane.set_look(theme, QGuiApplication.font())
        assert pane.fan.item is not None
        assert pane.fan.item._brushes[0].color().name() == QColor(theme.selected.colour).name()
