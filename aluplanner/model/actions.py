"""The Actions table: policy and company decisions (section 1 of the model page)."""

from dataclasses import dataclass
from typing import Final

from aluplanner.model.calendar import Month
from aluplanner.model.plants import ALUMINIUM, PRODUCT_WORDS, PRODUCTS
from aluplanner.model.schema import NOTE_SYNONYMS, SOURCE_SYNONYMS, Table, Type, declare, split_names

HALT: Final = "halt construction"
CLOSE: Final = "close capacity"
CURTAIL: Final = "curtail output"
RESTART: Final = "restart capacity"
COMMISSION: Final = "commission capacity"
KINDS: Final = (HALT, CLOSE, CURTAIL, RESTART, COMMISSION)
KIND_WORDS: Final = {
    "停建": HALT, "关停": CLOSE, "限产": CURTAIL, "减产": CURTAIL, "复产": RESTART,
    "新增投产": COMMISSION, "投产": COMMISSION,
}  # fmt: skip
RESTRICTING: Final = frozenset({HALT, CLOSE, CURTAIL})
ENDING: Final = frozenset({HALT, CURTAIL, RESTART})
"""Kinds that can end; closing and commissioning are permanent."""

ANY: Final = "any"
COMPLIANT: Final = "compliant"
NON_COMPLIANT: Final = "non-compliant"
COMPLIANCES: Final = (ANY, COMPLIANT, NON_COMPLIANT)
COMPLIANCE_WORDS: Final = {"全部": ANY, "合规": COMPLIANT, "违规": NON_COMPLIANT}

ALL_PLANTS: Final = "All"
WINTER_REGION: Final = "Winter region"


