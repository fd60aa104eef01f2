"""A document with a small plan, closed after the test."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from tests.document.small_plan import small_plan


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    """Return a document whose plan has been solved in every scenario."""
    made = Document(small_plan())
    qtbot.waitSignal(made.all_solved).wait()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def cleared_clipboard() -> Iterator[None]:
    """Leave nothing on the clipboard: the offscreen one would delete it after Python is gone, and crash."""
    yield
    if isinstance(QGuiApplication.instance(), QGuiApplication):
        QGuiApplication.clipboard().clear()
