"""The Plants table: smelters and refineries (section 1 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.calendar import Month
from aluplanner.model.schema import NOTE_SYNONYMS, SOURCE_SYNONYMS, Table, Type, declare

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
        synonyms=(
            "企业名称; 电解铝厂; 电解铝企业; 氧化铝厂; 氧化铝企业; 铝厂; 厂名; 公司; 公司名称; 生产企业; "
            "名称; smelter; smelter name; refinery; company; company name; plant name; producer; facility; "
            "name"
        ),
        meaning="Name of the smelter or refinery; the row's key",
    )
    product: str | None = declare(
        "Product",
        "产品",
        Type.CHOICE,
        choices=PRODUCTS,
        choice_words=PRODUCT_WORDS,
        default=ALUMINIUM,
        synonyms="品种; 产品类型; metal; commodity",
        meaning="What the plant makes",
    )
    group: str | None = declare(
        "Group",
        "集团",
        Type.TEXT,
        width=18,
        synonyms=(
            "所属集团; 集团公司; 集团名称; 母公司; 控股股东; owner; parent; parent company; ownership; group name"
        ),
        meaning="Owner; credits between actions count within one owner's plants",
    )
    province: str | None = declare(
        "Province",
        "省份",
        Type.TEXT,
        width=16,
        synonyms="省; 省区; 省市; 省市区; 地区; 所在地; 所在省; 所在省份; 区域; region; location; state",
        meaning="Province the plant stands in",
    )
    built: float | None = declare(
        "Built",
        "建成产能",
        Type.NUMBER,
        unit="kt/y",
        default=0.0,
        minimum=0,
        synonyms=(
            "产能; 总产能; 建成; 现有产能; 设计产能; 年产能; 名义产能; 已建成产能; capacity; nameplate; "
            "nameplate capacity; installed capacity; total capacity; built capacity; design capacity; "
            "annual capacity"
        ),
        meaning="Nameplate of the pots that exist",
    )
    operating: float | None = declare(
        "Operating", "运行产能", Type.NUMBER, unit="kt/y", default=0.0, minimum=0,
        synonyms=(
            "运行; 在产; 在产产能; 开工产能; 在运行产能; 运行总产能; operating capacity; running; "
            "running capacity; active capacity; in operation"
        ),
        meaning="Annualised rate of the pots that run at the opening; at most built",
    )  # fmt: skip
    non_compliant: float | None = declare(
        "Non-compliant", "违规产能", Type.NUMBER, unit="kt/y", default=0.0, minimum=0,
        synonyms=(
            "违规; 违法违规产能; 违规违法产能; 违建产能; illegal; illegal capacity; unapproved; "
            "unapproved capacity; non-compliant capacity"
        ),
        meaning="Part of built that has no approval; taken to run first",
    )  # fmt: skip
    under_construction: float | None = declare(
        "Under construction", "在建产能", Type.NUMBER, unit="kt/y", default=0.0, minimum=0,
        synonyms="在建; 在建项目产能; 在建项目; capacity under construction; construction; being built; pipeline",
        meaning="Capacity being built at the opening, not in built",
    )  # fmt: skip
    first_output: Month | None = declare(
        "First output", "投产月份", Type.MONTH, unit="month",
        synonyms=(
            "投产时间; 投产日期; 预计投产; 预计投产时间; 预计投产月份; start-up; start-up date; "
            "commissioning date; first metal"
        ),
        meaning="Month in which the capacity under construction begins to start up; blank: never",
    )  # fmt: skip
    ramp_months: float | None = declare(
        "Ramp", "爬产期", Type.NUMBER, unit="months", default=1.0, minimum=0,
        synonyms="爬坡期; 爬产月数; ramp-up; ramp-up time; ramp-up period",
        meaning="Months from first output to the whole of what is under construction",
    )  # fmt: skip
    winter_region: bool | None = declare(
        "Winter region", "采暖季限产区", Type.YES_NO, default=False,
        synonyms=(
            "采暖季; 采暖季城市; 是否采暖季限产区; 是否采暖季限产; heating season; heating season region; "
            "2+26"
        ),
        meaning="Whether the plant lies in the heating-season cities",
    )  # fmt: skip
    pot_size: float | None = declare(
        "Pot size", "单槽产能", Type.NUMBER, unit="kt/y", default=0.0, minimum=0, decimals=3,
        synonyms="单槽; 单槽年产能; pot capacity; capacity per pot",
        meaning="Capacity of one pot; needed where an action counts pots",
    )  # fmt: skip
    cash_cost: float | None = declare(
        "Cash cost", "现金成本", Type.NUMBER, unit="RMB/t",
        synonyms="成本; 生产成本; cost; cash costs; production cost",
        meaning="Cash cost per tonne; blank: the plant does not respond to the price",
    )  # fmt: skip
    source: str | None = declare(
        "Source",
        "来源",
        Type.TEXT,
        width=44,
        synonyms=SOURCE_SYNONYMS,
        meaning="Where the figures come from",
    )
    note: str | None = declare(
        "Note",
        "备注",
        Type.TEXT,
        width=60,
        synonyms=NOTE_SYNONYMS,
        meaning="Remarks",
    )


PLANTS: Final = Table(
    "plants",
    "Plants",
    "企业",
    Plant,
    ("plant",),
    meaning="Smelters and refineries",
    synonyms=(
        "产能; 产能表; 企业产能; 电解铝产能; 电解铝企业; 电解铝厂; 氧化铝企业; "
        "smelters; refineries; capacity; capacities"
    ),
    can_vary=True,
)
