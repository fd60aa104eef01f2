"""Questions to the planner, each with a clear way out."""

from enum import Enum, auto
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from aluplanner.document.plan_file import Doubt, SavingDoubtError
from aluplanner.i18n import tr
from aluplanner.workbook.backups import backup_path

PLAIN = ".xlsx"
WITH_MACROS = ".xlsm"
SUFFIX = f".aluplan{PLAIN}"
Role = QMessageBox.ButtonRole


class Answer(Enum):
    """What the planner answered."""

    SAVE = auto()
    ANYWAY = auto()
    MERGE = auto()
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


def ask_despite(parent: QWidget, doubt: SavingDoubtError) -> Answer:
    """Say why saving to a file should be thought over, and ask whether to save to another one instead."""
    box = QMessageBox(QMessageBox.Icon.Warning, tr("AluPlanner"), "", parent=parent)
    what, why = _doubt_words(doubt)
    box.setText(what)
    box.setInformativeText(why)
    answers = {box.addButton(tr("Save &as …"), Role.AcceptRole): Answer.SAVE}
    if doubt.doubt is Doubt.CHANGED:
        answers = {box.addButton(tr("&Merge …"), Role.AcceptRole): Answer.MERGE, **answers}
    if doubt.doubt is not Doubt.LOSES:
        answers[box.addButton(tr("&Replace it"), Role.DestructiveRole)] = Answer.ANYWAY
    answers[box.addButton(tr("Cancel"), Role.RejectRole)] = Answer.CANCEL
    return _answer(box, answers)


def _doubt_words(doubt: SavingDoubtError) -> tuple[str, str]:
    name, backup = doubt.path.name, backup_path(doubt.path).name
    if doubt.doubt is Doubt.IN_USE:
        return (
            tr("“{name}” is open in {program}.", name=name, program=doubt.details[0]),
            tr("If it is saved there later, what you save now is lost. Close it there first, or save as another file."),
        )
    if doubt.doubt is Doubt.CHANGED:
        return (
            tr("“{name}” was changed by somebody else since it was opened.", name=name),
            tr("Merge takes both. If you replace it, the other version stays beside it as {backup}.", backup=backup),
        )
    return (
        tr("Not everything in “{name}” can be kept.", name=name),
        tr("A file saved by AluPlanner would lack:")
        + "\n\n"
        + "\n".join(f"•  {loss}" for loss in doubt.details)
        + "\n\n"
        + tr("Save the plan as a new file; this one stays as it is."),
    )


def ask_for_file(parent: QWidget, folder: Path) -> Path | None:
    """Ask which file to open."""
    name, _ = QFileDialog.getOpenFileName(parent, tr("Open a plan"), str(folder), _filters())
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget, suggested: Path) -> Path | None:
    """Ask where to save; the name gets its ending if it has none."""
    name, _ = QFileDialog.getSaveFileName(parent, tr("Save the plan"), str(suggested), _filters())
    return _named(parent, name, SUFFIX)


def ask_what_to_import(parent: QWidget, folder: Path) -> Path | None:
    """Ask which workbook to import rows from."""
    filters = ";;".join((tr("Workbooks (*.xlsx *.xlsm)"), tr("All files (*)")))
    name, _ = QFileDialog.getOpenFileName(parent, tr("Import from a workbook"), str(folder), filters)
    return Path(name) if name else None


def ask_where_to_save_copy(parent: QWidget, suggested: Path) -> Path | None:
    """Ask where to save a copy of a workbook; the name gets its ending if it has none."""
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("Save a copy with the errors marked"), str(suggested), tr("Workbooks (*.xlsx)")
    )
    return _named(parent, name, PLAIN)


def ask_where_to_export(parent: QWidget, suggested: Path) -> Path | None:
    """Ask where to write the living model; the name gets its ending if it has none."""
    title = tr("Export the living model")
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), tr("Workbooks (*.xlsx)"))
    return _named(parent, name, PLAIN)


def _named(parent: QWidget, name: str, ending: str) -> Path | None:
    """Return a file name as a path, with an ending if it has none; a file of that longer name is not taken unasked."""
    if not name or Path(name).suffix.lower() in (PLAIN, WITH_MACROS):
        return Path(name) if name else None
    path = Path(name + ending)
    return path if not path.exists() or may_replace(parent, path) else None


def may_replace(parent: QWidget, path: Path) -> bool:
    """Ask whether a file that is there may be replaced."""
    box = QMessageBox(QMessageBox.Icon.Question, tr("AluPlanner"), "", parent=parent)
    box.setText(tr("“{name}” is there already.", name=path.name))
    answers = {
        box.addButton(tr("&Replace it"), Role.AcceptRole): Answer.ANYWAY,
        box.addButton(tr("Cancel"), Role.RejectRole): Answer.CANCEL,
    }
    return _answer(box, answers) is Answer.ANYWAY


def tell_failed_export(parent: QWidget, reason: str) -> None:
    """Say that the living model could not be written, and why."""
    tell_failed_write(parent, tr("The living model could not be written."), reason)


def tell_failed_write(parent: QWidget, sentence: str, reason: str) -> None:
    """Say in a sentence what could not be written, and why."""
    box = QMessageBox(QMessageBox.Icon.Warning, tr("AluPlanner"), "", parent=parent)
    box.setText(sentence)
    box.setInformativeText(reason)
    _answer(box, {box.addButton(tr("Close"), Role.RejectRole): Answer.CANCEL})


def as_file_name(text: str) -> str:
    """Return a title as the name of a file, without what no file can be called."""
    return "".join("-" if letter in '\\/:*?"<>|' else letter for letter in text).strip() or "plan"


def _filters() -> str:
    return ";;".join((tr("Plans (*.xlsx)"), tr("All files (*)")))
