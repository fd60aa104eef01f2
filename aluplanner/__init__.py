"""AluPlanner: a monthly material balance of China's primary aluminium, driven by plants and policy actions."""

from typing import TYPE_CHECKING, Any, Final

__version__: Final = "0.1.0"

if TYPE_CHECKING:
    from aluplanner.analysis.trace import trace
    from aluplanner.model.balance import Balance
    from aluplanner.model.issues import Issue, PlanError
    from aluplanner.model.plan import Plan
    from aluplanner.model.solver import solve, solve_batch
    from aluplanner.workbook.read import read_plan
    from aluplanner.workbook.write import write_plan

__all__ = ["Balance", "Issue", "Plan", "PlanError", "read_plan", "solve", "solve_batch", "trace", "write_plan"]

_HOMES: Final = {
    "Balance": "aluplanner.model.balance",
    "Issue": "aluplanner.model.issues",
    "Plan": "aluplanner.model.plan",
    "PlanError": "aluplanner.model.issues",
    "read_plan": "aluplanner.workbook.read",
    "solve": "aluplanner.model.solver",
    "solve_batch": "aluplanner.model.solver",
    "trace": "aluplanner.analysis.trace",
    "write_plan": "aluplanner.workbook.write",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that no one pays for what they do not use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
