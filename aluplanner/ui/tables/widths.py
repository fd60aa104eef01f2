"""How wide the columns of a table are."""

from collections.abc import Iterable
from typing import Final

from aluplanner.i18n import tr
from aluplanner.model.schema import Column, Type
from aluplanner.ui.tables.cell_view import CellView, text_width
from aluplanner.ui.tables.painting import PADDING

USUAL_KEY: Final = 20
WIDEST_KEY: Final = 44
"""Characters that a key column has at least and at most."""
MEASURED: Final = 500
"""Rows whose texts are measured; measuring thousands would take longer than it is worth."""
SHORT: Final = 24
"""Characters of a column whose texts are measured; wider ones are for long texts and cut them."""
WIDEST: Final = 36
MOST_FITTED: Final = 900
"""Pixels that a column gets at most to fit its texts."""

_NARROW: Final = {Type.NUMBER: 8, Type.FRACTION: 8, Type.MONTH: 9, Type.YES_NO: 6}
"""Characters that suffice on the screen, where a sheet is wider."""


def usual_width(view: CellView, column: int) -> int:
    """Return the width that suits a column and its title, in pixels."""
    return max(_content_width(view, view.plan_model.columns[column], column), _title_width(view, column))


def fitting_width(view: CellView, column: int) -> int:
    """Return the width that shows the texts of the first rows, and the title, in full, in pixels."""
    model, rows = view.plan_model, view.order.source_rows[:MEASURED]
    if not model.holds_values(column):
        return usual_width(view, column)
    needed = _widest(view, (model.face(row, column).text for row in rows))
    return min(max(needed, _title_width(view, column)), MOST_FITTED)


def room_for(view: CellView, text: str) -> int:
    """Return the width of the column that shows a text in full, in pixels."""
    return view.fontMetrics().horizontalAdvance(text) + 2 * PADDING + 2


def _title_width(view: CellView, column: int) -> int:
    return view.sheet_header.title_width(column)


def _content_width(view: CellView, declared: Column, column: int) -> int:
    """Return the width that suits the contents: known for choices, measured for keys, else the schema's."""
    metrics = view.fontMetrics()
    if column == 0:
        usual = text_width(metrics, min(declared.width, USUAL_KEY))
        return min(max(_measured(view, column), usual), text_width(metrics, min(declared.width, WIDEST_KEY)))
    if declared.type in (Type.TEXT, Type.NAMES) and declared.width <= SHORT:
        widest = text_width(metrics, declared.width * 3 // 2)
        return min(_measured(view, column) or text_width(metrics, declared.width), widest)
    if declared.type is Type.CHOICE:
        return _widest(view, map(tr, declared.choices))
    return text_width(metrics, min(WIDEST, _NARROW.get(declared.type, declared.width)))


def _measured(view: CellView, column: int) -> int:
    """Return the width that the values of the first rows need, 0 if there are none."""
    model = view.plan_model
    values = (model.value(row, column) for row in range(min(model.rowCount(), MEASURED)))
    return _widest(view, (str(value) for value in values if value))


def _widest(view: CellView, texts: Iterable[str]) -> int:
    return max((room_for(view, text) for text in set(texts) if text), default=0)
