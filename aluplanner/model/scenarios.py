"""The Scenarios and Overrides tables (section 1 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.schema import Table, Type, Value, declare, split_names

BASE: Final = "Base"
"""Name under which the base plan is reported."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named alternative, or a reusable layer of one."""

    scenario: str = declare("Scenario", "情景", Type.TEXT, required=True, width=36, meaning="Name; the row's key")
    builds_on: str | None = declare(
        "Builds on", "基于", Type.NAMES, width=44,
        meaning="Scenarios whose changes it takes first, in order, separated by ;  blank: the base plan",
    )  # fmt: skip
    description: str | None = declare("Description", "说明", Type.TEXT, width=90, meaning="What it stands for")

    @property
    def layers(self) -> tuple[str, ...]:
        """The scenarios it builds on, in order."""
        return split_names(self.builds_on)


@dataclass(frozen=True, slots=True)
class Override:
    """One cell changed by one scenario; ``value`` is of the type of the cell it names."""

    scenario: str = declare(
        "Scenario", "情景", Type.TEXT, required=True, width=36, meaning="The scenario that changes the cell"
    )
    table: str = declare("Table", "表", Type.TEXT, required=True, meaning="Table of the cell")
    row: str = declare("Row", "行", Type.TEXT, required=True, width=40, meaning="Key of the cell's row")
    column: str = declare("Column", "列", Type.TEXT, required=True, width=20, meaning="Field name of the cell's column")
    value: Value = declare(
        "Value",
        "数值",
        Type.VALUE,
        width=14,
        required=True,
        meaning="The value there; (blank) empties the cell",
    )
    note: str | None = declare("Note", "备注", Type.TEXT, width=60, meaning="Remarks")


SCENARIOS: Final = Table(
    "scenarios", "Scenarios", "情景", Scenario, ("scenario",), meaning="Named alternatives to the base plan"
)
OVERRIDES: Final = Table(
    "overrides", "Overrides", "覆盖值", Override, ("scenario", "table", "row", "column"),
    meaning="The cells that scenarios change",
)  # fmt: skip
