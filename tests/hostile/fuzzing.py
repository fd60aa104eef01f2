"""One mutated workbook, read and, where it opens, changed, saved and read back."""

from collections.abc import Mapping
from random import Random
from typing import Any, Final

from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.model.rows import read_cell
from aluplanner.model.schema import Column, Type, Value
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.read import read_bytes
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.tables import read_tables
from aluplanner.workbook.write import plan_bytes
from tests.hostile.case import CODES
from tests.hostile.checks import check_words
from tests.hostile.mutations import mutated

NOT_GIVEN_BACK: Final = "saved, but does not give the plan"
"""Saving finds that out by reading back and refuses: nothing is lost. It must stay rare, and be looked into."""

_EDITED: Final = ("plants", "actions", "demand", "monthly")


def try_seed(books: Mapping[str, bytes], seed: int) -> str:
    """Read and save the workbook of a seed; return in a word what became of it.

    Raises
    ------
    AssertionError
        If what is told is not in sentences.
    Exception
        Whatever reading or saving lets through, all of it a fault.
    """
    data = mutated(books, seed)
    result = read_bytes(data)
    check_words(result)
    plan = result.plan or result.draft
    if plan is None:
        codes = {issue.code for issue in result.issues if issue.is_error}
        assert codes, "neither a plan nor a reason"
        return min(codes & CODES, default="cells")
    return f"opens, {_save(edited(plan, Random(seed)))}"


def edited(plan: Plan, random: Random) -> Plan:
    """Return the plan with one cell changed, as it is if it has no row at all."""
    tables = [plan.table(name) for name in _EDITED if len(plan.table(name))]
    if not tables:
        return plan
    rows = random.choice(tables)
    position = random.randrange(len(rows))
    name, value = random.choice(_changes(plan, rows[position], rows.table.name))
    return plan.with_table(rows.with_cell(position, name, value))


def _changes(plan: Plan, record: Any, table: str) -> list[tuple[str, Value]]:
    """Return values, by column name, that may be written over what stands there."""
    key = plan.table(table).table.key
    found = []
    for column in plan.columns(table):
        if not column.derived and column.name not in key:
            value = _other(column, read_cell(record, column.name))
            if value != read_cell(record, column.name):
                found.append((column.name, value))
    return found


def _other(column: Column, value: Value) -> Value:
    if column.type is Type.TEXT:
        return "=changed & “saved” <b>\n铝"
    if column.is_numeric:
        return 0.25 if value != 0.25 else 0.5
    return None


def _save(plan: Plan) -> str:
    try:
        stored = as_stored(plan)
        data = plan_bytes(stored)
    except (PlanError, PartError):
        return "cannot be saved"
    found = read_tables(data).plan
    return "saved" if found == stored or as_stored(found) == stored else NOT_GIVEN_BACK
