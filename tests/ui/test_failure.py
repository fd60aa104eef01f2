"""Errors of the program itself are told and logged."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from aluplanner.ui.dialogs import failure
from aluplanner.ui.dialogs.failure import FailureHook


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "deep" / "errors.log"
    monkeypatch.setattr(failure, "log_path", lambda: path)
    return path


def raised() -> ZeroDivisionError:
    try:
        _ = 1 / 0
    except ZeroDivisionError as error:
        return error
    raise AssertionError


def test_that_an_error_is_told_in_a_sentence_and_logged_in_full(
    qapp: object, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QMessageBox] = []

    def show(box: QMessageBox) -> None:
        shown.append(box)

    monkeypatch.setattr(QMessageBox, "exec", show)
    error = raised()
    FailureHook()(type(error), error, error.__traceback__)
    assert "division by zero" in shown[0].text()
    assert str(log) in shown[0].informativeText()
    assert "test_failure.py" in log.read_text(encoding="utf-8")


def test_that_errors_that_follow_do_not_pile_up_boxes(qapp: object, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hook, shown = FailureHook(), []
    error = raised()

    def fail_again(box: QMessageBox) -> None:
        shown.append(box)
        hook(type(error), error, error.__traceback__)

    monkeypatch.setattr(QMessageBox, "exec", fail_again)
    hook(type(error), error, error.__traceback__)
    assert len(shown) == 1
    assert log.read_text(encoding="utf-8").count("Traceback") == 2
