"""The scenario that a question is about."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.scenario_tree import scenario_tree
from aluplanner.document.scenario_view import names_after
from aluplanner.i18n import tr
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold
from aluplanner.ui.scenario_branches import DEPTH, LAYERS, BranchDelegate

FOLLOWS: Final = ""
"""Stands for the scenario that is selected in the window."""
LETTERS: Final = 22


class ScenarioBox(QComboBox):
    """A list of the scenarios, each under what it builds on.

    Parameters
    ----------
    document
        The open document.
    follows
        Whether the first entry stands for the scenario selected in the window, and is the one chosen at first.
    has_base
        Whether the base can be chosen.

    Attributes
    ----------
    changed : Signal()
        It stands for another scenario.
    """

    changed = Signal()

    def __init__(
        self, document: Document, parent: QWidget | None = None, *, follows: bool = True, has_base: bool = True
    ) -> None:
        super().__init__(parent)
        self._document, self._follows, self._has_base = document, follows, has_base
        self._told = ""
        self.setAccessibleName(tr("Scenario"))
        self.setItemDelegate(BranchDelegate(self))
        self.setMaxVisibleItems(24)
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
        self._fill(FOLLOWS if follows else BASE)
        self._told = self.scenario
        self.currentIndexChanged.connect(self._tell)
        document.changed.connect(self._on_changed)
        document.scenario_changed.connect(self._on_selected)

    @property
    def scenario(self) -> str:
        """The scenario that it stands for, ``"Base"`` for the base plan; empty where there is none to choose."""
        chosen = self.currentData()
        return self._document.scenario if chosen == FOLLOWS else str(chosen or "")

    @property
    def is_following(self) -> bool:
        """Whether it stands for the scenario selected in the window, whichever that is."""
        return bool(self.currentData() == FOLLOWS)

    def choose(self, name: str) -> None:
        """Choose a scenario by name, or with an empty one that of the window."""
        place = next((i for i in range(self.count()) if fold(str(self.itemData(i))) == fold(name)), -1)
        if place >= 0:
            self.setCurrentIndex(place)

    def _fill(self, wanted: str) -> None:
        self.clear()
        if self._follows:
            self.addItem(self._follower_text(), FOLLOWS)
        if self._has_base:
            self.addItem(tr("Base"), BASE)
        for branch in scenario_tree(self._document.plan):
            self.addItem(branch.name, branch.name)
            self.setItemData(self.count() - 1, branch.depth, DEPTH)
            self.setItemData(self.count() - 1, ", ".join(branch.layers), LAYERS)
        self.choose(wanted)

    def _follower_text(self) -> str:
        name = self._document.scenario
        return tr("Selected: {scenario}", scenario=tr("Base") if name == BASE else name)

    def _on_changed(self, change: Change) -> None:
        if change.before.scenarios is not change.after.scenarios:
            chosen = str(self.currentData() or FOLLOWS)
            if chosen not in (FOLLOWS, BASE):
                names = names_after(change.before.scenario_names, change.after.scenario_names)
                chosen = names.get(fold(chosen), FOLLOWS if self._follows else BASE)
            self._fill(chosen)

    def _on_selected(self) -> None:
        if self._follows:
            self.setItemText(0, self._follower_text())
        self._tell()

    def _tell(self) -> None:
        if self.count() and self.currentIndex() >= 0 and self.scenario != self._told:
            self._told = self.scenario
            self.changed.emit()
