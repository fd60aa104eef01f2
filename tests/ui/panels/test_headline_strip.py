"""The headline strip: figures, states in words, differences to the base, years."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.balance import STATES
from aluplanner.model.plan import Plan
from aluplanner.ui.panels.headline import LEAST_CELLS, HeadlineStrip
from aluplanner.ui.panels.headline_cells import SCROLL_BAR, FigureCell, draw_sign, fitting, least_width, width_of
from aluplanner.ui.panels.headline_figures import Figure, headline_of
from aluplanner.ui.theme import THEMES, apply_theme, current_theme
from tests.ui.standing import HAPPENED, STRONG, WEAK, StandingDocument, example


@pytest.fixture
def document() -> StandingDocument:
    return StandingDocument(example(), STRONG, (HAPPENED, WEAK))


@pytest.fixture
def strip(qtbot: QtBot, document: StandingDocument) -> HeadlineStrip:
    made = HeadlineStrip(document)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(640, 260)
    made.show()
    return made


def figures_of(strip: HeadlineStrip) -> dict[str, Figure]:
    return {cell.figure.name: cell.figure for cell in strip.cells.cells}


def test_that_the_figures_are_those_of_the_balance(strip: HeadlineStrip, document: StandingDocument) -> None:
    balance, figures = document.balance(), figures_of(strip)
    for name in ("2017H1", "2017H2", "2017"):
        period = balance.periods[name]
        assert figures[name].value == f"{period.balance:+,.0f}".replace("-", "−")
        assert figures[name].state == period.state
        assert figures[name].unit == "kt"
    assert figures["stock"].value == f"{balance.series('stock')[11]:,.0f}"
    assert figures["stock_days"].value == f"{balance.series('stock_days')[11]:,.1f}"
    assert figures["price"].value == f"{balance.series('price')[11]:,.0f}"
    assert figures["stock"].caption == "Stock Dec 17"


def test_that_differences_to_the_base_are_shown(strip: HeadlineStrip, document: StandingDocument) -> None:
    base, mine = document.balance("Base"), document.balance()
    figures = figures_of(strip)
    change = mine.periods["2017H2"].balance - base.periods["2017H2"].balance
    assert figures["2017H2"].change == f"{change:+,.0f}".replace("-", "−")
    assert figures["2017H1"].change == "0"
    holding = [sum(result.holds is True for result in document.claims[name]) for name in (STRONG, "Base")]
    assert figures["claims"].value == f"{holding[0]} of {len(example().claims)}"
    assert figures["claims"].change == f"{holding[0] - holding[1]:+}".replace("-", "−")


def test_that_the_base_has_no_difference_to_itself(strip: HeadlineStrip, document: StandingDocument) -> None:
    document.show_scenario("Base")
    assert not any(figure.change for figure in figures_of(strip).values())
    assert not strip.table.isVisible()


def test_that_every_compared_scenario_has_a_row_and_the_base_is_last(
    strip: HeadlineStrip, document: StandingDocument
) -> None:
    assert [row.key.text for row in strip.rows] == [WEAK, HAPPENED, "Base"]
    row = strip.rows[1]
    period = document.balance(HAPPENED).periods["2017H2"]
    assert row.figures[1].value == f"{period.balance:+,.0f}"
    assert row.figures[1].state == period.state
    assert row.figures[1].change
    assert HAPPENED in row.accessibleName()
    document.show_scenario(STRONG)
    assert [row.isVisible() for row in strip.rows] == [True, False, False]


def test_that_the_year_can_be_chosen_and_stays(strip: HeadlineStrip, document: StandingDocument) -> None:
    assert strip.year == 2017
    assert strip.year_box.isVisible()
    strip.choose_year(2018)
    assert figures_of(strip)["2018H2"].state == document.balance().periods["2018H2"].state
    assert figures_of(strip)["price"].caption == "Price Dec 18"
    document.solve(document.plan.with_value("assumptions/load_factor/value", 1.02))
    assert strip.year == 2018


def test_that_one_year_needs_no_choice(qtbot: QtBot) -> None:
    document = StandingDocument(example().with_value("plan/Months/value", 12.0))
    strip = HeadlineStrip(document)  # type: ignore[arg-type]
    qtbot.addWidget(strip)
    strip.show()
    assert not strip.year_box.isVisible()


def test_that_a_period_cut_off_is_marked_and_a_missing_one_blank() -> None:
    document = StandingDocument(example().with_value("plan/Months/value", 15.0))
    figures = {figure.name: figure for figure in headline_of(document.balance(), None, 2018, None, None)}
    assert figures["2018H1"].caption == "H1 2018, part"
    assert figures["2018H2"].value == "–"
    assert figures["2018H2"].state == ""
    assert figures["stock"].caption == "Stock Mar 18"
    assert figures["claims"].value == "–"


def test_that_a_figure_is_a_sentence_for_screen_readers(strip: HeadlineStrip) -> None:
    cell = strip.cells.cells[1]
    assert (
        cell.accessibleName()
        == f"H2 2017: {cell.figure.value} kt, {cell.figure.state}, {cell.figure.change} against the base"
    )


@pytest.mark.parametrize("width", [640, 760, 900, 1200, 1600])
def test_that_nothing_is_cut_at_any_width(strip: HeadlineStrip, qtbot: QtBot, width: int) -> None:
    strip.resize(width, 260)
    qtbot.waitUntil(lambda: strip.cells.width() == width)
    cells = strip.cells.cells
    assert all(strip.cells.rect().contains(cell.geometry()) for cell in cells)
    assert not any(one.geometry().intersects(other.geometry()) for one, other in pairwise(cells))
    for cell in cells:
        assert cell.height() >= cell.sizeHint().height()
        assert cell.comfortable_width() <= cell.width() + 1 or width < 700, cell.figure


def test_that_the_strip_fits_beside_the_tables_of_a_small_screen(strip: HeadlineStrip) -> None:
    assert strip.minimumSizeHint().width() <= 500
    strip.resize(300, 260)
    assert strip.width() >= least_width(strip.font(), LEAST_CELLS)


def test_that_compared_figures_never_run_into_one_another(strip: HeadlineStrip, qtbot: QtBot) -> None:
    strip.resize(strip.minimumWidth(), 260)
    qtbot.waitUntil(lambda: strip.cells.width() == strip.minimumWidth())
    for row in strip.rows:
        assert len(row.shown_figures) == LEAST_CELLS
        texts = [text for figure in row.shown_figures for text in (figure.value, f"Δ {figure.change}")]
        assert max(width_of(row.font(), text) + row._sign + 4 for text in texts) <= row._column


def test_that_compared_rows_show_every_figure_where_there_is_room(strip: HeadlineStrip, qtbot: QtBot) -> None:
    width = least_width(strip.font(), 7) + SCROLL_BAR
    strip.resize(width, 260)
    qtbot.waitUntil(lambda: strip.cells.width() == width)
    assert strip.rows
    assert all(row.shown_figures == row.figures for row in strip.rows)


def test_that_balances_stand_above_the_rest_where_it_is_narrow(strip: HeadlineStrip, qtbot: QtBot) -> None:
    tops = [cell.y() for cell in strip.cells.cells]
    assert tops[:3] == [0, 0, 0]
    assert min(tops[3:]) > 0
    strip.resize(1600, 260)
    qtbot.waitUntil(lambda: strip.cells.width() == 1600)
    assert {cell.y() for cell in strip.cells.cells} == {0}


def test_that_a_long_number_shrinks_until_it_fits(qapp: QApplication) -> None:
    font = qapp.font()
    assert width_of(fitting(font, 2.3, "+1,234,567,890", 120), "+1,234,567,890") <= 121
    assert fitting(font, 2.3, "+1", 120).pointSizeF() == pytest.approx(font.pointSizeF() * 2.3)


def test_that_numbers_and_states_are_big(strip: HeadlineStrip) -> None:
    cell = strip.cells.cells[0]
    number = fitting(cell.font(), 2.3, cell.figure.value, cell.width())
    assert number.pointSizeF() >= 2 * cell.font().pointSizeF()


@pytest.mark.parametrize("state", STATES)
def test_that_every_state_has_its_own_sign(qapp: QApplication, state: str) -> None:
    def drawn(name: str) -> QImage:
        image = QImage(30, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        draw_sign(painter, name, 5, 15, 18)
        painter.end()
        return image.convertToFormat(QImage.Format.Format_Mono)

    assert all(drawn(state) != drawn(other) for other in STATES if other != state)


@pytest.mark.parametrize("theme", list(THEMES))
def test_that_a_state_is_written_in_its_colour(strip: HeadlineStrip, qapp: QApplication, theme: str) -> None:
    before = current_theme().name
    try:
        apply_theme(qapp, theme)
        cell = FigureCell(has_state=True)
        cell.show_figure(Figure("2017", "2017", "−700", "kt", "shortage"))
        cell.resize(220, 90)
        image = cell.grab().toImage()
    finally:
        apply_theme(qapp, before)
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height() // 2, image.height())
    }
    assert THEMES[theme].shortage in colours
    assert THEMES[theme].surplus not in colours


def test_that_an_empty_plan_has_no_headline(qtbot: QtBot) -> None:
    document = Document(Plan())
    strip = HeadlineStrip(document)
    qtbot.addWidget(strip)
    strip.show()
    assert strip.name.text() == "No balance yet"
    assert not strip.cells.isVisible()
    document.close()


def test_that_claims_that_come_later_are_shown(qtbot: QtBot) -> None:
    document = Document(example())
    strip = HeadlineStrip(document)
    qtbot.addWidget(strip)
    strip.resize(640, 200)
    strip.show()
    qtbot.waitUntil(lambda: figures_of(strip).get("claims", Figure("", "", "")).value == "21 of 25")
    document.close()


def test_that_no_headline_of_another_plan_stays_when_one_opens_that_cannot_be_solved(
    strip: HeadlineStrip, document: StandingDocument
) -> None:
    document.solution = None
    document.set_busy(True)
    document.set_busy(False)
    assert strip.name.text() == "No balance yet"
    assert not strip.cells.isVisible()
    assert not strip.table.isVisible()
    assert not strip.year_box.isVisible()
    document.solve(document.plan)
    assert strip.name.text() == STRONG
    assert strip.cells.isVisible()
    assert strip.table.isVisible()
    assert strip.year_box.isVisible()
