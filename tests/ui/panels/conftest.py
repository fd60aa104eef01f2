"""The sliders of the small plan, shown."""

import pytest
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.panels.sliders import SlidersPanel


@pytest.fixture
def sliders(document: Document, qtbot: QtBot) -> SlidersPanel:
    """Return the panel of sliders, shown and without a pin."""
    made = SlidersPanel(document)
    qtbot.addWidget(made)
    made.resize(900, 140)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made
