"""The fan that goes with the balances on view."""

from collections.abc import Mapping
from dataclasses import dataclass

from aluplanner.ui.plots.drawing import Values
from aluplanner.ui.plots.spec import Line, PaneSpec


@dataclass(frozen=True, eq=False)
class ShownFan:
    """Percentiles of the selected scenario.

    Attributes
    ----------
    bands
        Percentiles 5, 25, 50, 75 and 95 by series, shape ``(5, months)`` each.
    draws
        How many draws they are of.
    is_old
        Whether they are of a former plan or another scenario, until the new ones are there.
    """

    bands: Mapping[str, Values]
    draws: int
    is_old: bool = False


def lead_series(spec: PaneSpec) -> str:
    """Return the series of a pane that its fan is of: the one drawn in the scenario's own style."""
    return next((line.series for line in spec.lines if line.line is Line.LEAD), "")
