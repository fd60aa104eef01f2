"""Opening a foreign workbook for an import."""

from pathlib import Path

from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.workbook.apart import read_apart
from aluplanner.workbook.importing.proposing import Proposal, propose
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.raw.limits import LARGEST_FILE
from aluplanner.workbook.read import read_workbook


def read_proposal(path: Path) -> Proposal:
    """Return what the sheets of a workbook most likely hold; it is taken apart in a process of its own.

    Raises
    ------
    PlanError
        If it is no workbook or cannot be read.
    """
    try:
        with read_apart(read_file(path)) as book:
            return propose(book)
    except PartError as error:
        raise PlanError([Issue(Severity.ERROR, error.code, error.message, error.remedy)]) from error


def read_file(path: Path) -> bytes:
    """Return the bytes of a file; of one too large for a workbook no more than it takes to see that.

    Raises
    ------
    PlanError
        If it cannot be read, with the reason.
    """
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(LARGEST_FILE + 1)
    except OSError:
        pass
    # reading it as a plan fails in the same way, and says why
    raise PlanError(read_workbook(path).issues)
