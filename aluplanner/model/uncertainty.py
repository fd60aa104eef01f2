"""The Uncertainty table: cells that are not known exactly (sections 1 and 11 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.schema import Table, Type, declare

PERT: Final = "pert"
TRIANGULAR: Final = "triangular"
UNIFORM: Final = "uniform"
NORMAL: Final = "normal"
DISTRIBUTIONS: Final = (PERT, TRIANGULAR, UNIFORM, NORMAL)


@dataclass(frozen=True, slots=True)
class UncertainCell:
    """One numeric cell with its distribution; ``low``, ``mode``, ``high`` are in the cell's unit."""

    table: str = declare("Table", "表", Type.TEXT, required=True, meaning="Table of the cell")
    row: str = declare("Row", "行", Type.TEXT, required=True, width=38, meaning="Key of the cell's row")
    column: str = declare("Column", "列", Type.TEXT, required=True, width=20, meaning="Field name of the cell's column")
    distribution: str | None = declare(
        "Distribution",
        "分布",
        Type.CHOICE,
        choices=DISTRIBUTIONS,
        required=True,
        meaning="Shape of the distribution",
    )
    low: float | None = declare(
        "Low", "低值", Type.VALUE, required=True, meaning="Lowest value; for normal the 5th percentile"
    )
    mode: float | None = declare(
        "Mode", "最可能值", Type.VALUE, meaning="Most likely value; for normal the mean; not used by uniform"
    )
    high: float | None = declare(
        "High", "高值", Type.VALUE, required=True, meaning="Highest value; for normal the 95th percentile"
    )
    factor: str | None = declare(
        "Factor",
        "共同因子",
        Type.TEXT,
        width=16,
        meaning="Cells with the same factor move together; blank: on its own",
    )
    note: str | None = declare("Note", "备注", Type.TEXT, width=60, meaning="Remarks")


UNCERTAINTY: Final = Table(
    "uncertainty", "Uncertainty", "不确定性", UncertainCell, ("table", "row", "column"),
    meaning="Cells that are not known exactly",
)  # fmt: skip
