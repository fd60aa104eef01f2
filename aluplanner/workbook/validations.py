"""What Excel checks and offers in a column of the plan, and what it says about it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, TypeAlias

from aluplanner.i18n import tr
from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR
from aluplanner.model.cell_rules import bounds_text
from aluplanner.model.cell_text import show
from aluplanner.model.schema import Column, Type

Rule: TypeAlias = dict[str, Any]
"""A data validation in the words of XlsxWriter."""

_LONGEST_TITLE: Final = 32
_LONGEST_MESSAGE: Final = 255


def column_rule(column: Column) -> Rule | None:
    """Return the rule for the cells of a column, ``None`` where everything is right."""
    if column.type is Type.YES_NO:
        return _choice(column, ("yes", "no"))
    if column.type is Type.CHOICE:
        return _choice(column, column.choices)
    if column.type is Type.MONTH:
        remedy = tr("Write it as 2017-06, between {first} and {last}.", first=FIRST_YEAR, last=LAST_YEAR)
        first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
        return _bounds(column, remedy, {"validate": "date", "criteria": "between", "minimum": first, "maximum": last})
    if column.is_numeric and (column.minimum, column.maximum, column.above) != (None, None, None):
        remedy = tr("It must be {bounds}.", bounds=bounds_text(column))
        return _bounds(column, remedy, {"validate": "decimal", **_numeric_bounds(column)})
    return None


def offer(source: str | Sequence[str]) -> Rule:
    """Return a rule that offers a list, or the cells of a range such as ``=Scenarios!$A$2:$A$9``, not insisted on."""
    return {"validate": "list", "source": source, "error_type": "warning"}


def header_note(column: Column) -> str:
    """Return what the header of a column says when it is pointed at."""
    lines = [tr(column.meaning)] if column.meaning else []
    if column.unit:
        lines.append(tr("Unit: {unit}.", unit=tr(column.unit)))
    if column.choices:
        lines.append(tr("One of: {choices}.", choices=", ".join(column.choices)))
    bounds = bounds_text(column) if column.is_numeric else ""
    if bounds:
        lines.append(tr("Bounds: {bounds}.", bounds=bounds))
    if column.default is not None:
        lines.append(tr("Blank means {value}.", value=show(column, column.default)))
    elif column.required:
        lines.append(tr("Must be filled in."))
    return "\n".join(lines)


def _choice(column: Column, choices: Sequence[str]) -> Rule:
    message = tr("Choose {choices}.", choices=", ".join(choices))
    return {"validate": "list", "source": [*choices], **_message(column, message)}


def _bounds(column: Column, remedy: str, rule: Rule) -> Rule:
    """Return a rule that warns and does not forbid: the plan also reads text and blanks that Excel would refuse."""
    return {**rule, "error_type": "warning", **_message(column, remedy)}


def _numeric_bounds(column: Column) -> Rule:
    if column.above is not None:
        return {"criteria": ">", "value": column.above}
    if column.minimum is None:
        return {"criteria": "<=", "value": column.maximum}
    if column.maximum is None:
        return {"criteria": ">=", "value": column.minimum}
    return {"criteria": "between", "minimum": column.minimum, "maximum": column.maximum}


def _message(column: Column, text: str) -> Rule:
    # beyond these lengths XlsxWriter leaves the whole rule out
    return {"error_title": column.title[:_LONGEST_TITLE], "error_message": text[:_LONGEST_MESSAGE]}
