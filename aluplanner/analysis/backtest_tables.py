"""Backtests and scored forecasts as tables, and for machines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure, json_number
from aluplanner.analysis.backtest_facts import FACTS
from aluplanner.analysis.backtest_scores import PERCENTILES, Score, SeriesScore
from aluplanner.analysis.backtest_words import bias_phrase, left_out_words, naive_words, series_title, verdict
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address

if TYPE_CHECKING:
    from aluplanner.analysis.backtest import Backtest


def backtest_tables(found: "Backtest") -> tuple[AnswerTable, ...]:
    """Return the tables of a backtest: scores, then the months of each series with facts."""
    title = tr("Backtest of {scenario}", scenario=found.scenario)
    return (score_table(title, found.series, _notes(found)), *month_tables(found.months, found.series))


def _notes(found: "Backtest") -> tuple[str, ...]:
    notes = [_begins(found)]
    if found.as_of is not None:
        notes.append(tr("Only facts up to {month} count.", month=found.as_of))
        if not any(np.isfinite(series.actual).any() for series in found.series):
            notes.append(tr("The plan states none so early."))
    if found.draws:
        notes.append(tr("The fan: {draws} draws, seed {seed}.", draws=f"{found.draws:,}", seed=found.seed))
    if found.as_of is None and not any(np.isfinite(series.actual).any() for series in found.series):
        notes.append(
            tr("The plan states no actuals: enter what really happened in the last columns of Monthly, then ask again.")
        )
    return (*notes, *elsewhere_note(found.stated_by), *score_notes(found.series))


def _begins(found: "Backtest") -> str:
    if not found.starts_from_facts:
        return tr(
            "The run starts from the opening and uses no actual. Where the plan was fitted to these months this checks"
            " the fit; a forecast is tested from an origin on."
        )
    is_early = np.array([month <= found.origin for month in found.months])
    if any(np.isfinite(series.actual[is_early]).any() for series in found.series):
        return tr("The forecast begins after {origin}, from the actuals known by then.", origin=found.origin)
    return tr("The forecast begins after {origin}, from the opening: no actual was known by then.", origin=found.origin)


def score_notes(series: Sequence[SeriesScore]) -> tuple[str, ...]:
    """Return what is said below scores: a verdict for each series, what is left out, what the naive forecasts are."""
    verdicts = [verdict(found) for found in series if np.isfinite(found.actual).any()]
    bases = tr(
        "Bias in percent is of the sum of the actuals; the absolute error is the mean of each month's own percent."
    )
    return tuple(filter(None, (*verdicts, left_out_words(series), bases, naive_words())))


def elsewhere_note(stated_by: Sequence[str]) -> tuple[str, ...]:
    """Return that facts which only scenarios state do not count; nothing where there are none."""
    if not stated_by:
        return ()
    names = ", ".join(stated_by)
    return (
        tr("Actuals that only a scenario states do not count, here those of {names}: state them in Base.", names=names),
    )


def score_table(title: str, series: Sequence[SeriesScore], notes: Sequence[str]) -> AnswerTable:
    """Return the scores of the model and of both naive forecasts, a row each."""
    has_fan = any(found.bands is not None for found in series)
    columns = (
        AnswerColumn(tr("Series")),
        AnswerColumn(tr("Forecast")),
        AnswerColumn(tr("Unit")),
        AnswerColumn(tr("Months")),
        AnswerColumn(tr("Bias"), decimals=None, is_signed=True),
        AnswerColumn(tr("Bias"), is_percent=True, decimals=1, is_signed=True),
        AnswerColumn(tr("Mean absolute error"), is_percent=True, decimals=1),
        AnswerColumn(tr("Mean absolute error"), decimals=None),
        AnswerColumn(tr("Root mean square error"), decimals=None),
        *((AnswerColumn(tr("Within 5–95 %")), AnswerColumn(tr("Within 25–75 %"))) if has_fan else ()),
    )
    rows: list[tuple[Figure, ...]] = []
    for found in series:
        forecasts = (
            (tr("Model"), found.score), (tr("Naive"), found.naive_score), (tr("No change"), found.no_change_score),
        )  # fmt: skip
        for label, score in forecasts:
            coverage = found.coverage if label == forecasts[0][0] else None
            within = (None, None) if coverage is None else (float(coverage.within_90), float(coverage.within_50))
            rows.append((series_title(found.name), label, found.unit, *_figures(score), *(within if has_fan else ())))
    return AnswerTable(tr("Scores"), title, columns, tuple(rows), tuple(notes))


def _figures(score: Score) -> tuple[Figure, ...]:
    return float(score.months), score.bias, score.relative_bias, score.mape, score.mae, score.rmse


def summary_table(series: Sequence[SeriesScore]) -> AnswerTable:
    """Return one row a series: the bias in words, and mean absolute errors of the model and its rivals."""
    columns = (
        AnswerColumn(tr("Series")),
        AnswerColumn(tr("The model says")),
        AnswerColumn(tr("Error"), is_percent=True, decimals=1),
        AnswerColumn(tr("No change"), is_percent=True, decimals=1),
        AnswerColumn(tr("In the fan")),
        AnswerColumn(tr("Naive"), is_percent=True, decimals=1),
        AnswerColumn(tr("Months")),
    )
    rows = tuple(
        (
            series_title(found.name),
            bias_phrase(found.name, found.score),
            found.score.mape,
            found.no_change_score.mape,
            _in_fan(found),
            found.naive_score.mape,
            float(found.score.months),
        )
        for found in series
    )
    notes = (tr("Errors: mean absolute error in percent. In the fan: months within 5–95 %."),)
    return AnswerTable(tr("Summary"), tr("How good the model was"), columns, rows, notes)


def _in_fan(found: SeriesScore) -> str:
    coverage = found.coverage
    if coverage is None or not coverage.months:
        return ""
    return tr("{inside} of {months}", inside=coverage.within_90, months=coverage.months)


def month_tables(months: Sequence[Month], series: Sequence[SeriesScore]) -> tuple[AnswerTable, ...]:
    """Return a table for each series with facts: its months with an actual, forecasts and errors beside."""
    return tuple(month_table(months, found) for found in series if np.isfinite(found.actual).any())


def month_table(months: Sequence[Month], found: SeriesScore) -> AnswerTable:
    """Return the months of one series that have an actual, each with the cell that states it."""
    shown = np.flatnonzero(np.isfinite(found.actual)).tolist()
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        relative = np.where(found.actual > 0, found.error / found.actual, np.nan)
    decimals = 0 if found.unit == "RMB/t" else 1

    def figures(heading: str, *, is_signed: bool = False) -> AnswerColumn:
        return AnswerColumn(heading, found.unit, decimals, is_signed=is_signed)

    parts: list[tuple[AnswerColumn, Array]] = [
        (figures(tr("Actual")), found.actual),
        (figures(tr("Model")), found.model),
        (figures(tr("Error"), is_signed=True), found.error),
        (AnswerColumn(tr("Error"), is_percent=True, decimals=1, is_signed=True), relative),
        (figures(tr("Naive")), found.naive),
        (figures(tr("Naive error"), is_signed=True), found.naive_error),
        (figures(tr("No change")), found.no_change),
        (figures(tr("No-change error"), is_signed=True), found.no_change_error),
    ]
    if found.bands is not None:
        parts += [(figures(f"{p} %"), band) for p, band in zip(PERCENTILES, found.bands, strict=True)]
    columns = (AnswerColumn(tr("Month")), *(column for column, _ in parts), AnswerColumn(tr("Scored")))
    rows: tuple[tuple[Figure, ...], ...] = tuple(
        (str(months[t]), *(float(numbers[t]) for _, numbers in parts), bool(found.is_scored[t])) for t in shown
    )
    title = series_title(found.name)
    addresses = tuple(Address("monthly", str(months[t]), FACTS[found.name]) for t in shown)
    return AnswerTable(title, tr("{series} by month", series=title), columns, rows, addresses=addresses)


def series_json(found: SeriesScore) -> dict[str, object]:
    """Return one series for machines, in full precision."""
    coverage = found.coverage
    return {
        "unit": found.unit,
        "actual": json_numbers(found.actual),
        "model": json_numbers(found.model),
        "naive": json_numbers(found.naive),
        "no_change": json_numbers(found.no_change),
        "error": json_numbers(found.error),
        "percentiles": None
        if found.bands is None
        else {f"p{p}": json_numbers(band) for p, band in zip(PERCENTILES, found.bands, strict=True)},
        "scored": found.is_scored.tolist(),
        "left_out": found.left_out,
        "scores": {
            "model": _score_json(found.score),
            "naive": _score_json(found.naive_score),
            "no_change": _score_json(found.no_change_score),
        },
        "against_naive": json_number(found.against_naive),
        "against_no_change": json_number(found.against_no_change),
        "coverage": None
        if coverage is None
        else {"months": coverage.months, "within_90": coverage.within_90, "within_50": coverage.within_50},
    }


def _score_json(score: Score) -> dict[str, object]:
    return {
        "months": score.months,
        "bias": json_number(score.bias),
        "relative_bias": json_number(score.relative_bias),
        "mape": json_number(score.mape),
        "mae": json_number(score.mae),
        "rmse": json_number(score.rmse),
    }


def json_numbers(numbers: Array) -> list[float | None]:
    """Return a series for JSON, blanks as ``None``."""
    return [json_number(number) for number in numbers.tolist()]
