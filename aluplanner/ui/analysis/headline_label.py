"""The answer in one sentence, above its picture."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from aluplanner.ui.analysis.panel_face import MARGIN
from aluplanner.ui.elided_label import ElidedLabel
from aluplanner.ui.theme import scaled

_SIZE = 1.1


class HeadlineLabel(ElidedLabel):
    """A bold line; what there is no room for stands in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(MARGIN, 4, MARGIN, 0)
        self.setFont(scaled(self.font(), _SIZE, bold=True))

    def say(self, sentence: str) -> None:
        """Say the answer."""
        self.setText(sentence)
        self.setToolTip(sentence)

    def above(self, picture: QWidget) -> QWidget:
        """Return a widget with this line above a picture."""
        held = QWidget()
        rows = QVBoxLayout(held)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self)
        rows.addWidget(picture, 1)
        return held
