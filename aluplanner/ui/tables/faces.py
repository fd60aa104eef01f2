"""What a cell shows: its text and how it is marked."""

from dataclasses import dataclass
from typing import Final

from aluplanner.i18n import number_style, tr
from aluplanner.model.actions import Action
from aluplanner.model.cell_rules import bounds_text
from aluplanner.model.cell_text import show
from aluplanner.model.issues import Issue
from aluplanner.model.layers import LayeredValue
from aluplanner.model.schema import BLANK, Column, Type, Value
from aluplanner.ui.tables.spark import Spark

LONGEST: Final = 120
"""So many characters of a tooltip stand on one line."""


@dataclass(frozen=True, slots=True)
class Face:
    """How one cell is painted.

    Attributes
    ----------
    text
        What it shows.
    is_right
        Whether the text stands at the right edge, as numbers do.
    is_default
        Whether the cell is blank and the text is what that means.
    is_off
        Whether the row takes no part.
    is_overridden
        Whether the selected scenario changes the cell.
    is_inherited
        Whether not the scenario itself does, but one that it builds on.
    mark
        ``"error"``, ``"warning"`` or nothing.
    colour
        Name of a theme colour for the text, empty for the usual one.
    tick
        Whether a box in place of the text is ticked; ``None`` where there is no box.
    spark
        A path over the months in place of the text.
    """

    text: str
    is_right: bool = False
    is_default: bool = False
    is_off: bool = False
    is_overridden: bool = False
    mark: str = ""
    colour: str = ""
    is_inherited: bool = False
    tick: bool | None = None
    spark: Spark | None = None


def stands_right(column: Column, table: str) -> bool:
    """Return whether a column's cells stand at the right edge: numbers do, and values that mostly are numbers."""
    return column.is_numeric or (column.type is Type.VALUE and table != "plan")


def face_of(
    record: object,
    column: Column,
    value: Value,
    *,
    is_right: bool,
    is_overridden: bool,
    mark: str,
    unread: str | None = None,
    is_inherited: bool = False,
) -> Face:
    """Return how the cell of a record is painted; ``column`` is what the cell really is.

    A text that could not be read stands at the left, as in a spreadsheet, on one line.
    """
    is_off = isinstance(record, Action) and record.enabled is False
    if unread is not None:
        return Face(" ".join(unread.split()), False, False, is_off, is_overridden, mark, "", is_inherited)
    is_default = value is None
    text = default_text(column) if value is None else _text(column, value)
    tick = _tick(column, value)
    return Face(text, is_right, is_default, is_off, is_overridden, mark, "", is_inherited, tick)


def _tick(column: Column, value: Value) -> bool | None:
    """Return whether the box of a yes/no cell is ticked; a blank one shows what it means."""
    shown = column.default if value is None else value
    return bool(shown) if column.type is Type.YES_NO and isinstance(shown, bool | None) else None


def _text(column: Column, value: Value) -> str:
    if column.type is Type.CHOICE:
        return tr(str(value))
    if value == BLANK:
        return tr(BLANK)
    return show(column, value, number_style())


def default_text(column: Column) -> str:
    """Return what a blank cell means where that is not simply nothing."""
    if column.default in (None, 0.0, False):
        return ""
    return _text(column, column.default)


def header_text(column: Column) -> str:
    """Return the title with the unit on a line of its own."""
    title, opening, unit = column.heading.partition("(")
    return f"{title.strip()}\n{unit.rstrip(')')}" if opening else title


def header_tip(column: Column) -> str:
    """Return what a column means, and under it its unit, its bounds and its default."""
    unit = [tr("Unit: {unit}", unit=tr(column.unit))] if column.unit else []
    meaning = [tr(column.meaning) + "."] if column.meaning else []
    return "\n".join((*meaning, *unit, *rules_of(column)))


def rules_of(column: Column) -> list[str]:
    """Return what a column takes: choices, bounds, whether it may be blank and what that means."""
    rules = []
    if column.choices:
        rules.append(tr("One of: {choices}", choices=", ".join(tr(choice) for choice in column.choices)))
    if bounds := bounds_text(column):
        rules.append(tr("Allowed: {bounds}", bounds=bounds))
    if column.derived:
        rules.append(tr("Follows from the row; cannot be edited"))
    elif column.required:
        rules.append(tr("Must be filled in"))
    elif column.default is not None:
        rules.append(tr("Blank: {default}", default=_text(column, column.default)))
    return rules


def cell_tip(column: Column, layered: LayeredValue | None, issues: tuple[Issue, ...]) -> str:
    """Return the tooltip of a cell: what is wrong and what the scenario changes."""
    lines = [_issue_text(issue) for issue in issues]
    if layered is not None:
        lines.extend(_layer_lines(column, layered))
    return "\n".join(lines)


def _issue_text(issue: Issue) -> str:
    """Return what is wrong and what to do, on two lines where one would be too long."""
    text = f"{issue.message} {issue.remedy}".strip()
    return text if len(text) <= LONGEST else f"{issue.message}\n{issue.remedy}".strip()


def _layer_lines(column: Column, layered: LayeredValue) -> list[str]:
    """Return what the base has and the scenario shows, whose it is, and what the layers below it put into the cell."""
    base = tr("blank") if layered.base is None else _text(column, layered.base)
    here = _layer_text(column, layered)
    template = (
        tr("Base {base}, here {here}, inherited from “{scenario}”")
        if layered.is_inherited
        else tr("Base {base}, here {here}, set by “{scenario}”")
    )
    lines = [template.format(base=base, here=here, scenario=layered.scenario)]
    under = layered.under
    while under is not None:
        lines.append(tr("Below it “{scenario}”: {value}", scenario=under.scenario, value=_layer_text(column, under)))
        under = under.under
    return lines


def _layer_text(column: Column, layered: LayeredValue) -> str:
    return tr("blank") if layered.value in (None, BLANK) else _text(column, layered.value)
