"""An answer as a scenario of the plan: the cells it found, over the scenario that was asked about."""

from collections.abc import Mapping

from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr
from aluplanner.model.cell_text import clean_text
from aluplanner.model.keys import unfit_name
from aluplanner.model.layers import is_base, with_overrides
from aluplanner.model.plan import Address, Plan
from aluplanner.model.scenarios import Scenario


def with_answer(
    plan: Plan, name: str, values: Mapping[Address, float], builds_on: str | None = None, description: str = ""
) -> Plan:
    """Return the plan with one more scenario that states some cells.

    Parameters
    ----------
    plan
        The plan.
    name
        Name of the new scenario.
    values
        Its cells, each in its own unit.
    builds_on
        The scenario whose changes it takes first; none for the base.
    description
        What it stands for.

    Raises
    ------
    PlanError
        If the name cannot be had.
    """
    written = clean_text(name)
    problem = tr("A scenario needs a name.") if not written else unfit_name(plan.scenarios.table.name, written)
    if not problem and plan.scenarios.find(written) is not None:
        problem = tr("There is already a scenario “{name}”.", name=written)
    if problem:
        raise QuestionError("scenario", problem, tr("Choose another name."))
    layer = None if is_base(builds_on) else builds_on
    row = Scenario(written, layer, clean_text(description) or None)
    more = plan.with_table(plan.scenarios.replaced((*plan.scenarios, row)))
    return with_overrides(more, written, dict(values))
