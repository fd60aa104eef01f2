"""The Plan sheet: title, author, horizon (section 1 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.schema import Column, Table, Type, Value, declare

FORMAT_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class PlanField:
    """One fact about the plan as a whole."""

    field: str = declare("Field", "项目", Type.TEXT, required=True, width=16, meaning="Name; the row's key")
    value: Value = declare("Value", "数值", Type.VALUE, width=60, meaning="Blank: the default")
    note: str | None = declare("Note", "备注", Type.TEXT, width=60, meaning="Remarks")


_DECLARED: Final = (
    Column("Title", "Title", "标题", Type.TEXT, meaning="Title of the plan"),
    Column("Author", "Author", "作者", Type.TEXT, meaning="Who answers for it"),
    Column("Description", "Description", "说明", Type.TEXT, meaning="What the plan is about"),
    Column("First month", "First month", "起始月份", Type.MONTH,
           meaning="First month modelled; blank: the first row of Monthly, else January of the first growth year"),
    Column("Months", "Months", "月数", Type.NUMBER, default=24.0, minimum=1, maximum=600,
           meaning="Length of the horizon"),
    Column("Base year", "Base year", "基年", Type.NUMBER, minimum=1990, maximum=2100, is_grouped=False,
           meaning="Year the consumption of the Demand table is stated for; blank: the year before the first month"),
    Column("Format", "Format", "格式", Type.NUMBER, default=float(FORMAT_VERSION), minimum=1, maximum=FORMAT_VERSION,
           meaning="Version of the file's layout"),
)  # fmt: skip

FIELDS: Final[dict[str, Column]] = {declared.name: declared for declared in _DECLARED}

PLAN_INFO: Final = Table(
    "plan", "Plan", "方案", PlanField, ("field",), meaning="The plan as a whole", parameters=FIELDS
)
