"""``aluplanner validate``: everything wrong in a workbook, with sheet and cell."""

from pathlib import Path

from aluplanner.cli.exits import DONE, PLAN_HAS_ERRORS
from aluplanner.cli.output import print_json, say
from aluplanner.cli.plans import all_issues, read, scenarios_asked, solve_all
from aluplanner.i18n import tr
from aluplanner.model.issues import Issue
from aluplanner.workbook.results import issue_json


def print_issues(file: Path, marked: Path | None = None, *, as_json: bool) -> int:
    """Print every issue of a workbook: 0 when it can be solved, 1 when it has errors.

    Parameters
    ----------
    file
        The workbook.
    marked
        Where to write a copy of it with the cells of the issues marked; ``None`` for none.
    as_json
        Whether to print for machines.
    """
    result = read(file)
    issues = result.issues
    if result.plan is not None:
        issues = all_issues(result, solve_all(result.plan, scenarios_asked(result.plan, [])))
    errors = sum(issue.is_error for issue in issues)
    if marked is not None:
        _write_marked(file, issues, marked)
    if as_json:
        print_json({"errors": errors, "issues": [issue_json(issue) for issue in issues]})
    else:
        for issue in issues:
            print(f"{tr(str(issue.severity))}: {issue}")
        say(_summary(errors, len(issues) - errors))
    return PLAN_HAS_ERRORS if errors else DONE


def _write_marked(file: Path, issues: tuple[Issue, ...], marked: Path) -> None:
    """Write a copy of the workbook with the issues marked; say so if there is nothing to mark."""
    from aluplanner.workbook.marked_copy import can_be_marked, save_marked_copy

    if not can_be_marked(issues):
        say(tr("No cell is to be marked; {name} was not written.", name=marked.name))
        return
    save_marked_copy(file.read_bytes(), issues, marked, file)
    say(tr("Wrote {name} with the cells marked.", name=marked.name))


def _summary(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return tr("Nothing is wrong.")
    counted = tr("1 error") if errors == 1 else tr("{count} errors", count=errors)
    doubtful = tr("1 warning") if warnings == 1 else tr("{count} warnings", count=warnings)
    return f"{counted}, {doubtful}."
