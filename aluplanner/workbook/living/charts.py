"""The charts of Summary: native ones, drawn from the lines of Balance."""

from dataclasses import dataclass
from math import isnan
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.workbook.living.layout import BALANCE
from aluplanner.workbook.living.work import Work, month_days

_COLOURS: Final = ("#0B5FA5", "#C2480C", "#00795A")  # as in the window
_DASHES: Final = ("solid", "dash", "round_dot")


@dataclass(frozen=True)
class Picture:
    """What one chart shows: lines, and where they are on a second axis."""

    title: str
    left: tuple[str, ...]
    right: tuple[str, ...] = ()
    columns: bool = False


def pictures() -> tuple[Picture, ...]:
    """Return the charts, in the order of reading."""
    return (
        Picture(tr("Balance (columns) and visible stock (line), kt"), ("balance",), ("stock",), columns=True),
        Picture(tr("Built and operating capacity, kt/y"), ("built", "operating")),
        Picture(tr("Policy gap: due, implemented, still open, kt/y"), ("due", "implemented", "overhang")),
        Picture(tr("Price, RMB/t (left), and stock days (right)"), ("price",), ("stock_days",)),
    )


def draw_charts(work: Work, sheet: Any, row: int) -> None:
    """Put the charts below a row of the sheet, two side by side; the row is counted from 0."""
    for place, picture in enumerate(pictures()):
        chart = _chart(work, picture)
        column = "AE"[place % 2]
        sheet.insert_chart(f"{column}{row + 1 + place // 2 * 16}", chart, {"object_position": 2})


def _chart(work: Work, picture: Picture) -> Any:
    writer = work.book.writer
    chart = writer.add_chart({"type": "column" if picture.columns else "line"})
    for number, name in enumerate(picture.left):
        chart.add_series(_series(work, name, number, is_column=picture.columns))
    if picture.right:
        other = writer.add_chart({"type": "line"})
        for number, name in enumerate(picture.right, start=len(picture.left)):
            other.add_series({**_series(work, name, number), "y2_axis": True})
        other.set_y2_axis({"num_format": "#,##0", "line": {"none": True}, "num_font": {"size": 8}})
        chart.combine(other)
    chart.set_title(
        {"name": picture.title, "name_font": {"size": 11, "bold": True, "color": "#1F3864"}, "overlay": False}
    )
    months = work.layout.months
    step = max(1, round(months / 8))
    chart.set_x_axis({
        "num_format": "yyyy-mm", "label_position": "low", "num_font": {"size": 8, "rotation": -45},
        "interval_unit": step, "interval_tick": step, "text_axis": True,
    })  # fmt: skip
    chart.set_y_axis({
        "num_format": "#,##0", "num_font": {"size": 8}, "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}},
    })  # fmt: skip
    chart.set_legend({"position": "bottom", "font": {"size": 8}})
    chart.set_size({"width": 500, "height": 300})
    return chart


def _series(work: Work, name: str, number: int, *, is_column: bool = False) -> dict[str, Any]:
    area, case = work.layout.line(name), work.case
    first, last = area.left - 1, area.left + area.columns - 2
    values = ["" if isnan(value) else value for value in case.series(name).tolist()]
    shape: dict[str, Any] = {
        "name": f"={BALANCE}!$A${area.top}",
        "categories": [BALANCE, 2, first, 2, last],
        "values": [BALANCE, area.top - 1, first, area.top - 1, last],
        # what viewers that do not calculate draw
        "categories_data": month_days(case).tolist(),
        "values_data": values,
    }
    if is_column:
        return {**shape, "fill": {"color": "#80BFC4"}, "gap": 40}
    line = {"color": _COLOURS[number % 3], "width": 2, "dash_type": _DASHES[number % 3]}
    return {**shape, "line": line, "marker": {"type": "none"}}
