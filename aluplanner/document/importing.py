"""Taking the rows of a foreign workbook into a plan: what would be new, changed or unreadable, and then the plan."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from aluplanner.document.edits import delete_rows
from aluplanner.document.entering import TextColumns, enter_texts
from aluplanner.document.header_row import HeaderRow
from aluplanner.document.key_paste import KeyedRow, KeyPaste, Kind, match_rows
from aluplanner.document.new_plan import empty_plan
from aluplanner.document.new_rows import TakenNames
from aluplanner.document.runner import IsCancelled
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import NumberStyle, number_style, tr
from aluplanner.model.cell_text import edit_text, parse
from aluplanner.model.demand import DEMAND, Sector, growth_year
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.keys import unfit_name
from aluplanner.model.plan import Plan
from aluplanner.model.rows import Rows, Unread, write_cell
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import Column, Table, Value, fold
from aluplanner.model.unread_rules import UNREADABLE
from aluplanner.workbook.importing.converting import Converted, ConvertedCell, ConvertedTable, ImportCancelled


class Mode(StrEnum):
    """What becomes of the rows that the plan has already."""

    UPDATE = "update"  # rows of the same name take the new figures where there are any, the others are added
    ADD = "add"  # only rows that are not there yet are taken
    REPLACE = "replace"  # as update, and what the sheet does not name goes


@dataclass(frozen=True)
class TableImport:
    """What one sheet would do to a table, or did.

    Attributes
    ----------
    converted
        The rows as the sheet states them.
    paste
        What each of them does, by the name of its row.
    mode
        What becomes of the rows that were there.
    gone
        How many rows of the table go because the sheet does not name them.
    """

    converted: ConvertedTable
    paste: KeyPaste
    mode: Mode
    gone: int = 0

    @property
    def table(self) -> Table[Any]:
        """The table."""
        return self.paste.table

    @cached_property
    def taken(self) -> tuple[KeyedRow, ...]:
        """The rows that go into the table."""
        return tuple(row for row in self.paste.rows if not row.problem and self._is_taken(row))

    def _is_taken(self, row: KeyedRow) -> bool:
        if row.position is None:
            return True
        return self.mode is not Mode.ADD and any(cell.is_changed for cell in row.cells)

    @cached_property
    def counts(self) -> Counter[Kind]:
        """How many rows are new, change one that is there, or change nothing; bad ones have no usable name."""
        counts = Counter(Kind.NEW if row.position is None else Kind.CHANGED for row in self.taken)
        counts[Kind.BAD] = sum(bool(row.problem) for row in self.paste.rows)
        counts[Kind.UNCHANGED] = len(self.paste.rows) - counts.total()
        return counts

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """What cannot be read and the rows that have no usable name, each with its place in the workbook."""
        return (*self.converted.issues, *self._refused(), *self._unread())

    @cached_property
    def unreadable(self) -> int:
        """How many cells of the rows taken cannot be read; they come in as text, marked."""
        return sum(len(self._problems(row)) for row in self.taken)

    def _problems(self, row: KeyedRow) -> set[str]:
        """Return the columns of a row whose cells cannot be read, be it alone or for what its row names."""
        cells = zip(self.converted.columns, self.converted.rows[row.number - 1].cells, strict=True)
        alone = {column.name for column, cell in cells if cell.problem}
        return alone | {cell.column.name for cell in row.cells if cell.problem}

    def _refused(self) -> Iterable[Issue]:
        for row in self.paste.rows:
            if row.problem:
                place = self._place(row, self.table.key[0])
                remedy = tr("Give the row a name of its own.")
                yield Issue(Severity.ERROR, "key", row.problem, remedy, table=self.table.name, row=row.key, place=place)

    def _unread(self) -> Iterable[Issue]:
        """Yield what only the plan can tell: the values of assumptions and of overrides."""
        known = {issue.place for issue in self.converted.issues}
        for row in self.paste.rows:
            for cell in row.cells:
                place = self._place(row, cell.column.name) if cell.problem else ""
                if cell.problem and place not in known:
                    name = cell.column.name
                    yield Issue(
                        Severity.ERROR, UNREADABLE, cell.problem, "", self.table.name, row.key, name, place=place
                    )

    def _place(self, row: KeyedRow, column: str) -> str:
        """Return where a cell stands in the workbook; where it is empty, the first one of its row."""
        cells = dict(
            zip((c.name for c in self.converted.columns), self.converted.rows[row.number - 1].cells, strict=True)
        )
        places = [cells[column].place] if column in cells else []
        return next(filter(None, (*places, *(cell.place for cell in cells.values()))), "")


@dataclass(frozen=True)
class Imported:
    """A plan with the rows of a workbook, and what each of its sheets did."""

    plan: Plan
    tables: tuple[TableImport, ...] = ()

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What could not be read."""
        return tuple(issue for table in self.tables for issue in table.issues)

    @property
    def is_anything(self) -> bool:
        """Whether any row comes, changes or goes."""
        return any(table.taken or table.gone for table in self.tables)


