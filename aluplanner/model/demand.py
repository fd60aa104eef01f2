"""The Demand and Seasonality tables (sections 1 and 6 of the model page)."""

import re
from dataclasses import dataclass, field
from typing import Final

from aluplanner.model.schema import NOTE_SYNONYMS, SOURCE_SYNONYMS, Column, Table, Type, declare

_GROWTH = re.compile(r"growth\s+(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sector:
    """An end-use sector: consumption of the base year in kt and growth by calendar year."""

    sector: str = declare(
        "Sector",
        "消费领域",
        Type.TEXT,
        required=True,
        width=24,
        synonyms=(
            "行业; 领域; 消费行业; 终端行业; 下游行业; 下游; 终端领域; 用途; end use; end-use sector; "
            "industry; segment; application"
        ),
        meaning="Name of the end-use sector; the row's key",
    )
    consumption: float | None = declare(
        "Consumption",
        "消费量",
        Type.NUMBER,
        unit="kt",
        default=0.0,
        minimum=0,
        synonyms="消费; 需求; 需求量; 用铝量; 表观消费量; demand; usage; consumption volume; aluminium consumption",
        meaning="Consumption in the base year",
    )
    growth: tuple[tuple[int, float | None], ...] = field(default=())
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

    def growth_in(self, year: int) -> float | None:
        """Return the growth stated for ``year``, ``None`` where blank."""
        return next((rate for known, rate in self.growth if known == year), None)


@dataclass(frozen=True, slots=True)
class MonthWeight:
    """A month of the year and its weight in the year's consumption."""

    month_of_year: float = declare(
        "Month of year",
        "月份",
        Type.NUMBER,
        required=True,
        minimum=1,
        maximum=12,
        width=16,
        synonyms="月; month; calendar month",
        meaning="1 to 12; the row's key",
    )
    weight: float | None = declare(
        "Weight", "权重", Type.NUMBER, default=0.0, minimum=0, decimals=2,
        synonyms="系数; 季节系数; 季节性系数; 季节指数; factor; seasonal factor; index",
        meaning="Relative consumption per month; the twelve are scaled to a mean of 1",
    )  # fmt: skip
    note: str | None = declare(
        "Note",
        "备注",
        Type.TEXT,
        width=60,
        synonyms=NOTE_SYNONYMS,
        meaning="Remarks",
    )


DEMAND: Final = Table(
    "demand",
    "Demand",
    "消费",
    Sector,
    ("sector",),
    meaning="Consumption by end-use sector",
    synonyms="需求; 消费结构; 下游消费; consumption; end uses; end-use sectors",
    can_vary=True,
)
SEASONALITY: Final = Table(
    "seasonality",
    "Seasonality",
    "季节性",
    MonthWeight,
    ("month_of_year",),
    meaning="How consumption spreads over the year",
    synonyms="季节系数; seasonal factors",
    can_vary=True,
)


def growth_column(year: int) -> Column:
    """Return the column of the growth in ``year``."""
    return Column(
        f"growth {year}", f"Growth {year}", f"{year}年增速", Type.FRACTION, unit="%", above=-1, decimals=1,
        meaning="Growth over the year before; blank: the nearest earlier year given",
    )  # fmt: skip


def growth_year(name: str) -> int | None:
    """Return the year of a column name ``growth 2017``, ``None`` for any other name."""
    found = _GROWTH.fullmatch(name.strip())
    return int(found[1]) if found else None
