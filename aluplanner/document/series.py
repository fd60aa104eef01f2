"""How a row of cells goes on: months follow each other, numbers keep their steps, numbered names count up."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import cycle, islice, pairwise
from typing import Final, TypeVar

from aluplanner.i18n import NumberStyle, number_style
from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR, Month
from aluplanner.model.cell_text import CellTextError, edit_text, parse
from aluplanner.model.schema import Column, Type, Value

T = TypeVar("T")

_NUMBERED = re.compile(r"(.*?)(\d+)", re.DOTALL)
_MOST_DIGITS: Final = 9
"""A text that ends in more digits is a code or a number of telephone, not a count."""


def continued(
    column: Column, texts: Sequence[str], count: int, *, backwards: bool = False, other: bool = False
) -> list[str]:
    """Return the texts with which some cells of a column go on.

    Parameters
    ----------
    column
        What the cells are.
    texts
        The cells that are there, in their order.
    count
        How many are to follow.
    backwards
        Whether they go on before the first one, the nearest first, and not after the last.
    other
        Whether what would go on is copied instead, and a single number, which would be copied, counts up by one.

    Returns
    -------
    list of str
        Months one month apart, or as far apart as the ones there; numbers in equal steps where those there have them;
        texts that end in a number count up. Anything else is repeated.
    """
    ordered = list(reversed(texts)) if backwards else list(texts)
    goes_on = _series(column, ordered, -1 if backwards else 1, other)
    return list(islice(goes_on if goes_on is not None else cycle(ordered), count))


def _series(column: Column, texts: Sequence[str], sign: int, other: bool) -> Iterator[str] | None:
    values = _values(column, texts)
    if values is None:
        return None if other else _names(texts, sign)
    style = number_style()
    if column.type is Type.MONTH:
        return None if other else _months(column, values, sign)
    if column.is_numeric and all(isinstance(value, float) for value in values):
        if (len(values) == 1) is not other:
            return None
        return _numbers(column, [Decimal(repr(value)) for value in values], sign, style)
    return None if other else _names(texts, sign)


def _values(column: Column, texts: Sequence[str]) -> list[Value] | None:
    """Return what the cells hold, ``None`` if one of them cannot be read."""
    try:
        return [parse(column, text, number_style()) for text in texts]
    except CellTextError:
        return None


def _step(values: Sequence[T], difference: Callable[[T, T], T]) -> T | None:
    """Return the step between the values where each is as far from the next, else ``None``."""
    steps = {difference(after, before) for before, after in pairwise(values)}
    return steps.pop() if len(steps) == 1 else None


def _months(column: Column, values: Sequence[Value], sign: int) -> Iterator[str] | None:
    ordinals = [value.ordinal for value in values if isinstance(value, Month)]
    if len(ordinals) < len(values):
        return None
    step = sign if len(ordinals) == 1 else _step(ordinals, lambda after, before: after - before)
    return None if step is None else _counted_months(column, ordinals[-1], step)


def _counted_months(column: Column, ordinal: int, step: int) -> Iterator[str]:
    while True:
        following = ordinal + step
        if FIRST_YEAR * 12 <= following < (LAST_YEAR + 1) * 12:
            ordinal = following
        yield edit_text(column, Month(ordinal))


def _numbers(column: Column, values: Sequence[Decimal], sign: int, style: NumberStyle) -> Iterator[str] | None:
    one = Decimal(sign) / (100 if column.type is Type.FRACTION else 1)
    step = one if len(values) == 1 else _step(values, lambda after, before: after - before)
    return None if step is None else _counted(column, values[-1], step, style)


def _counted(column: Column, value: Decimal, step: Decimal, style: NumberStyle) -> Iterator[str]:
    while True:
        value += step
        yield edit_text(column, float(value), style)


def _names(texts: Sequence[str], sign: int) -> Iterator[str] | None:
    """Return the names that count on, ``None`` where they are not the same name with one number after another."""
    found = [_NUMBERED.fullmatch(text) for text in texts]
    matches = [match for match in found if match and len(match[2]) <= _MOST_DIGITS]
    if len(matches) < len(texts) or len({match[1] for match in matches}) > 1 or not matches:
        return None
    numbers = [int(match[2]) for match in matches]
    step = sign if len(numbers) == 1 else _step(numbers, lambda after, before: after - before)
    last = matches[-1]
    digits = len(last[2]) if last[2].startswith("0") else 0
    return None if step is None else _counted_names(last[1], numbers[-1], step, digits)


def _counted_names(stem: str, number: int, step: int, digits: int) -> Iterator[str]:
    while True:
        number = abs(number + step)
        yield f"{stem}{number:0{digits}d}"
