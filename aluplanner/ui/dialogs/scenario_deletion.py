"""Deleting scenarios, after a question where others build on them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from aluplanner.document.document import Document
from aluplanner.document.scenario_edits import built_on_by, delete_scenarios
from aluplanner.document.scenario_labels import delete_label
from aluplanner.i18n import tr
from aluplanner.model.schema import fold

Role = QMessageBox.ButtonRole


class DeletionQuestion(QMessageBox):
    """Asks what becomes of changes that other scenarios take from the deleted ones.

    Parameters
    ----------
    names
        The scenarios to delete.
    heirs
        The scenarios left that build on one of them.
    act
        Deletes; told whether the heirs keep the changes.
    """

    def __init__(
        self, names: Sequence[str], heirs: Sequence[str], act: Callable[[bool], None], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._act = act
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(tr("Delete “{name}”", name=names[0]) if len(names) == 1 else tr("Delete scenarios"))
        self.setText(_question(names, heirs))
        self.setInformativeText(_ways_out(len(heirs)))
        self.keep = self.addButton(tr("&Keep the changes"), Role.AcceptRole)
        self.drop = self.addButton(tr("D&rop the changes"), Role.DestructiveRole)
        self.cancel = self.addButton(tr("Cancel"), Role.RejectRole)
        self.setDefaultButton(self.keep)
        self.setEscapeButton(self.cancel)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.buttonClicked.connect(self._on_clicked)

    def _on_clicked(self, button: QAbstractButton) -> None:
        if button in (self.keep, self.drop):
            self._act(button is self.keep)


def _question(names: Sequence[str], heirs: Sequence[str]) -> str:
    listed = ", ".join(tr("“{name}”", name=name) for name in heirs)
    if len(names) > 1:
        return tr("{heirs} build on the scenarios that are to go.", heirs=listed)
    if len(heirs) > 1:
        return tr("{heirs} build on “{name}”.", heirs=listed, name=names[0])
    return tr("{heirs} builds on “{name}”.", heirs=listed, name=names[0])


def _ways_out(heirs: int) -> str:
    if heirs == 1:
        keep, drop = tr("Keep: it makes the changes its own; its results stay."), tr("Drop: it goes on without them.")
    else:
        keep = tr("Keep: they make the changes their own; their results stay.")
        drop = tr("Drop: they go on without them.")
    return f"{keep}\n{drop}"


def ask_to_delete(document: Document, names: Sequence[str], parent: QWidget | None) -> None:
    """Delete scenarios as one step; first ask what becomes of their changes in those that build on them."""
    gone = set(map(fold, names))
    above = dict.fromkeys(heir for name in names for heir in built_on_by(document.plan, name))
    heirs = tuple(heir for heir in above if fold(heir) not in gone)
    if heirs:
        DeletionQuestion(names, heirs, partial(_delete, document, names, heirs), parent).open()
    else:
        _delete(document, names, (), False)


def _delete(document: Document, names: Sequence[str], heirs: Sequence[str], keeps_changes: bool) -> None:
    after = delete_scenarios(document.plan, names, keeps_changes=keeps_changes)
    document.apply(after, delete_label(names, heirs if keeps_changes else ()))
