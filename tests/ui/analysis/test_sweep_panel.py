"""The dock of the sweep: a map or a curve, and a point of it as a scenario."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from aluplanner.analysis.sweep import Place, Sweep, even_values, sweep
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.plan import Address
from aluplanner.model.solver import solve
from aluplanner.ui.analysis.chart import ChartHit
from aluplanner.ui.analysis.panel_state import State
from aluplanner.ui.analysis.sweep_colours import ColourScale, coloured
from aluplanner.ui.analysis.sweep_layout import Layout, edges_of
from aluplanner.ui.analysis.sweep_map import SweepMap
from aluplanner.ui.analysis.sweep_panel import DRAWN_POINTS, SweepPanel
from aluplanner.ui.theme import DARK, HIGH_CONTRAST, LIGHT, THEMES
from tests.ui.analysis.uncertain import uncertain_plan

MEASURE = "balance 2017 sum"
RATE = Address("actions", "Winter cut", "implementation")
LOAD = Address("assumptions", "load_factor", "value")


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document(uncertain_plan())
    qtbot.waitSignal(made.all_solved).wait()
    yield made
    made.close()


@pytest.fixture
def panel(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[SweepPanel]:
    made = SweepPanel(document, preferences)
    made.measure_box.choose(MEASURE)
    made.across.choose(RATE)
    made.up.choose(LOAD)
    made.up.low.value, made.up.high.value = 0.2, 1.2
    made.resize(1200, 420)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_worker()


def asked(panel: SweepPanel, qtbot: QtBot) -> Sweep:
    with qtbot.waitSignal(panel.answered):
        panel.run()
    assert isinstance(panel.answer, Sweep)
    return panel.answer


def hit_at(chart: SweepMap, across: float, up: float) -> ChartHit:
    """Return the part of the map nearest to two values."""

    def distance(hit: ChartHit) -> float:
        assert isinstance(hit.data, Place)
        return abs(hit.data.cells[0] - across) + abs(hit.data.cells[1] - up)

    return min(chart.hits, key=distance)


def test_that_it_begins_with_two_uncertain_cells_and_their_own_ranges(
    document: Document, preferences: Preferences, qtbot: QtBot
) -> None:
    made = SweepPanel(document, preferences)
    qtbot.addWidget(made)
    assert made.across.address == Address("actions", "Cut", "implementation")
    assert (made.across.low.value, made.across.high.value) == (0.2, 1.0)
    assert made.up.address == LOAD
    made.close_worker()


def test_that_it_sweeps_two_cells_when_it_is_told_to(panel: SweepPanel, qtbot: QtBot) -> None:
    assert panel.answer is None
    answer = asked(panel, qtbot)
    wanted = sweep(panel.document.plan, {RATE: even_values(0.1, 1.0), LOAD: even_values(0.2, 1.2)}, MEASURE)
    np.testing.assert_array_equal(answer.values, wanted.values)
    assert panel.charts.currentWidget() is panel.map
    assert panel.exported_chart is panel.map
    assert len(panel.map.hits) == 41 * 41


def test_that_one_cell_gives_a_curve(panel: SweepPanel, qtbot: QtBot) -> None:
    panel.across.choose(None)
    answer = asked(panel, qtbot)
    assert [axis.address for axis in answer.axes] == [LOAD]
    assert panel.charts.currentWidget() is panel.curve
    assert panel.exported_chart is panel.curve
    assert len(panel.curve.hits) == 41
    assert not panel.curve.picture(THEMES[LIGHT], QSize(500, 300)).isNull()


def test_that_without_a_cell_it_says_what_is_missing(panel: SweepPanel) -> None:
    panel.across.choose(None)
    panel.up.choose(None)
    panel.run()
    assert panel.state is State.MISSING
    assert "Choose the cell to sweep" in panel.face.nothing.text()


def test_that_bounds_the_wrong_way_round_are_refused_with_a_sentence(panel: SweepPanel) -> None:
    panel.across.low.value, panel.across.high.value = 0.9, 0.1
    panel.run()
    assert panel.state is State.FAILED
    assert "not below its highest" in panel.face.nothing.text()


def test_that_another_cell_brings_its_own_bounds(panel: SweepPanel) -> None:
    panel.across.choose(Address("demand", "Building", "growth 2017"))
    assert (panel.across.low.value, panel.across.high.value) == (0.0, 0.1)


def test_that_a_statistic_is_swept_on_a_coarser_grid(panel: SweepPanel, qtbot: QtBot) -> None:
    panel.up.choose(None)
    panel.measure_box.choose("P(balance 2017 sum < 0)")
    assert len(asked(panel, qtbot).values) == DRAWN_POINTS


def test_that_the_line_is_drawn_at_another_level_on_request(panel: SweepPanel, qtbot: QtBot) -> None:
    assert asked(panel, qtbot).level == 0.0
    panel.level.value = -100.0
    assert asked(panel, qtbot).level == -100.0


# A point as a scenario


def test_that_a_click_picks_a_point_and_enter_makes_a_scenario_of_it_in_one_step(
    panel: SweepPanel, qtbot: QtBot
) -> None:
    asked(panel, qtbot)
    document, before = panel.document, panel.document.plan
    steps = document.undo_stack.count()
    hit = hit_at(panel.map, 0.5, 0.9)
    assert isinstance(hit.data, Place)
    qtbot.mouseClick(panel.map, Qt.MouseButton.LeftButton, pos=hit.area.center().toPoint())
    assert panel.map.picked == hit.data
    assert document.plan is before
    name = panel.point_box.name.text()
    assert name.startswith("Winter cut, Implementation 50.5 %, Load factor ")
    with qtbot.waitSignal(panel.said):
        qtbot.keyClick(panel.point_box.name, Qt.Key.Key_Return)
    assert document.undo_stack.count() == steps + 1
    assert document.plan.scenario_names[-1] == name
    solved = solve(document.plan, name)
    assert (solved.plan.value(RATE), solved.plan.value(LOAD)) == hit.data.cells
    assert solved.measure(MEASURE) == pytest.approx(hit.data.reached)
    assert panel.map.picked is None
    document.undo_stack.undo()
    assert document.plan is before


def test_that_the_scenario_builds_on_the_one_that_was_swept(panel: SweepPanel, qtbot: QtBot) -> None:
    assert panel.scenario_box is not None
    panel.scenario_box.choose("Strict")
    answer = asked(panel, qtbot)
    panel.pick(answer.place(3, 4))
    panel.point_box.name.setText("Mine")
    qtbot.mouseClick(panel.point_box.button, Qt.MouseButton.LeftButton)
    made = panel.document.plan.scenarios.find("Mine")
    assert made is not None
    assert made.layers == ("Strict",)
    assert solve(panel.document.plan, "Mine").measure(MEASURE) == pytest.approx(answer.values[3, 4])


def test_that_the_keys_go_over_the_map_and_enter_picks(panel: SweepPanel, qtbot: QtBot) -> None:
    answer = asked(panel, qtbot)
    panel.map.setFocus()
    qtbot.keyClick(panel.map, Qt.Key.Key_Home)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(panel.map, key)
    current = panel.map.current
    assert current is not None
    assert current.data == answer.place(39, 2)
    qtbot.keyClick(panel.map, Qt.Key.Key_Return)
    assert panel.map.picked == answer.place(39, 2)
    assert panel.point_box.name.hasFocus()


def test_that_nothing_can_be_made_before_a_point_is_picked(panel: SweepPanel, qtbot: QtBot) -> None:
    asked(panel, qtbot)
    assert not panel.point_box.button.isEnabled()
    panel.pick(panel.answer.place(0, 0))  # type: ignore[union-attr]  # it is a Sweep
    assert panel.point_box.button.isEnabled()
    asked(panel, qtbot)
    assert not panel.point_box.button.isEnabled()


def test_that_a_point_of_a_curve_becomes_a_scenario_too(panel: SweepPanel, qtbot: QtBot) -> None:
    panel.up.choose(None)
    answer = asked(panel, qtbot)
    hit = panel.curve.hits[7]
    qtbot.mouseClick(panel.curve, Qt.MouseButton.LeftButton, pos=hit.area.center().toPoint())
    qtbot.mouseClick(panel.point_box.button, Qt.MouseButton.LeftButton)
    made = panel.document.plan.scenario_names[-1]
    assert solve(panel.document.plan, made).measure(MEASURE) == pytest.approx(answer.values[7])


# The picture


@pytest.fixture
def chart(panel: SweepPanel, qtbot: QtBot) -> SweepMap:
    asked(panel, qtbot)
    return panel.map


def layout_of(chart: SweepMap, width: int = 900, height: int = 400) -> tuple[Layout, QImage]:
    assert chart.answer is not None
    area = QRectF(8, 8, width - 16, height - 16)
    return Layout(area, chart.answer, chart.metrics), chart.picture(THEMES[LIGHT], QSize(width, height))


def test_that_cells_have_the_colours_of_their_figures(chart: SweepMap) -> None:
    answer = chart.answer
    assert answer is not None
    layout, image = layout_of(chart)
    known = answer.values
    scale = ColourScale(float(known.min()), float(known.max()), 0.0)
    checked = 0
    for row, column in ((2, 3), (38, 5), (30, 37), (3, 36)):
        wanted = scale.colour(float(known[row, column]), THEMES[LIGHT])
        got = image.pixelColor(layout.cell(row, column).center().toPoint())
        distances = [abs(a - b) for a, b in zip(got.getRgb()[:3], wanted.getRgb()[:3], strict=True)]  # type: ignore[index]
        checked += max(distances) <= 3
    assert checked >= 3  # one may lie under a line or a label


def test_that_the_contour_lies_between_surplus_and_shortage(chart: SweepMap) -> None:
    answer = chart.answer
    assert answer is not None
    assert answer.is_met
    layout, _ = layout_of(chart)
    (line,) = answer.lines(0.0)
    for across, up in line:
        point = layout.at(float(across), float(up))
        assert layout.body.contains(point)
        above, below = (solve_at(answer, across, up + step) for step in (0.05, -0.05))
        assert above > 0.0 > below


def solve_at(answer: Sweep, across: float, up: float) -> float:
    found = solve(answer.plan.with_cells({RATE: min(1.0, across), LOAD: up})).measure(MEASURE)
    assert found is not None
    return found


def test_that_the_plans_own_point_is_marked_with_its_value(chart: SweepMap) -> None:
    answer = chart.answer
    assert answer is not None
    assert "Base" in chart.summary
    layout, image = layout_of(chart)
    own = [axis.own for axis in answer.axes]
    assert own[0] is not None
    assert own[1] is not None
    dot = image.pixelColor(layout.at(own[0], own[1]).toPoint())
    assert dot.lightnessF() < 0.4  # the dot in its ring


def test_that_the_crosshair_tells_what_is_under_the_mouse(chart: SweepMap, qtbot: QtBot) -> None:
    before = chart.grab().toImage()
    hit = hit_at(chart, 0.3, 0.6)
    with qtbot.waitSignal(chart.current_changed):
        qtbot.mouseMove(chart, hit.area.center().toPoint())
    assert chart.grab().toImage() != before
    assert isinstance(hit.data, Place)
    lines = hit.tip.splitlines()
    assert lines[0].startswith("Winter cut, Implementation ")
    assert lines[2] == f"{hit.data.reached:+,.0f} kt".replace("-", "−")


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST])
@pytest.mark.parametrize("size", [(900, 260), (500, 500), (240, 120)])
def test_that_it_can_be_painted_in_every_size_and_theme(
    chart: SweepMap, panel: SweepPanel, theme: str, size: tuple[int, int]
) -> None:
    image = chart.picture(THEMES[theme], QSize(*size))
    colours = {image.pixel(x, y) for x in range(0, size[0], 5) for y in range(0, size[1], 5)}
    assert len(colours) > 5


def test_that_colours_part_at_the_level_and_are_as_strong_on_both_sides() -> None:
    scale, theme = ColourScale(-500.0, 1000.0, 0.0), THEMES[LIGHT]
    assert scale.colour(0.0, theme) == QColor(theme.canvas)
    more, less = scale.colour(500.0, theme), scale.colour(-500.0, theme)
    assert (more, less) == (QColor(theme.surplus_fill), QColor(theme.shortage_fill))


def test_that_the_level_of_another_measure_colours_both_sides_and_without_one_it_rises_from_pale() -> None:
    theme = THEMES[LIGHT]
    rising = ColourScale(10.0, 20.0)
    assert rising.colour(10.0, theme).lightnessF() > rising.colour(15.0, theme).lightnessF()
    assert rising.colour(15.0, theme).lightnessF() > rising.colour(20.0, theme).lightnessF()
    assert ColourScale(3.0, 3.0).colour(3.0, theme).isValid()


def test_that_blank_figures_have_a_colour_of_their_own() -> None:
    theme = THEMES[LIGHT]
    image = coloured(np.array([[0.0, np.nan]]), ColourScale(-1.0, 1.0, 0.0), theme)
    assert (image.width(), image.height()) == (2, 1)
    assert QColor(image.pixel(1, 0)) == QColor(theme.neutral_fill)


def test_that_cells_reach_half_way_to_their_neighbours() -> None:
    assert edges_of(np.array([0.0, 1.0, 3.0])).tolist() == [-0.5, 0.5, 2.0, 4.0]
    assert edges_of(np.array([4.0])).tolist() == [2.0, 6.0]
    assert edges_of(np.array([0.0])).tolist() == [-0.5, 0.5]


def test_that_places_and_values_go_both_ways(chart: SweepMap) -> None:
    assert chart.answer is not None
    layout, _ = layout_of(chart)
    cell = layout.cell(10, 20)
    centre = layout.at(float(chart.answer.axes[0].values[20]), float(chart.answer.axes[1].values[10]))
    assert QPointF(cell.center() - centre).manhattanLength() < 2.0
    columns, rows = layout.pixels(1)
    assert (columns[0], columns[-1], rows[0], rows[-1]) == (0, 40, 40, 0)


def test_that_nothing_is_painted_before_there_is_an_answer(panel: SweepPanel) -> None:
    assert not panel.map.hits
    assert not panel.curve.hits
    assert not panel.map.picture().isNull()
    assert not panel.curve.picture().isNull()
