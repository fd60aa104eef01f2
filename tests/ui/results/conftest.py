"""A page of result tables over the example plan, solved on the spot."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.analysis.result_rows import BREAKDOWNS, Breakdown
from aluplanner.i18n import PLAIN, set_number_style
from aluplanner.ui.results.page import ResultsPage
from aluplanner.ui.theme import apply_theme, current_theme
from tests.ui.standing import HAPPENED, STRONG, StandingDocument, example


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    """Put theme and number style back."""
    theme = current_theme().name
    yield
    apply_theme(qapp, theme)
    set_number_style(PLAIN)


@pytest.fixture
def standing() -> StandingDocument:
    return StandingDocument(example(), STRONG, (HAPPENED,))


@pytest.fixture
def page(qtbot: QtBot, standing: StandingDocument) -> ResultsPage:
    made = ResultsPage(standing)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(640, 480)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def table() -> Callable[[str], Breakdown]:
    """Return the breakdown of a name."""
    return {breakdown.name: breakdown for breakdown in BREAKDOWNS}.__getitem__
