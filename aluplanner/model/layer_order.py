"""Which layers make up a scenario, and in which order they are applied (section 1 of the model page)."""

from typing import Final

from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import Plan

DEEPEST: Final = 100
"""Scenarios that may stand one on the other."""
MOST_LAYERS: Final = 1000
"""Names of layers that one scenario may come to, counted each time one is named."""


def layers_of(plan: Plan, scenario: str) -> tuple[str, ...]:
    """Return the scenarios whose overrides make up ``scenario``, in the order they are applied, itself last.

    A layer reached in several ways is applied once, at its last place.

    Raises
    ------
    PlanError
        If the scenario or one it builds on does not exist, one builds on itself, or there are too many of them.
    """
    walk = _Walk(plan)
    walk.visit(scenario)
    return tuple(reversed(walk.seen))


class _Walk:
    """A walk from a scenario down to all that it builds on."""

    def __init__(self, plan: Plan) -> None:
        self.seen: dict[str, None] = {}
        self._plan = plan
        self._path: dict[str, None] = {}
        self._named = 0

    def visit(self, name: str) -> None:
        """Note a scenario, and then what it builds on, the last layer first."""
        found = self._plan.scenarios.find(name)
        if found is None:
            raise PlanError([_unknown(name, next(reversed(self._path), None))])
        if found.scenario in self._path:
            raise PlanError([_circle(found.scenario)])
        if found.scenario in self.seen:
            return
        self._named += len(found.layers)
        if len(self._path) >= DEEPEST or self._named > MOST_LAYERS:
            raise PlanError([_too_many(next(iter(self._path), found.scenario))])
        self.seen[found.scenario] = None
        self._path[found.scenario] = None
        for layer in reversed(found.layers):
            self.visit(layer)
        del self._path[found.scenario]


def _unknown(name: str, named_by: str | None) -> Issue:
    return Issue(
        Severity.ERROR,
        "unknown-scenario",
        tr("There is no scenario “{name}”.", name=name),
        tr("Name one of the rows of the Scenarios table."),
        table="" if named_by is None else "scenarios",
        row=named_by or "",
        column="" if named_by is None else "builds_on",
    )


def _circle(name: str) -> Issue:
    return Issue(
        Severity.ERROR,
        "circle",
        tr("The scenario “{name}” builds on itself.", name=name),
        tr("Take one of the names out of “Builds on”."),
        table="scenarios",
        row=name,
        column="builds_on",
    )


def _too_many(name: str) -> Issue:
    return Issue(
        Severity.ERROR,
        "layers",
        tr("The scenario “{name}” builds on too many others.", name=name),
        tr("Let it build on {most} layers at most, {deepest} of them in a row.", most=MOST_LAYERS, deepest=DEEPEST),
        table="scenarios",
        row=name,
        column="builds_on",
    )
