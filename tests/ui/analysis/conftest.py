"""Panels of analyses over a small plan, closed after the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.analysis.panel import AnalysisPanel
from tests.ui.analysis import sample

MakePanel = Callable[[type[AnalysisPanel]], AnalysisPanel]


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def gate() -> Iterator[sample.Gate]:
    """Return what holds the work of the sample panels until the test opens it."""
    sample.GATE = made = sample.Gate()
    yield made
    made.is_open.set()


@pytest.fixture
def make_panel(
    document: Document, preferences: Preferences, gate: sample.Gate, qtbot: QtBot
) -> Iterator[Callable[[type[sample.SamplePanel]], sample.SamplePanel]]:
    """Return what makes a panel and shows it in a window of its own."""
    made: list[tuple[QWidget, sample.SamplePanel]] = []

    def make(kind: type[sample.SamplePanel]) -> sample.SamplePanel:
        panel = kind(document, preferences)
        panel.resize(900, 300)
        qtbot.addWidget(panel)
        with qtbot.waitExposed(panel):
            panel.show()
        made.append((panel, panel))
        return panel

    yield make
    gate.is_open.set()
    for _, panel in made:
        panel.close_worker()


@pytest.fixture
def panel(make_panel: Callable[[type[sample.SamplePanel]], sample.SamplePanel]) -> sample.SamplePanel:
    return make_panel(sample.SamplePanel)


@pytest.fixture
def live_panel(make_panel: Callable[[type[sample.SamplePanel]], sample.SamplePanel]) -> sample.SamplePanel:
    return make_panel(sample.LiveSamplePanel)