def import_into(
    plan: Plan, converted: Converted, mode: Mode = Mode.UPDATE, is_cancelled: IsCancelled = lambda: False
) -> Imported:
    """Return a plan with the rows of a workbook: rows are known by their names, and the base is what changes.

    Parameters
    ----------
    plan
        The plan.
    converted
        What the sheets bring. Of several for one table each is taken after the other.
    mode
        What becomes of the rows that are there already. Columns that a sheet lacks stay as they are in any case.
    is_cancelled
        Asked between rows.

    Raises
    ------
    ImportCancelled
        If that became true.
    """
    tables = []
    for table in converted.tables:
        plan, outcome = _take(plan, table, mode, is_cancelled)
        tables.append(outcome)
    return _without_the_rest(Imported(plan, tuple(tables))) if mode is Mode.REPLACE else Imported(plan, tuple(tables))


def new_plan_from(converted: Converted, title: str, is_cancelled: IsCancelled = lambda: False) -> Imported:
    """Return a new plan of what the sheets of a workbook bring.

    Parameters
    ----------
    converted
        What the sheets bring. Where they say nothing of months or years, the plan begins this year.
    title
        Title of the plan, unless the workbook states one.
    is_cancelled
        Asked between rows.

    Raises
    ------
    ImportCancelled
        If that became true.
    """
    imported = import_into(Plan(), converted, is_cancelled=is_cancelled)
    plan = imported.plan
    if plan.horizon is None:
        start = empty_plan()
        facts = {f"plan/{name}/value": start.fact(name) for name in ("First month", "Months")}
        plan = plan.with_cells({address: value for address, value in facts.items() if plan.value(address) is None})
    if not plan.title:
        plan = plan.with_value("plan/Title/value", title)
    return replace(imported, plan=plan)


class _Rows(list[list[str]]):
    """Rows on the way to where they are looked at one by one, which ends when nobody wants them any more."""

    def __init__(self, rows: Iterable[list[str]], is_cancelled: IsCancelled) -> None:
        self._is_cancelled = is_cancelled
        super().__init__(self._while_wanted(rows))

    def _while_wanted(self, rows: Iterable[list[str]]) -> Iterator[list[str]]:
        for row in rows:
            if self._is_cancelled():
                raise ImportCancelled
            yield row

    def __iter__(self) -> Iterator[list[str]]:
        return self._while_wanted(super().__iter__())


def look_into(
    plan: Plan, converted: ConvertedTable, mode: Mode, is_cancelled: IsCancelled = lambda: False
) -> TableImport:
    """Return what the rows of one sheet would do to its table, without doing it.

    Parameters
    ----------
    plan, mode, is_cancelled
        As for :func:`import_into`.
    converted
        What the sheet brings.
    """
    name = converted.table.name
    header = HeaderRow(dict(enumerate(converted.columns)), {}, {})
    style = number_style()
    written = (
        [_text(converted.table, column, cell, style) for column, cell in zip(converted.columns, row.cells, strict=True)]
        for row in converted.rows
    )
    paste = match_rows(ScenarioView(plan, BASE), name, header, _Rows(written, is_cancelled))
    if paste.problem:
        keys = " / ".join(column.heading for column in converted.table.columns if column.name in converted.table.key)
        said = tr("No column of the sheet names the rows: choose one for {column}.", column=keys)
        paste = replace(paste, problem=said)
    paste = _without_errors(converted, _without_known_texts(plan.table(name), paste))
    if mode is Mode.UPDATE:
        paste = replace(paste, rows=tuple(map(_without_blanks, paste.rows)))
    return TableImport(converted, paste, mode)


def _take(plan: Plan, converted: ConvertedTable, mode: Mode, is_cancelled: IsCancelled) -> tuple[Plan, TableImport]:
    outcome = look_into(plan, converted, mode, is_cancelled)
    name, taken = converted.table.name, outcome.taken
    if not taken:
        return plan, outcome
    before = len(plan.table(name))
    plan, positions = _with_new_rows(plan, converted, taken)
    entered = enter_texts(ScenarioView(plan, BASE), name, _texts(converted.table, taken, positions))
    rows = entered.plan.table(name)
    # what came with a row of its own never had a good value that the balance could go on with
    bare = {
        place: Unread(kept.text, has_stand_in=False)
        for place, kept in rows.unread.items()
        if place[0] >= before and place[1] not in converted.table.key
    }
    return (entered.plan.with_table(rows.with_unread(bare)) if bare else entered.plan), outcome


def _without_blanks(row: KeyedRow) -> KeyedRow:
    """Return what a row does without its blank cells: who sends no figure has none to tell, and means none to go."""
    if row.position is None:
        return row
    told = (cell if cell.text else replace(cell, after=cell.before, is_changed=False) for cell in row.cells)
    return replace(row, cells=tuple(told))


