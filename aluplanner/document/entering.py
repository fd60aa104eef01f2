"""Texts into cells: what is typed, pasted or filled in, read by the schema; what cannot be read stays as text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import ne
from typing import Any, TypeAlias

from aluplanner.document.edits import insert_rows
from aluplanner.document.fast_reading import read_column
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import number_style
from aluplanner.model.cell_text import CellTextError, clean_text, parse
from aluplanner.model.keys import key_problem, refused_keys
from aluplanner.model.layers import with_months, with_overrides, with_unread_overrides
from aluplanner.model.plan import Address, Plan
from aluplanner.model.renaming import rename_rows
from aluplanner.model.rows import Place, Rows, Unread, read_cell
from aluplanner.model.scenarios import Override
from aluplanner.model.schema import BLANK, Column, Type, Value

TextCell: TypeAlias = tuple[int, str, str]
"""Index of the row, field name of the column, the text to put there."""

TextColumns: TypeAlias = Mapping[str, tuple[Sequence[int], Sequence[str]]]
"""By field name of the column the indexes of the rows and the texts to put there; quicker for many cells."""

ReadColumns: TypeAlias = dict[str, tuple[Sequence[int], Sequence[Value]]]
"""The same with values."""


@dataclass(frozen=True, slots=True, eq=False)
class Entered:
    """What entering texts came to.

    Attributes
    ----------
    plan
        The plan afterwards.
    count
        How many cells the texts went into.
    refused
        The cells that could not hold theirs, and hold it as unread text.
    """

    plan: Plan
    count: int
    refused: tuple[Place, ...]


def enter_texts(view: ScenarioView, table: str, texts: Sequence[TextCell] | TextColumns, new_rows: int = 0) -> Entered:
    """Return the plan with texts entered into cells of one table, as one gesture.

    Parameters
    ----------
    view
        The plan, and the scenario through which it is looked at: values go into its overrides, keys into the base.
    table
        Name of the table.
    texts
        The texts. Rows count as the scenario shows them, new ones from the end on.
    new_rows
        How many rows to add at the end first.

    Raises
    ------
    ValueError
        If the table has no room for so many new rows.

    Notes
    -----
    Names are read before anything else, as they may decide what the other cells of their row take.
    """
    columns = texts if isinstance(texts, Mapping) else _by_column(texts)
    entry = _Entry(view, table)
    entry.add_rows(new_rows)
    keys = entry.table.key
    entry.enter({name: cells for name, cells in columns.items() if name in keys})
    entry.enter({name: cells for name, cells in columns.items() if name not in keys})
    return Entered(entry.plan, sum(len(rows) for rows, _ in columns.values()), tuple(entry.refused))


def _by_column(cells: Iterable[TextCell]) -> TextColumns:
    columns: dict[str, tuple[list[int], list[str]]] = {}
    for row, name, text in cells:
        rows, texts = columns.setdefault(name, ([], []))
        rows.append(row)
        texts.append(text)
    return columns


class _Entry:
    """One gesture on the way from one plan to the next."""

    def __init__(self, view: ScenarioView, table: str) -> None:
        self.plan = view.plan
        self.table = view.plan.table(table).table
        self.refused: list[Place] = []
        self._scenario = view.scenario
        self._is_layered = self.table.can_vary and not view.is_base
        self._first_new = len(view.rows(table))

    def _rows(self) -> Rows[Any]:
        return ScenarioView(self.plan, self._scenario).rows(self.table.name)

    def _base(self) -> Rows[Any]:
        return self.plan.table(self.table.name)

    def add_rows(self, count: int) -> None:
        """Append rows.

        Raises
        ------
        ValueError
            If the table has no room for so many.
        """
        if not count:
            return
        self._complete_base()
        before = len(self._base())
        self.plan = insert_rows(self.plan, self.table.name, before, count)
        if len(self._base()) != before + count:
            raise ValueError(f"{self.table.title} has no room for {count} more rows")

    def _complete_base(self) -> None:
        """Give the base the rows that only the scenario has: months that it overrides and the base does not list."""
        lacking = self._rows().keys[len(self._base()) :]
        if lacking:
            self.plan = with_months(self.plan, lacking)

    def enter(self, columns: TextColumns) -> None:
        """Enter texts of which none decides how another is read: keys, or anything else."""
        if not columns:
            return
        is_key = any(name in self.table.key for name in columns)
        if is_key and any(max(places) >= len(self._base()) for places, _ in columns.values()):
            self._complete_base()  # a month that only the scenario has is to get another name
        rows = self._rows()
        read, texts = _read(self.plan, rows, columns)
        self.refused += texts
        unread = {
            place: self._unread(rows, place, text)
            for place, text in texts.items()
            if rows.unread_at(*place) != text  # the same text entered again is no step
        }
        if self._is_layered and not is_key:
            self._take_in_layer(rows, _news(rows, read), unread)
        elif is_key:
            self._take_in_base(_news(rows, read), unread, is_key)
        else:
            self._take_in_base(read if _says_anything_new(rows, read) else {}, unread, is_key)

    def _unread(self, rows: Rows[Any], place: Place, text: str) -> Unread:
        """Return an unread text; a cell that had nothing good before, or is new, has nothing to go on with."""
        before = rows.unread.get(place)
        is_key = place[1] in self.table.key
        return Unread(text, is_key or (place[0] < self._first_new if before is None else before.has_stand_in))

    def _take_in_base(self, read: ReadColumns, unread: Mapping[Place, Unread], is_key: bool) -> None:
        name = self.table.name
        if read and is_key:
            cells = [(row, column, value) for column, part in read.items() for row, value in zip(*part, strict=True)]
            self.plan = rename_rows(self.plan, name, cells)
        elif read:
            self.plan = self.plan.with_table(self.plan.table(name).with_columns(read))
        if unread:
            self.plan = self.plan.with_table(self.plan.table(name).with_unread(unread))

    def _take_in_layer(self, rows: Rows[Any], read: ReadColumns, unread: Mapping[Place, Unread]) -> None:
        name, keys = self.table.name, rows.keys
        if read:
            values = {
                Address(name, keys[row], column): value
                for column, part in read.items()
                for row, value in zip(*part, strict=True)
            }
            self.plan = with_overrides(self.plan, self._scenario, values)
        if unread:
            texts = {
                Address(name, keys[row], column): (text, read_cell(rows[row], column))
                for (row, column), text in unread.items()
            }
            self.plan = with_unread_overrides(self.plan, self._scenario, texts)


def _says_anything_new(rows: Rows[Any], read: ReadColumns) -> bool:
    """Return whether one of the values is not what its cell holds anyway; quicker than to find out which."""
    if rows.unread and any((place, name) in rows.unread for name, (places, _) in read.items() for place in places):
        return True
    return any(any(map(ne, values, rows.column(name, places))) for name, (places, values) in read.items())


def _news(rows: Rows[Any], read: ReadColumns) -> ReadColumns:
    """Return the values that are not what their cells hold anyway."""
    news: ReadColumns = {}
    for name, (places, values) in read.items():
        held = rows.column(name, places)
        is_new = list(map(ne, values, held))
        if rows.unread:
            is_new = [new or (place, name) in rows.unread for new, place in zip(is_new, places, strict=True)]
        if all(is_new):
            news[name] = places, values
        elif any(is_new):
            news[name] = list(compress(places, is_new)), list(compress(values, is_new))
    return {name: part for name, part in news.items() if part[0]}


def _read(plan: Plan, rows: Rows[Any], columns: TextColumns) -> tuple[ReadColumns, dict[Place, str]]:
    """Return the values of texts, and the texts that have none in their cells."""
    declared = {column.name: column for column in plan.columns(rows.table.name)}
    read: ReadColumns = {}
    unread: dict[Place, str] = {}
    for name, (places, texts) in columns.items():
        quick = read_column(declared[name], texts, number_style())
        if quick is not None:
            read[name] = places, quick
            continue
        good: list[tuple[int, Value]] = []
        for row, text in zip(places, texts, strict=True):
            try:
                good.append((row, _read_text(plan, rows[row], declared[name], text)))
            except CellTextError:
                unread[row, name] = clean_text(text)
        read[name] = [row for row, _ in good], [value for _, value in good]
    if len(rows.table.key) == 1 and rows.table.key[0] in columns:
        _refuse_keys(rows, columns, read, unread)
    return read, unread


def _refuse_keys(rows: Rows[Any], columns: TextColumns, read: ReadColumns, unread: dict[Place, str]) -> None:
    """Leave keys as texts that no row can have: blank ones, and those of other rows."""
    key = rows.table.key[0]
    keys = dict(zip(*read[key], strict=True))
    refused = refused_keys(rows, keys)
    texts = dict(zip(*columns[key], strict=True))
    unread |= {(row, key): clean_text(texts[row]) for row in sorted(refused)}
    kept = {row: value for row, value in keys.items() if row not in refused}
    read[key] = list(kept), list(kept.values())


def read_text(plan: Plan, rows: Rows[Any], row: int, column: Column, text: str) -> Value:
    """Return the value that a text means in one cell.

    Raises
    ------
    CellTextError
        If the cell cannot hold it.
    """
    value = _read_text(plan, rows[row], column, text)
    problem = key_problem(rows, row, column, value) if column.name in rows.table.key else None
    if problem:
        raise CellTextError(*problem)
    return value


def _read_text(plan: Plan, record: object, column: Column, text: str) -> Value:
    if column.type is Type.VALUE and isinstance(record, Override) and text.strip() == BLANK:
        return BLANK
    return parse(plan.record_column(record, column), text, number_style())
