"""The dock Monte Carlo: its pages, thresholds, where bars lead, what it exports."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from aluplanner.analysis.monte_carlo import MonteCarlo, monte_carlo
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.balance import STATES
from aluplanner.ui.analysis.chart import Chart
from aluplanner.ui.analysis.docks import ANALYSES
from aluplanner.ui.analysis.monte_carlo_histogram import HistogramChart
from aluplanner.ui.analysis.monte_carlo_panel import MonteCarloPanel
from aluplanner.ui.analysis.monte_carlo_spreading import Spreading
from aluplanner.ui.analysis.monte_carlo_states_chart import odds_text
from aluplanner.ui.analysis.number_field import NumberField
from aluplanner.ui.analysis.panel_state import State
from aluplanner.ui.theme import DARK, HIGH_CONTRAST, LIGHT, THEMES
from tests.ui.analysis.uncertain import uncertain_plan

MEASURE = "balance 2017 sum"
DRAWS = 300


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document(uncertain_plan())
    qtbot.waitSignal(made.all_solved).wait()
    yield made
    made.close()


@pytest.fixture
def panel(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[MonteCarloPanel]:
    """Return the panel with Strict and the base drawn."""
    document.select_scenario("Strict")
    made = MonteCarloPanel(document, preferences)
    made.draws_box.draws_field.value = float(DRAWS)
    made.measure_box.choose(MEASURE)
    made.resize(1350, 300)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.answered):
        made.face.run_button.click()
    yield made
    made.close_worker()


def answer_of(panel: MonteCarloPanel) -> MonteCarlo:
    assert isinstance(panel.answer, MonteCarlo)
    return panel.answer


def show_page(panel: MonteCarloPanel, text: str) -> None:
    place = next(i for i in range(panel.tabs.count()) if panel.tabs.tabText(i) == text)
    panel.tabs.setCurrentIndex(place)


def type_into(field: NumberField, text: str, qtbot: QtBot) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_that_it_is_in_the_menu_of_the_analyses() -> None:
    (entry,) = (each for each in ANALYSES if each.name == MonteCarloPanel.name)
    assert entry.heading == "Monte Carlo"
    assert entry.panel == MonteCarloPanel.__name__


def test_that_it_asks_nothing_before_it_is_told_to(document: Document, preferences: Preferences, qtbot: QtBot) -> None:
    made = MonteCarloPanel(document, preferences)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    assert made.state is State.NOTHING
    assert "Uncertainty" in made.face.nothing.text()
    made.close_worker()


def test_that_it_answers_what_the_library_answers(panel: MonteCarloPanel) -> None:
    known = monte_carlo(panel.document.plan, draws=DRAWS, scenarios=["Strict", "Base"], measures=[MEASURE])
    answer = answer_of(panel)
    assert answer.names == ("Strict", "Base")
    for name in answer.names:
        np.testing.assert_array_equal(answer.of(name).measured, known.of(name).measured)


def test_that_the_states_of_each_period_stand_in_words(panel: MonteCarloPanel) -> None:
    tips = [hit.tip for hit in panel.states.hits]
    answer = answer_of(panel)
    shown = next(tip for tip in tips if tip.startswith("2017H2, Strict"))
    odds = next(each for each in answer.of("Strict").states if each.period.label == "2017H2")
    for state, chance in zip(STATES, odds.probabilities, strict=True):
        assert f"{state}: {chance * 100:.1f} %" in shown
    assert {tip.splitlines()[0] for tip in tips} >= {"2017H1, Strict", "2017H1, Base", "2017, Strict"}
    assert panel.states.summary.startswith("2017: shortage")


def test_that_the_threshold_of_the_measure_is_typed_and_read(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    draws = answer_of(panel).of().measured[0]
    level = float(np.round(np.median(draws), 1))
    type_into(panel.measure_threshold, f"{level}", qtbot)
    assert panel.histogram.threshold == level
    assert odds_text(float((draws < level).mean())) in panel.histogram.headline
    assert panel.state is State.ANSWERED


def test_that_the_threshold_is_dragged(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    chart = panel.histogram
    layout = chart._layout(chart.area)
    assert layout is not None
    assert chart.threshold is not None
    start = QPointF(layout.across.at(chart.threshold), layout.body.center().y()).toPoint()
    target = QPointF(layout.body.center().x(), layout.body.center().y()).toPoint()
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(chart, target)
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=target)
    assert chart.threshold == pytest.approx(layout.across.value_at(target.x()), abs=layout.across.high * 0.2 + 20)
    assert panel.measure_threshold.value == chart.threshold


def test_that_a_click_on_a_bin_reads_the_probability_below_its_end(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    chart = panel.histogram
    hit = chart.hits[len(chart.hits) // 2]
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=hit.area.center().toPoint())
    assert chart.threshold == hit.data
    assert panel.measure_threshold.value == hit.data


def test_that_keys_move_the_threshold(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    before = panel.histogram.threshold
    assert before is not None
    qtbot.keyClick(panel.histogram, Qt.Key.Key_Period)
    assert panel.histogram.threshold is not None
    assert panel.histogram.threshold > before
    qtbot.keyClick(panel.histogram, Qt.Key.Key_Comma)
    qtbot.keyClick(panel.histogram, Qt.Key.Key_Comma)
    assert panel.histogram.threshold < before


def test_that_another_threshold_of_stock_needs_no_new_draws(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    stock = answer_of(panel).of().series["stock"]
    level = float(np.round(np.median(stock[:, -1]), 1))
    type_into(panel.stock_threshold, f"{level}", qtbot)
    assert not panel.worker.is_busy
    assert panel.stock.threshold == level
    assert answer_of(panel).thresholds == (level,)
    tips = [hit.tip for hit in panel.stock.hits]
    assert odds_text(float((stock[:, -1] < level).mean())) in tips[-1]


def test_that_a_month_of_stock_leads_to_what_makes_it(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    show_page(panel, "Stock")
    with qtbot.waitSignal(panel.trace_requested) as caught:
        qtbot.mouseClick(panel.stock, Qt.MouseButton.LeftButton, pos=panel.stock.hits[3].area.center().toPoint())
    assert [str(each) for each in caught.args] == ["Strict", "stock 2017-04 end"]


def test_that_a_driver_leads_to_its_row_of_uncertainty(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    show_page(panel, "Drivers")
    panel.drivers_page.box.setCurrentIndex(1)
    panel.drivers_page.chosen.emit(1)
    hit = next(hit for hit in panel.drivers.hits if hit.tip.startswith("Winter cut, Implementation"))
    with qtbot.waitSignal(panel.jump_requested) as caught:
        qtbot.mouseClick(panel.drivers, Qt.MouseButton.LeftButton, pos=hit.area.center().toPoint())
    table, row, column = caught.args
    assert (table, column) == ("uncertainty", "low")
    assert panel.document.plan.uncertainty.find(row) is not None


def test_that_drivers_are_those_of_the_answer_by_factor_or_by_cell(panel: MonteCarloPanel) -> None:
    show_page(panel, "Drivers")
    drawn, measure = answer_of(panel).of(), answer_of(panel).measures[0]
    assert panel.drivers.influences == drawn.strongest(measure, by_factor=True)
    panel.drivers_page.box.setCurrentIndex(1)
    panel.drivers_page.chosen.emit(1)
    assert panel.drivers.influences == drawn.strongest(measure)


def test_that_two_scenarios_are_set_against_each_other_draw_by_draw(panel: MonteCarloPanel) -> None:
    show_page(panel, "Scenario less scenario")
    answer = answer_of(panel)
    assert panel.difference.data is not None
    known = answer.of("Strict").measured[0] - answer.of("Base").measured[0]
    np.testing.assert_array_equal(panel.difference.data.draws, known)
    assert panel.difference.headline.startswith("Strict lower than Base in ")


def test_that_one_scenario_alone_asks_for_another(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    panel.ticks.choose("Base")
    assert panel.state is State.STALE
    with qtbot.waitSignal(panel.answered):
        panel.run()
    assert panel.difference.data is None
    assert "Tick another scenario" in panel.difference.headline


def test_that_another_measure_is_drawn_at_once(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.measure_box.choose("price 2017-12 end")
    assert str(answer_of(panel).measures[0]) == "price 2017-12 end"
    assert panel.histogram.threshold is not None
    assert panel.histogram.threshold > 1000


def test_that_an_edit_makes_the_answer_old_and_undo_makes_it_true_again(
    panel: MonteCarloPanel, document: Document, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(document.solved):
        document.set_cell("plants", "South", "operating", 480.0)
    assert panel.state is State.STALE
    with qtbot.waitSignal(document.solved):
        document.undo_stack.undo()
    assert panel.state is State.ANSWERED


def test_that_every_table_of_the_answer_can_be_read(panel: MonteCarloPanel, qtmodeltester: ModelTester) -> None:
    show_page(panel, "Tables")
    page = panel.tables
    for place, table in enumerate(answer_of(panel).tables()):
        page.box.setCurrentIndex(place)
        page.chosen.emit(place)
        assert page.view.table is not None
        assert page.view.table.name == table.name
        assert page.view.model().rowCount() == len(table.rows)
    qtmodeltester.check(page.view.answer_model)


def test_that_seed_and_sampling_are_kept_for_the_next_time(
    panel: MonteCarloPanel, document: Document, preferences: Preferences, qtbot: QtBot
) -> None:
    type_into(panel.draws_box.seed_field, "7", qtbot)
    panel.draws_box.sampling_box.setCurrentIndex(1)
    assert panel.state is State.STALE
    again = MonteCarloPanel(document, preferences)
    qtbot.addWidget(again)
    assert (again.draws_box.seed, again.draws_box.sampling) == (7, "latin")
    again.close_worker()


def test_that_the_page_in_front_is_what_is_exported(panel: MonteCarloPanel) -> None:
    assert panel.exported_chart is panel.states
    panel.histogram.setFocus()
    assert panel.exported_chart is panel.histogram
    show_page(panel, "Stock")
    assert panel.exported_chart is panel.stock
    show_page(panel, "Drivers")
    assert panel.exported_chart is panel.drivers
    assert "Strict" in panel.heading().title


def test_that_what_keeps_the_question_from_being_asked_is_said(panel: MonteCarloPanel, qtbot: QtBot) -> None:
    document = panel.document
    with qtbot.waitSignal(document.solved):
        document.apply(document.plan.with_table(document.plan.uncertainty.replaced([])), "No ranges")
    panel.run()
    qtbot.waitUntil(lambda: panel.state is State.FAILED)
    assert "Uncertainty" in panel.face.strip.text
    assert panel.answer is not None


@pytest.mark.parametrize("size", [QSize(900, 260), QSize(500, 500), QSize(320, 160)])
@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST])
def test_that_every_chart_is_drawn_in_every_shape_and_theme(panel: MonteCarloPanel, size: QSize, theme: str) -> None:
    panel.histogram.set_cumulative(False)
    charts: list[Chart] = [panel.states, panel.histogram, panel.stock, panel.drivers, panel.difference]
    for chart in charts:
        image = chart.picture(THEMES[theme], size)
        assert colours_of(image) > 3, chart.title
        area = QRectF(0, 0, size.width(), size.height())
        for hit in chart.find_hits(area):
            assert area.adjusted(-1, -1, 1, 1).intersects(hit.area)
            assert hit.tip
    panel.histogram.set_cumulative(True)
    assert colours_of(panel.histogram.picture(THEMES[theme], size)) > 3


def colours_of(image: QImage) -> int:
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def test_that_charts_are_named_and_summed_up_for_who_cannot_see_them(panel: MonteCarloPanel) -> None:
    for chart in (panel.states, panel.histogram, panel.stock, panel.drivers, panel.difference):
        assert chart.accessibleName()
        assert chart.accessibleDescription()


@pytest.mark.parametrize(
    ("odds", "text"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.0002, "<0.1 %"),
        (0.9999, ">99.9 %"),
        (0.032, "3.2 %"),
        (0.42, "42 %"),
        (0.971, "97.1 %"),
    ],
)
def test_that_small_odds_are_never_rounded_to_never(odds: float, text: str) -> None:
    assert odds_text(odds) == text


def test_that_a_number_that_does_not_vary_is_drawn(qtbot: QtBot) -> None:
    chart = HistogramChart()
    qtbot.addWidget(chart)
    for value in (0.0, 5.0, -1e9, 1e-7):
        chart.show_draws(Spreading("It", "kt", np.full(20, value), value), "It", 0.0)
        assert colours_of(chart.picture(THEMES[LIGHT], QSize(400, 200))) > 3
        assert sum(share for share in chart.data.shares(chart.data.draws)) == pytest.approx(1.0)  # type: ignore[union-attr]


def test_that_shares_of_a_histogram_add_up_and_its_edges_hold_all_draws() -> None:
    random: Any = np.random.default_rng(1)
    data = Spreading("It", "kt", random.normal(1e3, 300, 5000), None, random.normal(0, 10, 100))
    assert data.shares(data.draws).sum() == pytest.approx(1.0)
    assert data.shares(data.other).sum() == pytest.approx(1.0)
    assert data.below(1000.0) == pytest.approx((data.draws < 1000.0).mean())
