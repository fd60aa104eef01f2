"""Putting cells back to what they were when the plan was opened or last saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from aluplanner.document.edits import set_cells
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.layers import override_address, own_overrides, without_override
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.rows import Rows, Unread, read_cell
from aluplanner.model.scenarios import Override
from aluplanner.model.schema import Value, fold

_RESTORED: Final = ("value", "note")
"""What of an override is put back."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of the cells.

    Attributes
    ----------
    plan
        The plan after the step.
    cells
        The cells that changed.
    missing
        How many the saved plan does not have, as their row or the scenario is new or has another name.
    """

    plan: Plan
    cells: tuple[tuple[int, str], ...]
    missing: int

    @property
    def count(self) -> int:
        """How many cells changed."""
        return len(self.cells)


def with_saved_values(view: ScenarioView, saved: Plan, table: str, cells: Iterable[tuple[int, str]]) -> Restored:
    """Return the plan with some cells as they were saved.

    In a scenario a cell is restored as far as the scenario itself goes: its own override comes back, gets its saved
    value or goes away; what the base or a layer below says now stays. A text that could not be read comes back too.

    Parameters
    ----------
    view
        The plan and the scenario on view.
    saved
        The plan as it was saved.
    table
        Name of the table.
    cells
        Index of the row as the scenario shows it, field name.
    """
    columns = {column.name for column in view.plan.columns(table) if not column.derived}
    wanted = [cell for cell in cells if cell[1] in columns]
    if view.is_base or not TABLES[table].can_vary:
        return _in_base(view.plan, saved, table, wanted)
    rows = view.rows(table)
    keys = rows.table.key
    places = {Address(table, rows.keys[position], name): (position, name) for position, name in wanted}
    done = _in_scenario(
        view.plan, saved, view.scenario, {address: cell for address, cell in places.items() if cell[1] not in keys}
    )
    names = _in_base(done.plan, saved, table, [cell for cell in wanted if cell[1] in keys])
    return Restored(names.plan, (*done.cells, *names.cells), done.missing + names.missing)


@dataclass(frozen=True, slots=True)
class _Content:
    """What one cell holds: its value and, where that could not be read, its text."""

    value: Value
    text: Unread | None


def _content(rows: Rows[Any], position: int, name: str) -> _Content:
    return _Content(read_cell(rows[position], name), rows.unread.get((position, name)))


def _in_base(plan: Plan, saved: Plan, table: str, cells: list[tuple[int, str]]) -> Restored:
    rows, former = plan.table(table), saved.table(table)
    places = _places(rows, former)
    found: dict[tuple[int, str], _Content] = {}
    missing = 0
    for position, name in cells:
        place = places.get(position)
        if place is None:
            missing += 1
        elif (content := _content(former, place, name)) != _content(rows, position, name):
            found[position, name] = content
    after = set_cells(plan, table, [(*cell, content.value) for cell, content in found.items()]) if found else plan
    texts = {cell: content.text for cell, content in found.items() if content.text is not None}
    if texts:
        after = after.with_table(after.table(table).with_unread(texts))
    return Restored(after, tuple(found), missing)


def _places(rows: Rows[Any], former: Rows[Any]) -> dict[int, int]:
    """Return where each row stood; of several with one key the first is taken for the first, and so on."""
    stood: dict[tuple[str, int], int] = {each: place for place, each in enumerate(_numbered(former))}
    return {place: stood[each] for place, each in enumerate(_numbered(rows)) if each in stood}


def _numbered(rows: Rows[Any]) -> list[tuple[str, int]]:
    seen: dict[str, int] = {}
    found = []
    for key in map(fold, rows.keys):
        found.append((key, seen.get(key, 0)))
        seen[key] = seen.get(key, 0) + 1
    return found


def _in_scenario(plan: Plan, saved: Plan, scenario: str, cells: Mapping[Address, tuple[int, str]]) -> Restored:
    if saved.scenarios.find(scenario) is None:
        return Restored(plan, (), len(cells))
    there = [cell for cell in cells if _has_cell(saved, scenario, cell)]
    now, former = own_overrides(plan, scenario), own_overrides(saved, scenario)
    gone = [cell for cell in there if cell in now and cell not in former]
    back = [cell for cell in there if cell in former and cell not in now]
    changed = [
        cell
        for cell in there
        if cell in former
        and cell in now
        and _content(plan.overrides, now[cell], "value") != _content(saved.overrides, former[cell], "value")
    ]
    places = {now[cell]: former[cell] for cell in changed}
    after = _with_former(plan, saved, scenario, places, [former[cell] for cell in back])
    done = tuple(cells[cell] for cell in (*gone, *back, *changed))
    return Restored(without_override(after, scenario, gone), done, len(cells) - len(there))


def _has_cell(plan: Plan, scenario: str, cell: Address) -> bool:
    return override_address(plan, Override(scenario, cell.table, cell.row, cell.column)) is not None


def _with_former(plan: Plan, saved: Plan, scenario: str, changed: dict[int, int], back: list[int]) -> Plan:
    """Return the plan with overrides as they were: those changed, by their index now and then, and those back."""
    if not changed and not back:
        return plan
    former, rows = saved.overrides, plan.overrides
    places = {**changed, **{len(rows) + number: place for number, place in enumerate(back)}}
    rows = rows.replaced((*rows, *(replace(former[place], scenario=scenario) for place in back)))
    rows = rows.with_cells(
        (position, name, read_cell(former[place], name)) for position, place in places.items() for name in _RESTORED
    )
    texts = {(position, "value"): former.unread.get((place, "value")) for position, place in places.items()}
    return plan.with_table(rows.with_unread({cell: text for cell, text in texts.items() if text is not None}))
