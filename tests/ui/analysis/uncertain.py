"""The small plan with cells that are not known exactly."""

from aluplanner.model.plan import Plan
from aluplanner.model.uncertainty import PERT, TRIANGULAR, UNIFORM, UncertainCell
from tests.document.small_plan import small_plan


def uncertain_plan() -> Plan:
    """Return a plan with five uncertain cells, two of which share a factor and one of which makes no difference."""
    plan = small_plan()
    rows = [
        UncertainCell("actions", "Cut", "implementation", PERT, 0.2, 0.8, 1.0, factor="will"),
        UncertainCell("assumptions", "load_factor", "value", TRIANGULAR, 1.0, 1.02, 1.03),
        UncertainCell("actions", "Winter cut", "implementation", PERT, 0.1, 0.6, 1.0, factor="will"),
        UncertainCell("demand", "Building", "growth 2017", UNIFORM, 0.0, None, 0.1),
        UncertainCell("assumptions", "alumina_per_t", "value", UNIFORM, 1.9, None, 2.0),
    ]
    return plan.with_table(plan.uncertainty.replaced(rows))