@dataclass(frozen=True, slots=True)
class Action:
    """One policy or company decision that changes capacity."""

    action: str = declare(
        "Action",
        "政策措施",
        Type.TEXT,
        required=True,
        width=36,
        synonyms="措施; 政策; 事件; 项目; 政策名称; 措施名称; measure; event; decision; policy measure; name",
        meaning="Name of the decision; the row's key",
    )
    enabled: bool | None = declare(
        "Enabled",
        "启用",
        Type.YES_NO,
        default=True,
        meaning="An action that is switched off is left out everywhere",
    )
    policy: bool | None = declare(
        "Policy", "政策性", Type.YES_NO, default=True,
        meaning="Yes: an order whose landing the market watches; no: a company's own move",
    )  # fmt: skip
    kind: str | None = declare(
        "Kind",
        "类型",
        Type.CHOICE,
        choices=KINDS,
        choice_words=KIND_WORDS,
        required=True,
        width=20,
        synonyms="措施类型; 方式; type; action type",
        meaning="What the decision does to capacity",
    )
    product: str | None = declare(
        "Product",
        "产品",
        Type.CHOICE,
        choices=PRODUCTS,
        choice_words=PRODUCT_WORDS,
        default=ALUMINIUM,
        synonyms="品种; commodity",
        meaning="Only plants of this product are reached",
    )
    target: str | None = declare(
        "Target", "对象", Type.NAMES, default=ALL_PLANTS, width=36,
        synonyms=(
            "涉及企业; 涉及地区; 涉及范围; 适用范围; 企业; plants; affected plants; applies to; scope; "
            "company; smelter"
        ),
        meaning="Plants, groups or provinces, separated by ;  All: every plant; Winter region: heating-season cities",
    )  # fmt: skip
    compliance: str | None = declare(
        "Compliance", "合规性", Type.CHOICE, choices=COMPLIANCES, choice_words=COMPLIANCE_WORDS, default=ANY, width=15,
        meaning="Which part of a plant's capacity is reached",
    )  # fmt: skip
    announced: float | None = declare(
        "Announced", "公告规模", Type.NUMBER, unit="kt/y", minimum=0,
        synonyms=(
            "规模; 影响产能; 涉及产能; 减产规模; 关停规模; 关停产能; 减产产能; 影响规模; size; volume; "
            "affected capacity; capacity affected; announced capacity; announced size"
        ),
        meaning="Size as announced; give this, the share or the pots",
    )  # fmt: skip
    share: float | None = declare(
        "Share",
        "比例",
        Type.FRACTION,
        unit="%",
        minimum=0,
        maximum=1,
        synonyms="限产比例; 减产比例; 关停比例; percentage; per cent; cut share",
        meaning="Size as a share of the capacity reached",
    )
    pots: float | None = declare(
        "Pots",
        "电解槽数",
        Type.NUMBER,
        minimum=0,
        synonyms="槽数; 关停槽数; number of pots; pot count",
        meaning="Size as a number of pots",
    )
    implementation: float | None = declare(
        "Implementation", "落实率", Type.FRACTION, unit="%", default=1.0, minimum=0, maximum=1,
        synonyms="执行率; 完成率; 落实比例; 执行比例; implementation rate; carried out",
        meaning="Part of the announced size that is carried out",
    )  # fmt: skip
    operating_share: float | None = declare(
        "Operating share", "运行产能占比", Type.FRACTION, unit="%", minimum=0, maximum=1,
        meaning="Part of a closure that falls on running capacity; blank: the running part of what is reached",
    )  # fmt: skip
    announced_on: Month | None = declare(
        "Announced on",
        "公告月份",
        Type.MONTH,
        unit="month",
        synonyms="公告时间; 公告日期; 发布时间; 发布日期; announcement date; date announced",
        meaning="Month of the announcement; blank: the start",
    )
    start: Month | None = declare(
        "Start",
        "起始月份",
        Type.MONTH,
        unit="month",
        required=True,
        synonyms=(
            "开始时间; 起始时间; 开始日期; 起始日期; 开始月份; 执行时间; 生效时间; start date; start month; "
            "from; effective from; begins"
        ),
        meaning="First month of effect, before any delay",
    )
    delay: float | None = declare(
        "Delay",
        "延迟",
        Type.NUMBER,
        unit="months",
        default=0.0,
        minimum=0,
        meaning="Months by which it comes later than stated",
    )
    phase_in: float | None = declare(
        "Phase-in",
        "推进期",
        Type.NUMBER,
        unit="months",
        default=1.0,
        minimum=0,
        meaning="Months from the start to full effect",
    )
    end: Month | None = declare(
        "End",
        "截止月份",
        Type.MONTH,
        unit="month",
        synonyms="结束时间; 结束日期; 截止时间; 截止日期; 终止时间; 结束月份; end date; end month; until; ends",
        meaning="Last month in full force; blank: no end",
    )
    phase_out: float | None = declare(
        "Phase-out",
        "恢复期",
        Type.NUMBER,
        unit="months",
        default=1.0,
        minimum=0,
        meaning="Months after the end until nothing is left",
    )
    repeats_yearly: bool | None = declare(
        "Repeats yearly",
        "每年重复",
        Type.YES_NO,
        default=False,
        meaning="The same again every twelve months; needs an end",
    )
    credit: str | None = declare(
        "Credit", "抵扣", Type.NAMES, width=36,
        meaning="Closures and tonnage curtailments that count towards this share cut, separated by ;",
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

    @property
    def is_share_cut(self) -> bool:
        """Whether it is a curtailment sized by share, which acts on what runs at the time."""
        return self.kind == CURTAIL and self.share is not None

    @property
    def targets(self) -> tuple[str, ...]:
        """The names it aims at."""
        return split_names(self.target) or (ALL_PLANTS,)

    @property
    def credits(self) -> tuple[str, ...]:
        """The actions that count towards it."""
        return split_names(self.credit)


ACTIONS: Final = Table(
    "actions",
    "Actions",
    "政策措施",
    Action,
    ("action",),
    meaning="Policy and company decisions",
    synonyms="政策; 措施; 减产; 限产; 关停; 政策措施表; policies; measures; cuts; closures",
    can_vary=True,
)


MEASURES: Final = ("announced", "share", "pots")
"""The columns of which exactly one states an action's size."""


def given_measure(action: Action) -> str:
    """Return the measure in which an action's size is stated, empty if it is not stated in exactly one."""
    stated = [name for name in MEASURES if getattr(action, name) is not None]
    return stated[0] if len(stated) == 1 else ""
