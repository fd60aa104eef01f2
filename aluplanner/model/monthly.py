"""The Monthly table: trade, reserve, known deviations and actuals (section 1 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.calendar import Month
from aluplanner.model.schema import Table, Type, declare


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the horizon; flows and stocks in kt, price in RMB/t."""

    month: Month = declare("Month", "月份", Type.MONTH, required=True, meaning="Month of the horizon; the row's key")
    net_imports: float | None = declare(
        "Net imports",
        "净进口",
        Type.NUMBER,
        unit="kt",
        default=0.0,
        meaning="Imports less exports of primary aluminium",
    )
    reserve_release: float | None = declare(
        "Reserve release",
        "国储投放",
        Type.NUMBER,
        unit="kt",
        default=0.0,
        meaning="State reserve: releases +, purchases −",
    )
    alumina_net_imports: float | None = declare(
        "Alumina net imports",
        "氧化铝净进口",
        Type.NUMBER,
        unit="kt",
        default=0.0,
        meaning="Imports less exports of alumina",
    )
    consumption_change: float | None = declare(
        "Consumption change", "消费调整", Type.NUMBER, unit="kt", default=0.0, decimals=1,
        meaning="Known or assumed deviation, added to consumption",
    )  # fmt: skip
    actual_production: float | None = declare(
        "Actual production",
        "实际产量",
        Type.NUMBER,
        unit="kt",
        minimum=0,
        meaning="What was really produced, where known",
    )
    actual_stock: float | None = declare(
        "Actual stock",
        "实际库存",
        Type.NUMBER,
        unit="kt",
        minimum=0,
        meaning="Visible stock at the month's end, where known",
    )
    actual_price: float | None = declare(
        "Actual price",
        "实际价格",
        Type.NUMBER,
        unit="RMB/t",
        above=0,
        meaning="Price at the month's end, where known",
    )
    note: str | None = declare("Note", "备注", Type.TEXT, width=60, meaning="Remarks")


MONTHLY: Final = Table(
    "monthly",
    "Monthly",
    "月度",
    MonthRow,
    ("month",),
    meaning="Trade, state reserve and what really happened",
    can_vary=True,
)
