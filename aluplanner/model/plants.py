"""The Plants table: smelters and refineries (section 1 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.calendar import Month
from aluplanner.model.schema import Table, Type, declare

ALUMINIUM: Final = "aluminium"
ALUMINA: Final = "alumina"
PRODUCTS: Final = (ALUMINIUM, ALUMINA)
PRODUCT_WORDS: Final = {"电解铝": ALUMINIUM, "原铝": ALUMINIUM, "铝": ALUMINIUM, "氧化铝": ALUMINA}


@dataclass(frozen=True, slots=True)
class Plant:
    """A smelter or an alumina refinery, or a group of them; capacities in kt/y."""

    plant: str = declare(
        "Plant",
        "企业",
        Type.TEXT,
        required=True,
        width=26,
        meaning="Name of the smelter or refinery; the row's key",
    )
    product: str | None = declare(
        "Product",
        "产品",
        Type.CHOICE,
        choices=PRODUCTS,
        choice_words=PRODUCT_WORDS,
        default=ALUMINIUM,
        meaning="What the plant makes",
    )
    group: str | None = declare(
        "Group",
        "集团",
        Type.TEXT,
        width=18,
        meaning="Owner; credits between actions count within one owner's plants",
    )
    province: str | None = declare("Province", "省份", Type.TEXT, width=16, meaning="Province the plant stands in")
    built: float | None = declare(
        "Built",
        "建成产能",
        Type.NUMBER,
        unit="kt/y",
        default=0.0,
        minimum=0,
        meaning="Nameplate of the pots that exist",
    )
    operating: float | None = declare(
        "Operating", "运行产能", Type.NUMBER, unit="kt/y", default=0.0, minimum=0,
        meaning="Annualised rate of the pots that run at the opening; at most built",
    )  # fmt: skip
    non_compliant: float | None = declare(
        "Non-compliant", "违规产能", Type.NUMBER, unit="kt/y", default=0.0, minimum=0,
        meaning="Part of built that has no approval; taken to run first",
    )  # fmt: skip
    under_construction: float | None = declare(
        "Under construction", "在建产能", Type.NUMBER, unit="kt/y", default=0.0, minimum=0,
        meaning="Capacity being built at the opening, not in built",
    )  # fmt: skip
    first_output: Month | None = declare(
        "First output", "投产月份", Type.MONTH, unit="month",
        meaning="Month in which the capacity under construction begins to start up; blank: never",
    )  # fmt: skip
    ramp_months: float | None = declare(
        "Ramp", "爬产期", Type.NUMBER, unit="months", default=1.0, minimum=0,
        meaning="Months from first output to the whole of what is under construction",
    )  # fmt: skip
    winter_region: bool | None = declare(
        "Winter region", "采暖季限产区", Type.YES_NO, default=False,
        meaning="Whether the plant lies in the heating-season cities",
    )  # fmt: skip
    pot_size: float | None = declare(
        "Pot size", "单槽产能", Type.NUMBER, unit="kt/y", default=0.0, minimum=0, decimals=3,
        meaning="Capacity of one pot; needed where an action counts pots",
    )  # fmt: skip
    cash_cost: float | None = declare(
        "Cash cost", "现金成本", Type.NUMBER, unit="RMB/t",
        meaning="Cash cost per tonne; blank: the plant does not respond to the price",
    )  # fmt: skip
    source: str | None = declare("Source", "来源", Type.TEXT, width=44, meaning="Where the figures come from")
    note: str | None = declare("Note", "备注", Type.TEXT, width=60, meaning="Remarks")


PLANTS: Final = Table("plants", "Plants", "企业", Plant, ("plant",), meaning="Smelters and refineries", can_vary=True)
