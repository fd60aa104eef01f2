"""What a backtest says, in sentences."""

import math
from collections.abc import Iterable
from typing import Final

from aluplanner.analysis.answer_table import AnswerColumn, figure_text
from aluplanner.analysis.backtest_scores import Score, SeriesScore
from aluplanner.i18n import tr
from aluplanner.model.measure import COUNTRY_SERIES

_RIGHT: Final = 0.0005
"""Part of the actuals below which a bias is none."""

_ALIKE: Final = 0.05
"""Part by which one error may be smaller than another before a forecast is called better."""

_PERCENT = AnswerColumn("", is_percent=True, decimals=1)
_TIMES = AnswerColumn("", decimals=2)


def series_title(name: str) -> str:
    """Return the title of a series in the language in force."""
    return tr(COUNTRY_SERIES[name][0])


def bias_phrase(name: str, score: Score) -> str:
    """Return what the model says, in words such as “2.1 % too much”; empty without a month to score."""
    size = score.relative_bias
    if not score.months or math.isnan(size):
        return ""
    if abs(size) < _RIGHT:
        return tr("right on average")
    percent = figure_text(_PERCENT, abs(size))
    if name == "price":
        return tr("{percent} too high", percent=percent) if size > 0 else tr("{percent} too low", percent=percent)
    return tr("{percent} too much", percent=percent) if size > 0 else tr("{percent} too little", percent=percent)


def bias_words(name: str, score: Score) -> str:
    """Return the bias of the model as a sentence, such as “The model says 2.1 % too much.”."""
    if not score.months:
        return tr("There is no month to score.")
    if math.isnan(score.relative_bias):
        return tr("The actuals are all 0.")
    if abs(score.relative_bias) < _RIGHT:
        return tr("The model is right on average.")
    return tr("The model says {phrase}.", phrase=bias_phrase(name, score))


def against_words(found: SeriesScore) -> str:
    """Return how the model stands against the naive forecast or, where that says nothing, against no change."""
    if found.naive_score.months and not math.isnan(found.against_naive):
        ratio, other = found.against_naive, tr("the naive forecast")
    elif found.no_change_score.months and not math.isnan(found.against_no_change):
        ratio, other = found.against_no_change, tr("“no change”")
    else:
        return ""
    times = figure_text(_TIMES, ratio)
    if ratio < 1 - _ALIKE:
        return tr("Its error is {times} times that of {other}: it is better.", times=times, other=other)
    if ratio > 1 + _ALIKE:
        return tr("Its error is {times} times that of {other}: it is worse.", times=times, other=other)
    return tr("Its error is {times} times that of {other}: it is about as good.", times=times, other=other)


def coverage_words(found: SeriesScore) -> str:
    """Return how many months lay within the fan; empty without one."""
    coverage = found.coverage
    if coverage is None or not coverage.months:
        return ""
    return tr(
        "{inside} of {months} lay within the 5–95 % fan (90 % should), {half} within 25–75 % (50 % should).",
        inside=coverage.within_90, months=coverage.months, half=coverage.within_50,
    )  # fmt: skip


def verdict(found: SeriesScore) -> str:
    """Return what is to be said of one series, as one paragraph."""
    counted = tr("{months} months", months=found.score.months) if found.score.months != 1 else tr("1 month")
    said = [bias_words(found.name, found.score), against_words(found), coverage_words(found)]
    head = tr("{series}, {months}.", series=series_title(found.name), months=counted)
    return " ".join([head, *filter(None, said)]) if found.score.months else f"{series_title(found.name)}. {said[0]}"


def left_out_words(series: Iterable[SeriesScore]) -> str:
    """Return how many actuals are not scored; empty where all are."""
    count = sum(found.left_out for found in series)
    if not count:
        return ""
    if count == 1:
        return tr("1 actual is not scored: it was known when the forecast began, or lies before what is asked for.")
    return tr(
        "{count} actuals are not scored: they were known when the forecast began, or lie before what is asked for.",
        count=count,
    )


def naive_words() -> str:
    """Return what the two forecasts without a model are."""
    return tr(
        "Naive: last year's month times the growth of the latest known month on its own year before, blank where no"
        " year before is known. No change: the last known value (output: per day), before any the opening's."
    )
