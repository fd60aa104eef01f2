"""AluPlanner: a monthly material balance of China's primary aluminium, driven by plants and policy actions."""

from typing import TYPE_CHECKING, Any, Final

__version__: Final = "0.1.0"

if TYPE_CHECKING:
    from aluplanner.analysis.attribution import attribute
    from aluplanner.analysis.backtest import backtest
    from aluplanner.analysis.backtest_fan import FanOrder
    from aluplanner.analysis.calibration import calibrate
    from aluplanner.analysis.comparison import compare
    from aluplanner.analysis.ensemble import ensemble
    from aluplanner.analysis.forecast import Forecast
    from aluplanner.analysis.forecast_score import score_forecast
    from aluplanner.analysis.goal_seek import goal_seek
    from aluplanner.analysis.ledger import ledger
    from aluplanner.analysis.monte_carlo import MonteCarlo, monte_carlo
    from aluplanner.analysis.sweep import sweep
    from aluplanner.analysis.tornado import tornado
    from aluplanner.analysis.trace import trace
    from aluplanner.model.balance import Balance
    from aluplanner.model.issues import Issue, PlanError
    from aluplanner.model.plan import Plan
    from aluplanner.model.solver import solve, solve_batch
    from aluplanner.workbook.forecasts import keep_forecast, read_forecast
    from aluplanner.workbook.read import read_plan
    from aluplanner.workbook.write import write_plan

__all__ = [
    "Balance",
    "FanOrder",
    "Forecast",
    "Issue",
    "MonteCarlo",
    "Plan",
    "PlanError",
    "attribute",
    "backtest",
    "calibrate",
    "compare",
    "ensemble",
    "goal_seek",
    "keep_forecast",
    "ledger",
    "monte_carlo",
    "read_forecast",
    "read_plan",
    "score_forecast",
    "solve",
    "solve_batch",
    "sweep",
    "tornado",
    "trace",
    "write_plan",
]

_HOMES: Final = {
    "Balance": "aluplanner.model.balance",
    "FanOrder": "aluplanner.analysis.backtest_fan",
    "Forecast": "aluplanner.analysis.forecast",
    "Issue": "aluplanner.model.issues",
    "MonteCarlo": "aluplanner.analysis.monte_carlo",
    "Plan": "aluplanner.model.plan",
    "PlanError": "aluplanner.model.issues",
    "attribute": "aluplanner.analysis.attribution",
    "backtest": "aluplanner.analysis.backtest",
    "calibrate": "aluplanner.analysis.calibration",
    "compare": "aluplanner.analysis.comparison",
    "ensemble": "aluplanner.analysis.ensemble",
    "goal_seek": "aluplanner.analysis.goal_seek",
    "keep_forecast": "aluplanner.workbook.forecasts",
    "ledger": "aluplanner.analysis.ledger",
    "monte_carlo": "aluplanner.analysis.monte_carlo",
    "read_forecast": "aluplanner.workbook.forecasts",
    "read_plan": "aluplanner.workbook.read",
    "score_forecast": "aluplanner.analysis.forecast_score",
    "solve": "aluplanner.model.solver",
    "solve_batch": "aluplanner.model.solver",
    "sweep": "aluplanner.analysis.sweep",
    "tornado": "aluplanner.analysis.tornado",
    "trace": "aluplanner.analysis.trace",
    "write_plan": "aluplanner.workbook.write",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that no one pays for what they do not use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
