"""The Monthly table: trade, reserve, known deviations and actuals (section 1 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.calendar import Month
from aluplanner.model.schema import NOTE_SYNONYMS, Table, Type, declare


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the horizon; flows and stocks in kt, price in RMB/t."""

    month: Month = declare(
        "Month",
        "月份",
        Type.MONTH,
        required=True,
        synonyms="日期; 时间; 年月; date; period; year-month",
        meaning="Month of the horizon; the row's key",
    )
    net_imports: float | None = declare(
        "Net imports",
        "净进口",
        Type.NUMBER,
        unit="kt",
        default=0.0,
        synonyms=(
            "净进口量; 原铝净进口; 原铝净进口量; 电解铝净进口; 电解铝净进口量; net import; net trade; "
            "primary aluminium net imports; aluminium net imports"
        ),
        meaning="Imports less exports of primary aluminium",
    )
    reserve_release: float | None = declare(
        "Reserve release",
        "国储投放",
        Type.NUMBER,
        unit="kt",
        default=0.0,
        synonyms="抛储; 国储抛储; 收抛储; 国储; reserve sales; state reserve; srb release; stockpile release",
        meaning="State reserve: releases +, purchases −",
    )
    alumina_net_imports: float | None = declare(
        "Alumina net imports",
        "氧化铝净进口",
        Type.NUMBER,
        unit="kt",
        default=0.0,
        synonyms="氧化铝净进口量; net imports of alumina; alumina net trade",
        meaning="Imports less exports of alumina",
    )
    consumption_change: float | None = declare(
        "Consumption change", "消费调整", Type.NUMBER, unit="kt", default=0.0, decimals=1,
        synonyms="消费变动; 消费变化; demand change; change in consumption",
        meaning="Known or assumed deviation, added to consumption",
    )  # fmt: skip
    actual_production: float | None = declare(
        "Actual production",
        "实际产量",
        Type.NUMBER,
        unit="kt",
        minimum=0,
        synonyms=(
            "产量; 原铝产量; 电解铝产量; production; output; primary production; aluminium production; "
            "primary aluminium production; aluminium output"
        ),
        meaning="What was really produced, where known",
    )
    actual_stock: float | None = declare(
        "Actual stock",
        "实际库存",
        Type.NUMBER,
        unit="kt",
        minimum=0,
        synonyms=(
            "库存; 社会库存; 社库; 铝锭库存; 电解铝库存; 电解铝社会库存; 铝锭社会库存; 期末库存; stock; "
            "stocks; inventory; inventories; social inventory; visible stock; aluminium stocks; "
            "aluminium inventory"
        ),
        meaning="Visible stock at the month's end, where known",
    )
    actual_price: float | None = declare(
        "Actual price",
        "实际价格",
        Type.NUMBER,
        unit="RMB/t",
        above=0,
        synonyms=(
            "价格; 铝价; 现货价; 现货价格; 现货铝价; 均价; 月均价; price; spot price; aluminium price; shfe price"
        ),
        meaning="Price at the month's end, where known",
    )
    note: str | None = declare(
        "Note",
        "备注",
        Type.TEXT,
        width=60,
        synonyms=NOTE_SYNONYMS,
        meaning="Remarks",
    )


MONTHLY: Final = Table(
    "monthly",
    "Monthly",
    "月度",
    MonthRow,
    ("month",),
    meaning="Trade, state reserve and what really happened",
    synonyms="月度数据; 平衡表; 进出口; 库存; 产量; monthly data; trade; production; stocks",
    can_vary=True,
)
