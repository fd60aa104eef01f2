"""The Claims table: statements to check (sections 1 and 11 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.schema import Table, Type, declare

BETWEEN: Final = "between"
RELATIONS: Final = ("<", "<=", "=", ">=", ">", BETWEEN)
RELATION_WORDS: Final = {"equals": "=", "below": "<", "at most": "<=", "at least": ">=", "above": ">"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about a measure that holds or fails in each scenario."""

    claim: str = declare(
        "Claim", "论断", Type.TEXT, required=True, width=48, meaning="The statement in words; the row's key"
    )
    measure: str | None = declare(
        "Measure",
        "指标",
        Type.TEXT,
        required=True,
        width=48,
        meaning="What is measured, as in: balance 2017H2 sum",
    )
    relation: str | None = declare(
        "Relation", "关系", Type.CHOICE, choices=(*RELATIONS, *RELATION_WORDS), required=True,
        meaning="How the measure must stand to the value",
    )  # fmt: skip
    value: float | None = declare(
        "Value", "数值", Type.NUMBER, required=True, decimals=2, meaning="In the measure's unit"
    )
    upper: float | None = declare("Upper", "上限", Type.NUMBER, decimals=2, meaning="Upper end; needed for between")
    tolerance: float | None = declare(
        "Tolerance",
        "容差",
        Type.NUMBER,
        default=0.0,
        minimum=0,
        decimals=2,
        meaning="Slack, in the measure's unit",
    )
    source: str | None = declare("Source", "来源", Type.TEXT, width=44, meaning="Who says so")
    note: str | None = declare("Note", "备注", Type.TEXT, width=60, meaning="Remarks")

    @property
    def sign(self) -> str | None:
        """The relation as a sign or ``between``."""
        return RELATION_WORDS.get(self.relation or "", self.relation)


CLAIMS: Final = Table("claims", "Claims", "论断", Claim, ("claim",), meaning="Statements to check")
