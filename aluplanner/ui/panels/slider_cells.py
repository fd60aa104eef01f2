"""A pinned cell as its slider shows it, read from the plan."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from aluplanner.document.document import Document
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import show
from aluplanner.model.issues import Issue
from aluplanner.model.layers import LayeredValue
from aluplanner.model.plan import TABLES, Address
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import BLANK, Column, Type, Value
from aluplanner.ui.panels.slider_pins import Pin
from aluplanner.ui.panels.slider_scale import Scale, can_slide, number_of, suit
from aluplanner.ui.tables.cell_issues import CellIssues
from aluplanner.ui.tables.faces import cell_tip, header_text, header_tip

NO_UNIT: Final = "–"


@dataclass(frozen=True, slots=True)
class PinnedCell:
    """What the selected scenario has in a pinned cell.

    Attributes
    ----------
    name, tip
        The cell in words, short and at length.
    column
        What the cell really holds.
    position, key
        Its row as the scenario shows it.
    value
        What it holds; ``number`` is where that is on the slider, for a blank what the blank means.
    home, home_number
        What Reset puts back; the value when it was pinned, in a scenario the one beneath the scenario's own.
    can_reset
        Whether there is anything to put back.
    is_overridden, is_own
        Whether the scenario changes the cell, and does so itself.
    mark
        ``"error"``, ``"warning"`` or nothing.
    scale
        The range of the slider.
    """

    name: str
    tip: str
    column: Column
    position: int
    key: str
    value: Value
    number: float | None
    home: Value
    home_number: float | None
    can_reset: bool
    is_overridden: bool
    is_own: bool
    mark: str
    scale: Scale

    @property
    def unit(self) -> str:
        """The unit to stand beside the value, which shows its % itself."""
        if self.column.type is Type.MONTH or self.column.unit == NO_UNIT:
            return ""
        return tr(self.column.unit).removeprefix("%")

    def text(self, value: Value) -> str:
        """Return a value as the cell shows it."""
        return show(self.column, value, number_style())


def read_pinned(document: Document, pin: Pin, issues: CellIssues) -> PinnedCell | None:
    """Return the cell of a pin, ``None`` while there is none that a slider could change."""
    rows, column = document.view.rows(pin.table), _cell_column(document, pin)
    position = rows.position(pin.row)
    if position is None or column is None:
        return None
    value = read_cell(rows[position], pin.column)
    layered = _layered(document, pin, rows.keys[position])
    is_own = layered is not None and not layered.is_inherited
    home = _home(document, pin, value, layered)
    number = _number(column, value)
    found = issues.get((position, pin.column), ())
    return PinnedCell(
        name=_name(rows, position, column),
        tip=_tip(rows, position, column, layered, found),
        column=column,
        position=position,
        key=rows.keys[position],
        value=value,
        number=number,
        home=home,
        home_number=_number(column, home),
        can_reset=is_own or (_is_in_base(document, pin) and value != home),
        is_overridden=layered is not None,
        is_own=is_own,
        mark=_mark(found),
        scale=_scale(pin, column, number),
    )


def settled(document: Document, pin: Pin) -> Pin:
    """Return a pin that knows what the base has in its cell now, and the range that suits it; as it is without one.

    The range stays, as a groove whose ends run ahead of the handle would be of no use.
    """
    column = _cell_column(document, pin)
    if column is None:
        return pin
    base = document.plan.table(pin.table)
    position = base.position(pin.row)
    home = None if position is None else read_cell(base[position], pin.column)
    ends = suit(column, _number(column, home), _others(document, pin), document.plan.horizon)
    return replace(pin, home=home, ends=ends)


def _cell_column(document: Document, pin: Pin) -> Column | None:
    """Return what the cell of a pin holds, ``None`` while there is no cell that a slider could change."""
    rows = document.view.rows(pin.table)
    position = rows.position(pin.row)
    declared = next((column for column in document.plan.columns(pin.table) if column.name == pin.column), None)
    if position is None or declared is None or declared.name in rows.table.key:
        return None
    column = document.plan.record_column(rows[position], declared)
    return column if can_slide(column) else None


def _is_in_base(document: Document, pin: Pin) -> bool:
    return document.view.is_base or not TABLES[pin.table].can_vary


def _layered(document: Document, pin: Pin, key: str) -> LayeredValue | None:
    if _is_in_base(document, pin):
        return None
    return document.view.overridden.get(Address(pin.table, key, pin.column))


def _home(document: Document, pin: Pin, value: Value, layered: LayeredValue | None) -> Value:
    if _is_in_base(document, pin):
        return pin.home
    if layered is None or layered.is_inherited:
        return value
    below = layered.under.value if layered.under is not None else layered.base
    return None if below == BLANK else below


def _number(column: Column, value: Value) -> float | None:
    """Return where a value stands on the slider; a blank stands where its meaning does."""
    return number_of(column.default if value is None else value)


def _scale(pin: Pin, column: Column, number: float | None) -> Scale:
    """Return the range: what the planner set, else what suited the cell when it was pinned."""
    low, high = pin.ends or suit(column, number, (), None)
    low, high = low if pin.low is None else pin.low, high if pin.high is None else pin.high
    return Scale.of(column, min(low, high), max(low, high)).covering(number)


def _others(document: Document, pin: Pin) -> Iterable[float]:
    """Yield the numbers of the other cells of the column; those of value columns are of all kinds."""
    rows = document.plan.table(pin.table)
    if rows.table.parameters:
        return
    for record in rows:
        number = number_of(read_cell(record, pin.column))
        if number is not None:
            yield number


def _name(rows: Rows[Any], position: int, column: Column) -> str:
    title = title_of(column)
    return title if rows.table.parameters else f"{rows.keys[position]} · {title}"


def title_of(column: Column) -> str:
    """Return a column's title without its unit."""
    return header_text(column).partition("\n")[0]


def _tip(
    rows: Rows[Any], position: int, column: Column, layered: LayeredValue | None, issues: tuple[Issue, ...]
) -> str:
    place = f"{rows.table.heading} › {rows.keys[position]} › {title_of(column)}"
    lines = (place, header_tip(column), cell_tip(column, layered, issues))
    return "\n".join(line for line in lines if line)


def _mark(issues: tuple[Issue, ...]) -> str:
    if not issues:
        return ""
    return "error" if any(issue.is_error for issue in issues) else "warning"
