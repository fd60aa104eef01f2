"""What was changed since the file was opened: the steps that stand, with their time, for the workbook's Changes."""

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from aluplanner.document.change import Change
from aluplanner.i18n import tr
from aluplanner.model.cell_text import edit_text
from aluplanner.model.plan import Plan
from aluplanner.model.schema import Value

if TYPE_CHECKING:
    from aluplanner.analysis.differences import Difference
    from aluplanner.workbook.change_log import ChangeEntry

_NAMED: Final = 5
"""Cells of one step that are named one by one."""


@dataclass(frozen=True, eq=False)
class Step:
    """A step that stands: when it was made, what it is called, and the plans on either side."""

    when: datetime
    label: str
    before: Plan
    after: Plan


class ChangeLog:
    """Keeps the steps that made the open plan what it is, in their order.

    A step taken back before it was saved is forgotten; one taken back after it was saved is a step of its own, as
    others may have read of it.
    """

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._saved: list[ChangeEntry] = []
        self._told: tuple[Step, ...] = ()  # the steps that were handed out to be saved

    def forget(self) -> None:
        """Begin again: another plan was opened."""
        self._steps.clear()
        self._saved.clear()
        self._told = ()

    def add(self, change: Change, is_growth: bool = False) -> None:
        """Note a step of the planner.

        Parameters
        ----------
        change
            The edit.
        is_growth
            Whether it is one more edit of the gesture that made the last step.
        """
        if is_growth and self._steps and self._steps[-1].after is change.before:
            last = self._steps.pop()
            self._steps.append(Step(last.when, change.label, last.before, change.after))
        else:
            self._steps.append(Step(_now(), change.label, change.before, change.after))

    def follow_history(self, change: Change) -> None:
        """Note that a step was undone or made again."""
        last = self._steps[-1] if self._steps else None
        is_told = any(step is last for step in self._told)
        if last is not None and not is_told and last.after is change.before and last.before is change.after:
            self._steps.pop()
        else:
            self._steps.append(Step(_now(), tr("Undo or redo: {step}", step=change.label), change.before, change.after))

    def steps(self) -> tuple[tuple["ChangeEntry", ...], tuple[Step, ...]]:
        """Return the entries saved since the file was opened, and the steps since then that are not."""
        self._told = tuple(self._steps)
        return tuple(self._saved), self._told

    def acknowledge(self) -> None:
        """Take note that somebody else saved the file, with what it told of former steps."""
        self._saved.clear()

    def take_back(self) -> None:
        """Take note that the steps handed out were not saved: one that is undone now was never told."""
        self._told = ()

    def settle(self, steps: Sequence[Step], entries: Sequence["ChangeEntry"]) -> None:
        """Take note that steps were saved as these entries."""
        saved = set(map(id, steps))
        self._steps = [step for step in self._steps if id(step) not in saved]
        self._saved = list(entries)


def change_entries(steps: Sequence[Step], who: str) -> tuple["ChangeEntry", ...]:
    """Return steps as entries of the sheet Changes, one each; steps that changed nothing are left out.

    Parameters
    ----------
    steps
        The steps.
    who
        Who made them.
    """
    from aluplanner.analysis.differences import plan_differences
    from aluplanner.workbook.change_log import ChangeEntry

    entries = []
    for step in steps:
        found = plan_differences(step.before, step.after)
        if found:
            where, old, new = _texts(step, found)
            entries.append(ChangeEntry(step.when, who, step.label, where, old, new))
    return tuple(entries)


def _texts(step: Step, found: Sequence["Difference"]) -> tuple[str, str, str]:
    """Return where, old and new in words; of many cells the first ones are named."""
    named, rest = found[:_NAMED], len(found) - _NAMED
    more = f"; {tr('and {count} more', count=rest)}" if rest > 0 else ""
    where = "; ".join("/".join(filter(None, (one.table, one.row, one.column))) for one in named)
    old = "; ".join(_text(step.before, one, one.before, one.old) for one in named)
    new = "; ".join(_text(step.after, one, one.after, one.new) for one in named)
    return where + more, old + more, new + more


def _text(plan: Plan, difference: "Difference", position: int | None, value: Value) -> str:
    """Return one side of a difference as an editor shows it; where only one side has the row, which one does."""
    if position is None:
        return tr("no row")
    if not difference.column:
        return tr("row {number}", number=position + 1)
    column = plan.find_column(difference.table, difference.column)
    if column is None:
        return ""  # growth of a year that only the other side has
    return edit_text(plan.record_column(plan.table(difference.table)[position], column), value)


def user_name() -> str:
    """Return the name that the system knows the planner by, empty if it knows none."""
    try:
        login = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
    try:
        import pwd
    except ImportError:
        return login
    try:
        full = pwd.getpwnam(login).pw_gecos.split(",")[0].strip()
    except KeyError:
        return login
    return full or login


def _now() -> datetime:
    return datetime.now().astimezone().replace(microsecond=0)
