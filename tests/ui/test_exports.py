"""Export: the living model, written beside the work that goes on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.dialogs import questions
from aluplanner.ui.exports import Exports
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.storable import as_stored


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def exports(document: Document, window: QWidget, tmp_path: Path) -> Iterator[Exports]:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    made = Exports(document, preferences, window)
    yield made
    made.close()


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], list[Path]]:
    """Return a function that sets where the planner wants the export, and gives what was suggested."""

    def choose(path: Path | None) -> list[Path]:
        suggested: list[Path] = []

        def ask(_parent: QWidget, proposal: Path) -> Path | None:
            suggested.append(proposal)
            return path

        monkeypatch.setattr(questions, "ask_where_to_export", ask)
        return suggested

    return choose


def test_that_the_living_model_opens_as_the_plan(
    exports: Exports, document: Document, chosen: Callable[[Path | None], list[Path]], tmp_path: Path, qtbot: QtBot
) -> None:
    suggested = chosen(tmp_path / "out.xlsx")
    with qtbot.waitSignal(exports.exported):
        exports.ask()
    assert [path.name for path in suggested] == ["Small.living.xlsx"]
    assert read_plan(tmp_path / "out.xlsx") == as_stored(document.plan)


def test_that_cancel_writes_nothing(
    exports: Exports, chosen: Callable[[Path | None], list[Path]], tmp_path: Path
) -> None:
    chosen(None)
    exports.ask()
    assert not [*tmp_path.glob("*.xlsx")]


def test_that_a_plan_with_errors_is_told_not_to_be_exported(
    exports: Exports, document: Document, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(questions, "tell_failed_export", lambda parent, reason: told.append(reason))
    document.set_cell("plants", "North", "operating", 5000.0)
    with qtbot.waitSignal(exports.failed):
        exports.write(tmp_path / "out.xlsx")
    assert len(told) == 1
    assert not (tmp_path / "out.xlsx").exists()


def test_that_the_plans_own_file_is_not_replaced(
    exports: Exports, document: Document, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(questions, "tell_failed_export", lambda parent, reason: told.append(reason))
    own = tmp_path / "plan.xlsx"
    with qtbot.waitSignal(document.saved):
        document.save(own)
    before = own.read_bytes()
    exports.write(own)
    exports.close()
    assert len(told) == 1
    assert own.read_bytes() == before
