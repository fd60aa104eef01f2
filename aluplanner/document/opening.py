"""Opening files."""

from pathlib import Path

from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan


def read_draft(path: Path) -> Plan:
    """Return the plan of a file, with whatever is wrong in it, so that it can be put right in the tables.

    Raises
    ------
    PlanError
        If the file states what no table can show; it carries everything wrong in it.
    """
    from aluplanner.workbook.read import read_workbook  # takes its time, and a new plan needs none of it

    result = read_workbook(path)
    plan = result.plan or result.draft
    if plan is None:
        raise PlanError(result.issues)
    return plan
