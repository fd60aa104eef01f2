"""The plots over the month axis, in the order of the menu; built anew for each language."""

from aluplanner.i18n import tr
from aluplanner.ui.plots.spec import AreaSpec, Fill, Line, LineSpec, PaneSpec, PlotSpec


def plot_specs() -> tuple[PlotSpec, ...]:
    """Return every plot over the month axis, its texts in the language in force."""
    return (
        _balance(), _capacity(), _policy(), _price(), _stock_days(),
        _production(), _alumina(), _sectors(), _provinces(),
    )  # fmt: skip


def _balance() -> PlotSpec:
    balance = PaneSpec(
        "balance", tr("Balance"), tr("kt"),
        lines=(LineSpec("balance", tr("Balance"), is_compared=True),),
        area=AreaSpec(Fill.SURPLUS_AND_SHORTAGE, "balance"),
        is_signed=True,
    )  # fmt: skip
    stock = PaneSpec(
        "stock", tr("Stock"), tr("kt"),
        lines=(LineSpec("stock", tr("Stock"), is_compared=True),), actual="actual_stock", stretch=90,
    )  # fmt: skip
    return PlotSpec("balance", tr("Balance and stock"), (balance, stock), is_default=True, height=230)


def _capacity() -> PlotSpec:
    built = PaneSpec(
        "capacity", tr("Capacity"), tr("kt/y"),
        lines=(
            LineSpec("built", tr("Built"), Line.PLAIN),
            LineSpec("operating", tr("Operating"), is_compared=True),
        ),
        area=AreaSpec(Fill.BETWEEN, "built", "operating", tr("idle")),
        from_zero=False,
    )  # fmt: skip
    pipeline = PaneSpec(
        "pipeline", tr("Pipeline"), tr("kt/y"),
        lines=(
            LineSpec("under_construction", tr("Under construction"), Line.PLAIN),
            LineSpec("commissioned", tr("Commissioned"), is_compared=True),
        ),
        stretch=80,
    )  # fmt: skip
    return PlotSpec("capacity", tr("Capacity and pipeline"), (built, pipeline), is_default=True, height=240)


def _policy() -> PlotSpec:
    pane = PaneSpec(
        "policy", tr("Policy gap"), tr("kt/y"),
        lines=(
            LineSpec("announced", tr("Announced"), Line.PLAIN),
            LineSpec("due", tr("Due"), Line.DASHED),
            LineSpec("implemented", tr("Implemented"), is_compared=True),
            LineSpec("landed", tr("Landed"), Line.DOTTED),
            LineSpec("overhang", tr("Overhang"), Line.BROKEN),
        ),
        area=AreaSpec(Fill.BETWEEN, "due", "implemented", tr("gap")),
    )  # fmt: skip
    return PlotSpec("policy", tr("Announced, due and implemented"), (pane,), is_default=True, height=190)


def _price() -> PlotSpec:
    price = PaneSpec(
        "price", tr("Price"), tr("RMB/t"),
        lines=(LineSpec("price", tr("Price"), is_compared=True),), actual="actual_price", from_zero=False,
    )  # fmt: skip
    premium = PaneSpec(
        "premium", tr("Premium"), tr("% of price"),
        lines=(LineSpec("premium", tr("Premium"), is_compared=True),), is_percent=True, decimals=1, stretch=55,
    )  # fmt: skip
    credibility = PaneSpec(
        "credibility", tr("Credibility"), "%",
        lines=(LineSpec("credibility", tr("Credibility"), is_compared=True),),
        is_percent=True, from_zero=False, stretch=55,
    )  # fmt: skip
    return PlotSpec(
        "price", tr("Price, premium and credibility"), (price, premium, credibility), is_default=True, height=290
    )


def _stock_days() -> PlotSpec:
    pane = PaneSpec(
        "stock_days", tr("Stock days"), tr("days"),
        lines=(LineSpec("stock_days", tr("Stock days"), is_compared=True),), decimals=1,
    )  # fmt: skip
    return PlotSpec("stock_days", tr("Stock days"), (pane,), is_default=True)


def _production() -> PlotSpec:
    pane = PaneSpec(
        "production", tr("Production and consumption"), tr("kt"),
        lines=(
            LineSpec("production", tr("Production"), is_compared=True),
            LineSpec("supply", tr("Supply"), Line.DASHED),
            LineSpec("consumption", tr("Consumption"), Line.PLAIN),
        ),
        actual="actual_production", from_zero=False,
    )  # fmt: skip
    return PlotSpec("production", tr("Production and consumption"), (pane,), height=180)


def _alumina() -> PlotSpec:
    stock = PaneSpec(
        "alumina", tr("Alumina stock"), tr("kt"),
        lines=(LineSpec("alumina_stock", tr("Alumina stock"), is_compared=True),),
        if_blank=tr("Alumina is not modelled: Plants has no refineries."),
    )  # fmt: skip
    cover = PaneSpec(
        "bauxite", tr("Bauxite cover"), tr("times the need"),
        lines=(LineSpec("bauxite_cover", tr("Bauxite cover"), is_compared=True),),
        guide=1.0, from_zero=False, decimals=2, stretch=70,
        if_blank=tr("No alumina is made, so no bauxite is needed."),
    )  # fmt: skip
    return PlotSpec("alumina", tr("Alumina and bauxite"), (stock, cover), height=220)


def _sectors() -> PlotSpec:
    pane = PaneSpec(
        "sectors", tr("Consumption by sector"), tr("kt"),
        lines=(LineSpec("consumption", tr("Total"), is_compared=True),), stack="consumption_by_sector",
    )  # fmt: skip
    return PlotSpec("sectors", tr("Consumption by sector"), (pane,), height=210)


def _provinces() -> PlotSpec:
    pane = PaneSpec(
        "provinces", tr("Operating by province"), tr("kt/y"),
        lines=(LineSpec("operating", tr("Total"), is_compared=True),), stack="operating_by_province",
    )  # fmt: skip
    return PlotSpec("provinces", tr("Operating by province"), (pane,), height=230)
