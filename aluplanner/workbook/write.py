"""Writing plans as workbooks."""

from pathlib import Path
from typing import TYPE_CHECKING

from aluplanner.i18n import tr
from aluplanner.model.plan import Plan
from aluplanner.workbook.endings import ending_for, fitting
from aluplanner.workbook.files import replace_file, require_ending, save_error
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.package import Package
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.surgery.archive import save_anew
from aluplanner.workbook.tables import read_tables
from aluplanner.workbook.update import updated_package

if TYPE_CHECKING:
    from aluplanner.workbook.besides import Besides


def write_plan(plan: Plan, path: str | Path, besides: "Besides | None" = None) -> bytes:
    """Write a plan as an .xlsx workbook, in one step and checked by reading it back.

    One that comes from a workbook with macros may be written as .xlsm too, with these; an .xlsx has none.

    A plan that was read from a workbook is written back into that workbook: whatever else is in there stays, byte for
    byte where the plan changed nothing, and what stands beside a row follows it. Any other plan makes a new workbook
    with every table.

    Parameters
    ----------
    plan
        The plan; it may have errors.
    path
        The file; one that is there is replaced.
    besides
        The sheets with results and changes to write besides. A plan that is as its workbook states it leaves them
        alone.

    Returns
    -------
    bytes
        What was written: the source of the plan from now on.

    Raises
    ------
    PlanError
        If it cannot be written; what was in the file is untouched.
    """
    ending = ending_for(path, plan.source)
    require_ending(path, ending)
    stored = as_stored(plan)
    try:
        data = fitting(plan_bytes(stored, besides), ending)
    except PartError as error:
        raise save_error(Path(path), error.message, error.remedy) from error
    if data is not plan.source and not _holds(data, stored):
        raise save_error(
            Path(path), tr("the workbook does not give back the plan."),
            tr("Save under another name as a new workbook, without the sheets of the old one."),
        )  # fmt: skip
    replace_file(path, data)
    return data


def plan_bytes(plan: Plan, besides: "Besides | None" = None) -> bytes:
    """Return the workbook of a plan; see :func:`write_plan`. The same plan and source give the same bytes.

    Raises
    ------
    PartError
        If the workbook the plan came from cannot be written back.
    """
    if plan.source is None:
        # XlsxWriter takes its time, and is not needed to write into a workbook that is there
        from aluplanner.workbook.surgery.new_book import new_package

        package = new_package(plan)
    else:
        package = updated_package(plan.source, plan)
        if not package.is_changed:
            return plan.source
    before = Package(plan.source).dangling() if plan.source is not None else frozenset()
    if besides is not None:
        besides.put(package, plan)
    if package.dangling() - before:
        raise PartError(
            tr("a part of the workbook is missing."),
            save_anew(),
        )
    return package.to_bytes()


def _holds(data: bytes, plan: Plan) -> bool:
    """Return whether a workbook gives back the plan."""
    try:
        found = read_tables(data).plan
    except PartError:
        return False
    return found == plan or as_stored(found) == plan
