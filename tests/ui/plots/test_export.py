"""Pictures are files, white, labelled and of the plot as it stands."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.model.calendar import Month
from aluplanner.ui.plots.catalogue import plot_specs
from aluplanner.ui.plots.cost_curve import NAME as COST_CURVE
from aluplanner.ui.plots.export import SHARPNESS, WIDTH, Heading, Picture, picture_image, save_picture, table_text
from aluplanner.ui.plots.month_plot import MonthPlot
from aluplanner.ui.plots.month_span import MonthSpan
from aluplanner.ui.plots.panel import PlotPanel
from aluplanner.ui.theme import DARK, apply_theme, current_theme
from tests.ui.standing import STRONG, WEAK, StandingDocument, example

HEADING = Heading("China 2017", "22 Nov 2026")


@pytest.fixture
def panel(qtbot: QtBot) -> PlotPanel:
    made = PlotPanel(StandingDocument(example(), STRONG, (WEAK,)))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.choose(["balance", "policy", "provinces", COST_CURVE])
    made.resize(640, 480)
    made.show()
    return made


@pytest.mark.parametrize("name", ["balance", "policy", "provinces", COST_CURVE])
@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_that_every_plot_is_saved_in_every_format(
    panel: PlotPanel, tmp_path: Path, name: str, kind: str, start: bytes
) -> None:
    target = tmp_path / f"{name}.{kind}"
    save_picture(panel.plot(name), target, HEADING)
    written = target.read_bytes()
    assert written.startswith(start)
    assert len(written) > 3000


def test_that_a_picture_is_labelled_with_plan_scenario_and_date(panel: PlotPanel, tmp_path: Path) -> None:
    target = tmp_path / "balance.svg"
    save_picture(panel.plot("balance"), target, HEADING)
    text = target.read_text(encoding="utf-8")
    for part in ("China 2017", STRONG, WEAK, "22 Nov 2026", "Balance and stock", "Jan 17", "Base"):
        assert part in text


def test_that_a_picture_is_white_whatever_the_theme(panel: PlotPanel, qapp: QApplication) -> None:
    before = current_theme().name
    try:
        apply_theme(qapp, DARK)
        image = picture_image(panel.plot("balance"), HEADING)
    finally:
        apply_theme(qapp, before)
    assert image.width() == WIDTH * SHARPNESS
    corners = [image.pixelColor(x, y) for x in (1, image.width() - 2) for y in (1, image.height() - 2)]
    assert corners == [QColor("white")] * 4
    white = [image.pixelColor(x, y) == QColor("white") for x in range(0, 1920, 7) for y in range(0, image.height(), 7)]
    assert sum(white) > len(white) / 2
    assert len({image.pixel(x, image.height() // 2) for x in range(0, image.width(), 3)}) > 3


def test_that_a_picture_shows_the_same_numbers_and_months(panel: PlotPanel) -> None:
    panel.span.zoom(0.5, Month.of(2018, 1).ordinal)
    plot = panel.plot("balance")
    picture = Picture(plot, HEADING)
    assert isinstance(plot, MonthPlot)
    assert isinstance(picture.plot, MonthPlot)
    assert (picture.plot.span.low, picture.plot.span.high) == (panel.span.low, panel.span.high)
    for pane, copied in zip(plot.panes, picture.plot.panes, strict=True):
        assert pane.lines.keys() == copied.lines.keys()
        assert all((pane.lines[key].values == copied.lines[key].values).all() for key in pane.lines)
    picture.close()


def test_that_drawing_a_picture_leaves_the_plot_alone(panel: PlotPanel) -> None:
    plot = panel.plot("balance")
    size, theme = plot.size(), plot.theme
    picture_image(plot, HEADING)
    assert (plot.size(), plot.theme) == (size, theme)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_that_a_folder_that_is_not_there_is_told(panel: PlotPanel, tmp_path: Path, kind: str) -> None:
    with pytest.raises(OSError, match="No such file"):
        save_picture(panel.plot("balance"), tmp_path / "missing" / f"balance.{kind}", HEADING)


def test_that_a_plot_without_balances_has_no_picture(qtbot: QtBot) -> None:
    plot = MonthPlot(plot_specs()[0], MonthSpan())
    qtbot.addWidget(plot)
    with pytest.raises(ValueError, match="nothing"):
        picture_image(plot, HEADING)


def test_that_the_table_reads_back_to_the_same_numbers(panel: PlotPanel) -> None:
    plot = panel.plot("balance")
    assert isinstance(plot, MonthPlot)
    lines = [line.split("\t") for line in table_text(plot).splitlines()]
    assert [float(line[1]) for line in lines[1:]] == plot.panes[0].lines["balance", 0].values.tolist()


def test_that_the_saved_png_is_the_picture(panel: PlotPanel, tmp_path: Path) -> None:
    target = tmp_path / "balance.png"
    save_picture(panel.plot("balance"), target, HEADING)
    assert QImage(str(target)).size() == picture_image(panel.plot("balance"), HEADING).size()
