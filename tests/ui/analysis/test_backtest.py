"""The dock of backtests: what is shown of actuals and model, and forecasts kept and scored."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from aluplanner.analysis.backtest import Backtest
from aluplanner.analysis.backtest_fan import FanOrder
from aluplanner.analysis.forecast_score import ForecastScore
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.calendar import Month
from aluplanner.ui.analysis.backtest_names import spread
from aluplanner.ui.analysis.backtest_panel import BacktestPanel, usual_draws
from aluplanner.ui.analysis.gallery_backtest import backtest_panel
from aluplanner.ui.theme import DARK, HIGH_CONTRAST, LIGHT, THEMES
from aluplanner.workbook.forecasts import keep_forecast, read_forecast
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.write import write_plan
from tests.analysis.backtest_plans import plan_with_actuals

JAN, FEB, APR = (Month.of(2017, month) for month in (1, 2, 4))


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document(plan_with_actuals())
    qtbot.waitSignal(made.all_solved).wait()
    yield made
    made.close()


@pytest.fixture
def panel(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[BacktestPanel]:
    made = BacktestPanel(document, preferences)
    made.draws.value = 100.0
    made.resize(1200, 300)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.answered):
        made.show()
    yield made
    made.close_worker()


def shown(panel: BacktestPanel) -> Backtest:
    assert isinstance(panel.answer, Backtest)
    return panel.answer


@pytest.fixture
def said(document: Document, tmp_path: Path) -> Path:
    """Return the file of a forecast kept with the facts of February."""
    path = tmp_path / "said.xlsx"
    keep_forecast(document.plan, path, as_of=FEB, fan=FanOrder(50, 1), made_by="Li")
    return path


def score(panel: BacktestPanel, path: Path, qtbot: QtBot) -> ForecastScore:
    with qtbot.waitSignal(panel.answered):
        panel.score_kept(path)
    assert isinstance(panel.answer, ForecastScore)
    return panel.answer


def test_that_it_shows_the_bias_in_words_a_picture_and_the_months(panel: BacktestPanel) -> None:
    assert shown(panel).draws == 100
    assert panel.chart.series == "production"
    assert "The model says 1.1 % too much." in panel.chart.summary
    rows = [[panel.summary.model().index(row, column).data() for column in (0, 1)] for row in range(3)]
    assert rows[:2] == [["Production", "1.1 % too much"], ["Visible stock", "4.5 % too little"]]
    assert panel.months.model().rowCount() == 3
    assert panel.face.notes.text().startswith("Production, 3 months.")


def test_that_it_follows_an_actual_that_is_typed(panel: BacktestPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.document.set_cell("monthly", "2017-04", "actual_production", 600.0)
    assert shown(panel).of("production").score.bias == pytest.approx((10 - 10 - 300) / 3)
    assert "too little" in panel.chart.summary


def test_that_box_and_table_choose_the_series(panel: BacktestPanel) -> None:
    panel.series_box.setCurrentIndex(1)
    assert panel.chart.series == "stock"
    assert panel.summary.currentIndex().row() == 1
    assert panel.face.notes.text().startswith("Visible stock, 2 months.")
    panel.summary.choose_row(2)
    assert panel.series_box.series == "price"
    assert panel.chart.series == "price"


def test_that_an_origin_leaves_only_later_months_to_score(panel: BacktestPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.origin_box.choose(JAN)
    assert shown(panel).origin == JAN
    assert shown(panel).of("production").is_scored.tolist() == [False, True, False, True]


def test_that_origins_are_the_months_up_to_the_last_actual(panel: BacktestPanel, qtbot: QtBot) -> None:
    box = panel.origin_box
    assert [box.itemText(place) for place in range(box.count())] == [
        *("as in the plan", "Jan 17", "Feb 17", "Mar 17", "Apr 17"),
    ]
    with qtbot.waitSignal(panel.answered):
        box.choose(JAN)
    told: list[None] = []
    box.changed.connect(lambda: told.append(None))
    with qtbot.waitSignal(panel.answered):
        panel.document.set_cell("monthly", "2017-04", "actual_production", None)
    with qtbot.waitSignal(panel.answered):
        panel.document.set_cell("monthly", "2017-04", "actual_stock", None)
    assert (box.count(), box.origin) == (3, JAN)
    assert told == []


def test_that_a_month_leads_to_its_actual(panel: BacktestPanel, qtbot: QtBot) -> None:
    hit = panel.chart.hits[3]
    assert hit.tip.splitlines() == [
        *("Apr 17", "actual 290.0 kt", "model 300.0 kt", "no change 300.0 kt"),
        hit.tip.splitlines()[4],
        "error +10.0 kt",
    ]
    with qtbot.waitSignal(panel.jump_requested) as asked:
        panel.chart.activated.emit(hit)
    assert asked.args == ["monthly", "2017-04", "actual_production"]
    panel.months.choose_row(1)
    with qtbot.waitSignal(panel.jump_requested) as asked:
        panel.months.jump()
    assert asked.args == ["monthly", "2017-02", "actual_production"]


def test_that_the_keys_go_from_month_to_month(panel: BacktestPanel, qtbot: QtBot) -> None:
    panel.chart.setFocus()
    qtbot.keyClick(panel.chart, Qt.Key.Key_Right)
    qtbot.keyClick(panel.chart, Qt.Key.Key_Right)
    assert panel.chart.current is panel.chart.hits[1]
    assert panel.chart.hit_at(QPointF(panel.chart.hits[2].area.center())) is panel.chart.hits[2]


def test_that_a_plan_without_actuals_says_what_to_do(preferences: Preferences, qtbot: QtBot) -> None:
    document = Document(plan_with_actuals({}))
    panel = BacktestPanel(document, preferences)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.answered):
        panel.show()
    assert "enter what really happened" in panel.face.notes.text()
    assert panel.months.model().rowCount() == 0
    assert panel.chart.picture().width() > 0
    panel.close_worker()
    document.close()


def test_that_a_large_plan_waits_for_draws_to_be_asked_for(panel: BacktestPanel, qtbot: QtBot) -> None:
    rows = panel.document.plan.plants
    many = [rows[0], *(replace(rows[0], plant=f"Plant {place}") for place in range(4_999))]
    large = panel.document.plan.with_table(rows.replaced(many)).with_value("plan/Months/value", 12)
    assert usual_draws(large) == 0
    assert usual_draws(panel.document.plan) == 1_000
    with qtbot.waitSignal(panel.answered):
        panel.document.new(plan_with_actuals())
    assert panel.draws.value == 1_000


# Kept forecasts


def test_that_a_forecast_is_kept_beside_the_plan(
    panel: BacktestPanel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def name(parent: object, title: str, suggested: str, filters: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(tmp_path / "said in february"), filters

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    with qtbot.waitSignal(panel.answered):
        panel.origin_box.choose(FEB)
    with qtbot.waitSignal(panel.files.kept) as done:
        qtbot.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton)
    assert done.args == [tmp_path / "said in february.xlsx"]
    assert asked[0].endswith("By hand – said 2017-02.xlsx")
    found = read_forecast(tmp_path / "said in february.xlsx")
    assert (found.as_of, found.known_until, found.draws, found.doubts) == (FEB, FEB, 100, ())
    assert found.lines["production"].tolist() == pytest.approx(shown(panel).of("production").model.tolist())


def test_that_a_forecast_as_the_plan_stands_knows_all_its_facts(
    panel: BacktestPanel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "now.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(panel.files.kept):
        qtbot.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton)
    assert read_forecast(path).as_of == APR
    assert read_forecast(path).known_until is None


def test_that_the_plan_itself_is_never_replaced_by_a_forecast(
    panel: BacktestPanel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.xlsx"
    with qtbot.waitSignal(panel.document.saved):
        panel.document.save(path)
    before = path.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(panel.files.refused) as said:
        qtbot.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton)
    assert "is the plan itself" in said.args[0]
    assert panel.face.strip.text == said.args[0]
    assert path.read_bytes() == before


def test_that_nothing_is_written_where_no_file_is_named(
    panel: BacktestPanel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    told: list[str] = []
    panel.said.connect(told.append)
    qtbot.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.score_button, Qt.MouseButton.LeftButton)
    assert told == []


def test_that_a_kept_forecast_is_scored_and_the_plan_again(
    panel: BacktestPanel, said: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(said), ""))
    with qtbot.waitSignal(panel.answered):
        qtbot.mouseClick(panel.score_button, Qt.MouseButton.LeftButton)
    answer = panel.answer
    assert isinstance(answer, ForecastScore)
    assert answer.of("production").is_scored.tolist() == [False, False, False, True]
    assert panel.source_box.currentText() == "said.xlsx"
    assert not panel.origin_box.isEnabled()
    assert "by Li, from facts up to 2017-02" in panel.face.notes.text()
    with qtbot.waitSignal(panel.answered):
        panel.source_box.setCurrentIndex(0)
    assert isinstance(panel.answer, Backtest)
    assert panel.origin_box.isEnabled()


def test_that_a_kept_forecast_follows_new_facts(panel: BacktestPanel, said: Path, qtbot: QtBot) -> None:
    score(panel, said, qtbot)
    with qtbot.waitSignal(panel.answered):
        panel.document.set_cell("monthly", "2017-04", "actual_production", 250.0)
    assert isinstance(panel.answer, ForecastScore)
    assert panel.answer.of("production").score.bias == pytest.approx(50.0)


def test_that_a_forecast_read_again_takes_the_place_of_the_former(
    panel: BacktestPanel, said: Path, document: Document, qtbot: QtBot
) -> None:
    score(panel, said, qtbot)
    said.unlink()
    keep_forecast(document.plan, said, as_of=JAN, fan=None)
    again = score(panel, said, qtbot)
    assert again.forecast.as_of == JAN
    assert panel.source_box.count() == 2


def test_that_a_touched_forecast_is_shown_with_its_doubts(panel: BacktestPanel, said: Path, qtbot: QtBot) -> None:
    write_plan(read_plan(said).with_value("plants/Plant/built", 5000.0), said)
    score(panel, said, qtbot)
    assert "no longer the one that the forecast was made of" in panel.face.strip.text


def test_that_a_file_that_is_no_forecast_is_refused_in_the_panel(
    panel: BacktestPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    write_plan(plan_with_actuals(), tmp_path / "plan.xlsx")
    with qtbot.waitSignal(panel.files.refused):
        panel.score_kept(tmp_path / "plan.xlsx")
    assert "plan.xlsx holds no kept forecast." in panel.face.strip.text
    assert isinstance(panel.answer, Backtest)


# The picture


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST])
@pytest.mark.parametrize("size", [QSize(900, 260), QSize(500, 500)])
def test_that_the_picture_is_drawn_in_every_theme_and_shape(panel: BacktestPanel, theme: str, size: QSize) -> None:
    image = panel.chart.picture(THEMES[theme], size)
    colours = {image.pixelColor(x, y).name() for x in range(0, size.width(), 2) for y in range(0, size.height(), 2)}
    assert THEMES[theme].selected.colour in colours
    assert THEMES[theme].text in colours


def test_that_names_of_lines_do_not_cover_one_another() -> None:
    assert spread([10.0, 12.0, 50.0], 14.0, 0.0, 100.0) == [10.0, 24.0, 50.0]
    assert spread([90.0, 95.0, 99.0], 14.0, 0.0, 100.0) == [72.0, 86.0, 100.0]
    assert spread([-5.0], 14.0, 0.0, 100.0) == [0.0]
    assert spread([], 14.0, 0.0, 100.0) == []


def test_that_the_gallery_shows_it(preferences: Preferences, qtbot: QtBot) -> None:
    document = Document(plan_with_actuals())
    panel = backtest_panel(document, origin="2017-01", series="stock")
    qtbot.addWidget(panel)
    assert panel.chart.series == "stock"
    assert shown(panel).origin == JAN
    panel.close_worker()
    document.close()


def test_that_a_picture_of_a_kept_forecast_says_when_it_was_said(
    panel: BacktestPanel, said: Path, qtbot: QtBot
) -> None:
    assert panel.heading().title == "Production: what the model said and what happened"
    score(panel, said, qtbot)
    assert panel.heading().title.startswith("Production, said with the facts of Feb 17:")
    assert panel.heading().plan == "By hand"
