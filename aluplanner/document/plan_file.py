"""Writing the open plan to its file: what must be asked first, what goes into it, what is kept of the old one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from aluplanner.document.change_log import Step, change_entries, user_name
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE

if TYPE_CHECKING:
    from aluplanner.model.balance import Balance
    from aluplanner.workbook.change_log import ChangeEntry


class Doubt(StrEnum):
    """A reason to ask before a file is replaced."""

    IN_USE = "in use"  # another program has it open
    CHANGED = "changed"  # somebody saved it since it was opened
    LOSES = "loses"  # the workbook holds what would not be there afterwards


class SavingDoubtError(Exception):
    """Saving waits for an answer; the file is untouched.

    Attributes
    ----------
    doubt
        What the question is about.
    path
        The file.
    details
        Who has it open, or what would be lost.
    answered
        The doubts to save despite of, if the planner says so.
    """

    def __init__(
        self, doubt: Doubt, path: Path, details: tuple[str, ...] = (), despite: frozenset[Doubt] = frozenset()
    ) -> None:
        super().__init__(f"{doubt}: {path}")
        self.doubt, self.path, self.details = doubt, path, details
        self.answered = despite | {doubt}


@dataclass(frozen=True, eq=False)
class Order:
    """What is to be saved where.

    Attributes
    ----------
    plan, path
        The plan and its file.
    is_own
        Whether the file is the one the plan was opened from or saved to last.
    digest
        Of that file's contents as they were then; ``None`` if they are not known.
    is_first
        Whether the file is the one the plan was opened from, and nothing was saved to it yet.
    despite
        Doubts that have been answered.
    entries, steps
        What was changed since the file was opened: as it was saved already, and since then.
    balances
        The balances that are known, by scenario, if they are this plan's.
    """

    plan: Plan
    path: Path
    is_own: bool = False
    digest: bytes | None = None
    is_first: bool = False
    despite: frozenset[Doubt] = frozenset()
    entries: tuple["ChangeEntry", ...] = ()
    steps: tuple[Step, ...] = ()
    balances: Mapping[str, "Balance"] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Written:
    """What saving did.

    Attributes
    ----------
    digest
        Of what is in the file now.
    entries
        What the sheet Changes says of the plan since it was opened.
    backup_problem
        Why the previous version could not be kept, empty if it was or there was none.
    """

    digest: bytes
    entries: tuple["ChangeEntry", ...]
    backup_problem: str = ""


def digest_of(data: bytes) -> bytes:
    """Return what tells the contents of a file from others."""
    return hashlib.sha256(data).digest()


def write_file(order: Order) -> Written:
    """Write a plan to its file, with the sheets of results and changes beside it; keep the previous version.

    Raises
    ------
    SavingDoubtError
        If the planner should be asked first.
    PlanError
        If it cannot be written; the file is untouched.
    """
    from aluplanner.workbook.besides import Besides  # takes its time, and is not needed before the first saving
    from aluplanner.workbook.write import write_plan

    previous = _previous(order.path)
    _ask(order, previous)
    entries = (*order.entries, *change_entries(order.steps, user_name()))
    data = write_plan(order.plan, order.path, Besides(_balances(order), entries))
    problem = _keep(order.path, previous) if previous not in (None, data) else ""
    return Written(digest_of(data), entries, problem)


def _previous(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None  # there is none, or writing will say what is wrong


def _ask(order: Order, previous: bytes | None) -> None:
    from aluplanner.workbook.losses import what_saving_loses
    from aluplanner.workbook.owner_files import program_with

    if Doubt.IN_USE not in order.despite and (program := program_with(order.path)):
        raise SavingDoubtError(Doubt.IN_USE, order.path, (program,), order.despite)
    is_known = not order.is_own or order.digest is None or previous is None or digest_of(previous) == order.digest
    if Doubt.CHANGED not in order.despite and not is_known:
        raise SavingDoubtError(Doubt.CHANGED, order.path, (), order.despite)
    if order.is_first and order.plan.source is not None and (losses := what_saving_loses(order.plan.source)):
        raise SavingDoubtError(Doubt.LOSES, order.path, losses)


def _balances(order: Order) -> dict[str, "Balance"] | None:
    """Return the balance of every scenario; ``None`` if the plan has errors."""
    from aluplanner.model.solver import solve

    try:
        return {
            name: order.balances.get(name) or solve(order.plan, name) for name in (BASE, *order.plan.scenario_names)
        }
    except PlanError:
        return None


def _keep(path: Path, previous: bytes | None) -> str:
    from aluplanner.workbook.backups import keep_backup

    if previous is None:
        return ""
    try:
        keep_backup(path, previous)
    except PlanError as error:
        return str(error)
    return ""
