"""The Bauxite table: origins in order of preference (sections 1 and 5 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.schema import NOTE_SYNONYMS, SOURCE_SYNONYMS, Table, Type, declare


@dataclass(frozen=True, slots=True)
class Origin:
    """An origin of bauxite; what it can supply in the base year, kt/y."""

    origin: str = declare(
        "Origin",
        "来源国",
        Type.TEXT,
        required=True,
        width=16,
        synonyms="国家; 国别; 产地; 进口来源国; 进口国; country; country of origin; supplier",
        meaning="Where the bauxite comes from; the row's key",
    )
    available: float | None = declare(
        "Available",
        "可供量",
        Type.NUMBER,
        unit="kt/y",
        default=0.0,
        minimum=0,
        synonyms="供应量; 可供应量; 供应; 进口量; supply; availability; available supply; bauxite supply",
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
        synonyms="增速; 增长率; 年增长率; growth rate; annual growth",
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
        synonyms="单耗; 矿石单耗; 吨氧化铝耗矿; bauxite per alumina; bauxite per tonne of alumina; ore consumption",
        meaning="Tonnes of bauxite per tonne of alumina",
    )
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


BAUXITE: Final = Table(
    "bauxite",
    "Bauxite",
    "铝土矿",
    Origin,
    ("origin",),
    meaning="Origins of bauxite, in order of preference",
    synonyms="铝土矿供应; 铝土矿进口; bauxite supply; bauxite imports",
    can_vary=True,
)
