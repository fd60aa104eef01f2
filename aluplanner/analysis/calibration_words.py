"""What a calibration says: tables and data for machines."""

from typing import TYPE_CHECKING

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure, figure_text, json_number
from aluplanner.analysis.cell_words import cell_title, value_column
from aluplanner.i18n import tr
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.scenarios import BASE

if TYPE_CHECKING:
    from aluplanner.analysis.calibration import Calibration, Fitted, Residuals

_PERCENT = AnswerColumn("", decimals=2, is_percent=True)


def calibration_tables(answer: "Calibration") -> tuple[AnswerTable, ...]:
    """Return the fitted cells, and what is left of each series."""
    return _cells_table(answer), *(_series_table(each) for each in answer.residuals)


def headline_of(answer: "Calibration") -> str:
    """Return in one sentence how much nearer the model comes."""
    before, after = (figure_text(_PERCENT, value) for value in (answer.misfit_before, answer.misfit))
    count = sum(len(each.months) for each in answer.residuals)
    return tr(
        "The model misses {count} actuals by {before} of their mean (root mean square); fitted, by {after}.",
        count=count, before=before, after=after,
    )  # fmt: skip


def _cells_table(answer: "Calibration") -> AnswerTable:
    columns = (
        AnswerColumn(tr("Cell")), AnswerColumn(tr("Unit")),
        *(AnswerColumn(heading, decimals=None, digits=5) for heading in (tr("Before"), tr("Fitted"))),
        AnswerColumn(tr("Standard error"), decimals=None, digits=2),
        AnswerColumn(tr("Remark")),
        *(AnswerColumn(heading, decimals=None) for heading in (tr("Lowest"), tr("Highest"))),
    )  # fmt: skip
    rows = tuple(_cell_row(answer, each) for each in answer.fitted)
    return AnswerTable(
        tr("Calibration"),
        headline_of(answer),
        columns,
        rows,
        notes_of(answer),
        tuple(each.address for each in answer.fitted),
    )


def _cell_row(answer: "Calibration", each: "Fitted") -> tuple[Figure, ...]:
    """Return a fitted cell with figures as figures, in the unit that the cell is shown in."""
    column = value_column(answer.plan, each.address)
    unit, scale = ("%", 100.0) if column.is_percent else (column.unit, 1.0)
    before, fitted, error, low, high = (
        None if number is None else scale * number
        for number in (each.before, each.value, json_number(each.error), each.low, each.high)
    )
    remark = tr("at its bound") if each.is_at_bound else ""
    return cell_title(answer.plan, each.address), unit, before, fitted, error, remark, low, high


def _series_table(each: "Residuals") -> AnswerTable:
    title, unit = COUNTRY_SERIES[each.series]
    columns = (
        AnswerColumn(tr("Month")), AnswerColumn(tr("Actual"), unit), AnswerColumn(tr("Model before"), unit),
        AnswerColumn(tr("Model fitted"), unit), AnswerColumn(tr("Left before"), unit, is_signed=True),
        AnswerColumn(tr("Left"), unit, is_signed=True),
    )  # fmt: skip
    rows = tuple(
        (month, actual, before, after, before - actual, after - actual)
        for month, actual, before, after in zip(
            each.months, each.actual.tolist(), each.before.tolist(), each.after.tolist(), strict=True
        )
    )
    return AnswerTable(tr(title), tr("{title}: model less actual by month", title=tr(title)), columns, rows)


def notes_of(answer: "Calibration") -> tuple[str, ...]:
    """Return what a reader should know of a calibration."""
    notes = [
        tr("Scenario {scenario}; the plan is not changed.", scenario=answer.scenario or BASE),
        tr("Least squares over the months known, each series relative to the mean of its actuals."),
    ]
    if answer.is_underdetermined:
        notes.append(tr("The actuals do not tell these cells apart: other values fit as well. Fit fewer cells."))
    return tuple(notes)


def calibration_json(answer: "Calibration") -> dict[str, object]:
    """Return a calibration in full precision."""
    return {
        "scenario": answer.scenario or BASE,
        "cells": [
            {
                "address": str(each.address),
                "between": [each.low, each.high],
                "before": each.before,
                "value": each.value,
                "standard_error": json_number(each.error),
                "at_bound": each.is_at_bound,
            }
            for each in answer.fitted
        ],
        "misfit_before": answer.misfit_before,
        "misfit": answer.misfit,
        "underdetermined": answer.is_underdetermined,
        "residuals": {
            each.series: {
                "months": list(each.months),
                "actual": each.actual.tolist(),
                "before": each.before.tolist(),
                "fitted": each.after.tolist(),
            }
            for each in answer.residuals
        },
    }
