"""What a measure of a Monte Carlo goes with: inputs one by one, or those with a common factor together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aluplanner.analysis.cell_words import cell_title
from aluplanner.analysis.monte_carlo_ranks import rank_correlations, ranks
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address, Plan
from aluplanner.model.schema import fold
from aluplanner.model.uncertainty import UncertainCell


@dataclass(frozen=True, slots=True)
class Influence:
    """How a measure goes with some inputs.

    Attributes
    ----------
    factor
        Their common factor; empty for an input on its own.
    cells
        The inputs.
    correlation
        Spearman's rank correlation, -1 to 1; of the sum of their ranks where they are several.
    """

    factor: str
    cells: tuple[Address, ...]
    correlation: float

    def title(self, plan: Plan) -> str:
        """Return its name for people."""
        if len(self.cells) == 1:
            return cell_title(plan, self.cells[0])
        return tr("{factor} ({count} cells)", factor=self.factor, count=str(len(self.cells)))


def grouped(
    uncertain: Mapping[Address, UncertainCell], cells: Sequence[Address]
) -> list[tuple[str, tuple[Address, ...]]]:
    """Return cells with the same factor together, under its name, and every other one alone; in their order."""
    members: dict[tuple[str, str], list[Address]] = {}
    names: dict[tuple[str, str], str] = {}
    for cell in cells:
        factor = (uncertain[cell].factor or "").strip() if cell in uncertain else ""
        key = (fold(factor), "") if factor else ("", str(cell))
        members.setdefault(key, []).append(cell)
        names.setdefault(key, factor)
    return [(names[key] if len(found) > 1 else "", tuple(found)) for key, found in members.items()]


def correlation_of(inputs: Sequence[Array], output: Array) -> float:
    """Return the rank correlation of an output with an input, or with the sum of the ranks of several."""
    together = inputs[0] if len(inputs) == 1 else np.sum([ranks(values) for values in inputs], axis=0)
    return float(rank_correlations(together[None, :], output[None, :])[0, 0])
