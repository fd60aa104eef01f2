"""``aluplanner export``: the plan as a workbook whose formulas work out the balance."""

from pathlib import Path

from aluplanner.cli.exits import DONE, PLAN_HAS_ERRORS, UsageError
from aluplanner.cli.output import print_json, say
from aluplanner.cli.plans import read, say_unread, scenarios_asked
from aluplanner.i18n import tr
from aluplanner.model.scenarios import BASE
from aluplanner.workbook.living import write_living
from aluplanner.workbook.results import issue_json


def export_living(file: Path, out: Path, scenario: str | None, *, as_json: bool) -> int:
    """Write the living model of a workbook's plan.

    Parameters
    ----------
    file
        The workbook with the plan.
    out
        The workbook to write; one that is there is replaced.
    scenario
        The scenario chosen in it at first; ``None`` for the base.
    as_json
        Whether to print for machines.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    UsageError
        If there is no such scenario, or the two files are the same.
    PlanError
        If the plan is beyond what such a workbook can hold, or it cannot be written.
    """
    if out.suffix.lower() != ".xlsx":
        raise UsageError(tr("The living model is an .xlsx workbook: give OUT that ending."))
    if out.exists() and out.samefile(file):
        raise UsageError(tr("The living model cannot be written over the plan: give OUT another name."))
    result = read(file)
    if result.plan is None:
        for issue in result.issues:
            say(str(issue))
        if as_json:
            print_json({"living": None, "issues": [issue_json(issue) for issue in result.issues]})
        return PLAN_HAS_ERRORS
    (chosen,) = scenarios_asked(result.plan, [scenario or BASE])
    say_unread(result)
    write_living(result.plan, out, chosen)
    if as_json:
        print_json({"living": out.as_posix(), "scenario": chosen})
    return DONE
