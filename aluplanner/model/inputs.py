"""The plan's numbers as arrays with a leading axis of draws (section 11 of the model page, first paragraph)."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aluplanner.i18n import tr
from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import Address, Plan
from aluplanner.model.schema import Type

Array: TypeAlias = NDArray[np.float64]
Vary: TypeAlias = Mapping[Address, Array]
"""Values of some cells, one a draw, shape ``(draws,)`` each; every other cell is shared."""


class Inputs:
    """The numbers of a resolved plan, some cells of which vary by draw.

    Parameters
    ----------
    plan
        The plan as its scenario sees it.
    vary
        The cells that vary, each with one value a draw.
    draws
        Number of draws; 1 when nothing varies.
    """

    def __init__(self, plan: Plan, vary: Vary, draws: int) -> None:
        self.plan = plan
        self.vary = vary
        self.draws = draws
        self._varied: dict[tuple[str, str], list[tuple[int, Array]]] = {}
        for address, values in vary.items():
            position = plan.table(address.table).position(address.row)
            column = "value" if address.table == "assumptions" else address.column
            self._varied.setdefault((address.table, column), []).append((position or 0, values))

    def chunk(self, part: slice) -> "Inputs":
        """Return the inputs of some of the draws."""
        vary = {address: values[part] for address, values in self.vary.items()}
        return Inputs(self.plan, vary, len(range(*part.indices(self.draws))))

    def varies(self, table: str, names: Sequence[str]) -> bool:
        """Return whether a cell of any of these columns varies."""
        return any((table, name) in self._varied for name in names)

    def varied_rows(self, table: str, names: Sequence[str]) -> set[int]:
        """Return the indices of the rows in which a cell of these columns varies."""
        return {position for name in names for position, _ in self._varied.get((table, name), ())}

    def numbers(self, table: str, name: str, rows: NDArray[np.intp] | None = None) -> Array:
        """Return a column, shape ``(draws or 1, rows)``; blanks are the column's default, else NaN.

        Parameters
        ----------
        table, name
            The column.
        rows
            Which rows, in ascending order; all by default.
        """
        shared = self.plan.table(table).numbers(name)[None, :]
        varied = self._varied.get((table, name), ())
        if rows is not None:
            shared = shared[:, rows]
            places = {int(row): place for place, row in enumerate(rows)} if varied else {}
            varied = [(places[row], values) for row, values in varied if row in places]
        if not varied:
            return shared
        numbers = np.repeat(shared, self.draws, axis=0)
        for position, values in varied:
            numbers[:, position] = values
        return numbers

    def assumption(self, name: str) -> float | Array:
        """Return a numeric assumption: one number, or one a draw, shape ``(draws,)``."""
        position = self.plan.assumptions.position(name)
        for varied, values in self._varied.get(("assumptions", "value"), ()):
            if varied == position:
                return values if self.draws > 1 else float(values[0])
        value = self.plan.assumption(name)
        return float(value) if isinstance(value, float | int) else float("nan")

    def switch(self, name: str) -> bool:
        """Return a yes/no assumption."""
        return bool(self.plan.assumption(name))

    def month(self, name: str) -> Month | None:
        """Return an assumption that is a month."""
        value = self.plan.assumption(name)
        return value if isinstance(value, Month) else None

    def monthly(self, name: str, horizon: Horizon, missing: float = 0.0) -> Array:
        """Return a column of Monthly by month of the horizon, shape ``(draws or 1, months)``."""
        if self.varies("monthly", [name]):
            return self._by_month(name, horizon, missing)
        key = f"{name} from {horizon.first} for {len(horizon)}"
        return self.plan.monthly.kept(key, lambda: self._by_month(name, horizon, missing))

    def _by_month(self, name: str, horizon: Horizon, missing: float) -> Array:
        stated = self.numbers("monthly", name)
        months = self.plan.monthly.numbers("month").astype(np.intp) - horizon.first.ordinal
        rows = np.flatnonzero((months >= 0) & (months < len(horizon)))
        by_month = np.full((stated.shape[0], len(horizon)), missing)
        by_month[:, months[rows]] = stated[:, rows]
        return by_month


def check_vary(plan: Plan, vary: Vary) -> int:
    """Return the number of draws.

    Raises
    ------
    PlanError
        If an address is no numeric cell, or the draws are not equally many.
    """
    issues = [issue for address in vary if (issue := _not_variable(plan, address))]
    lengths = {len(values) for values in vary.values()}
    if len(lengths) > 1:
        message = tr("The varied cells have different numbers of draws: {counts}.", counts=sorted(lengths))
        issues.append(Issue(Severity.ERROR, "draws", message, tr("Give each the same number.")))
    if issues:
        raise PlanError(issues)
    return lengths.pop() if lengths else 1


def _not_variable(plan: Plan, address: Address) -> Issue | None:
    known = plan.spelled(address) is not None
    column = plan.cell_column(address.table, address.row, address.column) if known else None
    switch = (
        column is not None and column.type is Type.YES_NO and address.table == "actions" and column.name == "enabled"
    )
    if column is not None and (column.is_numeric or switch):
        return None
    return Issue(
        Severity.ERROR, "address", tr("“{address}” is not a numeric cell of the plan.", address=address),
        tr("Only numbers, and whether an action is enabled, can vary by draw."),
    )  # fmt: skip
