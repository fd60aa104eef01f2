"""Questions to the planner, each with a clear way out."""

from enum import Enum, auto
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from aluplanner.i18n import tr

SUFFIX = ".aluplan.xlsx"
Role = QMessageBox.ButtonRole


class Answer(Enum):
    """What the planner answered."""

    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()


def ask_to_save(parent: QWidget, name: str) -> Answer:
    """Ask what becomes of unsaved changes."""
    box = QMessageBox(QMessageBox.Icon.Question, tr("AluPlanner"), "", parent=parent)
    box.setText(tr("Save the changes to “{name}”?", name=name))
    box.setInformativeText(tr("What is not saved is lost."))
    answers = {
        box.addButton(tr("&Save"), Role.AcceptRole): Answer.SAVE,
        box.addButton(tr("&Discard"), Role.DestructiveRole): Answer.DISCARD,
        box.addButton(tr("Cancel"), Role.RejectRole): Answer.CANCEL,
    }
    return _answer(box, answers)


def _answer(box: QMessageBox, answers: dict[QPushButton, Answer]) -> Answer:
    first, last = next(iter(answers)), list(answers)[-1]
    box.setDefaultButton(first)
    box.setEscapeButton(last)
    box.exec()
    pressed = box.clickedButton()
    found = next((answer for button, answer in answers.items() if button is pressed), Answer.CANCEL)
    box.deleteLater()
    return found


def ask_after_failed_save(parent: QWidget, reason: str) -> Answer:
    """Say that the plan could not be saved, and why, and ask whether to save it to another file."""
    box = QMessageBox(QMessageBox.Icon.Warning, tr("AluPlanner"), tr("The plan could not be saved."), parent=parent)
    box.setInformativeText(reason)
    answers = {
        box.addButton(tr("Save &as …"), Role.AcceptRole): Answer.SAVE,
        box.addButton(tr("Cancel"), Role.RejectRole): Answer.CANCEL,
    }
    return _answer(box, answers)


def ask_for_file(parent: QWidget, folder: Path) -> Path | None:
    """Ask which file to open."""
    name, _ = QFileDialog.getOpenFileName(parent, tr("Open a plan"), str(folder), _filters())
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget, suggested: Path) -> Path | None:
    """Ask where to save; the name gets its ending if it has none."""
    name, _ = QFileDialog.getSaveFileName(parent, tr("Save the plan"), str(suggested), _filters())
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + SUFFIX)


def _filters() -> str:
    return ";;".join((tr("Plans (*.xlsx)"), tr("All files (*)")))
