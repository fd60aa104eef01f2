"""Merging two copies of a plan, with their common ancestor or without one.

Rows are matched by key, cells by column. What only one copy changed is taken; what both changed to the same is taken
once; what they changed differently is a conflict for the planner. Which copy is called mine makes no difference to the
merged plan once conflicts are decided alike, except that it goes into the workbook of mine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, cast

from aluplanner.analysis.difference_words import REMARKS
from aluplanner.analysis.differences import Difference, Kind, plan_differences
from aluplanner.analysis.merge.matching import match_copies
from aluplanner.analysis.merge.names import with_common_names
from aluplanner.analysis.merge.parts import Answers, Conflict, Disputed, Side, Trio, What
from aluplanner.analysis.merge.tables import TableMerge
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column

__all__ = ["Conflict", "Merge", "OpenConflictsError", "Side", "Trio", "What", "merge_plans"]

NO_ANSWERS: Final[Answers] = {}


class OpenConflictsError(ValueError):
    """Without an ancestor there is nothing that could stand where the copies disagree; carries what is undecided."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        self.conflicts = conflicts
        super().__init__(f"{len(conflicts)} conflicts are undecided")


@dataclass(frozen=True)
class Merge:
    """Two copies of a plan, what comes together by itself and what the planner has to decide.

    Attributes
    ----------
    base
        The common ancestor; ``None`` if there is none: then everything that differs is a conflict, and rows that only
        one copy has are taken.
    mine, yours
        The copies.
    """

    base: Plan | None
    mine: Plan
    yours: Plan

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What the copies disagree about, table by table."""
        return _merged(self, NO_ANSWERS)[1]

    def all_from(self, side: Side) -> Answers:
        """Return the answers by which every conflict is decided as one copy has it."""
        return {conflict.about: side for conflict in self.conflicts}

    def plan(self, answers: Mapping[Disputed, Side] = NO_ANSWERS) -> Plan:
        """Return the merged plan; it belongs to the workbook of mine.

        Parameters
        ----------
        answers
            Whose version stands, by what the conflicts are about; where nothing is said the ancestor's does.

        Raises
        ------
        OpenConflictsError
            If there is no ancestor and a conflict is not decided.
        """
        if self.base is None:
            undecided = tuple(conflict for conflict in self.conflicts if conflict.about not in answers)
            if undecided:
                raise OpenConflictsError(undecided)
        return _merged(self, answers)[0]

    def comes_from(self, side: Side) -> tuple[Difference, ...]:
        """Return what the merged plan takes from one copy that the other does not have, conflicts aside."""
        other = self.mine if side is Side.YOURS else self.yours
        return plan_differences(other, self.decided_as(side.other))

    def decided_as(self, side: Side) -> Plan:
        """Return the merged plan with every conflict decided as one copy has it."""
        if side not in self._decided:
            self._decided[side] = self.plan(self.all_from(side))
        return self._decided[side]

    @cached_property
    def _decided(self) -> dict[Side, Plan]:
        return {}

    def remarks(self, conflict: Conflict, side: Side) -> tuple[tuple[Column, str], ...]:
        """Return what one copy notes about the row of a conflict: its source and its notes, where there are any."""
        plan, place = (self.mine if side is Side.MINE else self.yours), conflict.trio.place(side)
        if place is None:
            return ()
        record = plan.table(conflict.table)[place]
        columns = [column for column in plan.columns(conflict.table) if column.name in REMARKS]
        found = ((column, read_cell(record, column.name)) for column in columns)
        return tuple((column, text) for column, text in found if isinstance(text, str))

    def row_changes(self, conflict: Conflict, side: Side) -> tuple[Difference, ...]:
        """Return what one copy changed in the row of a conflict since the ancestor, cell by cell."""
        return self._changes[side].get((conflict.table, conflict.trio.base), ())

    @cached_property
    def _changes(self) -> Mapping[Side, Mapping[tuple[str, int | None], tuple[Difference, ...]]]:
        changes: dict[Side, dict[tuple[str, int | None], tuple[Difference, ...]]] = {side: {} for side in Side}
        if self.base is not None:
            for side, plan in ((Side.MINE, self.mine), (Side.YOURS, self.yours)):
                for found in plan_differences(self.base, plan):
                    if found.kind is Kind.CHANGED:
                        place = found.table, found.before
                        changes[side][place] = (*changes[side].get(place, ()), found)
        return changes


def merge_plans(base: Plan | None, mine: Plan, yours: Plan) -> Merge:
    """Return how two copies of a plan come together.

    Parameters
    ----------
    base
        Their common ancestor, if it is known.
    mine, yours
        The copies.
    """
    return Merge(base, mine, yours)


def _merged(merge: Merge, answers: Answers) -> tuple[Plan, tuple[Conflict, ...]]:
    base, mine, yours = merge.base, merge.mine, merge.yours
    if mine in (base, yours):
        return _in_workbook(yours, mine), ()
    if yours == base:
        return mine, ()
    matches: dict[str, list[Trio]] = {}
    renamed: dict[str, dict[Trio, str]] = {}
    found: list[Conflict] = []
    if base is not None:
        copies = with_common_names(base, mine, yours, answers)
        base, mine, yours = copies.base, copies.mine, copies.yours
        matches, renamed, found = copies.matches, copies.renamed, list(copies.conflicts)
    tables: dict[str, Rows[Any]] = {}
    for name in TABLES:
        rows = None if base is None else base.table(name), mine.table(name), yours.table(name)
        work = TableMerge(*rows, answers, frozenset(renamed.get(name, ())), [])
        tables[name] = work.merged(matches[name] if name in matches else match_copies(*rows))
        found += work.conflicts
    order = list(TABLES)
    found.sort(key=lambda conflict: order.index(conflict.table))
    return replace(merge.mine, **cast(Any, tables)), tuple(found)


def _in_workbook(plan: Plan, of: Plan) -> Plan:
    """Return a plan that belongs to the workbook of another one."""
    return plan if plan.source is of.source else replace(plan, source=of.source)
