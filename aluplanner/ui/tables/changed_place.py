"""Where a step of the history changed something, so that undo and redo can show it."""

from itertools import zip_longest
from typing import Any

from aluplanner.document.change import Change
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.scenarios import BASE

Place = tuple[str, int, str]
"""Name of the table, index of the row, field name of the column."""


def changed_place(change: Change, scenario: str) -> Place | None:
    """Return the first cell that shows something else after a change; ``None`` if none does.

    What the scenario on view changes is shown in the table that it changes, any other override in its own table.
    """
    names = [name for name in TABLES if change.before.table(name) is not change.after.table(name)]
    if names[:1] == ["overrides"]:
        before, after = ScenarioView(change.before, scenario), ScenarioView(change.after, scenario)
        seen = [name for name in TABLES if name != "overrides" and before.rows(name) != after.rows(name)]
        if seen:
            return _first_of(seen[0], before, after)
    if not names:
        return None
    return _first_of(names[0], ScenarioView(change.before, BASE), ScenarioView(change.after, BASE))


def _first_of(table: str, before: ScenarioView, after: ScenarioView) -> Place:
    position, column = _first_difference(before.rows(table), after.rows(table), after.plan)
    return table, position, column


def _first_difference(before: Rows[Any], after: Rows[Any], plan: Plan) -> tuple[int, str]:
    """Return the first row that differs and, where it still is the same row, its first column that does."""
    columns = [column.name for column in plan.columns(after.table.name) if not column.derived]
    has_texts = bool(before.unread or after.unread)
    for position, (old, new) in enumerate(zip_longest(before, after)):
        if (old is new or old == new) and not (has_texts and _other_texts(before, after, position, columns)):
            continue
        last = max(len(after) - 1, 0)
        if old is None or new is None or len(before) != len(after):
            return min(position, last), columns[0]
        other = _other_texts(before, after, position, columns)
        other |= {name for name in columns if read_cell(old, name) != read_cell(new, name)}
        return position, next((name for name in columns if name in other), columns[0])
    return 0, columns[0]


def _other_texts(before: Rows[Any], after: Rows[Any], position: int, columns: list[str]) -> set[str]:
    """Return the columns in which a row holds another text that could not be read."""
    return {name for name in columns if before.unread_at(position, name) != after.unread_at(position, name)}
