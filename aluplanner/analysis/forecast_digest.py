"""What tells the inputs of a forecast from others, and its figures: the same on every system and after every saving."""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import clean_text
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import read_cell
from aluplanner.model.schema import Column, Value

_REMARKS: Final = frozenset({"source", "note", "description"})
_NO_INPUTS: Final = frozenset({"claims"})
_FACTS: Final = frozenset({"First month", "Months", "Base year"})
"""Fields of the Plan sheet that the model reads."""

_DIGITS: Final = 15
"""Digits that a number keeps in LibreOffice; Excel and this program keep more."""

_ORDERED: Final = frozenset({"bauxite"})
"""Tables whose order is an input: origins are used from the first on."""


def inputs_digest(plan: Plan) -> str:
    """Return what tells a plan's inputs from others: 64 hexadecimal digits.

    Remarks, sources, titles and claims are no inputs, and neither is the order of rows where the model does not look at
    it. A number counts with the 15 digits that every program leaves it when it saves a workbook.
    """
    tables = {name: list(_rows(plan, name)) for name in TABLES if name not in _NO_INPUTS}
    return _digest(tables)


def figures_digest(facts: Mapping[str, Value], figures: Mapping[str, Iterable[float]]) -> str:
    """Return what tells a forecast as it was said from one that was touched later.

    Parameters
    ----------
    facts
        When, by whom and from what it was made, by field.
    figures
        Its figures by the titles they stand under.
    """
    return _digest(
        [
            {name: _plain(value) for name, value in facts.items()},
            {name: [_plain(number) for number in numbers] for name, numbers in figures.items()},
        ]
    )


def _digest(contents: object) -> str:
    text = json.dumps(contents, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _rows(plan: Plan, name: str) -> Iterator[dict[str, str]]:
    """Yield what each row states, by column, in an order of its own where the table's is no input."""
    rows = plan.table(name)
    columns = [column for column in plan.columns(name) if not column.derived and column.name not in _REMARKS]
    order = (
        range(len(rows)) if name in _ORDERED else sorted(range(len(rows)), key=lambda row: rows.keys[row].casefold())
    )
    for position in order:
        if name == "plan" and rows.keys[position] not in _FACTS:
            continue
        stated = {column.name: text for column in columns if (text := _cell(rows[position], column))}
        # a row that names a parameter and states nothing of it is as good as none
        if len(stated) > len(TABLES[name].key) or not TABLES[name].parameters:
            yield stated


def _cell(record: object, column: Column) -> str:
    return _plain(read_cell(record, column.name))


def _plain(value: Value) -> str:
    """Return a value as text that is the same on every system; blanks are empty."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return repr(float(f"{value:.{_DIGITS}g}") + 0.0)  # there is one zero
    return str(value) if isinstance(value, Month) else clean_text(value)
