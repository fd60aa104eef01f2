"""What a cell shows: its text and how it is marked."""

from dataclasses import dataclass

from aluplanner.i18n import tr
from aluplanner.model.actions import Action
from aluplanner.model.cell_rules import bounds_text
from aluplanner.model.cell_text import show
from aluplanner.model.issues import Issue
from aluplanner.model.layers import LayeredValue
from aluplanner.model.schema import BLANK, Column, Type, Value


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
    mark
        ``"error"``, ``"warning"`` or nothing.
    colour
        Name of a theme colour for the text, empty for the usual one.
    """

    text: str
    is_right: bool = False
    is_default: bool = False
    is_off: bool = False
    is_overridden: bool = False
    mark: str = ""
    colour: str = ""


def stands_right(column: Column, table: str) -> bool:
    """Return whether a column's cells stand at the right edge: numbers do, and values that mostly are numbers."""
    return column.is_numeric or (column.type is Type.VALUE and table != "plan")


def face_of(record: object, column: Column, value: Value, *, is_right: bool, is_overridden: bool, mark: str) -> Face:
    """Return how the cell of a record is painted; ``column`` is what the cell really is."""
    is_off = isinstance(record, Action) and record.enabled is False
    if value is None:
        return Face(default_text(column), is_right, True, is_off, is_overridden, mark)
    return Face(_text(column, value), is_right, False, is_off, is_overridden, mark)


def _text(column: Column, value: Value) -> str:
    if column.type is Type.CHOICE:
        return tr(str(value))
    if value == BLANK:
        return tr(BLANK)
    return show(column, value)


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
    lines = [f"{issue.message} {issue.remedy}".strip() for issue in issues]
    if layered is not None:
        base = tr("blank") if layered.base is None else _text(column, layered.base)
        here = tr("blank") if layered.value == BLANK else _text(column, layered.value)
        lines.append(
            tr("Base {base}, here {here}, set by “{scenario}”", base=base, here=here, scenario=layered.scenario)
        )
    return "\n".join(lines)
