"""The scenarios that are compared: those on view, or others ticked here."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.scenario_view import names_after
from aluplanner.i18n import tr
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold
from aluplanner.ui.scenario_bar import TickMenu

_FOLLOWS: Final = ""
"""Stands for the scenarios on view."""


class ScenarioTicks(QToolButton):
    """A menu of scenarios to tick; at first those on view: the selected one, the compared ones and the base.

    Parameters
    ----------
    document
        The open document.

    Attributes
    ----------
    changed : Signal()
        Other scenarios are ticked.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._chosen: tuple[str, ...] | None = None
        self._is_kept = False
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # the text has its arrow
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.ticks = TickMenu(self)
        self.ticks.setToolTipsVisible(True)
        self.setMenu(self.ticks)
        self._told: tuple[str, ...] = ()
        self._fill()
        self.ticks.triggered.connect(self._on_triggered)
        document.changed.connect(self._on_changed)
        document.scenario_changed.connect(self._on_selected)
        document.compared_changed.connect(self._follow)

    @property
    def is_following(self) -> bool:
        """Whether it stands for the scenarios on view, whichever these are."""
        return self._chosen is None

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios ticked: in the order of the plan, the base last; of those on view the selected one first."""
        return self._on_view if self._chosen is None else self._chosen

    @property
    def _on_view(self) -> tuple[str, ...]:
        selected, compared = self._document.scenario, self._document.compared
        first = () if selected == BASE else (selected,)
        return tuple(dict.fromkeys((*first, *self._in_order(compared), BASE)))

    def _in_order(self, names: Iterable[str]) -> list[str]:
        wanted = set(names)
        return [name for name in (*self._document.plan.scenario_names, BASE) if name in wanted]

    def choose(self, *names: str) -> None:
        """Tick these scenarios, or with none those on view."""
        self._chosen, self._is_kept = tuple(dict.fromkeys(names)) or None, False
        self._tell()

    def keep(self) -> None:
        """Stay with the scenarios shown while one of them is selected to look at it; other ticks are followed again."""
        if self._chosen is None:
            self._chosen, self._is_kept = self._on_view, True

    def _fill(self) -> None:
        """List the scenarios anew."""
        self.ticks.clear()
        self._add(tr("Those on &view"), _FOLLOWS)
        self.ticks.addSeparator()
        self._add(tr("Base"), BASE)
        for scenario in self._document.plan.scenarios:
            action = self._add(scenario.scenario.replace("&", "&&"), scenario.scenario)
            action.setToolTip(scenario.description or "")
        self._tell()

    def _add(self, text: str, name: str) -> QAction:
        action = self.ticks.addAction(text)
        action.setData(name)
        action.setCheckable(True)
        return action

    def _tell(self) -> None:
        """Show what is ticked, and say so if it is something else."""
        names = self.scenarios
        for action in self.ticks.actions():
            action.setChecked(self.is_following if action.data() == _FOLLOWS else action.data() in names)
        self.setText(tr("1 scenario ▾") if len(names) == 1 else tr("{count} scenarios ▾", count=len(names)))
        shown = ", ".join(tr("Base") if name == BASE else name for name in names)
        self.setToolTip(tr("Compared: {names}", names=shown))
        self.setAccessibleName(self.toolTip())
        if names != self._told:
            self._told = names
            self.changed.emit()

    def _on_selected(self) -> None:
        if self._chosen is None or self._document.scenario not in self._chosen:
            self._follow()

    def _follow(self) -> None:
        """Stand for what is on view now; scenarios ticked here may have other names until the plan is known."""
        if self._is_kept:
            self._chosen, self._is_kept = None, False
        if self._chosen is None:
            self._tell()

    def _on_triggered(self, action: QAction) -> None:
        ticked = [str(each.data()) for each in self.ticks.actions() if each.data() and each.isChecked()]
        self.choose(*([] if action.data() == _FOLLOWS else self._in_order(ticked)))

    def _on_changed(self, change: Change) -> None:
        if change.before.scenarios is change.after.scenarios:
            return
        if change.is_other_plan:
            self._chosen = None
        elif self._chosen is not None:
            names = {fold(BASE): BASE, **names_after(change.before.scenario_names, change.after.scenario_names)}
            kept = tuple(names[fold(name)] for name in self._chosen if fold(name) in names)
            self._chosen = kept or None
        self._fill()
