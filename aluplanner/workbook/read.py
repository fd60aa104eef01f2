"""Reading plans from workbooks."""

import errno
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.unread_rules import FOLLOWS_FROM_UNREADABLE, UNREAD
from aluplanner.model.validation import validate
from aluplanner.workbook.apart import read_apart
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.raw.limits import LARGEST_FILE
from aluplanner.workbook.sheet import column_number
from aluplanner.workbook.tables import REQUIRED, WorkbookReading, read_tables, read_tables_of

# what the rules say about a name only because a whole table is missing
_FOLLOWS_FROM_MISSING: Final = frozenset(
    {"unknown-target", "reaches-nothing", "pot-size", "credit", "unknown-row", "measure", "horizon"}
)


@dataclass(frozen=True)
class ReadResult:
    """What reading a workbook gave.

    Attributes
    ----------
    plan
        The plan; ``None`` if there is any error that keeps it from being solved. A text that cannot be read does not
        where the workbook notes the last good value of its cell, but is among the issues as an error.
    issues
        Everything wrong or doubtful, each with its place in the workbook (``Plants!E5``), sheet by sheet.
    draft
        The plan even if there are errors in it, as long as nothing in the file is left out: the rules may be broken,
        and cells may hold texts that could not be read.
    hidden
        The names of the hidden sheets. Those that hold a table count, and a warning says so.
    """

    plan: Plan | None
    issues: tuple[Issue, ...]
    draft: Plan | None = None
    hidden: tuple[str, ...] = ()


def read_plan(path: str | Path) -> Plan:
    """Read a plan from an .xlsx workbook.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Plan
        The plan, with the file's bytes as its source. A cell whose text cannot be read has the last good value that
        the file notes on it; its table says so (:attr:`~aluplanner.model.rows.Rows.unread`).

    Raises
    ------
    PlanError
        With everything wrong in the file, each with sheet and cell.
    """
    result = read_workbook(path)
    if result.plan is None:
        raise PlanError(result.issues)
    return result.plan


def read_workbook(path: str | Path) -> ReadResult:
    """Read an .xlsx workbook and return the plan together with everything wrong or doubtful in it.

    The file is taken apart in a process of its own, which has a limit of memory and of time.

    Parameters
    ----------
    path
        The file.
    """
    try:
        data = _file_bytes(Path(path))
    except OSError as error:
        return ReadResult(None, (_cannot_open(Path(path), error),))
    except ValueError:  # a NUL, half a letter
        return ReadResult(None, (_no_path(path),))
    except PartError as error:
        return _refused(error)
    try:
        with read_apart(data) as book:
            reading = read_tables_of(book)
    except PartError as error:
        return _refused(error)
    return _result(data, reading)


def read_bytes(data: bytes) -> ReadResult:
    """Read a workbook that is already in memory, in this process; see :func:`read_workbook`."""
    try:
        reading = read_tables(data)
    except PartError as error:
        return _refused(error)
    return _result(data, reading)


def _file_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    PartError
        If it is too large for a workbook.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, tr("it is a device and not a file"))
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > LARGEST_FILE:
            raise PartError.of(RawError("too-large"))
        return file.read(LARGEST_FILE + 1)


def _refused(error: PartError) -> ReadResult:
    return ReadResult(None, (Issue(Severity.ERROR, error.code, error.message, error.remedy),))


def _result(data: bytes, reading: WorkbookReading) -> ReadResult:
    plan = replace(reading.plan, source=data)
    found = tuple(_placed(reading, issue) for issue in validate(plan) if _is_news(reading, issue))
    issues = _in_order(reading, (*reading.issues, *found))
    draft = plan if reading.is_complete else None
    is_solvable = not any(issue.is_error and issue.code != UNREAD for issue in issues)
    return ReadResult(plan if is_solvable else None, issues, draft, reading.hidden)


def _is_news(reading: WorkbookReading, issue: Issue) -> bool:
    """Return whether an issue found by the rules says more than that something could not be read."""
    if reading.is_unreadable(issue) or issue.code == "unknown-assumption":
        return False
    table = reading.tables.get(issue.table)
    if table is not None and issue.code in FOLLOWS_FROM_UNREADABLE:
        # the rules know of texts alone, not of formulas that were never calculated and the like
        blamed = {(issue.position, column) for column in FOLLOWS_FROM_UNREADABLE[issue.code]}
        return blamed.isdisjoint(table.unreadable.keys() - table.stand_ins)
    if table is not None and issue.code == "required" and issue.column not in table.headers.numbers():
        return any(column.name == issue.column and not column.required for column in table.table.columns)
    return not (issue.code in _FOLLOWS_FROM_MISSING and any(reading.is_unread(name) for name in REQUIRED))


def _placed(reading: WorkbookReading, issue: Issue) -> Issue:
    return replace(issue, place=reading.place(issue))


def _in_order(reading: WorkbookReading, issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
    """Return issues sheet by sheet and cell by cell."""
    sheets = [table.sheet for table in reading.tables.values()]
    order = {sheet: index for index, sheet in enumerate([*TABLES, *sheets])}

    def place(issue: Issue) -> tuple[int, int, int]:
        sheet, _, cell = issue.place.rpartition("!")
        letters = cell.rstrip("0123456789")
        row = cell[len(letters) :]
        return order.get(sheet, -1), int(row or 0), column_number(letters) if row else 0

    return tuple(sorted(issues, key=place))


def _no_path(path: str | Path) -> Issue:
    shown = str(path).encode(errors="replace").decode().replace("\0", "?")
    message = tr("{path} is no name that a file can have.", path=shown)
    return Issue(Severity.ERROR, "file", message, tr("Check its name and folder."))


def _cannot_open(path: Path, error: OSError) -> Issue:
    if error.errno == errno.ENAMETOOLONG:
        return _no_path(path)
    if isinstance(error, FileNotFoundError):
        message, remedy = tr("There is no file {path}.", path=path), tr("Check its name and folder.")
    elif isinstance(error, IsADirectoryError) or path.is_dir():
        message, remedy = tr("{path} is a folder.", path=path), tr("Name the workbook in it.")
    elif isinstance(error, PermissionError):
        message = tr("{path} may not be read.", path=path)
        remedy = tr("Close it in other programs, or ask for the right to read it.")
    else:
        message = tr("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error)
        remedy = tr("Check that the drive is there and try again.")
    return Issue(Severity.ERROR, "file", message, remedy)
