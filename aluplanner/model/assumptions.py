"""The Assumptions table: one number a row, each declared here (section 9 of the model page)."""

from dataclasses import dataclass
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.schema import Column, Table, Type, Value, declare, fold


@dataclass(frozen=True, slots=True)
class Assumption:
    """The value of one assumption; unit, bounds and default stand in :data:`PARAMETERS`."""

    assumption: str = declare("Assumption", "假设", Type.TEXT, required=True, width=26, meaning="Name; the row's key")
    value: Value = declare("Value", "数值", Type.VALUE, width=14, meaning="Blank: the default")
    source: str | None = declare("Source", "来源", Type.TEXT, width=60, meaning="Where the figure comes from")

    @property
    def unit(self) -> str | None:
        """Unit of the value."""
        declared = PARAMETERS.get(fold(self.assumption or ""))
        return tr(declared.unit) if declared else None

    @property
    def meaning(self) -> str | None:
        """What the assumption means."""
        declared = PARAMETERS.get(fold(self.assumption or ""))
        return tr(declared.meaning) if declared else None


def _number(name: str, title_zh: str, unit: str, default: float, meaning: str, **details: Any) -> Column:
    title = name.replace("_", " ").capitalize()
    return Column(name, title, title_zh, Type.NUMBER, unit=unit, default=default, meaning=meaning, **details)


def _fraction(name: str, title_zh: str, default: float, meaning: str, unit: str = "%") -> Column:
    title = name.replace("_", " ").capitalize()
    return Column(
        name,
        title,
        title_zh,
        Type.FRACTION,
        unit=unit,
        default=default,
        minimum=0,
        maximum=1,
        decimals=1,
        meaning=meaning,
    )


_DECLARED: Final = (
    _number("opening_stock", "期初库存", "kt", 300.0, "visible stock at the month-end before the horizon", minimum=0),
    _number("load_factor", "产出系数", "t/t", 1.02,
            "output per tonne of running capacity (amperage raises it above 1)", minimum=0, decimals=4),
    _fraction("disruption", "意外减产率", 0.0, "allowance for unplanned outages, off the whole output"),
    _fraction("visible_share", "显性库存占比", 0.9, "part of a surplus that shows up in visible stock"),
    _number("balance_band", "平衡带宽", "fraction", 0.01, 'half-width of "balanced", as a share of consumption',
            minimum=0, decimals=3),
    _number("demand_elasticity", "需求价格弹性", "–", 0.0, "price elasticity of consumption", decimals=2),
    _number("reference_price", "基准价格", "RMB/t", 14000.0, "price at the reference days with no premium", above=0),
    _number("opening_price", "期初价格", "RMB/t", 13000.0, "price at the opening", above=0),
    _number("reference_days", "基准库存天数", "days", 12.0, "stock cover that the reference price goes with",
            above=0, decimals=1),
    _number("stock_elasticity", "库存弹性", "–", 0.15, "% price per % stock cover", decimals=2),
    _fraction("price_adjustment", "价格调整速度", 0.5, "part of the gap to the target price closed each month",
              unit="%/month"),
    _number("premium_strength", "溢价强度", "–", 1.5,
            "% price per % of capacity under a believed, not yet implemented order", decimals=2),
    _fraction("opening_credibility", "期初公信度", 0.6, "belief in announcements at the opening"),
    _fraction("learning", "学习速度", 0.2, "how fast belief follows what is implemented", unit="%/month"),
    _number("learning_scale", "学习尺度", "fraction", 0.02,
            "orders due, as a share of running capacity, from which the market learns at full speed",
            above=0, decimals=3),
    Column("known_until", "Known until", "已知截至", Type.MONTH, unit="month",
           meaning="last month in which actuals replace the model; blank: none"),
    Column("market_response", "Market response", "市场响应", Type.YES_NO, unit="yes/no", default=False,
           meaning="plants restart and idle on last month's price"),
    Column("response_from", "Response from", "响应起始", Type.MONTH, unit="month",
           meaning="first month of the response; blank: the first of the horizon"),
    _number("response_margin", "响应利润", "RMB/t", 750.0, "margin at which the response is full", above=0),
    _fraction("restart_speed", "复产速度", 0.03, "idle compliant capacity restarted per month at full pull",
              unit="%/month"),
    _fraction("idling_speed", "减产速度", 0.05, "running capacity idled per month at full loss", unit="%/month"),
    _number("alumina_per_t", "氧化铝单耗", "t/t", 1.93, "alumina per tonne of aluminium", above=0, decimals=2),
    Column("alumina_limits", "Alumina limits", "氧化铝约束", Type.YES_NO, unit="yes/no", default=True,
           meaning="a lack of alumina limits aluminium output"),
    _number("alumina_opening_stock", "氧化铝期初库存", "kt", 1500.0, "alumina stock at the opening", minimum=0),
    _fraction("alumina_min_utilisation", "氧化铝最低开工率", 0.6, "refineries do not run below this"),
    _fraction("alumina_max_utilisation", "氧化铝最高开工率", 1.0, "nor above this"),
    _number("power_per_t", "单位电耗", "MWh/t", 13.5, "electricity per tonne", decimals=1),
    _number("co2_per_t", "单位碳排放", "t/t", 14.0, "CO2 per tonne, Chinese power mix", decimals=1),
    _fraction("factor_correlation", "共同因子权重", 0.5, "weight of a common factor in the Monte Carlo"),
)  # fmt: skip

PARAMETERS: Final[dict[str, Column]] = {declared.name: declared for declared in _DECLARED}

ASSUMPTIONS: Final = Table(
    "assumptions", "Assumptions", "假设", Assumption, ("assumption",), meaning="One number a row",
    parameters=PARAMETERS,
    derived=(
        Column("unit", "Unit", "单位", Type.TEXT, derived=True, width=16, meaning="Unit of the value"),
        Column("meaning", "Meaning", "含义", Type.TEXT, derived=True, width=60, meaning="What the assumption means"),
    ),
    can_vary=True,
)  # fmt: skip
