"""Rows that were renamed in one copy get their names in all of them, and so does whatever names them.

Afterwards an edit of the row, or a reference to it, in the copy that still used the old name is about the row under its
new name.
"""

from dataclasses import dataclass
from typing import Any

from aluplanner.analysis.merge.matching import match_copies
from aluplanner.analysis.merge.parts import Answers, Conflict, Side, Trio, What
from aluplanner.analysis.row_matching import has_names
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.renaming import carry_names, rename_rows
from aluplanner.model.rows import Rows
from aluplanner.model.schema import fold


@dataclass(frozen=True, slots=True)
class Copies:
    """The ancestor and the two copies, all with the names that rows have in the end.

    Attributes
    ----------
    base, mine, yours
        The plans; rows stand where they stood.
    renamed
        By table the rows that a copy renamed, with their new names.
    matches
        By table the rows that belong together; only tables whose rows have names.
    conflicts
        Rows that both copies renamed, differently.
    """

    base: Plan
    mine: Plan
    yours: Plan
    renamed: dict[str, dict[Trio, str]]
    matches: dict[str, list[Trio]]
    conflicts: tuple[Conflict, ...]


def with_common_names(base: Plan, mine: Plan, yours: Plan, answers: Answers) -> Copies:
    """Return the copies with the names that rows have in the end; a disputed one is the ancestor's until answered."""
    matches: dict[str, list[Trio]] = {}
    renamed: dict[str, dict[Trio, str]] = {}
    found: list[Conflict] = []
    for name, table in TABLES.items():
        rows = base.table(name), mine.table(name), yours.table(name)
        if has_names(table) and not rows[0] is rows[1] is rows[2]:
            matches[name] = match_copies(*rows)
            named = [(trio, _final(name, trio, *rows, answers)) for trio in matches[name] if trio.base is not None]
            renamed[name] = {trio: key for trio, (key, _) in named if key is not None}
            found += [conflict for _, (_, conflict) in named if conflict is not None]
    plans = [base, mine, yours]
    for name, rows_renamed in renamed.items():
        if not rows_renamed:
            continue
        places = [
            {place: key for trio, key in rows_renamed.items() if (place := getattr(trio, copy)) is not None}
            for copy in ("base", "mine", "yours")
        ]
        former = {
            fold(base.table(name).keys[trio.base]): key for trio, key in rows_renamed.items() if trio.base is not None
        }
        plans = [_with_names(plan, name, keys, former) for plan, keys in zip(plans, places, strict=True)]
    return Copies(plans[0], plans[1], plans[2], renamed, matches, tuple(found))


def _final(
    table: str, trio: Trio, base: Rows[Any], mine: Rows[Any], yours: Rows[Any], answers: Answers
) -> tuple[str | None, Conflict | None]:
    """Return the name that a row has in the end, ``None`` if nobody renamed it, and what is disputed about it."""
    old = base.keys[trio.base or 0]
    my_name = old if trio.mine is None else mine.keys[trio.mine]
    your_name = old if trio.yours is None else yours.keys[trio.yours]
    if my_name == your_name == old:
        return None, None
    if your_name in (old, my_name):
        return my_name, None
    if my_name == old:
        return your_name, None
    column = base.table.key[0]
    conflict = Conflict(What.CELL, table, my_name, column, trio, old, my_name, your_name)
    answer = answers.get(conflict.about)
    return {Side.MINE: my_name, Side.YOURS: your_name, None: old}[answer], conflict


def _with_names(plan: Plan, table: str, names: dict[int, str], former: dict[str, str]) -> Plan:
    """Return a copy with new names for some of its rows, and for what names the rows.

    A reference to a name that the ancestor's row had, and nothing in this copy has any more, follows too: who renames
    a row in a spreadsheet leaves its references behind.
    """
    key, keys = TABLES[table].key[0], plan.table(table).keys
    cells = [(place, key, name) for place, name in names.items() if keys[place] != name]
    if cells:
        plan = rename_rows(plan, table, cells)
    taken = {*map(fold, plan.table(table).keys), *map(fold, keys)}
    if table == "plants":
        taken |= {fold(place or "") for plant in plan.plants for place in (plant.group, plant.province)}
    left_behind = {old: name for old, name in former.items() if old not in taken}
    return carry_names(plan, table, left_behind) if left_behind else plan
