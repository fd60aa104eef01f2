"""A forecast kept as it was made: what was said, when, from which facts (section 11 of the model page, Backtest)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.backtest_facts import facts_of, facts_until
from aluplanner.analysis.backtest_fan import FanOrder, fan_bands
from aluplanner.analysis.backtest_naive import Naive, naive_forecasts
from aluplanner.analysis.forecast_digest import inputs_digest
from aluplanner.analysis.forecast_tables import forecast_json, forecast_tables
from aluplanner.model.calendar import Month
from aluplanner.model.inputs import Array
from aluplanner.model.issues import Issue
from aluplanner.model.plan import Plan
from aluplanner.model.progress import Cancelled, Progress, part_of_work, tell_progress, watched
from aluplanner.model.solver import solve

FORECAST_SERIES: Final = ("balance", "production", "stock", "stock_days", "price")
"""The series that a forecast keeps."""

DRAWS: Final = 10_000
"""Draws of a kept fan unless others are asked for."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """What was said once, with no fact in it that was not known then.

    Attributes
    ----------
    title
        The plan's title.
    scenario
        The scenario that was run.
    as_of
        The last month whose facts were known: the months after it are the forecast.
    known_until
        The month up to which actuals took the model's place in the run; ``None`` where it started from the opening.
    draws, seed
        Of the fan; 0 draws where there is none.
    made_on, made_by
        The day it was made, and by whom.
    inputs
        What tells its inputs from others (:func:`~aluplanner.analysis.forecast_digest.inputs_digest`).
    months
        The months of the horizon.
    lines
        The deterministic run by series, shape ``(months,)``, NaN where blank.
    fans
        Percentiles 5, 25, 50, 75, 95 by series, shape ``(5, months)``; empty without draws.
    naive
        The forecasts that take no model, made of the same facts.
    plan
        The plan it was made of, later facts left out.
    doubts
        What is doubtful in the file it was read from.
    """

    title: str
    scenario: str
    as_of: Month
    known_until: Month | None
    draws: int
    seed: int
    made_on: date
    made_by: str
    inputs: str
    months: tuple[Month, ...]
    lines: Mapping[str, Array]
    fans: Mapping[str, Array]
    naive: Naive
    plan: Plan = field(repr=False)
    doubts: tuple[Issue, ...] = ()

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return a table for each series: the line and the fan by month."""
        return forecast_tables(self)

    def as_json(self) -> dict[str, object]:
        """Return everything in full precision, blanks as ``None``."""
        return forecast_json(self)


def make_forecast(
    plan: Plan,
    *,
    as_of: Month,
    scenario: str | None = None,
    fan: FanOrder | None = None,
    made_on: date | None = None,
    made_by: str = "",
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Forecast:
    """Return the forecast of a plan from the facts known at the end of a month.

    Parameters
    ----------
    plan
        The plan; facts after ``as_of`` are left out before anything is worked out.
    as_of
        The last month whose facts are known.
    scenario
        The scenario; by default the base.
    fan
        The fan to make; none without it, or where no cell of the plan is uncertain.
    made_on, made_by
        The day, by default today, and who makes it.
    cancelled, progress
        As everywhere, see :func:`~aluplanner.model.progress.watched`.

    Raises
    ------
    PlanError
        If the plan has errors or there is no such scenario.
    SolveCancelled
        When ``cancelled`` said so.
    """
    with watched(cancelled, progress):
        known = facts_until(plan, as_of)
        balance = solve(known, scenario)
        tell_progress(0.05)
        with part_of_work(0.05, 1.0):
            fans = fan_bands(known, balance.scenario, fan, FORECAST_SERIES)
        until = balance.plan.assumption("known_until")
        horizon = balance.horizon
        return Forecast(
            title=known.title,
            scenario=balance.scenario,
            as_of=as_of,
            known_until=until if isinstance(until, Month) else None,
            draws=fan.draws if fan is not None and fans else 0,
            seed=fan.seed if fan is not None and fans else 0,
            made_on=made_on or date.today(),
            made_by=made_by,
            inputs=inputs_digest(known),
            months=horizon.months,
            lines={name: balance.series(name) for name in FORECAST_SERIES},
            fans=fans,
            naive=naive_forecasts(balance.plan, horizon, facts_of(known, horizon), as_of),
            plan=known,
        )
