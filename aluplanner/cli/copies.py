"""Copies of a plan that commands compare and merge: what they say, and in which cells."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from aluplanner.analysis.difference_words import kind_word
from aluplanner.analysis.differences import Difference, Kind
from aluplanner.cli.plans import read
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.schema import Value
from aluplanner.workbook.tables import WorkbookReading, read_tables


@dataclass(frozen=True)
class PlanCopy:
    """A copy of a plan and the workbook it is in.

    Attributes
    ----------
    path
        The workbook.
    plan
        The plan; it may break rules, as long as nothing that the file states is left out.
    """

    path: Path
    plan: Plan

    @cached_property
    def _reading(self) -> WorkbookReading | None:
        return None if self.plan.source is None else read_tables(self.plan.source)

    def cell(self, table: str, position: int | None, column: str) -> str:
        """Return sheet and cell of a place in the plan (``Plants!E5``), empty if the workbook has none."""
        if position is None or self._reading is None:
            return ""
        name = column or TABLES[table].key[0]
        return self._reading.place(Issue(Severity.WARNING, "", "", table=table, column=name, position=position))


def read_copy(path: Path) -> PlanCopy:
    """Return the plan of a workbook, with whatever breaks the rules in it.

    Raises
    ------
    PlanError
        If the workbook states what no plan can hold; it carries everything wrong in it.
    """
    result = read(path)
    plan = result.plan or result.draft
    if plan is None:
        raise PlanError([_of(path, issue) for issue in result.issues if issue.is_error])
    return PlanCopy(path, plan)


def _of(path: Path, issue: Issue) -> Issue:
    return replace(issue, place=f"{path.name}: {issue.place}" if issue.place else path.name)


def value_json(value: Value) -> Any:
    """Return contents of a cell for machines."""
    return str(value) if isinstance(value, Month) else value


def difference_json(found: Difference) -> dict[str, Any]:
    """Return a difference for machines; parts that do not apply are left out."""
    said: dict[str, Any] = {"table": found.table, "row": found.row, "kind": str(found.kind)}
    if found.column:
        said["column"] = found.column
    if found.kind in (Kind.CHANGED, Kind.MOVED):
        said |= {"old": value_json(found.old), "new": value_json(found.new)}
    return said


def counted(found: tuple[Difference, ...]) -> str:
    """Return how many differences there are of each kind, in words."""
    counts: Mapping[Kind, int] = {kind: sum(one.kind is kind for one in found) for kind in Kind}
    parts = [f"{count} {kind_word(kind)}" for kind, count in counts.items() if count]
    return ", ".join(parts) or tr("nothing")
