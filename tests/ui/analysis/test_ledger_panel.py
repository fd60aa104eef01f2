"""The ledger's dock: the picture, its rows, what they lead to, the tables, and how it follows."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from aluplanner.analysis.ledger import Ledger, ledger
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.plan import Address, Plan
from aluplanner.ui.analysis.ledger_bars import bars_of, fitted, total_bar
from aluplanner.ui.analysis.ledger_chart import LedgerChart, step_colour
from aluplanner.ui.analysis.ledger_panel import ADDING_UP, TABLE, LedgerPanel
from aluplanner.ui.analysis.ledger_period_box import LedgerPeriodBox, first_choice
from aluplanner.ui.theme import DARK, LIGHT, THEMES
from tests.document.small_plan import small_plan
from tests.ui.standing import example

RUNNING = "Xinjiang April order - running"


@pytest.fixture
def panel(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[LedgerPanel]:
    made = LedgerPanel(document, preferences)
    made.resize(1300, 320)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.answered), qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_worker()


def shown(panel: LedgerPanel) -> Ledger:
    assert isinstance(panel.answer, Ledger)
    return panel.answer


def asked_again(panel: LedgerPanel, qtbot: QtBot, act: Callable[[], object]) -> Ledger:
    with qtbot.waitSignal(panel.answered):
        act()
    return shown(panel)


# The panel


def test_that_it_answers_by_itself_once_it_is_seen(panel: LedgerPanel) -> None:
    found = shown(panel)
    assert (found.scenario, found.period.label, found.by) == ("Base", "2017H2", "action")
    assert found.amount("announced", "Cut") == 100
    assert panel.chart.isVisible()
    assert "760 kt/y announced" in panel.chart.summary
    assert "Gap: due less implemented." in panel.notes()


def test_that_it_follows_an_edit(panel: LedgerPanel, document: Document, qtbot: QtBot) -> None:
    found = asked_again(panel, qtbot, lambda: document.set_cell("actions", "Cut", "implementation", 0.25))
    assert found.amount("implemented", "Cut") == 25
    assert found.amount("gap", "Cut") == 75


def test_that_every_control_asks_anew(panel: LedgerPanel, qtbot: QtBot) -> None:
    assert panel.scenario_box is not None
    assert asked_again(panel, qtbot, lambda: panel.scenario_box.choose("Strict")).scenario == "Strict"  # type: ignore[union-attr]
    assert asked_again(panel, qtbot, lambda: panel.period_box.choose("2017Q2")).period.label == "2017Q2"
    found = asked_again(panel, qtbot, lambda: panel.by_box.choose("province"))
    assert {row.label for row in found.rows} == {"Shandong", "Henan", "Xinjiang"}
    assert asked_again(panel, qtbot, lambda: panel.reading_box.choose("mean")).reading == "mean"


def test_that_the_views_are_a_picture_a_table_and_how_it_adds_up(panel: LedgerPanel) -> None:
    testers = [
        QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
        for view in (panel.table, panel.sums, panel.output)
    ]
    panel.show_view(TABLE)
    assert panel.table.isVisible()
    assert panel.table.model().index(0, 0).data() == "Cut"
    panel.show_view(ADDING_UP)
    assert panel.sums.isVisible()
    assert panel.output.isVisible()
    labels = [panel.sums.model().index(row, 0).data() for row in range(panel.sums.model().rowCount())]
    assert labels == ["Due", "Implemented", "Landed", "Overhang"]
    assert panel.exported_chart is panel.chart
    del testers


def test_that_a_row_leads_to_its_action(panel: LedgerPanel, qtbot: QtBot) -> None:
    panel.show_view(TABLE)
    panel.table.choose_row(0)
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        panel.table.doubleClicked.emit(panel.table.currentIndex())
    assert jumped.args == ["actions", "Cut", "implementation"]
    panel.show_view(0)
    hit = next(hit for hit in panel.chart.hits if hit.address == Address("actions", "Winter cut", "implementation"))
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        qtbot.mouseClick(panel.chart, Qt.MouseButton.LeftButton, pos=hit.area.center().toPoint())
    assert jumped.args == ["actions", "Winter cut", "implementation"]


def test_that_the_number_of_a_row_and_of_a_month_can_be_traced(panel: LedgerPanel, qtbot: QtBot) -> None:
    row = next(hit for hit in panel.chart.hits if hit.address is not None)
    assert str(row.measure) == "implemented[Winter cut] 2017-12 end"
    month = panel.chart.hits[-1]
    assert str(month.measure) == "implemented 2017-12 end"
    with qtbot.waitSignal(panel.trace_requested) as asked:
        panel.on_hit_activated(month)
    assert asked.args == ["Base", month.measure]


def test_that_a_plan_without_months_is_told_so(preferences: Preferences, qtbot: QtBot) -> None:
    document = Document(Plan())
    panel = LedgerPanel(document, preferences)
    qtbot.addWidget(panel)
    panel.run()
    assert panel.face.nothing.text() == "The plan does not say which months it covers."
    panel.close_worker()
    document.close()


# The period


def test_that_the_second_half_of_the_first_year_comes_first(document: Document, qtbot: QtBot) -> None:
    box = LedgerPeriodBox(document)
    qtbot.addWidget(box)
    assert box.period == "2017H2"
    labels = [box.itemData(i) for i in range(box.count())]
    assert labels[:2] == ["all", "2017"]
    assert labels[-1] == "2017-12"
    assert len(labels) == 1 + 1 + 2 + 4 + 12
    horizon = example().horizon
    assert horizon is not None
    assert first_choice(horizon) == "2017H2"


def test_that_the_period_stays_when_the_horizon_grows_and_goes_when_it_is_gone(
    document: Document, qtbot: QtBot
) -> None:
    box = LedgerPeriodBox(document)
    qtbot.addWidget(box)
    box.choose("2017-11")
    with qtbot.waitSignal(document.all_solved):
        document.set_cell("plan", "Months", "value", 18.0)
    assert box.period == "2017-11"
    assert box.findData("2018H1") >= 0
    with qtbot.waitSignals([document.all_solved, box.changed]):
        document.set_cell("plan", "Months", "value", 6.0)
    assert box.period == "all"


# The picture


def test_that_the_rows_are_the_largest_orders_with_own_cuts_behind_them() -> None:
    bars = bars_of(ledger(example(), period="2017H2"))
    orders = [bar for bar in bars if not bar.is_own]
    assert [bar.label for bar in bars[:2]] == ["Winter cut 30 %", "Document 656 - halt of new projects"]
    assert [bar.values[0] for bar in orders] == sorted((bar.values[0] for bar in orders), reverse=True)
    assert [bar.label for bar in bars[len(orders) :]] == ["Weiqiao June cut", "Qixing shutdown"]


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 8, 12, 13, 40])
def test_that_rows_that_do_not_fit_stand_together_and_nothing_is_lost(rows: int) -> None:
    found = ledger(example(), period="2017H2")
    bars = bars_of(found)
    some = fitted(bars, rows)
    assert len(some) <= max(2, rows)
    for step in range(5):
        assert sum(bar.values[step] for bar in some) == pytest.approx(sum(bar.values[step] for bar in bars))
    orders = [bar for bar in some if not bar.is_own and bar.label != "Companies’ own cuts"]
    assert sum(bar.values[0] for bar in orders) == pytest.approx(total_bar(found).values[0])


def test_that_a_tip_tells_every_number_with_its_unit() -> None:
    bar = next(bar for bar in bars_of(ledger(example(), period="2017H2")) if bar.label == RUNNING)
    lines = bar.tip().splitlines()
    assert lines[0] == RUNNING
    assert "Announced: 800 kt/y" in lines
    assert "Gap, due less implemented: 780 kt/y" in lines
    assert "Out of operation: 20 kt/y" in lines
    assert any(line.startswith("Output lost: ") and line.endswith(" kt") for line in lines)


@pytest.mark.parametrize("size", [(900, 260), (500, 500), (1340, 240), (240, 120)])
def test_that_everything_stays_within_the_picture(size: tuple[int, int], qtbot: QtBot) -> None:
    chart = LedgerChart()
    qtbot.addWidget(chart)
    chart.show_ledger(ledger(example(), period="2017H2"))
    area = QRectF(0, 0, *size)
    hits = chart.find_hits(area)
    assert len(hits) > 1
    for hit in hits:
        assert area.adjusted(-1, -1, 1, 24).contains(hit.area), hit.tip
    for theme in (None, THEMES[DARK]):
        picture = chart.picture(theme, QSize(*size))
        ground = picture.pixelColor(0, 0)
        assert any(picture.pixelColor(x, y) != ground for x in range(0, size[0], 3) for y in range(0, size[1], 3))


def longest_bar(chart: LedgerChart, label: str, step: int) -> int:
    """Return how many pixels of a step's colour stand in the row of an action."""
    size = chart.picture_size()
    picture = chart.picture(THEMES[LIGHT], size)
    area = QRectF(8, 8, size.width() - 16, size.height() - 16)
    hit = next(hit for hit in chart.find_hits(area) if hit.tip.startswith(label))
    y = round(hit.area.center().y())
    wanted = step_colour(THEMES[LIGHT], step)
    return sum(picture.pixelColor(x, y) == wanted for x in range(picture.width()))


