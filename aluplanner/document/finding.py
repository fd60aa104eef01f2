"""Finding a text in every table: in names, figures, notes and sources alike."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import edit_text, show
from aluplanner.model.plan import TABLES
from aluplanner.model.rows import Rows
from aluplanner.model.schema import Column, Type, Value

_ROWS_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A cell that holds the wanted text.

    Attributes
    ----------
    table
        Name of the table.
    position, row
        Index and key of the row.
    column
        The column.
    text
        What the cell shows.
    """

    table: str
    position: int
    row: str
    column: Column
    text: str


def find_cells(view: ScenarioView, wanted: str) -> Iterator[Found | None]:
    """Yield the cells that hold a text, table by table and row by row; ``None`` now and then when nothing is found.

    Case and the width of letters do not count. A number is found as it is shown and as it is edited: ``1,234``,
    ``1234.5``, ``30%``.

    Parameters
    ----------
    view
        The plan, as the scenario on view shows it.
    wanted
        The text; blanks around it do not count.
    """
    needle = _plain(wanted.strip())
    if not needle:
        return
    for table in TABLES:
        rows = view.rows(table)
        for column in view.plan.columns(table):
            if not column.derived:
                yield from _find_in_column(view, rows, column, needle)


def _find_in_column(view: ScenarioView, rows: Rows[Any], column: Column, needle: str) -> Iterator[Found | None]:
    may_be_number = any(letter.isdigit() for letter in needle) or needle == "%"
    if column.is_numeric and not may_be_number and not rows.unread:
        return
    for position, value in enumerate(rows.column(column.name, range(len(rows)))):
        unread = rows.unread_at(position, column.name)
        if not position % _ROWS_AT_ONCE:
            yield None
        if value is None and unread is None:
            continue
        declared = view.plan.record_column(rows[position], column)
        texts = (unread,) if unread is not None else _texts(declared, value)
        if any(needle in _plain(text) for text in texts):
            yield Found(rows.table.name, position, rows.keys[position], column, texts[0])


def _texts(column: Column, value: Value) -> tuple[str, ...]:
    """Return the ways in which a value is written, the one that is shown first."""
    if isinstance(value, str):
        return (tr(value), value) if column.type is Type.CHOICE else (value,)
    style = number_style()
    return show(column, value, style), edit_text(column, value, style)


def _plain(text: str) -> str:
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def take_found(search: Iterator[Found | None], is_time_up: Callable[[], bool]) -> tuple[list[Found], bool]:
    """Return what a search finds until the time is up, and whether it is at its end."""
    found: list[Found] = []
    for cell in search:
        if cell is not None:
            found.append(cell)
        if is_time_up():
            return found, False
    return found, True
