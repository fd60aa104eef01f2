"""Making many records, and writing many fields of them, column by column."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar, cast

R = TypeVar("R")

Column: TypeAlias = tuple[Sequence[int], Sequence[Any]]
"""Indexes of records, and what a field is to hold in each."""


def written(records: Sequence[R], columns: Mapping[str, Column]) -> list[R]:
    """Return the records with fields set, given by name; each changed record is made once.

    Parameters
    ----------
    records
        Frozen dataclasses of one kind with slots and nothing to do after their fields are set.
    columns
        What to write. Where a record is named twice in a column, the last value stands.
    """
    changed = list(records)
    touched = _touched([places for places, _ in columns.values()])
    if not touched:
        return changed
    kind, before = type(records[0]), [records[place] for place in touched]
    # an initialiser sets field after field of record after record; column after column takes a third of the time
    made = [object.__new__(kind) for _ in touched]
    for item in fields(cast(Any, kind)):
        values: Sequence[Any] = list(map(attrgetter(item.name), before))
        if item.name in columns:
            values = _replaced(touched, values, columns[item.name])
        deque(map(kind.__dict__[item.name].__set__, made, values), maxlen=0)
    for place, record in zip(touched, made, strict=True):
        changed[place] = record
    return changed


def made(kind: type[R], columns: Mapping[str, Sequence[Any]]) -> list[R]:
    """Return new records, one for each value of the columns; a field that has no column takes its default.

    Parameters
    ----------
    kind
        A frozen dataclass with slots and nothing to do after its fields are set.
    columns
        The values by the names of the fields, all equally many.
    """
    count = len(next(iter(columns.values()), ()))
    records = [object.__new__(kind) for _ in range(count)]
    for item in fields(cast(Any, kind)):
        values = columns.get(item.name)
        if values is None:
            values = [item.default] * count
        deque(map(kind.__dict__[item.name].__set__, records, values), maxlen=0)
    return records


def _touched(places: Sequence[Sequence[int]]) -> Sequence[int]:
    """Return every index once; those of the first column as they stand if the others have the same."""
    first = places[0] if places else ()
    if all(others is first or others == first for others in places) and len(set(first)) == len(first):
        return first
    return sorted(set().union(*places))


def _replaced(touched: Sequence[int], values: Sequence[Any], column: Column) -> Sequence[Any]:
    """Return the values of a field in the touched records after a column was written."""
    places, new = column
    if places is touched or places == touched:
        return new
    written_values = dict(zip(places, new, strict=True))
    return [written_values.get(place, value) for place, value in zip(touched, values, strict=True)]
