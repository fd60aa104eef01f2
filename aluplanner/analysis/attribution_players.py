"""What is taken from one case of a plan to another as a whole: an action, a sector, a column of Monthly … ."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from aluplanner.i18n import CHINESE, current_language, tr
from aluplanner.model.actions import ACTIONS, Action
from aluplanner.model.assumptions import ASSUMPTIONS
from aluplanner.model.demand import DEMAND, SEASONALITY
from aluplanner.model.layers import overridden_cells, resolve, with_months
from aluplanner.model.monthly import MONTHLY
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.rows import Rows, as_number, read_cell
from aluplanner.model.schema import Value, fold
from aluplanner.model.validation import require_solvable

_WORDS: Final = frozenset({"source", "note"})
"""Columns that say something to people and nothing to the model."""

_INERT: Final = frozenset({"balance_band", "factor_correlation"})
"""Assumptions that no measure depends on."""

_UTILISATIONS: Final = ("alumina_min_utilisation", "alumina_max_utilisation")
_TOGETHER: Final = dict.fromkeys(_UTILISATIONS, "; ".join(_UTILISATIONS))
"""Assumptions that cannot change apart: the lower must not come to lie above the upper one on the way."""


@dataclass(frozen=True, slots=True)
class Player:
    """Cells that go from one case to the other together.

    Attributes
    ----------
    key
        What it is known by, whatever the language and the order of rows.
    name
        What it is called.
    table
        Name of the table it belongs to.
    cells
        The cells that differ between the cases, in the order of the columns.
    """

    key: str
    name: str
    table: str
    cells: tuple[Address, ...]

    @property
    def is_action(self) -> bool:
        """Whether it is a row of Actions."""
        return self.table == ACTIONS.name

    @property
    def row(self) -> str:
        """The row of its first cell."""
        return self.cells[0].row


@dataclass(frozen=True)
class Cases:
    """Two cases of one plan and what differs between them.

    Attributes
    ----------
    start, end
        The plans as the cases see them, without scenarios of their own and with the same rows.
    players
        What differs, sorted by key.
    """

    start: Plan
    end: Plan
    players: tuple[Player, ...]

    def mixed(self, taken: Iterable[Player]) -> Plan:
        """Return the start with the cells of some players as they are at the end."""
        plan = self.start
        edits: dict[str, list[tuple[int, str, Value]]] = {}
        for address in (cell for player in taken for cell in player.cells):
            place = plan.table(address.table).position(address.row) or 0
            edits.setdefault(address.table, []).append((place, address.column, cell_value(self.end, address)))
        for table, cells in edits.items():
            plan = plan.with_table(plan.table(table).with_cells(cells))
        return plan

    def action(self, player: Player, *, at_end: bool) -> Action | None:
        """Return a player's row of Actions in one of the cases; ``None`` where it is switched off."""
        found = (self.end if at_end else self.start).actions.find(player.row)
        return found if found is not None and as_number(found.enabled, 1.0) else None


def scenario_cases(plan: Plan, start: str, end: str) -> Cases:
    """Return two scenarios as cases; every cell in which they differ belongs to a player.

    Raises
    ------
    PlanError
        If there is no such scenario, or one has errors.
    """
    touched = dict.fromkeys((*overridden_cells(plan, start), *overridden_cells(plan, end)))
    months = [address.row for address in touched if address.table == MONTHLY.name]
    for name in (start, end):
        require_solvable(plan, name)
    one, other = (with_months(_bare(resolve(plan, name)), months) for name in (start, end))
    return Cases(one, other, _players(one, other, touched))


def no_action_cases(plan: Plan, scenario: str) -> Cases:
    """Return a scenario without any of its actions and the scenario itself as cases; every action is a player.

    Raises
    ------
    PlanError
        If there is no such scenario, or it has errors.
    """
    require_solvable(plan, scenario)
    end = _bare(resolve(plan, scenario))
    on = [place for place, action in enumerate(end.actions) if as_number(action.enabled, 1.0)]
    start = end.with_table(end.actions.with_cells((place, "enabled", False) for place in on))
    switches = (Address(ACTIONS.name, end.actions.keys[place], "enabled") for place in on)
    return Cases(start, end, _players(start, end, switches))


def _bare(resolved: Plan) -> Plan:
    """Return a resolved plan without the tables that have done their part or have none in the balance."""
    unused: dict[str, Any] = {name: Rows(TABLES[name]) for name in ("scenarios", "overrides", "claims", "uncertainty")}
    return replace(resolved, source=None, **unused)


def cell_value(plan: Plan, address: Address) -> Value:
    """Return what stands in a cell."""
    rows = plan.table(address.table)
    return read_cell(rows[rows.position(address.row) or 0], address.column)


def meaning(plan: Plan, address: Address) -> Value:
    """Return what counts in a cell: of a blank one what a blank there means (section 1 of the model page)."""
    value = cell_value(plan, address)
    column = plan.cell_column(address.table, address.row, address.column)
    return column.default if value is None and column is not None else value


_Key: TypeAlias = tuple[str, str]


def _players(start: Plan, end: Plan, touched: Iterable[Address]) -> tuple[Player, ...]:
    cells: dict[_Key, list[Address]] = {}
    for address in touched:
        if _counts(address) and meaning(start, address) != meaning(end, address):
            cells.setdefault(_belongs_to(address), []).append(address)
    found = [
        Player(f"{table}/{fold(what)}", _name(end, table, addresses, what), table, _in_order(end, table, addresses))
        for (table, what), addresses in cells.items()
    ]
    return tuple(sorted((player for player in found if _takes_part(start, end, player)), key=lambda each: each.key))


def _counts(address: Address) -> bool:
    if address.table == ASSUMPTIONS.name:
        return fold(address.row) not in _INERT
    return address.column not in _WORDS


def _belongs_to(address: Address) -> _Key:
    """Return table and row of the player that a cell is part of; of Monthly the column, of Seasonality the whole."""
    match address.table:
        case MONTHLY.name:
            return address.table, address.column
        case SEASONALITY.name:
            return address.table, ""
        case ASSUMPTIONS.name:
            return address.table, _TOGETHER.get(fold(address.row), address.row)
        case _:
            return address.table, address.row


def _takes_part(start: Plan, end: Plan, player: Player) -> bool:
    """Return whether anything can follow from a player: not from an action that is off in both cases."""
    cases = Cases(start, end, ())
    return not player.is_action or any(cases.action(player, at_end=side) is not None for side in (False, True))


def _name(plan: Plan, table: str, cells: Iterable[Address], what: str) -> str:
    if table == ACTIONS.name:
        return what
    heading = TABLES[table].heading
    if not what:
        return heading
    if table == ASSUMPTIONS.name:
        what = ", ".join(sorted({cell.row for cell in cells}))
    if table == MONTHLY.name:
        column = next(column for column in plan.columns(table) if column.name == what)
        what = column.title_zh if current_language() == CHINESE else column.title.lower()
    if table == DEMAND.name:
        return tr("Demand of {sector}", sector=what)
    return tr("{table}: {what}", table=heading, what=what)


def _in_order(plan: Plan, table: str, addresses: Iterable[Address]) -> tuple[Address, ...]:
    """Return cells by row and column, in an order that does not depend on that of the rows."""
    columns = {column.name: place for place, column in enumerate(plan.columns(table))}
    return tuple(sorted(addresses, key=lambda each: (fold(each.row), columns.get(each.column, len(columns)))))
