"""Which values can be the keys of a table's rows: rows are known by them, so none is blank and none stands twice."""

from collections.abc import Mapping
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.rows import Rows
from aluplanner.model.scenarios import BASE, SCENARIOS
from aluplanner.model.schema import Column, Value, fold

_LISTED: Final = frozenset({"plants", "actions", "demand", "bauxite", "scenarios"})
"""Tables whose rows are named in lists: targets, credits, layers, the brackets of a measure."""


def key_problem(rows: Rows[Any], position: int, column: Column, value: Value) -> tuple[str, str] | None:
    """Return why a value cannot be the key of a row, as (message, remedy); ``None`` if it can.

    A row whose key has several parts can have any: what is wrong with it is found when all of them are there.
    """
    if len(rows.table.key) > 1:
        return None
    if value is None:
        return tr("A row needs its {title}.", title=tr(column.title)), tr("Write one.")
    taken = rows.table.key_of(value)
    unfit = unfit_name(rows.table.name, taken)
    if unfit:
        return unfit, tr("Write another name.")
    other = rows.position(taken)
    if other not in (None, position):
        return tr("There is already a row “{key}”.", key=taken), tr("Write another name.")
    return None


def unfit_name(table: str, name: str) -> str:
    """Return why a name can be that of no row of a table, empty if it can."""
    if table in _LISTED and ";" in name:
        return tr("“;” stands between names and cannot be part of one.")
    if table == SCENARIOS.name and fold(name) == fold(BASE):
        return tr("“Base” is the name of the base plan.")
    return ""


def refused_keys(rows: Rows[Any], values: Mapping[int, Value]) -> frozenset[int]:
    """Return the rows that cannot take their new keys when all of them are entered at once.

    Parameters
    ----------
    rows
        The rows of a table with a single key column.
    values
        The new keys by the index of their rows. Two rows may change keys with each other; of several that ask for the
        same one the first gets it, and a row that keeps its old key keeps others from it.
    """
    table = rows.table
    refused = {row for row, value in values.items() if value is None or unfit_name(table.name, table.key_of(value))}
    wanted = {row: fold(rows.table.key_of(value)) for row, value in values.items() if value is not None}
    while True:
        staying = {fold(key) for row, key in enumerate(rows.keys) if row not in wanted or row in refused}
        more = _clashing({row: key for row, key in wanted.items() if row not in refused}, staying)
        if not more:
            return frozenset(refused)
        refused |= more


def _clashing(wanted: Mapping[int, str], taken: set[str]) -> set[int]:
    known = set(taken)
    clashing = set()
    for row, key in wanted.items():
        if key in known:
            clashing.add(row)
        known.add(key)
    return clashing
