"""A Monte Carlo for machines: everything in full precision except the single draws."""

from itertools import combinations
from typing import TYPE_CHECKING

from aluplanner.analysis.answer_table import json_number
from aluplanner.analysis.monte_carlo_paired import Paired
from aluplanner.analysis.monte_carlo_scenario import LEVELS, ScenarioDraws
from aluplanner.model.balance import STATES
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure

if TYPE_CHECKING:
    from aluplanner.analysis.monte_carlo import MonteCarlo


def monte_carlo_json(found: "MonteCarlo") -> dict[str, object]:
    """Return the answer as data, blanks as ``None``."""
    return {
        "draws": found.draws,
        "seed": found.seed,
        "sampling": str(found.sampling),
        "levels": list(LEVELS),
        "months": list(found.horizon.labels),
        "scenarios": {name: _scenario(drawn, found.thresholds) for name, drawn in found.scenarios.items()},
        "differences": [
            _difference(each)
            for first, second in combinations(found.names, 2)
            for each in found.differences(first, second)
        ],
        "notes": list(found.notes),
    }


def _scenario(drawn: ScenarioDraws, thresholds: tuple[float, ...]) -> dict[str, object]:
    return {
        "states": {
            odds.period.label: {
                "plan": odds.plan_state,
                "is_part": odds.is_part,
                "probabilities": dict(zip(STATES, odds.probabilities, strict=True)),
            }
            for odds in drawn.states
        },
        "measures": {str(measure): _measure(drawn, measure) for measure in drawn.measures},
        "stock_below": [_below(drawn, level) for level in thresholds],
        "series": {
            name: {"plan": _numbers(drawn.balance.series(name)), "percentiles": [_numbers(row) for row in fan]}
            for name, fan in drawn.fans.items()
        },
    }


def _below(drawn: ScenarioDraws, level: float) -> dict[str, object]:
    return {
        "threshold": level,
        "at_month_end": _numbers(drawn.below(level)),
        "so_far": _numbers(drawn.ever_below(level)),
        "fallen": _numbers(drawn.fallen_below(level)),
    }


def _measure(drawn: ScenarioDraws, measure: Measure) -> dict[str, object]:
    spread = drawn.spread(measure)
    return {
        "unit": measure.unit,
        "plan": json_number(spread.plan),
        "mean": json_number(spread.mean),
        "standard_deviation": json_number(spread.deviation),
        "percentiles": [json_number(value) for value in spread.percentiles],
        "draws_below_plan": json_number(spread.below_plan),
        "rank_correlations": {str(each.cells[0]): each.correlation for each in drawn.strongest(measure)},
        "rank_correlations_by_factor": [
            {"factor": each.factor, "cells": list(map(str, each.cells)), "correlation": each.correlation}
            for each in drawn.strongest(measure, by_factor=True)
        ],
    }


def _difference(each: Paired) -> dict[str, object]:
    return {
        "first": each.first,
        "second": each.second,
        "measure": each.label,
        "unit": each.unit,
        "plan": json_number(each.plan),
        "mean": json_number(each.mean),
        "standard_deviation": json_number(each.deviation),
        "percentiles": [json_number(value) for value in each.percentiles],
        "first_lower": json_number(each.lower),
        "equal": json_number(each.equal),
        "first_tighter": json_number(each.tighter),
    }


def _numbers(values: Array) -> list[float | None]:
    return [json_number(value) for value in values.tolist()]
