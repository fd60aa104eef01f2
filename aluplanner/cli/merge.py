"""``aluplanner merge``: two planners' copies of one plan come together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aluplanner.analysis.conflict_words import base_text, side_texts, where_text
from aluplanner.analysis.merging import Conflict, Merge, Side, What, merge_plans
from aluplanner.cli.copies import PlanCopy, counted, difference_json, read_copy, value_json
from aluplanner.cli.exits import DONE, PLAN_HAS_ERRORS, UsageError
from aluplanner.cli.output import print_json, say
from aluplanner.cli.plans import read
from aluplanner.document.change_log import Step
from aluplanner.document.plan_file import Order, SavingDoubtError, write_file
from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, has_errors
from aluplanner.model.plan import Plan
from aluplanner.workbook.results import issue_json


@dataclass(frozen=True)
class _Copies:
    """The workbooks of a merge."""

    base: PlanCopy | None
    mine: PlanCopy
    yours: PlanCopy

    def of(self, side: Side) -> PlanCopy:
        """Return one of the two copies."""
        return self.mine if side is Side.MINE else self.yours


def merge_files(files: Sequence[Path], out: Path, prefer: str | None, *, as_json: bool) -> int:
    """Merge two workbooks, with their ancestor or without one, into a third.

    Parameters
    ----------
    files
        BASE, MINE and YOURS, or MINE and YOURS alone.
    out
        The workbook to write, on the model of MINE.
    prefer
        Whose version stands where they disagree; without it nothing is written then.
    as_json
        Whether to print for machines.

    Returns
    -------
    int
        0 if it was written; 1 if conflicts are left, or the merged plan, though written, has errors.

    Raises
    ------
    UsageError
        If there are not two or three workbooks, or OUT would replace one that is not MINE.
    PlanError
        If a workbook cannot be read or written.
    """
    _check(files, out)
    *ancestor, mine, yours = (read_copy(path) for path in files)
    copies = _Copies(ancestor[0] if ancestor else None, mine, yours)
    merge = merge_plans(copies.base.plan if copies.base else None, mine.plan, yours.plan)
    if merge.conflicts and prefer is None:
        _tell_conflicts(copies, merge, as_json=as_json)
        return PLAN_HAS_ERRORS
    merged = merge.decided_as(Side(prefer)) if prefer else merge.plan()
    _write(merged, merge, out, tr("Merged {name}", name=yours.path.name))
    issues = read(out).issues  # read back, so that each has its place in the workbook
    if as_json:
        print_json(_as_json(copies, merge, out, issues))
    else:
        _tell(merge, out, prefer, issues)
    return PLAN_HAS_ERRORS if has_errors(issues) else DONE


def _write(merged: Plan, merge: Merge, out: Path, what: str) -> None:
    """Write the merged plan into the workbook of MINE, with its results and a line in the sheet Changes.

    Raises
    ------
    UsageError
        If another program has OUT open.
    """
    step = Step(datetime.now().astimezone().replace(microsecond=0), what, merge.mine, merged)
    try:
        write_file(Order(merged, out, steps=(step,)))
    except SavingDoubtError as doubt:
        program = ", ".join(doubt.details)
        raise UsageError(
            tr("{name} is open in {program}: close it there, or name another OUT.", name=out.name, program=program)
        ) from doubt


def _check(files: Sequence[Path], out: Path) -> None:
    if len(files) not in (2, 3):
        raise UsageError(tr("Name BASE, MINE and YOURS, or MINE and YOURS alone."))
    if out.suffix.lower() != ".xlsx":
        raise UsageError(tr("The merged plan is an .xlsx workbook: give OUT that ending."))
    others = [path for path in (*files[:-2], files[-1]) if path.exists() and out.exists() and path.samefile(out)]
    if others:
        raise UsageError(tr("OUT would replace {name}: give it another name.", name=others[0].name))


def _tell(merge: Merge, out: Path, prefer: str | None, issues: Sequence[Issue]) -> None:
    for issue in issues:
        say(str(issue))
    print(tr("{name} written.", name=out.name))
    print(tr("From YOURS: {counts}", counts=counted(merge.comes_from(Side.YOURS))))
    print(tr("From MINE: {counts}", counts=counted(merge.comes_from(Side.MINE))))
    if merge.conflicts and prefer:
        count = len(merge.conflicts)
        side = prefer.upper()
        print(
            tr("1 conflict decided as {side} has it", side=side)
            if count == 1
            else tr("{count} conflicts decided as {side} has them", count=count, side=side)
        )
    if has_errors(issues):
        say(tr("The merged plan has errors; correct them in the window or the workbook."))


def _tell_conflicts(copies: _Copies, merge: Merge, *, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(copies, merge, None, ()))
    else:
        for conflict in merge.conflicts:
            print("\n".join(_lines(copies, merge, conflict)))
    count = len(merge.conflicts)
    what = tr("1 conflict") if count == 1 else tr("{count} conflicts", count=count)
    say(
        tr(
            "{what}; nothing was written. Decide them in the window (File, Merge with another copy),"
            " or add --prefer mine or --prefer yours.",
            what=what,
        )
    )


def _lines(copies: _Copies, merge: Merge, conflict: Conflict) -> list[str]:
    lines = [where_text(merge, conflict)]
    if base := base_text(merge, conflict):
        lines.append(_line(tr("BASE"), base))
    remarks = {side: _remarks(merge, conflict, side) for side in Side}
    shared = [text for text in remarks[Side.MINE] if text in remarks[Side.YOURS]]
    for side, text in zip(Side, side_texts(merge, conflict), strict=True):
        cell = copies.of(side).cell(conflict.table, conflict.trio.place(side), conflict.column)
        lines.append(_line(side.upper(), f"{text} ({cell})" if cell else text))
        lines += [_line("", text) for text in remarks[side] if text not in shared]
    lines += [_line(tr("BOTH") if text == shared[0] else "", text) for text in shared]
    return [*lines, ""]


def _remarks(merge: Merge, conflict: Conflict, side: Side) -> list[str]:
    """Return what a copy notes about the row, each in a line."""
    found = merge.remarks(conflict, side)
    return [f"{column.heading}: {text}" for column, text in found if column.name != conflict.column]


def _line(who: str, text: str) -> str:
    return f"  {who:<6} {' '.join(text.split())}"


def _as_json(copies: _Copies, merge: Merge, out: Path | None, issues: Sequence[Issue]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "merged": None if out is None else out.as_posix(),
        "conflicts": [_conflict_json(copies, merge, conflict) for conflict in merge.conflicts],
    }
    for side in Side:
        found[f"from_{side}"] = [difference_json(one) for one in merge.comes_from(side)]
    return found | {"issues": [issue_json(issue) for issue in issues]}


def _conflict_json(copies: _Copies, merge: Merge, conflict: Conflict) -> dict[str, Any]:
    said: dict[str, Any] = {"what": str(conflict.what), "table": conflict.table, "row": conflict.row}
    if conflict.what is What.CELL:
        said["column"] = conflict.column
    if copies.base and conflict.what is What.CELL:
        said["base"] = value_json(conflict.base)
    for side in Side:
        place = conflict.trio.place(side)
        said[str(side)] = {
            "cell": copies.of(side).cell(conflict.table, place, conflict.column),
            "remarks": {column.name: text for column, text in merge.remarks(conflict, side)},
        } | (
            {"has_row": place is not None} if conflict.what is What.ROW else {"value": value_json(conflict.value(side))}
        )
    return said
