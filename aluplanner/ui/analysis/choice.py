"""A few words to choose from, each standing for a key."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget


def narrow(box: QComboBox, letters: int) -> None:
    """Let a list take little room in the bar; what does not fit is in its tooltip and in its list."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)


class Choice(QComboBox):
    """A short list.

    Parameters
    ----------
    name
        What it chooses, for who cannot see its label.
    entries
        The words by their keys, in the order of the list.

    Attributes
    ----------
    changed : Signal()
        Another one was chosen.
    """

    changed = Signal()

    def __init__(self, name: str, entries: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        for key, text in entries.items():
            self.addItem(text, str(key))
        self.currentIndexChanged.connect(self.changed)

    @property
    def chosen(self) -> str:
        """The key of the entry chosen."""
        return str(self.currentData())

    def choose(self, key: str) -> None:
        """Choose an entry; an unknown key changes nothing."""
        place = self.findData(str(key))
        if place >= 0:
            self.setCurrentIndex(place)
