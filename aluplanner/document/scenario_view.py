"""The plan as one scenario shows it, and how scenarios are followed through an edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aluplanner.model.issues import PlanError
from aluplanner.model.layers import LayeredValue, is_base, overridden_cells, resolve
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.rows import Rows
from aluplanner.model.schema import fold


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """A plan and the scenario through which it is looked at.

    A scenario that cannot be resolved, for instance because it builds on itself, shows the base.
    """

    plan: Plan
    scenario: str

    @property
    def is_base(self) -> bool:
        """Whether the base plan itself is shown."""
        return is_base(self.scenario)

    def rows(self, table: str) -> Rows[Any]:
        """Return the rows of a table with the scenario's overrides applied."""
        if not TABLES[table].can_vary:
            return self.plan.table(table)
        return self._resolved().table(table)

    @property
    def overridden(self) -> Mapping[Address, LayeredValue]:
        """The cells that the scenario changes."""
        try:
            return overridden_cells(self.plan, self.scenario)
        except PlanError:
            return {}

    def _resolved(self) -> Plan:
        try:
            return resolve(self.plan, self.scenario)
        except PlanError:
            return self.plan


def names_after(before: Sequence[str], after: Sequence[str]) -> Mapping[str, str]:
    """Return under which name each scenario goes on, by its folded old name; one that is gone is missing.

    A name that vanished from a list of the same length was changed to the new name at its place.
    """
    known = {fold(name): name for name in after}
    followed = {fold(name): known[fold(name)] for name in before if fold(name) in known}
    former = {fold(name) for name in before}
    if len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            if fold(old) not in known and fold(new) not in former:
                followed[fold(old)] = new
    return followed
