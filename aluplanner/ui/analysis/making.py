"""Making a scenario of an answer."""

from collections.abc import Mapping

from aluplanner.document.document import Document
from aluplanner.document.scenario_edits import ScenarioText, new_name, new_scenario
from aluplanner.i18n import tr
from aluplanner.model.cell_text import clean_text
from aluplanner.model.layers import is_base, with_overrides
from aluplanner.model.plan import Address


def make_scenario(
    document: Document,
    name: str,
    description: str,
    values: Mapping[Address, float],
    builds_on: str | tuple[str, ...] = (),
) -> str:
    """Add a scenario that sets some cells, as one step in the history; which scenario is on view stays.

    Parameters
    ----------
    document
        The open document.
    name
        The wanted name; where it is taken, a name like it is used.
    description
        What the scenario stands for, in a sentence.
    values
        What it sets, each in the unit of its cell.
    builds_on
        The scenario, or scenarios in order, whose changes it has too; the base stands for none.

    Returns
    -------
    str
        The name that it has got.

    Raises
    ------
    aluplanner.model.issues.PlanError
        If there is no such scenario to build on.
    """
    layers = (builds_on,) if isinstance(builds_on, str) else builds_on
    given = new_name(document.plan, _fit_name(name))
    text = ScenarioText(given, tuple(layer for layer in layers if not is_base(layer or None)), description)
    plan = with_overrides(new_scenario(document.plan, text), given, dict(values))
    document.apply(plan, tr("Add scenario {name}", name=given))
    return given


def _fit_name(name: str) -> str:
    """Return a name as scenarios can have it: an answer may be named after cells, whose names hold anything."""
    fit = clean_text(name).replace(";", ",")
    return fit if fit and not is_base(fit) else tr("New scenario")