def _without_known_texts(rows: Rows[Any], paste: KeyPaste) -> KeyPaste:
    """Return what a sheet does without the rows whose names no row can have, and that came before as texts."""
    known = {fold(kept.text) for (_, column), kept in rows.unread.items() if column in rows.table.key}
    if not known:
        return paste
    said = tr("It is in the table already, under a name that no row can have.")
    told = (
        replace(row, problem=said) if row.position is None and fold(row.key) in known else row for row in paste.rows
    )
    return replace(paste, rows=tuple(told))


def _without_errors(converted: ConvertedTable, paste: KeyPaste) -> KeyPaste:
    """Return what a sheet does without what cells show that have no value: ``#N/A`` is no text, and clears nothing.

    Where no value could be taken for it, it stays in the cell as unread text.
    """
    return replace(paste, rows=tuple(_row_without_errors(converted, row) for row in paste.rows))


def _row_without_errors(converted: ConvertedTable, row: KeyedRow) -> KeyedRow:
    cells = converted.rows[row.number - 1].cells
    errors = {c.name: cell for c, cell in zip(converted.columns, cells, strict=True) if cell.is_error}
    if not errors:
        return row
    told = (
        replace(cell, after=cell.before, is_changed=False, problem=errors[cell.column.name].problem)
        if cell.column.name in errors and not cell.problem
        else cell
        for cell in row.cells
    )
    return replace(row, cells=tuple(told))


def _text(table: Table[Any], column: Column, cell: ConvertedCell, style: NumberStyle) -> str:
    """Return a cell as it would be typed; what cannot be read is typed as it stands in the sheet."""
    if cell.problem:
        # what a cell without a value shows makes no name for a row
        return "" if cell.is_error and column.name in table.key else cell.text
    value = cell.value
    return value if isinstance(value, str) else edit_text(column, value, style)


def _with_new_rows(plan: Plan, converted: ConvertedTable, taken: Sequence[KeyedRow]) -> tuple[Plan, Mapping[int, int]]:
    """Return the plan with a row for each name that is new, blank but for the name, and the index of each row taken."""
    rows = plan.table(converted.table.name)
    names = TakenNames(rows.keys)
    positions: dict[int, int] = {}
    records: list[Any] = []
    refused: dict[tuple[int, str], Unread] = {}
    for row in taken:
        if row.position is not None:
            positions[row.number] = row.position
            continue
        place = positions[row.number] = len(rows) + len(records)
        values = _key_values(converted.table, row)
        if unfit_name(converted.table.name, row.key):
            key = converted.table.key[0]
            values, refused[place, key] = {key: names.free(tr("Imported row"))}, Unread(row.key)
        record = converted.table.record(**values)
        names.take(converted.table.row_key(record))
        records.append(record)
    grown = rows.replaced((*rows, *records)) if records else rows
    grown = _with_years(plan, grown.with_unread(refused) if refused else grown, converted.columns)
    return plan.with_table(grown), positions


def _key_values(table: Table[Any], row: KeyedRow) -> dict[str, Value]:
    return {
        cell.column.name: parse(cell.column, cell.text, number_style())
        for cell in row.cells
        if cell.column.name in table.key
    }


def _with_years(plan: Plan, rows: Rows[Any], columns: Iterable[Column]) -> Rows[Any]:
    """Return Demand with the years that a sheet has a growth for; without one the table has no column for them."""
    years = {year for column in columns if (year := growth_year(column.name)) is not None}
    lacking = sorted(years - set(plan.growth_years))
    if rows.table is not DEMAND or not lacking or not rows:
        return rows
    first: Sector = rows[0]
    for year in lacking:
        first = write_cell(first, f"growth {year}", None)
    return rows.edited((first, *rows[1:]))


def _texts(table: Table[Any], taken: Sequence[KeyedRow], positions: Mapping[int, int]) -> TextColumns:
    columns: dict[str, tuple[list[int], list[str]]] = {}
    for row in taken:
        for cell in row.cells:
            if cell.is_changed and cell.column.name not in table.key:
                places, texts = columns.setdefault(cell.column.name, ([], []))
                places.append(positions[row.number])
                texts.append(cell.text)
    return columns


def _without_the_rest(imported: Imported) -> Imported:
    """Return the plan without the rows of its tables that no sheet names."""
    plan = imported.plan
    gone: dict[str, int] = {}
    for name in dict.fromkeys(table.table.name for table in imported.tables if not table.paste.problem):
        rows = plan.table(name)
        if rows.table.parameters:
            continue  # assumptions cannot go, they take their defaults
        named = {fold(row.key) for table in imported.tables if table.table.name == name for row in table.paste.rows}
        kept = _unread_keys(rows)
        left_over = [place for place, key in enumerate(rows.keys) if fold(key) not in named and place not in kept]
        if left_over:
            plan = delete_rows(plan, name, left_over)
            gone[name] = len(left_over)
    return Imported(plan, tuple(replace(table, gone=gone.pop(table.table.name, 0)) for table in imported.tables))


def _unread_keys(rows: Rows[Any]) -> set[int]:
    """Return the rows whose name could not be used and stands in them as text: they just came."""
    return {place for place, name in rows.unread if name in rows.table.key}
