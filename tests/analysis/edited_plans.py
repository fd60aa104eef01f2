"""Copies of a plan that two planners edited, each at random."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from aluplanner.analysis.row_matching import has_names
from aluplanner.document.edits import delete_rows, insert_rows, move_rows, set_cells
from aluplanner.model.bauxite import Origin
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Unread
from aluplanner.model.scenarios import Override
from aluplanner.model.schema import Column, Type
from tests.document.small_plan import START, small_plan

EDITED = (
    "plants",
    "actions",
    "demand",
    "monthly",
    "bauxite",
    "scenarios",
    "overrides",
    "claims",
    "plan",
    "assumptions",
)
NAMES = ("Alpha", "beta", "Gamma", "Two", "Delta works")


def ancestor() -> Plan:
    """Return the plan both begin with."""
    plan = small_plan()
    origins = [
        Origin(name, 100.0 * number, grade=2.4) for number, name in enumerate(("Guinea", "Australia", "Jamaica"))
    ]
    months = [replace(plan.monthly[0], month=START + number, net_imports=float(number)) for number in range(4)]
    return plan.with_table(plan.bauxite.replaced(origins)).with_table(plan.monthly.replaced(months))


def value(column: Column) -> st.SearchStrategy[Any]:
    """Return a few values of a column's type: so few that both planners sometimes write the same."""
    simple: dict[Type, st.SearchStrategy[Any]] = {
        Type.NUMBER: st.sampled_from([1.0, 2.0, 500.0]),
        Type.FRACTION: st.sampled_from([0.1, 0.2]),
        Type.MONTH: st.sampled_from([START, START + 5]),
        Type.YES_NO: st.booleans(),
    }
    if column.type is Type.CHOICE:
        return st.sampled_from(column.choices)
    return st.none() | simple.get(column.type, st.sampled_from(["one", "two"]))


@st.composite
def edited(draw: st.DrawFn, plan: Plan, tables: Sequence[str] = EDITED) -> Plan:
    """Return the plan after some edits."""
    for _ in range(draw(st.integers(0, 6))):
        plan = draw(edit(plan, draw(st.sampled_from(tables))))
    return plan


@st.composite
def pairs(draw: st.DrawFn, plan: Plan) -> tuple[Plan, Plan]:
    """Return two copies of the plan after edits of the same few tables, so that they often get in each other's way."""
    tables = draw(st.lists(st.sampled_from(EDITED), min_size=1, max_size=3, unique=True))
    return draw(edited(plan, tables)), draw(edited(plan, tables))


@st.composite
def edit(draw: st.DrawFn, plan: Plan, table: str) -> Plan:
    """Return the plan after one edit of any kind."""
    rows = plan.table(table)
    kinds = ["cell", "cell", "text"]
    kinds += [] if rows.table.parameters else ["add", "delete", "move"]
    kinds += ["rename", "rename by hand"] if has_names(rows.table) else []
    kind = draw(st.sampled_from(kinds))
    if kind == "add" or not rows:
        return added(draw, plan, table)
    place = draw(st.integers(0, len(rows) - 1))
    if kind == "delete":
        return delete_rows(plan, table, [place])
    if kind == "move":
        return move_rows(plan, table, [place], draw(st.booleans()))
    if kind.startswith("rename"):
        name = draw(st.sampled_from(NAMES))
        key = rows.table.key[0]
        by_hand = plan.with_table(rows.with_cell(place, key, name))
        return by_hand if kind == "rename by hand" else set_cells(plan, table, [(place, key, name)])
    cells = [column for column in plan.columns(table) if not column.derived and column.name not in rows.table.key]
    column = draw(st.sampled_from(cells))
    if kind == "text":
        return plan.with_table(rows.with_unread({(place, column.name): Unread(draw(st.sampled_from(["?", "some"])))}))
    return plan.with_table(rows.with_cell(place, column.name, draw(value(plan.record_column(rows[place], column)))))


def added(draw: st.DrawFn, plan: Plan, table: str) -> Plan:
    """Return the plan with a new row somewhere."""
    rows = plan.table(table)
    place = draw(st.integers(0, len(rows)))
    if table == "overrides":
        cell = draw(
            st.sampled_from([("plants", "West", "built"), ("actions", "Cut", "share"), ("plants", "South", "note")])
        )
        row = Override(draw(st.sampled_from(["Strict", "Stricter"])), *cell, draw(st.sampled_from([0.2, 0.3])))
        return plan.with_table(rows.replaced((*rows[:place], row, *rows[place:])))
    plan = insert_rows(plan, table, place)
    if has_names(TABLES[table]) and len(plan.table(table)) > len(rows):
        return plan.with_table(plan.table(table).with_cell(place, rows.table.key[0], draw(st.sampled_from(NAMES))))
    return plan
