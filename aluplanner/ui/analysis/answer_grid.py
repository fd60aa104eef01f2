"""Tables of answers as blocks for the clipboard, digit for digit."""

from collections.abc import Sequence
from typing import Final

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure, is_blank
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import edit_text
from aluplanner.model.schema import Column, Type

_NUMBER: Final = Column("number", "", "", Type.NUMBER)
_FRACTION: Final = Column("fraction", "", "", Type.FRACTION)


def exact_text(column: AnswerColumn, figure: Figure) -> str:
    """Return a figure with all its digits, as a cell takes it; a fraction shown as percent as percent."""
    if is_blank(figure):
        return ""
    if isinstance(figure, bool):
        return tr("yes") if figure else tr("no")
    if isinstance(figure, float | int):
        number = float(figure)
        if number in (float("inf"), float("-inf")):
            return "∞" if number > 0 else "-∞"
        return edit_text(_FRACTION if column.is_percent else _NUMBER, number, number_style())
    return str(figure)


def table_grid(table: AnswerTable, rows: Sequence[int] | None = None) -> list[list[str]]:
    """Return rows of a table, or all of them, under their titles."""
    chosen = table.rows if rows is None else [table.rows[row] for row in rows]
    head = [column.title for column in table.columns]
    return [head, *([exact_text(c, f) for c, f in zip(table.columns, row, strict=True)] for row in chosen)]


def answer_grid(tables: Sequence[AnswerTable]) -> list[list[str]]:
    """Return whole tables one below the other, each under its title where there are several."""
    if len(tables) == 1:
        return table_grid(tables[0])
    grid: list[list[str]] = []
    for table in tables:
        grid += [[""]] if grid else []
        grid += [[table.title], *table_grid(table)]
    width = max((len(row) for row in grid), default=0)
    return [row + [""] * (width - len(row)) for row in grid]
