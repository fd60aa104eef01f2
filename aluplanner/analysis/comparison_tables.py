"""A comparison of scenarios as tables and as data for machines, in full precision."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure, json_number
from aluplanner.analysis.comparison_inputs import InputDifference
from aluplanner.analysis.comparison_measures import MeasureRow
from aluplanner.analysis.comparison_words import change_text, column_title, shown_values, table_title, value_texts
from aluplanner.i18n import PLAIN, NumberStyle, number_style, tr
from aluplanner.model.calendar import Month
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import Column, Type, Value

if TYPE_CHECKING:
    from aluplanner.analysis.comparison import Comparison

Cells: TypeAlias = tuple[Sequence[Figure], Sequence[Figure]]
"""Values and changes of a row, one each a scenario."""

_HUNDRED: Final = 100


def tables_of(comparison: "Comparison") -> tuple[AnswerTable, ...]:
    """Return the inputs that differ and the measures, with numbers as numbers: for sheets and files."""
    return _tables(comparison, _input_figures, _measure_figures, tr("{name}: change"))


def readable_tables(comparison: "Comparison", style: NumberStyle | None = None) -> tuple[AnswerTable, ...]:
    """Return the same tables for people: every value as its own table shows it, for window and terminal.

    Parameters
    ----------
    comparison
        The comparison.
    style
        How numbers are written; by default as the planner writes them.
    """
    written = style or number_style()
    return _tables(
        comparison,
        lambda found: (value_texts(found, written), [change_text(found, at, written) for at in _places(found.values)]),
        lambda row: shown_values(row, written),
        tr("Change"),
    )


class ReadableComparison:
    """A comparison for the terminal: tables for people, the same data for machines."""

    def __init__(self, comparison: "Comparison") -> None:
        self._comparison = comparison

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the tables as they are read, numbers in the style of files."""
        return readable_tables(self._comparison, PLAIN)

    def as_json(self) -> dict[str, object]:
        """Return the comparison in full precision."""
        return self._comparison.as_json()


def _tables(
    comparison: "Comparison",
    input_cells: Callable[[InputDifference], Cells],
    measure_cells: Callable[[MeasureRow], Cells],
    change: str,
) -> tuple[AnswerTable, ...]:
    columns = _scenario_columns(comparison, change)
    return _input_table(comparison, columns, input_cells), _measure_table(comparison, columns, measure_cells)


def _places(values: Sequence[object]) -> range:
    return range(len(values))


def scenario_title(name: str) -> str:
    """Return a scenario as a column is headed."""
    return tr("Base") if name == BASE else name


def _scenario_columns(comparison: "Comparison", change: str) -> tuple[AnswerColumn, ...]:
    """Return the columns of the values, each but the first followed by what it has more than the first."""
    first, *others = (AnswerColumn(scenario_title(name), decimals=None) for name in comparison.scenarios)
    changes = (AnswerColumn(change.format(name=each.heading), decimals=None, is_signed=True) for each in others)
    return first, *chain.from_iterable(zip(others, changes, strict=True))


def _side_by_side(values: Sequence[Figure], changes: Sequence[Figure]) -> Iterator[Figure]:
    """Yield values and changes in the order of the columns."""
    yield values[0]
    for value, change in zip(values[1:], changes[1:], strict=True):
        yield from (value, change)


def _against(comparison: "Comparison") -> str:
    return tr("Changes are against {name}.", name=scenario_title(comparison.scenarios[0]))


# Inputs


def _input_table(
    comparison: "Comparison", scenarios: tuple[AnswerColumn, ...], cells: Callable[[InputDifference], Cells]
) -> AnswerTable:
    columns = (
        *(AnswerColumn(title) for title in (tr("Table"), tr("Row"), tr("Column"), tr("Unit"))),
        *scenarios,
        AnswerColumn(tr("Set by")),
        AnswerColumn(tr("Source")),
    )
    return AnswerTable(
        tr("Inputs"),
        tr("Inputs that differ: {names}", names=_names(comparison)),
        columns,
        tuple(_input_row(comparison, found, *cells(found)) for found in comparison.inputs),
        tuple(_input_notes(comparison)),
        tuple(found.address for found in comparison.inputs),
    )


def _names(comparison: "Comparison") -> str:
    return ", ".join(map(scenario_title, comparison.scenarios))


def _input_row(
    comparison: "Comparison", found: InputDifference, values: Sequence[Figure], changes: Sequence[Figure]
) -> tuple[Figure, ...]:
    address = found.address
    return (
        table_title(address.table), address.row, column_title(comparison.plan, address), _unit(found.column),
        *_side_by_side(values, changes), set_by(found), source_of(found),
    )  # fmt: skip


