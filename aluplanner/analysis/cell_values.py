"""Values of single cells: what a cell holds, how that is written, and whether the plan could hold another."""

import itertools
from collections.abc import Mapping
from typing import Final

from aluplanner.analysis.answer_table import AnswerColumn, figure_text, significant_decimals
from aluplanner.analysis.cell_words import value_column
from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.issues import PlanError
from aluplanner.model.layers import resolve, with_months
from aluplanner.model.plan import Address, Plan
from aluplanner.model.validation import require_solvable

RANGE: Final = "range"
"""Code of the issue that values lie where the plan cannot be worked out."""


def plan_with_cells(plan: Plan, scenario: str | None, addresses: Mapping[Address, object] | None = None) -> Plan:
    """Return the plan as a scenario sees it, with a row in Monthly for each of the months that cells name."""
    months = [address.row for address in addresses or () if address.table == "monthly"]
    return with_months(resolve(plan, scenario), months)


def own_value(plan: Plan, address: Address) -> float | None:
    """Return what a numeric cell of a resolved plan holds, its default where it is blank; ``None`` without one."""
    value = plan.value(address)
    if value is None:
        column = plan.cell_column(address.table, address.row, address.column)
        value = column.default if column is not None else None
    return float(value) if isinstance(value, float | int) else None


def value_text(plan: Plan, address: Address, value: float | None) -> str:
    """Return a value of a cell with its unit and without needless digits: ``60 %``, ``2,350 kt/y``."""
    column = value_column(plan, address)
    if column.unit == "months" and value == 1:
        return tr("1 month")
    text = figure_text(AnswerColumn("", "", trimmed_decimals(value, column.is_percent), column.is_percent), value)
    return f"{text} {tr(column.unit)}" if text and column.unit and column.unit != "–" else text


def trimmed_decimals(value: float | None, is_percent: bool, digits: int = 5) -> int:
    """Return how many digits behind the point show a value with so many significant ones, without zeros at the end."""
    if value is None:
        return 0
    shown = value * 100 if is_percent else value
    most = significant_decimals(shown, digits)
    text = f"{shown:.{most}f}"
    return len(text.partition(".")[2].rstrip("0"))


def require_corners(plan: Plan, values: Mapping[Address, Array]) -> None:
    """Raise if the plan could not hold the least or the greatest of some values, each alone or several together.

    Parameters
    ----------
    plan
        The plan as its scenario sees it, without errors.
    values
        Values by address. Rules are about bounds and about which of two numbers is larger, so that what can be held at
        the corners can be held between them.

    Raises
    ------
    PlanError
        With what would be wrong.
    """
    ends = [sorted({float(numbers.min()), float(numbers.max())}) for numbers in values.values()]
    for corner in itertools.product(*ends):
        try:
            require_solvable(plan.with_cells(dict(zip(values, corner, strict=True))), None)
        except PlanError as error:
            cells = ", ".join(
                tr("{cell} at {value}", cell=str(address), value=value_text(plan, address, value))
                for address, value in zip(values, corner, strict=True)
            )
            raise _refused(cells, error) from error


def _refused(cells: str, error: PlanError) -> QuestionError:
    first = error.issues[0]
    message = tr("The plan cannot be worked out with {cells}: {message}", cells=cells, message=first.message)
    return QuestionError(RANGE, message, first.remedy)
