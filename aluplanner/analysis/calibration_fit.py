"""How cells are fitted to actuals: residuals, their slopes, and what the actuals say of each cell."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aluplanner.analysis.calibration import ACTUALS, SLACK, Calibration, Cells, Fitted, Residuals
from aluplanner.analysis.cell_values import own_value, plan_with_cells, require_corners
from aluplanner.analysis.named_cells import numeric_cell
from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.layers import is_base, resolve, with_override
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import tell_progress
from aluplanner.model.solver import solve_batch

MOST_STEPS: Final = 200
_STEP: Final = 1e-6
"""Step of the slopes, as a part of the way between the bounds."""


class Fit:
    """One calibration under way; parameters as of :func:`aluplanner.analysis.calibration.calibrate`."""

    def __init__(
        self,
        plan: Plan,
        cells: Cells,
        series: Sequence[str],
        scenario: str | None,
        until: str | None,
    ) -> None:
        self.plan, self.scenario = plan, scenario
        self.blind = _without_known_months(plan, scenario)
        self.addresses = tuple(numeric_cell(plan, cell) for cell in cells)
        bounds = np.array([*cells.values()], dtype=np.float64).reshape(-1, 2)
        self.low, self.high = bounds[:, 0], bounds[:, 1]
        self.actuals = _actuals(resolve(plan, scenario), series, until)
        self._check()
        self._steps = 0

    def _check(self) -> None:
        if not self.addresses:
            raise QuestionError("cells", tr("No cell is to be fitted."), tr("Name at least one, with its bounds."))
        wrong = [
            str(cell) for cell, low, high in zip(self.addresses, self.low, self.high, strict=True) if not low < high
        ]
        if wrong:
            message = tr("The bounds of {cells} are not in order.", cells="; ".join(wrong))
            raise QuestionError("bounds", message, tr("Give the lower one first."))
        seen = plan_with_cells(self.plan, self.scenario, dict.fromkeys(self.addresses))
        for cell, low, high in zip(self.addresses, self.low, self.high, strict=True):
            require_corners(seen, {cell: np.array([low, high])})
        if not self.actuals:
            raise QuestionError(
                "no-actuals", tr("Monthly has no actuals to fit."),
                tr("Enter what really happened, or choose a series that has some."),
            )  # fmt: skip

    def run(self) -> Calibration:
        """Return the answer."""
        seen = plan_with_cells(self.plan, self.scenario, dict.fromkeys(self.addresses))
        held = [own_value(seen, address) for address in self.addresses]
        middle = 0.5 * (self.low + self.high)
        start = np.array([mid if value is None else value for value, mid in zip(held, middle, strict=True)])
        as_it_is = self._modelled_as_it_is()
        before = self._residuals(as_it_is)
        values, slopes = self._best([np.clip(start, self.low, self.high), middle])
        values = self._at_bounds(values)
        after = self._modelled(values[None, :], 0)
        left = self._residuals(after)
        errors, is_open = _standard_errors(slopes, left, (values > self.low) & (values < self.high))
        fitted = tuple(
            Fitted(address, float(low), float(high), was, float(value), float(error))
            for address, low, high, was, value, error in zip(
                self.addresses, self.low, self.high, held, values, errors, strict=True
            )
        )
        return Calibration(
            self.plan, self.scenario, fitted, self._by_series(as_it_is, after), _rms(before), _rms(left), is_open
        )

    def _at_bounds(self, values: Array) -> Array:
        """Return values with those that all but lie at a bound there; the search itself never quite reaches one."""
        slack = SLACK * (self.high - self.low)
        lifted: Array = np.where(values - self.low <= slack, self.low, values)
        held: Array = np.where(self.high - values <= slack, self.high, lifted)
        return held

    def _best(self, starts: Sequence[Array]) -> tuple[Array, Array]:
        """Return the best values from several starts, and the residuals' slopes there, shape ``(months, cells)``."""
        from scipy.optimize import least_squares  # takes its time, and is needed for this only

        found = [
            least_squares(
                self._at, start, self._slopes, bounds=(self.low, self.high), x_scale=self.high - self.low,
                xtol=1e-12, ftol=1e-12, gtol=1e-12, max_nfev=MOST_STEPS,
            )
            for start in starts
        ]  # fmt: skip
        best = min(found, key=lambda each: float(each.cost))
        return np.asarray(best.x), np.asarray(best.jac)

    def _at(self, values: Array) -> Array:
        return self._residuals(self._modelled(values[None, :], 0))

    def _slopes(self, values: Array) -> Array:
        """Return by how much residuals change with each cell, all cells in one batch."""
        self._steps += 1
        tell_progress(1.0 - 0.9**self._steps)  # nobody knows how many steps it takes
        step = _STEP * (self.high - self.low)
        back = values + step > self.high
        moved = np.where(back, -step, step)
        points = np.vstack([values, values + np.diag(moved)])
        every = self._modelled_many(points)
        base = self._residuals({name: numbers[0] for name, numbers in every.items()})
        columns = [
            (self._residuals({name: numbers[1 + place] for name, numbers in every.items()}) - base) / moved[place]
            for place in range(len(values))
        ]
        return np.stack(columns, axis=1)

    def _modelled_many(self, points: Array) -> dict[str, Array]:
        vary = {address: points[:, place] for place, address in enumerate(self.addresses)}
        return solve_batch(self.blind, vary, scenario=self.scenario, series=tuple(self.actuals))

    def _modelled(self, points: Array, place: int) -> dict[str, Array]:
        return {name: numbers[place] for name, numbers in self._modelled_many(points).items()}

    def _modelled_as_it_is(self) -> dict[str, Array]:
        found = solve_batch(self.blind, {}, scenario=self.scenario, series=tuple(self.actuals))
        return {name: numbers[0] for name, numbers in found.items()}

    def _residuals(self, modelled: Mapping[str, Array]) -> Array:
        """Return what the model says too much, relative to the mean of the actuals, series after series."""
        parts = []
        for name, actual in self.actuals.items():
            known = np.isfinite(actual)
            parts.append((modelled[name][known] - actual[known]) / _scale(actual))
        return np.nan_to_num(np.concatenate(parts))

    def _by_series(self, before: Mapping[str, Array], after: Mapping[str, Array]) -> tuple[Residuals, ...]:
        horizon = resolve(self.plan, self.scenario).horizon
        months = np.array(horizon.labels if horizon else ())
        found = []
        for name, actual in self.actuals.items():
            known = np.isfinite(actual)
            found.append(
                Residuals(
                    name, tuple(months[known].tolist()), actual[known], before[name][known], after[name][known],
                    _scale(actual),
                )
            )  # fmt: skip
        return tuple(found)