def _unit(column: Column) -> str:
    if column.type is Type.MONTH:
        return tr("month")
    return "%" if column.type is Type.FRACTION else tr(column.unit) if column.unit else ""


def set_by(found: InputDifference) -> str:
    """Return the layers whose overrides stand in a cell, each once."""
    return "; ".join(dict.fromkeys(setting.layer for setting in found.settings if setting.layer))


def source_of(found: InputDifference) -> str:
    """Return where the values of a cell come from: the notes of overrides, else what the base's row says."""
    noted = {setting.layer: setting.note for setting in found.settings if setting.layer and setting.note}
    if len(noted) > 1:
        return "; ".join(f"{layer}: {note}" for layer, note in noted.items())
    if noted:
        return next(iter(noted.values()))
    return next((setting.note for setting in found.settings if not setting.layer), "")


def _input_figures(found: InputDifference) -> Cells:
    values = [_figure(found.column, value) for value in found.values]
    return values, [_change_figure(found.column, change) for change in found.changes]


def _figure(column: Column, value: Value) -> Figure:
    if isinstance(value, Month):
        return str(value)
    if isinstance(value, float) and column.type is Type.FRACTION:
        return _percent(value)
    return value


def _change_figure(column: Column, change: float | None) -> Figure:
    return _percent(change) if change is not None and column.type is Type.FRACTION else change


def _percent(fraction: float) -> float:
    """Return a fraction in percent, without what binary numbers would add: 0.07 is 7."""
    return float(Decimal(repr(fraction)) * _HUNDRED)


def _input_notes(comparison: "Comparison") -> Iterator[str]:
    if not comparison.inputs:
        yield tr("No input differs.") if not comparison.nearly_equal else tr("No input differs by more than allowed.")
    if comparison.nearly_equal:
        yield tr(
            "{count} more differ by no more than the tolerance: {absolute} or {part} % of the larger number.",
            count=comparison.nearly_equal,
            absolute=f"{comparison.tolerance.absolute:g}",
            part=f"{comparison.tolerance.relative * _HUNDRED:g}",
        )
    if comparison.inputs:
        yield _against(comparison)
        yield tr("Values are those after all layers; a blank counts as what it means.")


# Measures


def _measure_table(
    comparison: "Comparison", scenarios: tuple[AnswerColumn, ...], cells: Callable[[MeasureRow], Cells]
) -> AnswerTable:
    columns = (
        *(AnswerColumn(title) for title in (tr("Measure"), tr("Period"), tr("Unit"))),
        *scenarios,
    )
    rows: list[tuple[Figure, ...]] = []
    for row in comparison.measures:
        values, changes = cells(row)
        rows.append((row.title, period_label(row), tr(row.unit), *_side_by_side(values, changes)))
        if row.states:
            states = _side_by_side([tr(state) for state in row.states], [None] * len(row.states))
            rows.append((tr("Market state"), period_label(row), "", *states))
    title = tr("Measures: {names}", names=_names(comparison))
    return AnswerTable(tr("Measures"), title, columns, tuple(rows), (_against(comparison),))


def period_label(row: MeasureRow) -> str:
    """Return the period of a measure; one that the horizon cuts off says so."""
    return f"{row.period} {tr('(part)')}" if row.is_part and row.period else row.period


def _measure_figures(row: MeasureRow) -> Cells:
    return row.values, row.changes


# Data


def json_of(comparison: "Comparison") -> dict[str, object]:
    """Return a comparison for machines: addresses, values, changes, layers and notes, one each a scenario."""
    return {
        "plan": comparison.plan.title,
        "scenarios": list(comparison.scenarios),
        "absolute": comparison.tolerance.absolute,
        "relative": comparison.tolerance.relative,
        "nearly_equal": comparison.nearly_equal,
        "inputs": [_input_json(found) for found in comparison.inputs],
        "measures": [_measure_json(row) for row in comparison.measures],
    }


def _input_json(found: InputDifference) -> dict[str, object]:
    return {
        "address": str(found.address),
        "table": found.address.table,
        "row": found.address.row,
        "column": found.address.column,
        "unit": found.column.unit if found.column.type is not Type.FRACTION else "fraction",
        "values": [_plain(value) for value in found.values],
        "changes": _numbers(found.changes),
        "layers": [setting.layer or BASE for setting in found.settings],
        "notes": [setting.note for setting in found.settings],
    }


def _plain(value: Value) -> object:
    return str(value) if isinstance(value, Month) else value


def _measure_json(row: MeasureRow) -> dict[str, object]:
    data: dict[str, object] = {
        "measure": row.name,
        "unit": row.unit,
        "values": _numbers(row.values),
        "changes": _numbers(row.changes),
    }
    return data | {"states": list(row.states)} if row.states else data


def _numbers(values: Iterable[float | None]) -> list[float | None]:
    return [json_number(value) for value in values]
