"""A comparison of scenarios in words: every value as its own table shows it."""

from collections.abc import Callable, Sequence
from typing import Final

from aluplanner.analysis.answer_table import AnswerColumn, figure_text, significant_decimals
from aluplanner.analysis.comparison_inputs import InputDifference, Setting
from aluplanner.analysis.comparison_measures import MeasureRow
from aluplanner.analysis.difference_words import SHORT, cell_heading
from aluplanner.i18n import NumberStyle, tr
from aluplanner.model.cell_text import edit_text, show
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.schema import Column, Type, Value

_FINER: Final = {"days": 1, "fraction": 1, "TWh": 1}
"""Digits behind the point of measures in these units; others have none."""
_LEAD: Final = 8
"""Characters before the first difference that stay."""
_MOST_DECIMALS: Final = 6
_DECIMALS: Final = 4
_MOST_OF_INPUTS: Final = 12
_NOISE: Final = 1e-9
"""A change of no more than this part of the value is rounding."""


def table_title(table: str) -> str:
    """Return the title of a table."""
    return TABLES[table].heading


def column_title(plan: Plan, address: Address) -> str:
    """Return the title of a cell's column without its unit."""
    return cell_heading(plan, address.table, address.column).partition("(")[0].strip()


def value_texts(found: InputDifference, style: NumberStyle, most: int = SHORT) -> list[str]:
    """Return what each scenario has in a cell, in full where rounding would hide that they differ.

    Parameters
    ----------
    found
        The cell.
    style
        How numbers are written.
    most
        So many characters of a text are shown, from shortly before the texts begin to differ.
    """
    texts = [_content(found.column, setting, show, style) for setting in found.settings]
    meant = {(type(setting.meant), setting.meant) for setting in found.settings}
    if len(set(texts)) < len(meant):
        texts = [_content(found.column, setting, edit_text, style) for setting in found.settings]
    return _shortened(texts, most)


def _shortened(texts: list[str], most: int) -> list[str]:
    if max(map(len, texts)) <= most:
        return texts
    begin = max(0, _same(texts) - _LEAD)
    left = [f"…{text[begin:]}" if begin and len(text) > begin else text for text in texts]
    return [text if len(text) <= most else f"{text[: most - 1]}…" for text in left]


def _same(texts: list[str]) -> int:
    """Return how many characters texts have in common at the beginning."""
    letters = zip(*texts, strict=False)
    return next((place for place, each in enumerate(letters) if len(set(each)) > 1), min(map(len, texts)))


def _content(
    column: Column, setting: Setting, write: Callable[[Column, Value, NumberStyle], str], style: NumberStyle
) -> str:
    value = setting.value
    if value is None:
        return blank_text(column, style)
    if isinstance(value, str) and column.is_numeric:  # a text that the cell cannot hold
        return value
    return write(column, value, style)


def blank_text(column: Column, style: NumberStyle) -> str:
    """Return what a blank cell shows: that it is blank, and what that means if it means anything."""
    if column.default is None:
        return tr("blank")
    return tr("blank ({meaning})", meaning=show(column, column.default, style))


def change_text(found: InputDifference, place: int, style: NumberStyle) -> str:
    """Return what a scenario has more than the first in a cell; empty where that is nothing or no number."""
    change = found.changes[place]
    if not change:
        return ""
    if found.column.type is Type.FRACTION:
        return tr("{number} pp", number=_signed(change * 100, style))
    if found.column.type is Type.MONTH:
        return tr("{number} months", number=_signed(change, style))
    return _signed(change, style)


def _signed(change: float, style: NumberStyle) -> str:
    decimals = min(_MOST_OF_INPUTS, max(_DECIMALS, significant_decimals(change, 2)))
    text = figure_text(AnswerColumn("", decimals=decimals, is_signed=True), change, style)
    return text.rstrip("0").rstrip(style.decimal) if style.decimal in text else text


def shown_values(row: MeasureRow, style: NumberStyle) -> tuple[list[str], list[str]]:
    """Return values and changes of a measure, as precise as it takes to see every change."""
    column, changed = measure_columns(row)
    changes = [None if change is None or _is_noise(row, change) else change for change in row.changes]
    return [figure_text(column, value, style) for value in row.values], [
        figure_text(changed, change, style) for change in changes
    ]


def measure_columns(row: MeasureRow) -> tuple[AnswerColumn, AnswerColumn]:
    """Return how values and changes of a measure are written."""
    is_percent = row.unit == "fraction"
    decimals = _FINER.get(row.unit, 0)
    seen = [abs(change) * (100 if is_percent else 1) for change in _real_changes(row)]
    if seen:
        decimals = max(decimals, min(_MOST_DECIMALS, significant_decimals(min(seen), 1)))
    is_signed = row.measure is not None and row.measure.series == "balance"
    return (
        AnswerColumn("", decimals=decimals, is_percent=is_percent, is_signed=is_signed),
        AnswerColumn("", decimals=decimals, is_percent=is_percent, is_signed=True),
    )


def _real_changes(row: MeasureRow) -> Sequence[float]:
    return [change for change in row.changes if change and not _is_noise(row, change)]


def _is_noise(row: MeasureRow, change: float) -> bool:
    largest = max((abs(value) for value in row.values if value is not None), default=0.0)
    return abs(change) <= _NOISE * largest
