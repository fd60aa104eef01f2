"""The dock Attribution."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from aluplanner.analysis.attribution import Attribution, attribute
from aluplanner.analysis.attribution_groups import By
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.document.scenario_edits import ScenarioText, change_scenario
from aluplanner.model.plan import Plan
from aluplanner.ui.analysis import attribution_panel as module
from aluplanner.ui.analysis.attribution_chart import REST, WaterfallChart
from aluplanner.ui.analysis.attribution_panel import AttributionPanel
from aluplanner.ui.analysis.docks import ANALYSES
from aluplanner.ui.analysis.gallery_attribution import attribution_panel
from aluplanner.ui.analysis.panel_state import State
from aluplanner.ui.theme import THEMES
from tests.model.cases import full_plan


@pytest.fixture
def panel(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[AttributionPanel]:
    made = AttributionPanel(document, preferences)
    made.resize(900, 300)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.answered):
        made.show()
    yield made
    made.close_worker()


@pytest.fixture
def chart(qtbot: QtBot) -> WaterfallChart:
    made = WaterfallChart()
    made.resize(600, 200)
    qtbot.addWidget(made)
    made.show_attribution(attribute(full_plan(), "balance 2017H2 sum"))
    return made


def answer_of(panel: AttributionPanel) -> Attribution:
    assert isinstance(panel.answer, Attribution)
    return panel.answer


def names(panel: AttributionPanel) -> set[str]:
    return {bar.name for bar in answer_of(panel).groups}


def test_that_the_window_offers_it() -> None:
    entry = next(each for each in ANALYSES if each.name == AttributionPanel.name)
    assert (entry.module, entry.panel) == (module.__name__, "AttributionPanel")


def test_that_it_answers_by_itself_what_the_actions_did(panel: AttributionPanel) -> None:
    assert names(panel) == {"Cut", "Winter cut"}
    assert answer_of(panel).against is None
    assert panel.table.table is not None
    assert "exact" in panel.notes()
    assert panel.face.run_button.isHidden()


def test_that_an_edit_is_followed(panel: AttributionPanel, document: Document, qtbot: QtBot) -> None:
    before = answer_of(panel).end
    with qtbot.waitSignal(panel.answered):
        document.apply(document.plan.with_value("actions/Cut/announced", 300.0), "edit")
    assert answer_of(panel).end != before


def test_that_it_leads_from_one_scenario_to_another(panel: AttributionPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.start_box.choose("Base")
        assert panel.scenario_box is not None
        panel.scenario_box.choose("Stricter")
    assert (answer_of(panel).against, answer_of(panel).scenario) == ("Base", "Stricter")
    assert names(panel) == {"Cut", "Plants: North"}


def test_that_the_case_without_actions_stays_chosen_when_scenarios_change(
    panel: AttributionPanel, document: Document
) -> None:
    document.apply(change_scenario(document.plan, "Strict", ScenarioText("Severe")), "rename")
    assert panel.start_box.against is None
    panel.start_box.choose("Severe")
    document.apply(change_scenario(document.plan, "Severe", ScenarioText("Strict again")), "rename")
    assert panel.start_box.against == "Strict again"


def test_that_contributions_are_added_up_anew_without_solving(panel: AttributionPanel) -> None:
    before = answer_of(panel)
    panel.by_box.choose(By.PROVINCE)
    assert answer_of(panel).shares is before.shares
    assert names(panel) == {"Shandong", "Henan", "Xinjiang"}
    assert panel.table.table is not None
    assert panel.table.table.columns[0].heading == "Province"
    assert not panel.worker.is_busy


def test_that_a_bar_leads_to_the_row_of_its_action(panel: AttributionPanel, qtbot: QtBot) -> None:
    hit = next(hit for hit in panel.chart.hits if hit.address is not None)
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        qtbot.mouseClick(panel.chart, Qt.MouseButton.LeftButton, pos=hit.area.center().toPoint())
    assert jumped.args[0] == "actions"
    assert jumped.args[1] in {"Cut", "Winter cut"}


def test_that_the_end_leads_to_what_makes_it_and_the_case_without_actions_nowhere(
    panel: AttributionPanel, qtbot: QtBot
) -> None:
    first, *_, last = panel.chart.hits
    assert not first.leads_on
    with qtbot.waitSignal(panel.trace_requested) as traced:
        panel.on_hit_activated(last)
    assert traced.args[0] == "Base"


def test_that_a_measure_that_cannot_be_read_is_said_above_the_last_good_answer(panel: AttributionPanel) -> None:
    panel.measure_box.choose("happiness 2017 sum")
    panel.run()
    assert panel.state is State.FAILED
    assert "There is no series" in panel.face.strip.text
    assert panel.answer is not None


def test_that_slow_answers_wait_to_be_asked_for(
    panel: AttributionPanel, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "QUICK", -1)
    with qtbot.waitSignal(panel.answered):
        panel.run()
    assert not panel.face.run_button.isHidden()
    before = document.plan
    with qtbot.waitSignal(document.solved):
        document.apply(before.with_value("actions/Cut/announced", 300.0), "edit")
    assert panel.state is State.STALE
    monkeypatch.setattr(module, "QUICK", 60_000)
    with qtbot.waitSignal(panel.answered):
        qtbot.mouseClick(panel.face.run_button, Qt.MouseButton.LeftButton)
    assert panel.state is State.ANSWERED
    assert panel.face.run_button.isHidden()


def test_that_the_table_stands_beside_the_picture_where_it_is_wide_or_wanted(
    panel: AttributionPanel, qtbot: QtBot
) -> None:
    assert panel.table.isHidden()
    panel.resize(1366, 300)
    assert not panel.table.isHidden()
    qtbot.mouseClick(panel.table_button, Qt.MouseButton.LeftButton)
    assert panel.table.isHidden()
    panel.resize(1900, 300)
    assert panel.table.isHidden()


def test_that_at_900_pixels_all_controls_stand_in_one_row(panel: AttributionPanel) -> None:
    tops = {box.mapTo(panel, box.rect().center()).y() for box in (panel.measure_box, panel.by_box, panel.table_button)}
    assert max(tops) - min(tops) <= 2


def test_that_the_picture_is_written(panel: AttributionPanel, tmp_path: Path) -> None:
    for ending in ("png", "svg", "pdf"):
        path = tmp_path / f"waterfall.{ending}"
        panel.exports.write_picture(path)
        assert path.stat().st_size > 1000
    assert "Most by" in panel.heading().title
    assert panel.headline.text() == panel.heading().title


# The chart


def test_that_small_contributions_are_shown_one_by_one_and_together_again(panel: AttributionPanel) -> None:
    panel.chart.show_attribution(attribute(full_plan(), "balance 2017H2 sum"))
    rest = next(hit for hit in panel.chart.hits if hit.data == REST)
    panel.on_hit_activated(rest)
    assert panel.chart.is_unfolded
    assert len(panel.chart.hits) == 2 + 6 + 1
    fewer = next(hit for hit in panel.chart.hits if hit.data == REST)
    panel.on_hit_activated(fewer)
    assert not panel.chart.is_unfolded
    assert len(panel.chart.hits) < 2 + 6 + 1


def test_that_the_menu_shows_all_bars_and_fewer_again(panel: AttributionPanel) -> None:
    panel.chart.show_attribution(attribute(full_plan(), "balance 2017H2 sum"))
    for is_unfolded in (True, False):
        menu = panel.chart_menu(None)
        menu.actions()[0].trigger()
        assert panel.chart.is_unfolded is is_unfolded
        menu.deleteLater()


def test_that_every_bar_has_a_place_of_its_own_inside_the_picture(chart: WaterfallChart) -> None:
    for size in (QSize(900, 200), QSize(500, 400), QSize(260, 120)):
        area = QRectF(0, 0, size.width(), size.height())
        hits = chart.find_hits(area)
        assert len(hits) >= 3
        for before, after in pairwise(hits):
            assert before.area.bottom() <= after.area.top() + 0.01
        assert all(area.contains(hit.area) for hit in hits)


@pytest.mark.parametrize("theme", THEMES)
def test_that_it_draws_tighter_and_looser_bars_in_their_colours(chart: WaterfallChart, theme: str) -> None:
    image = chart.picture(THEMES[theme], QSize(700, 240)).convertToFormat(QImage.Format.Format_RGB32)
    seen = {image.pixelColor(x, y).name() for x in range(0, 700, 2) for y in range(0, 240, 2)}
    assert {THEMES[theme].shortage, THEMES[theme].accent} <= seen


def test_that_levels_far_from_zero_are_drawn_torn_off(chart: WaterfallChart) -> None:
    answer = attribute(full_plan(), "price all mean")
    chart.show_attribution(answer)
    places = chart._places(QRectF(0, 0, 600, 200))
    assert not places.has_zero
    assert places.scale.low > 0
    image = QImage(600, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    chart.draw_on(painter, QRectF(0, 0, 600, 200), THEMES["light"])
    painter.end()


def test_that_a_sample_has_whiskers(chart: WaterfallChart) -> None:
    answer = attribute(full_plan(), "balance 2017H2 sum", permutations=4)
    largest = abs(answer.contributions[0].value)
    wide = tuple(replace(bar, error=0.2 * largest) for bar in answer.groups)
    pictures = []
    for groups in (answer.groups, wide):
        chart.show_attribution(replace(answer, groups=groups))
        pictures.append(chart.picture(size=QSize(600, 240)))
    assert pictures[0] != pictures[1]
    places = chart._places(QRectF(0, 0, 600, 240))
    assert places.scale.low <= min(bar.low - bar.error for bar in places.bars if not bar.is_end)
    assert places.scale.high >= max(bar.high + bar.error for bar in places.bars if not bar.is_end)


def test_that_it_says_in_words_what_it_shows(chart: WaterfallChart) -> None:
    assert "Balance" in chart.accessibleName()
    assert "Base without actions" in chart.accessibleDescription()


def test_that_the_gallery_shows_it_answered(document: Document, qtbot: QtBot) -> None:
    made = attribution_panel(document, by=By.KIND)
    document.setParent(None)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    assert names(made) == {"curtail output"}
    assert not made.worker.is_busy


def test_that_a_plan_without_months_has_nothing_to_ask(preferences: Preferences, qtbot: QtBot) -> None:
    document = Document(Plan())
    made = AttributionPanel(document, preferences)
    qtbot.addWidget(made)
    made.run()
    assert made.state is State.MISSING
    made.close_worker()
    document.close()