def test_that_the_bars_are_as_long_as_what_they_say(qtbot: QtBot) -> None:
    chart = LedgerChart()
    qtbot.addWidget(chart)
    chart.show_ledger(ledger(example(), period="2017H2"))
    loud = longest_bar(chart, RUNNING, 0)
    done = longest_bar(chart, RUNNING, 2)
    assert loud > 12 * done > 0
    ratio = longest_bar(chart, "Shandong clean-up", 0) / longest_bar(chart, "Xinjiang April order - construction", 0)
    assert ratio == pytest.approx(2350 / 1200, rel=0.08)


def test_that_a_plan_that_restricts_nothing_says_so(qtbot: QtBot) -> None:
    chart = LedgerChart()
    qtbot.addWidget(chart)
    before = small_plan()
    chart.show_ledger(ledger(before.with_table(before.actions.replaced(()))))
    area = QRectF(0, 0, 900, 260)
    assert [hit.tip.splitlines()[0] for hit in chart.find_hits(area)] == ["All orders"]
    assert "0 kt/y announced" in chart.summary
    empty = chart.picture(size=QSize(900, 260))
    below = empty.copy(0, 60, 600, 60)
    assert any(below.pixelColor(x, y) != below.pixelColor(0, 59) for x in range(600) for y in range(60))
