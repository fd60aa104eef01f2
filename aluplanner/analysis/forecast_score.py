"""A kept forecast held against what happened since (section 11 of the model page, Backtest)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.backtest_facts import FACTS, facts_of, facts_until, stated_by_scenarios
from aluplanner.analysis.backtest_scores import SeriesScore
from aluplanner.analysis.backtest_tables import elsewhere_note, month_tables, score_notes, score_table, series_json
from aluplanner.analysis.forecast import Forecast
from aluplanner.analysis.forecast_tables import forecast_notes
from aluplanner.i18n import tr
from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plan import Plan


@dataclass(frozen=True, eq=False)
class ForecastScore:
    """How far a kept forecast was off.

    Attributes
    ----------
    forecast
        The forecast.
    as_of
        The last month whose facts count; ``None`` where all do.
    series
        Production, stock and price by month of the forecast; an actual that was known when it was made does not count.
    stated_by
        The scenarios that state actuals, which do not count: what happened is the base's to state.
    """

    forecast: Forecast
    as_of: Month | None
    series: tuple[SeriesScore, ...]
    stated_by: tuple[str, ...] = ()

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the forecast."""
        return self.forecast.months

    @property
    def scored(self) -> int:
        """How many actuals were held against the forecast, over all series."""
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
        forecast = self.forecast
        title = tr(
            "What was said with the facts of {month}: {scenario}", month=forecast.as_of, scenario=forecast.scenario
        )
        notes = [*forecast_notes(forecast)]
        if self.as_of is not None:
            notes.append(tr("Scored with facts up to {month}.", month=self.as_of))
        return (
            score_table(title, self.series, (*notes, *elsewhere_note(self.stated_by), *score_notes(self.series))),
            *month_tables(self.months, self.series),
        )

    def as_json(self) -> dict[str, object]:
        """Return everything in full precision, blanks as ``None``."""
        forecast = self.forecast
        return {
            "plan": forecast.title,
            "scenario": forecast.scenario,
            "made_on": forecast.made_on.isoformat(),
            "made_by": forecast.made_by,
            "forecast_as_of": str(forecast.as_of),
            "as_of": None if self.as_of is None else str(self.as_of),
            "draws": forecast.draws,
            "seed": forecast.seed,
            "doubts": [str(doubt) for doubt in forecast.doubts],
            "months": [str(month) for month in self.months],
            "series": {found.name: series_json(found) for found in self.series},
        }


def last_whole_month(today: date | None = None) -> Month:
    """Return the last month that has passed: what happened later cannot be a fact yet."""
    day = today or date.today()
    return Month.of(day.year, day.month) + (-1)


def score_forecast(forecast: Forecast, plan: Plan, as_of: Month | None = None) -> ForecastScore:
    """Hold a kept forecast against the actuals that a plan states by now.

    Only facts later than the forecast's own, and no later than ``as_of``, count.

    Parameters
    ----------
    forecast
        What was said.
    plan
        A plan with actuals in Monthly; nothing else of it is looked at.
    as_of
        The last month whose facts count; by default all do.
    """
    known = plan if as_of is None else facts_until(plan, as_of)
    months = forecast.months
    facts = facts_of(known, Horizon(months[0], len(months), months[0].year))
    is_later = np.array([month > forecast.as_of for month in months])
    series = []
    for name in FACTS:
        is_known = np.isfinite(facts[name])
        counts = is_known & is_later & np.isfinite(forecast.lines[name])
        found = SeriesScore(
            name,
            COUNTRY_SERIES[name][1],
            facts[name],
            forecast.lines[name],
            forecast.naive.seasonal[name],
            forecast.naive.no_change[name],
            forecast.fans.get(name),
            counts,
            int(is_known.sum() - counts.sum()),
        )
        series.append(found)
    return ForecastScore(forecast, as_of, tuple(series), stated_by_scenarios(plan))
