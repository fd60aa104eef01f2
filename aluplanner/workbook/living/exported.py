"""The sheet Exported: the figures of every scenario as exported, and how far Balance is from them now."""

from collections.abc import Mapping
from math import isnan

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.workbook.living.layout import EXPORTED, MONTHS_FROM
from aluplanner.workbook.living.work import Work, month_page, write_caption


def build_exported(work: Work, balances: Mapping[str, Balance]) -> None:
    """Write the differences of the chosen scenario, and below them the figures of all.

    Parameters
    ----------
    work
        The workbook under way.
    balances
        The balance of the base and of every scenario, by name in the order of :attr:`Layout.scenario_names`.
    """
    layout = work.layout
    note = tr("Values, not formulas, but for the first block. What was changed since the export shows here.")
    page = month_page(work, EXPORTED, tr("Exported"), note, labels=(36, 19, 8))
    grid, area = page.grid, layout.differences
    caption = tr("How far Balance is from the exported figures of the chosen scenario, relative where above 1")
    write_caption(page, area, caption)
    for place, name in enumerate(COUNTRY_SERIES):
        grid.write_row(area.top + place, 1, (work.case.balance.title(name), name, float(place + 1)), "name")
    line = layout.lines.at()
    known = f"INDEX({layout.exported.column()},Scenario_no*{len(COUNTRY_SERIES)}+$C{area.top})"
    missing = f'IF(OR({line}="",{known}=""),IF({line}={known},0,1),ABS({line}-{known})/MAX(1,ABS({known})))'
    formula = f'=IF(Scenario_no>={len(layout.scenario_names)},"",{missing})'
    grid.fill(area, formula, np.zeros((area.rows, area.columns)), "tiny")
    write_caption(page, layout.exported, tr("As exported"))
    row = layout.exported.top
    for scenario, balance in balances.items():
        for name in COUNTRY_SERIES:
            grid.write_row(row, 1, (scenario, name), "name")
            months = [None if isnan(value) else value for value in balance.series(name).tolist()]
            grid.write_row(row, MONTHS_FROM, months, "figure")
            row += 1
