"""What is wrong or doubtful, as data."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad an issue is: an error keeps the plan from being solved, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong or doubtful, where it is, and what would be right.

    Attributes
    ----------
    severity, code
        Error or warning, and the name of the rule (``over-closed``).
    message, remedy
        Sentences for the planner.
    table, row, column
        Address of the cell, as far as it applies.
    position
        Index of the row in its table, where the row's key cannot name it.
    scenario
        The scenario it arises in; empty for the base plan.
    month
        The first month it concerns (``2017-07``).
    place
        Sheet and cell in the workbook it was read from (``Plants!E5``).
    excess
        By how much a bound is exceeded, in the column's unit; 0 where that does not apply.
    """

    severity: Severity
    code: str
    message: str
    remedy: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    position: int | None = None
    scenario: str = ""
    month: str = ""
    place: str = ""
    excess: float = 0.0

    @property
    def is_error(self) -> bool:
        """Whether it keeps the plan from being solved."""
        return self.severity is Severity.ERROR

    @property
    def address(self) -> str:
        """The cell's address ``table/row/column``, as far as it is known."""
        return "/".join(part for part in (self.table, self.row, self.column) if part)

    def __str__(self) -> str:
        where = self.place or self.address
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} {self.remedy}".strip()


class PlanError(Exception):
    """A plan cannot be read, addressed or solved; carries every issue found, not only the first."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


def has_errors(issues: Iterable[Issue]) -> bool:
    """Return whether any of the issues is an error."""
    return any(issue.is_error for issue in issues)
