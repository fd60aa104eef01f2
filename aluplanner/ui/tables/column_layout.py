"""Where the columns of a table stand, which are hidden and how wide they are: a value that can be kept as text."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

NARROWEST: Final = 32
WIDEST: Final = 2000
"""Pixels that a column may be given."""


@dataclass(frozen=True)
class ColumnLayout:
    """What the planner made of the columns of a table, by field name; what is not named is as usual.

    Columns come and go with the plan, so names that are not there now are kept for when they are.

    Attributes
    ----------
    order
        The columns from left to right; empty for the usual order.
    hidden
        The columns that are not shown.
    widths
        Widths in pixels that were chosen.
    """

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)

    def placed(self, names: Sequence[str]) -> list[str]:
        """Return columns from left to right: the first stays the first, unknown ones follow their usual neighbour."""
        return _merged([name for name in self.order if name in names], names)

    def with_order(self, placed: Sequence[str]) -> "ColumnLayout":
        """Return the layout with columns from left to right, and in between them those that are not there now."""
        return replace(self, order=tuple(_merged(list(placed), self.order)))

    def with_hidden(self, names: Iterable[str], is_hidden: bool) -> "ColumnLayout":
        """Return the layout with some columns hidden or shown."""
        return replace(self, hidden=self.hidden | set(names) if is_hidden else self.hidden - set(names))

    def with_width(self, name: str, width: int) -> "ColumnLayout":
        """Return the layout with the width of a column."""
        return replace(self, widths={**self.widths, name: width})

    def to_text(self) -> str:
        """Return the layout as text that :func:`layout_from_text` reads; empty for the usual one."""
        if self == ColumnLayout():
            return ""
        parts = {"order": self.order, "hidden": sorted(self.hidden), "widths": dict(self.widths)}
        return json.dumps(parts, ensure_ascii=False)


def _merged(placed: list[str], others: Sequence[str]) -> list[str]:
    """Return names in their places, with those of ``others`` that are missing each after its neighbour there."""
    result = list(placed)
    for place, name in enumerate(others):
        if name not in result:
            result.insert(result.index(others[place - 1]) + 1 if place else 0, name)
    return result


def layout_from_text(text: str) -> ColumnLayout:
    """Return the layout kept as text; whatever is not understood is as usual."""
    try:
        parts = json.loads(text) if text else {}
    except ValueError:
        parts = {}
    if not isinstance(parts, dict):
        return ColumnLayout()
    widths = parts.get("widths")
    return ColumnLayout(
        tuple(dict.fromkeys(_names(parts.get("order")))),
        frozenset(_names(parts.get("hidden"))),
        {str(name): width for name, width in widths.items() if _is_width(width)} if isinstance(widths, dict) else {},
    )


def _names(found: Any) -> list[str]:
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _is_width(width: Any) -> bool:
    return isinstance(width, int) and not isinstance(width, bool) and NARROWEST <= width <= WIDEST
