"""The Bauxite table: origins in order of preference (sections 1 and 5 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.schema import Table, Type, declare


@dataclass(frozen=True, slots=True)
class Origin:
    """An origin of bauxite; what it can supply in the base year, kt/y."""

    origin: str = declare(
        "Origin",
        "来源国",
        Type.TEXT,
        required=True,
        width=16,
        meaning="Where the bauxite comes from; the row's key",
    )
    available: float | None = declare(
        "Available",
        "可供量",
        Type.NUMBER,
        unit="kt/y",
        default=0.0,
        minimum=0,
        meaning="What it can supply in the base year",
    )
    growth: float | None = declare(
        "Growth",
        "年增速",
        Type.FRACTION,
        unit="%/y",
        default=0.0,
        above=-1,
        decimals=1,
        meaning="Growth of that per year",
    )
    grade: float | None = declare(
        "Grade",
        "矿耗",
        Type.NUMBER,
        unit="t/t",
        above=0,
        required=True,
        decimals=2,
        meaning="Tonnes of bauxite per tonne of alumina",
    )
    source: str | None = declare("Source", "来源", Type.TEXT, width=44, meaning="Where the figures come from")
    note: str | None = declare("Note", "备注", Type.TEXT, width=60, meaning="Remarks")


BAUXITE: Final = Table(
    "bauxite",
    "Bauxite",
    "铝土矿",
    Origin,
    ("origin",),
    meaning="Origins of bauxite, in order of preference",
    can_vary=True,
)