def _without_known_months(plan: Plan, scenario: str | None) -> Plan:
    """Return the plan with the model standing in every month, in this scenario too."""
    blind = plan.with_value("assumptions/known_until/value", None)
    if is_base(scenario):
        return blind
    known = Address("assumptions", "known_until", "value")
    is_stated = resolve(blind, scenario).value(known) is not None
    return with_override(blind, scenario or "", known, None) if is_stated else blind


def _actuals(plan: Plan, series: Sequence[str], until: str | None) -> dict[str, Array]:
    """Return the actuals by month of the horizon, shape ``(months,)``, NaN where unknown; no series without any."""
    horizon = plan.horizon
    if horizon is None:
        raise QuestionError(
            "horizon", tr("The plan does not say which months it covers."), tr("State its first month.")
        )
    last = None if until is None else _month(until)
    unknown = [name for name in series if name not in ACTUALS]
    if unknown:
        message = tr("No actuals are kept of “{series}”.", series="”, “".join(unknown))
        raise QuestionError("series", message, tr("Choose {choices}.", choices=", ".join(ACTUALS)))
    inputs = Inputs(plan, {}, 1)
    found = {}
    for name in series:
        actual = np.array(inputs.monthly(ACTUALS[name], horizon, missing=np.nan)[0])
        if last is not None:
            actual[[month > last for month in horizon.months]] = np.nan
        if np.isfinite(actual).any():
            found[name] = actual
    return found


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise QuestionError("month", tr("“{text}” is not a month.", text=text), tr("Write it as 2017-06.")) from None


def _scale(actual: Array) -> float:
    mean = float(np.nanmean(np.abs(actual)))
    return mean or 1.0


def _rms(residuals: Array) -> float:
    return float(np.sqrt(np.mean(residuals**2)))


def _standard_errors(slopes: Array, residuals: Array, is_free: NDArray[np.bool_]) -> tuple[Array, bool]:
    """Return the standard errors of the fitted cells, and whether the actuals leave cells open.

    A cell at its bound would go further if it might: it has no error, and the others are as good as fitted without it.
    """
    count, cells = slopes.shape
    rank = int(np.linalg.matrix_rank(slopes / np.maximum(np.abs(slopes).max(axis=0), 1e-300), tol=1e-8))
    is_open = rank < cells or not np.abs(slopes).max(axis=0).all()
    if is_open or count <= cells:
        return np.full(cells, np.nan), is_open
    free = slopes[:, is_free]
    spread = float(residuals @ residuals) / (count - free.shape[1])
    errors = np.full(cells, np.nan)
    errors[is_free] = np.sqrt(np.diag(np.linalg.inv(free.T @ free)) * spread)
    return errors, False
