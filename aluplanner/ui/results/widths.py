"""How wide the columns of a result table have to be."""

from typing import Final

import numpy as np

from aluplanner.analysis.result_rows import Kind
from aluplanner.i18n import tr
from aluplanner.model.balance import STATES
from aluplanner.ui.results.model import ResultModel
from aluplanner.ui.results.painting import PADDING, Faces
from aluplanner.ui.results.texts import figure_text, period_title

NARROWEST: Final = 44
MEASURED: Final = 12
"""Columns whose titles are measured; those of later years are no wider."""

Text = tuple[str, bool]
"""A text, and whether it is bold."""


def column_width(model: ResultModel, faces: Faces) -> int:
    """Return the width that every figure and every title fits into."""
    sheet = model.sheet
    if sheet is None:
        return NARROWEST
    texts: set[Text] = {(period_title(period), False) for period in (*sheet.periods[:MEASURED], *sheet.periods[-1:])}
    texts |= _longest_figures(model)
    if any(line.row.kind is Kind.STATE for line in model.lines):
        texts |= {(tr(state), False) for state in STATES}
    return max(NARROWEST, *(faces.width(text, is_bold) for text, is_bold in texts)) + 2 * PADDING + 2


def _longest_figures(model: ResultModel) -> set[Text]:
    """Return the widest figures of each unit: those furthest from 0 on either side."""
    of_unit: dict[tuple[str, bool, bool], list[int]] = {}
    for row, line in enumerate(model.lines):
        if line.row.unit:
            is_bold = line.row.kind is Kind.TOTAL and not line.place
            of_unit.setdefault((line.row.unit, model.is_signed(line), is_bold), []).append(row)
    found: set[Text] = set()
    for (unit, signed, is_bold), rows in of_unit.items():
        numbers = model.numbers(rows)
        stated = numbers[np.isfinite(numbers)]
        if stated.size:
            ends = (float(stated.min()), float(stated.max()))
            found |= {(figure_text(end, unit, signed=signed), is_bold) for end in ends}
    return found
