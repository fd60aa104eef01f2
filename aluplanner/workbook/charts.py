"""Native charts of results: the scenarios in one picture, and each scenario's own pictures side by side."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.cell_text import clean_text
from aluplanner.workbook.balance_sheet import ANNOUNCED, MonthRows
from aluplanner.workbook.number_formats import MONTH_FORMAT
from aluplanner.workbook.results_looks import LineLooks, axis_range, nice_step, scenario_lines

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Chart = Any
"""A chart of XlsxWriter, whose classes say nothing of their types."""

COMPARED: Final = ("balance", "stock", "price", "operating")
"""The series of which every scenario has a line in one chart."""
OF_SCENARIO: Final = 3
"""How many pictures one scenario has."""

_MUTED: Final = "#565D67"
_INK: Final = "#16191D"
_GRID: Final = "#E7EAEE"
_ZERO: Final = "#3C434C"
_FROM_ZERO: Final = ("balance", "stock", "due")
_LABELS: Final = 8
_MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120)

_BALANCE_FILL: Final = "#7FBFC4"
_STOCK_LINE: Final = LineLooks("0B5FA5", width=2.25)
_CAPACITIES: Final = (
    ("built", LineLooks("4A4F57", "dash", 1.5)),
    ("operating", LineLooks("0B5FA5", width=2.25)),
)
_POLICY: Final = (
    (ANNOUNCED, LineLooks("4A4F57", "dash_dot", 1.5)),
    ("due", LineLooks("C2480C", "dash", 1.75)),
    ("implemented", LineLooks("0B5FA5", width=2.25)),
    ("landed", LineLooks("00795A", "round_dot", 1.0)),
    ("overhang", LineLooks("A03E84", "long_dash", 1.5)),
)


class ResultCharts:
    """The charts of a workbook in the making.

    Parameters
    ----------
    book
        The workbook.
    months
        Where the months of the scenarios stand.
    balances
        The balance of each scenario, by name.
    """

    def __init__(self, book: "Workbook", months: MonthRows, balances: Mapping[str, Balance]) -> None:
        self._book, self._months = book, months
        self._any = next(iter(balances.values()))
        self._lines = scenario_lines(balances)
        self._ranges: dict[tuple[str, ...], tuple[float, float] | None] = {}

    def compared(self, series: str) -> Chart:
        """Return a chart with a line of one series for every scenario that can be told apart."""
        chart = self._book.add_chart({"type": "line"})
        for scenario, looks in self._lines.items():
            self._add_line(chart, (scenario, series), looks, self._months.scenario(scenario))
        _finish(chart, self._months, self._any.title(series))
        chart.set_y_axis(_value_axis(self._any.unit(series), self._range(series)))
        return chart

    def of_scenario(self, scenario: str) -> tuple[Chart, ...]:
        """Return the pictures of one scenario; those of different scenarios have the same axes."""
        capacity, policy = tr("Capacity"), tr("Policy gap")
        return (
            self._stock(scenario),
            self._lines_chart(scenario, capacity, _CAPACITIES),
            self._lines_chart(scenario, policy, _POLICY),
        )

    def _stock(self, scenario: str) -> Chart:
        """Return the balance as columns with the visible stock as a line on an axis of its own, both zeros level."""
        columns, line = self._book.add_chart({"type": "column"}), self._book.add_chart({"type": "line"})
        columns.add_series(
            {
                "name": self._months.title(scenario, "balance"),
                "values": self._months.values(scenario, "balance"),
                "categories": self._months.months(),
                "fill": {"color": _BALANCE_FILL},
                "gap": 30,
            }
        )
        title = self._months.title(scenario, "stock")
        self._add_line(line, (scenario, "stock"), _STOCK_LINE, title, y2_axis=True)
        columns.combine(line)
        left, right = _with_level_zeros(self._range("balance"), self._range("stock"))
        _finish(columns, self._months, _titled(tr("Balance and stock"), scenario))
        columns.set_y_axis(_value_axis(f"{tr('Balance')}, {self._any.unit('balance')}", left))
        axis = _value_axis(f"{tr('Stock')}, {self._any.unit('stock')}", right)
        line.set_y2_axis(axis | {"major_gridlines": {"visible": False}, "num_format": "#,##0;;0"})
        return columns

    def _lines_chart(self, scenario: str, title: str, lines: Sequence[tuple[str, LineLooks]]) -> Chart:
        chart = self._book.add_chart({"type": "line"})
        for series, looks in lines:
            self._add_line(chart, (scenario, series), looks, self._months.title(scenario, series))
        _finish(chart, self._months, _titled(title, scenario))
        chart.set_y_axis(_value_axis(self._any.unit(lines[-1][0]), self._range(*(series for series, _ in lines))))
        return chart

    def _add_line(
        self, chart: Chart, cells: tuple[str, str], looks: LineLooks, name: list[str | int], **more: object
    ) -> None:
        line = {"color": f"#{looks.colour}", "dash_type": looks.dash, "width": looks.width}
        values, categories = self._months.values(*cells), self._months.months()
        chart.add_series({"name": name, "values": values, "categories": categories, "line": line, **more})

    def _range(self, *series: str) -> tuple[float, float] | None:
        """Return the ends of an axis that shows these series of all scenarios."""
        if series not in self._ranges:
            shown = [self._months.figures[scenario, name] for scenario in self._lines for name in series]
            self._ranges[series] = axis_range(shown, with_zero=any(name in _FROM_ZERO for name in series))
        return self._ranges[series]


def _titled(title: str, scenario: str) -> str:
    return f"{title} · {clean_text(scenario)}"


def _finish(chart: Chart, months: MonthRows, title: str) -> None:
    """Give a chart its title, its months and its legend below, clear of everything."""
    length = len(months.horizon)
    step = next((step for step in _MONTH_STEPS if length / step <= _LABELS), _MONTH_STEPS[-1])
    chart.set_title({"name": title, "name_font": {"size": 11, "bold": True, "color": _INK}, "overlay": False})
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": MONTH_FORMAT,
            "major_unit": step,
            "major_unit_type": "months",
            "num_font": {"size": 8, "color": _MUTED},
            "line": {"color": _ZERO, "width": 1.0},
            "label_position": "low",  # below the plot also where values are negative
            "major_tick_mark": "outside",
        }
    )
    chart.set_legend({"position": "bottom", "font": {"size": 8, "color": _INK}})
    chart.set_chartarea({"border": {"color": "#C9CED5"}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.show_blanks_as("gap")


def _value_axis(title: str, ends: tuple[float, float] | None) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "name": title,
        "name_font": {"size": 8, "bold": False, "color": _MUTED},
        "num_font": {"size": 8, "color": _MUTED},
        "num_format": "#,##0",
        "major_gridlines": {"visible": True, "line": {"color": _GRID, "width": 0.75}},
        "line": {"none": True},
        "major_tick_mark": "none",
    }
    if ends is not None:
        step = nice_step((ends[1] - ends[0]) / 5)
        axis |= {"min": ends[0], "max": ends[1], "major_unit": step}
        if step < 1:
            axis["num_format"] = "#,##0.##"
    return axis


def _with_level_zeros(
    left: tuple[float, float] | None, right: tuple[float, float] | None
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Return two ranges that include zero, stretched downwards so that their zeros lie at one height."""
    if left is None or right is None:
        return left, right
    tops = [max(high, -low / 4) for low, high in (left, right)]
    below = max(-left[0] / tops[0], -right[0] / tops[1])
    return (0.0 - below * tops[0], tops[0]), (0.0 - below * tops[1], tops[1])
