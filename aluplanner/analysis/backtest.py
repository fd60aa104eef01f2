"""The model held against what really happened, beside forecasts that take no model (section 11 of the model page)."""

from dataclasses import dataclass

import numpy as np

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.backtest_facts import FACTS, facts_of, facts_until, known_from, stated_by_scenarios
from aluplanner.analysis.backtest_fan import FanOrder, fan_bands
from aluplanner.analysis.backtest_naive import Naive, naive_forecasts
from aluplanner.analysis.backtest_scores import SeriesScore
from aluplanner.analysis.backtest_tables import backtest_tables, series_json
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Month
from aluplanner.model.inputs import Array
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plan import Plan
from aluplanner.model.progress import Cancelled, Progress, part_of_work, tell_progress, watched
from aluplanner.model.solver import solve


@dataclass(frozen=True, eq=False)
class Backtest:
    """A plan's months against what really happened.

    Attributes
    ----------
    title
        The plan's title.
    scenario
        The scenario that was run.
    months
        The months of the horizon.
    origin
        The month at the end of which the forecast begins: no later fact went into the model, the naive forecasts or
        the fan. The month before the first one where the run starts from the opening.
    starts_from_facts
        Whether the run takes known months up to the origin.
    as_of
        The last month whose facts count; ``None`` where all do.
    draws, seed
        Of the fan; 0 draws where there is none.
    series
        Production, stock and price.
    stated_by
        The scenarios that state actuals, which do not count: what happened is the base's to state.
    """

    title: str
    scenario: str
    months: tuple[Month, ...]
    origin: Month
    starts_from_facts: bool
    as_of: Month | None
    draws: int
    seed: int
    series: tuple[SeriesScore, ...]
    stated_by: tuple[str, ...] = ()

    @property
    def scored(self) -> int:
        """How many actuals were held against the model, over all series."""
        return sum(int(found.is_scored.sum()) for found in self.series)

    def of(self, name: str) -> SeriesScore:
        """Return one series.

        Raises
        ------
        KeyError
            If it is not among them.
        """
        return {found.name: found for found in self.series}[name]

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the scores, and the months of each series that has facts."""
        return backtest_tables(self)

    def as_json(self) -> dict[str, object]:
        """Return everything in full precision, blanks as ``None``."""
        return {
            "plan": self.title,
            "scenario": self.scenario,
            "origin": str(self.origin),
            "starts_from_facts": self.starts_from_facts,
            "as_of": None if self.as_of is None else str(self.as_of),
            "draws": self.draws,
            "seed": self.seed,
            "months": [str(month) for month in self.months],
            "series": {found.name: series_json(found) for found in self.series},
        }


def backtest(
    plan: Plan,
    *,
    scenario: str | None = None,
    origin: Month | None = None,
    as_of: Month | None = None,
    since: Month | None = None,
    fan: FanOrder | None = None,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Backtest:
    """Hold the model's production, stock and price against the actuals of Monthly (section 11 of the model page).

    Nothing known after the origin goes into the model's run, the naive forecasts or the fan.

    Parameters
    ----------
    plan
        The plan, with actuals.
    scenario
        The scenario to run; by default the base. The actuals are the base's.
    origin
        The month at the end of which the forecast begins: the run takes the actuals up to it (``known_until``) and the
        months after it are scored. By default ``known_until`` as the plan has it: where it is blank the run starts from
        the opening and every month with an actual is scored.
    as_of
        The last month whose facts count; by default all do.
    since
        The first month to score; by default the one after the origin.
    fan
        The fan whose coverage is counted; none without it, or where no cell of the plan is uncertain.
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
        known = plan if as_of is None else facts_until(plan, as_of)
        started = known if origin is None else known_from(facts_until(known, origin), origin)
        balance = solve(started, scenario)
        tell_progress(0.05)
        until = balance.plan.assumption("known_until")
        first = balance.horizon.first
        begins = until if isinstance(until, Month) else first + (-1)
        with part_of_work(0.05, 1.0):
            bands = fan_bands(facts_until(started, begins), balance.scenario, fan)
        facts = facts_of(known, balance.horizon)
        naive = naive_forecasts(balance.plan, balance.horizon, facts, begins)
        counts_from = begins + 1 if since is None else max(since, begins + 1)
        series = tuple(_series(balance, name, facts[name], naive, bands.get(name), counts_from) for name in FACTS)
        is_fanned = fan is not None and bool(bands)
        return Backtest(
            known.title,
            balance.scenario,
            balance.horizon.months,
            begins,
            isinstance(until, Month),
            as_of,
            fan.draws if fan is not None and is_fanned else 0,
            fan.seed if fan is not None and is_fanned else 0,
            series,
            stated_by_scenarios(plan),
        )


def _series(
    balance: Balance, name: str, actual: Array, naive: Naive, bands: Array | None, counts_from: Month
) -> SeriesScore:
    is_known = np.isfinite(actual)
    counts = is_known & np.array([month >= counts_from for month in balance.horizon])
    return SeriesScore(
        name,
        COUNTRY_SERIES[name][1],
        actual,
        balance.series(name),
        naive.seasonal[name],
        naive.no_change[name],
        bands,
        counts,
        int(is_known.sum() - counts.sum()),
    )
