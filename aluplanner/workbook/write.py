"""Writing plans as workbooks."""

import io
from pathlib import Path

from aluplanner.i18n import tr
from aluplanner.model.plan import Plan
from aluplanner.workbook.files import replace_file, require_ending, save_error
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.tables import read_tables


def write_plan(plan: Plan, path: str | Path) -> bytes:
    """Write a plan as an .xlsx workbook, in one step and checked by reading it back.

    A plan that was read from a workbook is written back into that workbook: the planner's own sheets,
    columns, widths, comments, fills and number formats stay, and what stands beside a row follows it.
    Any other plan makes a new workbook with every table.

    Parameters
    ----------
    plan
        The plan; it may have errors.
    path
        The file; one that is there is replaced.

    Returns
    -------
    bytes
        What was written: the source of the plan from now on.

    Raises
    ------
    PlanError
        If it cannot be written; what was in the file is untouched.
    """
    require_ending(path, ".xlsx")
    stored = as_stored(plan)
    try:
        data = plan_bytes(stored)
    except PartError as error:
        raise save_error(Path(path), error.message, error.remedy) from error
    if not _holds(data, stored):
        raise save_error(
            Path(path), tr("the workbook does not give back the plan."),
            tr("Save under another name as a new workbook, without the sheets of the old one."),
        )  # fmt: skip
    replace_file(path, data)
    return data


def plan_bytes(plan: Plan) -> bytes:
    """Return the workbook of a plan; see :func:`write_plan`.

    Raises
    ------
    PartError
        If the workbook the plan came from cannot be written back.
    """
    # heavy, and not needed to read plans
    from aluplanner.workbook.fresh import new_workbook
    from aluplanner.workbook.update import updated_workbook

    book = new_workbook(plan) if plan.source is None else updated_workbook(plan.source, plan)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _holds(data: bytes, plan: Plan) -> bool:
    """Return whether a workbook gives back the plan."""
    try:
        found = read_tables(data).plan
    except PartError:
        return False
    return found == plan or as_stored(found) == plan
