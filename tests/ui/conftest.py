"""A document with a small plan, closed after the test."""

from collections.abc import Iterator

import pytest
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
