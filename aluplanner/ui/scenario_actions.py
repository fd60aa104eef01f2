"""What can be done with scenarios as wholes: one set of actions for the bar and the menu."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from aluplanner.document.document import Document
from aluplanner.document.scenario_edits import (
    Field,
    ScenarioText,
    change_scenario,
    copy_scenario,
    new_name,
    new_scenario,
    text_of,
)
from aluplanner.document.scenario_labels import change_label
from aluplanner.i18n import tr
from aluplanner.model.layers import is_base
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs.scenario_deletion import ask_to_delete
from aluplanner.ui.icons import set_icon

if TYPE_CHECKING:
    from aluplanner.ui.dialogs.scenario import ScenarioDialog


class ScenarioActions(QObject):
    """New, duplicate, rename, describe, builds on, delete: for the selected scenario.

    Attributes
    ----------
    asked : Signal(QDialog)
        A dialog was opened.
    """

    asked = Signal(object)

    def __init__(self, document: Document, owner: QWidget) -> None:
        super().__init__(owner)
        self._document = document
        self._owner = owner
        self.new = self._make(tr("&New scenario …"), self.add, "new-scenario", tr("New scenario, on the selected one"))
        self.duplicate = self._make(tr("D&uplicate …"), self.copy, "duplicate", tr("Duplicate the selected scenario"))
        self.rename = self._make(tr("&Rename …"), self.on_rename)
        self.describe = self._make(tr("D&escribe …"), self.on_describe)
        self.build_on = self._make(tr("&Builds on …"), self.on_build_on)
        self.delete = self._make(tr("&Delete …"), self.remove, "delete", tr("Delete the selected scenario"))
        document.scenario_changed.connect(self.refresh)
        self.refresh()

    @property
    def all(self) -> tuple[QAction, ...]:
        """The actions, as in the menu."""
        return self.new, self.duplicate, self.rename, self.describe, self.build_on, self.delete

    def _make(self, text: str, act: Callable[[], None], icon_name: str = "", tip: str = "") -> QAction:
        action = QAction(text, self)
        if icon_name:
            set_icon(action, icon_name)
        if tip:
            action.setToolTip(tip)
        action.triggered.connect(act)
        return action

    def refresh(self) -> None:
        """Enable what the selected scenario allows: the base is not to be renamed or deleted."""
        for action in self.all[1:]:
            action.setEnabled(not is_base(self._document.scenario))

    def add(self) -> None:
        """Ask for a new scenario; it builds on the selected one unless the planner says otherwise."""
        plan, selected = self._document.plan, self._document.scenario
        text = ScenarioText(new_name(plan, tr("New scenario")), () if is_base(selected) else (selected,))
        make = partial(new_scenario, plan)
        self._ask(self._dialog(text, make, title=tr("New scenario"), verb=tr("&Add")), self._add)

    def _add(self, text: ScenarioText) -> None:
        self._take(new_scenario(self._document.plan, text), tr("Add scenario {name}", name=text.name), text.name)

    def copy(self) -> None:
        """Ask for the name of a copy of the selected scenario."""
        plan, selected = self._document.plan, self._document.scenario
        if is_base(selected):
            return
        original = text_of(plan, selected)
        text = ScenarioText(new_name(plan, selected), original.layers, original.description)
        title = tr("Duplicate “{name}”", name=selected)
        make = partial(copy_scenario, plan, selected)
        dialog = self._dialog(text, make, title=title, verb=tr("D&uplicate"))
        self._ask(dialog, partial(self._copy, selected))

    def _copy(self, scenario: str, text: ScenarioText) -> None:
        label = tr("Duplicate scenario {name} as {copy}", name=scenario, copy=text.name)
        self._take(copy_scenario(self._document.plan, scenario, text), label, text.name)

    def on_rename(self) -> None:
        """Ask for another name of the selected scenario."""
        self.change(Field.NAME)

    def on_describe(self) -> None:
        """Ask what the selected scenario stands for."""
        self.change(Field.DESCRIPTION)

    def on_build_on(self) -> None:
        """Ask what the selected scenario builds on."""
        self.change(Field.LAYERS)

    def change(self, field: Field) -> None:
        """Ask for another text of the selected scenario, beginning with one field of it."""
        plan, selected = self._document.plan, self._document.scenario
        if is_base(selected):
            return
        dialog = self._dialog(
            text_of(plan, selected),
            partial(change_scenario, plan, selected),
            scenario=selected,
            title=tr("Scenario “{name}”", name=selected),
            verb=tr("&OK"),
        )
        self._ask(dialog, partial(self._change, selected), field)

    def _change(self, scenario: str, text: ScenarioText) -> None:
        before = text_of(self._document.plan, scenario)
        after = change_scenario(self._document.plan, scenario, text)
        self._document.apply(after, change_label(before, text_of(after, text.name)))

    def remove(self) -> None:
        """Delete the selected scenario; ask where others build on it."""
        if not is_base(self._document.scenario):
            ask_to_delete(self._document, [self._document.scenario], self._owner.window())

    def _dialog(self, text: ScenarioText, make: Callable[[ScenarioText], Plan], **words: str) -> "ScenarioDialog":
        from aluplanner.ui.dialogs.scenario import ScenarioDialog  # asked for now and then, not at the start

        return ScenarioDialog(self._document.plan, text, make, parent=self._owner, **words)

    def _ask(self, dialog: "ScenarioDialog", act: Callable[[ScenarioText], None], field: Field = Field.NAME) -> None:
        dialog.answered.connect(act)
        dialog.begin_with(field)
        dialog.open()
        self.asked.emit(dialog)

    def _take(self, plan: Plan, label: str, name: str) -> None:
        self._document.apply(plan, label)
        self._document.select_scenario(name)
