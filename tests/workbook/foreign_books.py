"""Workbooks as planners really send them: not laid out as plans."""

from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook.books import as_bytes

SMELTERS: list[list[Any]] = [
    ["2017年中国电解铝企业产能统计表", None, None, None, None, None, None, None, None],
    ["单位：万吨", None, None, None, None, None, None, None, None],
    ["序号", "省份", "企业名称", "所属集团", "产能", None, None, None, "投产时间"],
    [None, None, None, None, "建成", "运行", "在建", "利用率", None],
    [1, "山东", "魏桥铝电", "中国宏桥", 646.5, 598.2, 0, 0.925, None],
    [2, None, "信发铝业", "信发集团", "170", "１６８", None, 0.988, None],
    [None, None, "小计", None, 816.5, 766.2, 0, 0.938, None],
    [3, "新疆", "新疆东方希望", "东方希望", 160, 155, 80, 0.969, date(2018, 3, 1)],
    [4, None, "新疆信发", "信发集团", 190, "约185", None, None, "2017年9月"],
    [5, None, "新疆其亚", "其亚集团", 80, 78, None, 0.975, None],
    ["合计", None, None, None, 1246.5, 1184.2, 80, 0.95, None],
    ["注：数据截至2017年6月底", None, None, None, None, None, None, None, None],
]
SMELTER_MERGES = ("A1:I1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:H3", "I3:I4", "B5:B6", "B8:B10", "A11:D11")

BALANCE: list[list[Any]] = [
    ["电解铝月度平衡", None, None, None, None, None],
    ["指标", "单位", date(2017, 1, 1), date(2017, 2, 1), date(2017, 3, 1), date(2017, 4, 1)],
    ["原铝产量", "万吨", 294.8, 265.3, 271, 273.9],
    ["净进口", "万吨", 0.35, -0.12, 0.4, 0.1],
    ["表观消费", "万吨", 270, 240, 290, 300],
    ["社会库存", "吨", 550000, 980000, 1160000, "1,190,000"],
    ["现货铝价", "元/吨", 12950, 13520, 13610, 14010],
]

ENGLISH: list[list[Any]] = [
    ["Global smelter list", None, None, None, None],
    [],
    ["Company", "Location", "Capacity (Mt/y)", "In operation, kt/a", "Comment"],
    ["Alba", "Bahrain", 1.05, 1010, "Line 6 to come"],
    ["EGA Jebel Ali", "UAE", "1.15", "1,140", None],
    ["Boyne", "Australia", "n/a", 500, None],
    ["Mozal", "Mozambique", "0.58 Mt", 575, None],
    ["Boyne", "Australia", 0.01, 10, "second line of that name"],
    ["Total", None, 2.79, 3235, None],
]

OTHER: list[list[Any]] = [["Agenda"], ["1. Welcome"], ["2. Lunch"]]


def fill(sheet: Worksheet, rows: list[list[Any]]) -> None:
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value is not None:
                sheet.cell(number, column, value)


def foreign_workbook() -> Workbook:
    """Return a workbook with a Chinese list of smelters, a balance by month across, an English list and more."""
    made = Workbook()
    made.remove(made.worksheets[0])
    smelters = made.create_sheet("电解铝企业")
    fill(smelters, SMELTERS)
    for area in SMELTER_MERGES:
        smelters.merge_cells(area)
    fill(made.create_sheet("平衡表"), BALANCE)
    fill(made.create_sheet("Ex-China"), ENGLISH)
    fill(made.create_sheet("Agenda"), OTHER)
    hidden = made.create_sheet("Old list")
    fill(hidden, ENGLISH)
    hidden.sheet_state = "hidden"
    return made


def foreign_bytes() -> bytes:
    return as_bytes(foreign_workbook())
