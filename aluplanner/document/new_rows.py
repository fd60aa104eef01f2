"""What a new row holds before the planner fills it in."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.actions import CURTAIL, Action
from aluplanner.model.bauxite import Origin
from aluplanner.model.calendar import Month
from aluplanner.model.claims import Claim
from aluplanner.model.demand import MonthWeight, Sector
from aluplanner.model.monthly import MonthRow
from aluplanner.model.plan import Plan
from aluplanner.model.plants import Plant
from aluplanner.model.scenarios import Override, Scenario
from aluplanner.model.schema import fold
from aluplanner.model.uncertainty import UncertainCell

_NUMBERED = re.compile(r"(.*) \((\d+)\)")


class TakenNames:
    """Names that are taken; case and outer blanks do not count.

    Parameters
    ----------
    names
        The names to begin with.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._folded = {fold(name) for name in names}
        self._next: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return fold(name) in self._folded

    def __iter__(self) -> Iterator[str]:
        return iter(self._folded)

    def take(self, name: str) -> None:
        """Take a name."""
        self._folded.add(fold(name))

    def free(self, wanted: str) -> str:
        """Return ``wanted``, or where that is taken ``wanted (2)``, ``wanted (3)`` and so on."""
        if wanted not in self:
            return wanted
        found = _NUMBERED.fullmatch(wanted)
        stem = found[1] if found else wanted
        number = self._next.get(fold(stem), 2)  # names are never given back, so the numbers before are taken still
        while f"{stem} ({number})" in self:
            number += 1
        self._next[fold(stem)] = number
        return f"{stem} ({number})"


def unique_name(wanted: str, taken: Iterable[str]) -> str:
    """Return ``wanted``, or where that is taken ``wanted (2)``, ``wanted (3)`` …; case does not count."""
    return TakenNames(taken).free(wanted)


@dataclass(frozen=True)
class _Place:
    """Where a new row comes: the plan, the keys that are taken, the index it gets."""

    plan: Plan
    taken: TakenNames
    position: int


def new_records(plan: Plan, table: str, position: int, count: int) -> list[Any]:
    """Return records for ``count`` new rows before the row at ``position``.

    Each has a name of its own where one column is the key, and changes nothing in the balance until it
    is filled in. Fewer are returned where the table has no room: Seasonality has twelve rows, Assumptions
    and Plan have the rows they have.
    """
    make = _MAKERS.get(table)
    rows = plan.table(table)
    taken = TakenNames(rows.keys)
    records: list[Any] = []
    while make and len(records) < count:
        record = make(_Place(plan, taken, position + len(records)))
        if record is None:
            break
        taken.take(rows.table.row_key(record))
        records.append(record)
    return records


def _new_plant(place: _Place) -> Plant:
    return Plant(place.taken.free(tr("New plant")))


def _new_action(place: _Place) -> Action:
    """Return a curtailment of nothing: kind, size and start are required."""
    start = place.plan.horizon.first if place.plan.horizon else None
    return Action(place.taken.free(tr("New action")), kind=CURTAIL, announced=0.0, start=start)


def _new_sector(place: _Place) -> Sector:
    return Sector(place.taken.free(tr("New sector")))


def _new_weight(place: _Place) -> MonthWeight | None:
    missing = next((month for month in range(1, 13) if str(month) not in place.taken), None)
    return None if missing is None else MonthWeight(float(missing), 1.0)


def _new_month(place: _Place) -> MonthRow | None:
    """Return the first month of the horizon that is not there yet, after that the month after the last one."""
    known = {Month.parse(key) for key in place.taken if key}
    missing = next((month for month in place.plan.horizon or () if month not in known), None)
    if missing is None:
        missing = max(known) + 1 if known else None
    return MonthRow(missing) if missing else None


def _new_origin(place: _Place) -> Origin:
    return Origin(place.taken.free(tr("New origin")))


def _new_scenario(place: _Place) -> Scenario:
    return Scenario(place.taken.free(tr("New scenario")))


def _new_override(place: _Place) -> Override:
    """Return an override of the scenario of the row above, with the cell left open."""
    above = place.plan.overrides[place.position - 1].scenario if 0 < place.position <= len(place.plan.overrides) else ""
    first = place.plan.scenario_names[0] if place.plan.scenario_names else ""
    return Override(above or first, "", "", "")


def _new_claim(place: _Place) -> Claim:
    return Claim(place.taken.free(tr("New claim")))


def _new_uncertain_cell(_place: _Place) -> UncertainCell:
    return UncertainCell("", "", "")


_MAKERS: Final[dict[str, Callable[[_Place], Any]]] = {
    "plants": _new_plant,
    "actions": _new_action,
    "demand": _new_sector,
    "seasonality": _new_weight,
    "monthly": _new_month,
    "bauxite": _new_origin,
    "scenarios": _new_scenario,
    "overrides": _new_override,
    "claims": _new_claim,
    "uncertainty": _new_uncertain_cell,
}
