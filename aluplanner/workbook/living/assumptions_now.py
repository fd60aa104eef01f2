"""The sheet Assumptions now: every assumption as the chosen scenario sees it (section 9 of the model page)."""

from aluplanner.i18n import tr
from aluplanner.model.assumptions import PARAMETERS
from aluplanner.model.calendar import Month
from aluplanner.model.schema import Column, Type, fold
from aluplanner.workbook.living.case import raw
from aluplanner.workbook.living.layout import ASSUMPTIONS_NOW, CODES, FIRST, PER_ROW, PER_TABLE
from aluplanner.workbook.living.looks import TAB_WORKINGS
from aluplanner.workbook.living.work import Work, is_yes, ordinal, set_print, write_title


def build_assumptions(work: Work) -> None:
    """Write the sheet and name every assumption ``a_…``."""
    page = work.book.page(ASSUMPTIONS_NOW, TAB_WORKINGS)
    title = tr("Assumptions as the chosen scenario sees them")
    write_title(
        page, title, tr("Formulas use the column Used under the names a_…; yes is 1, no 0, a month its number.")
    )
    titles = (tr("Assumption"), tr("Unit"), tr("Row"), tr("In the scenario"), tr("Used"), tr("Default"))
    page.grid.write_row(FIRST - 1, 1, titles, "header")
    for name in PARAMETERS:
        _write_line(work, name)
    page.worksheet.set_column(0, 0, 26)
    page.worksheet.set_column(1, 5, 14)
    page.worksheet.freeze_panes(FIRST - 1, 1)
    set_print(page)


def _write_line(work: Work, name: str) -> None:
    layout, grid = work.layout, work.book[ASSUMPTIONS_NOW].grid
    declared = PARAMETERS[name]
    at = {column: layout.assumption(name, column) for column in ("name", "unit", "row", "now", "used", "default")}
    line = at["name"].top
    plan = work.case.resolved
    row = next(n for n, record in enumerate(plan.assumptions, start=1) if fold(record.assumption or "") == name)
    grid.write(line, 1, name, "name")
    grid.write(line, 2, tr(declared.unit), "field")
    keys, values = layout.stated("assumptions", "assumption"), layout.stated("assumptions", "value")
    found = f"=SUMPRODUCT((LOWER(TRIM({keys.whole()}))={at['name'].at(fix='c')})*(ROW({keys.whole()})-1))"
    grid.formula(line, 3, found, float(row), "whole")
    number, here = at["row"].at(fix="c"), at["now"].at(fix="c")
    code = f"{CODES['assumptions'] * PER_TABLE}+{number}*{PER_ROW}+{layout.number('assumptions', 'value')}"
    source = f"INDEX({values.whole()},{number})"
    stated = f'IF({number}=0,"",IF({source}="","",{source}))'
    now = raw(plan, "assumptions", plan.assumptions[row - 1], "value")
    look = _look(declared)
    grid.formula(
        line,
        4,
        f"=IFERROR(INDEX(Ov_value,MATCH({code},Ov_cell,0)),{stated})",
        now,
        "month" if look == "whole" else look,
    )
    used = work.case.assumption(name)
    grid.formula(line, 5, f"={_used(declared, here, at['default'].at(fix='c'))}", used, look)
    default = declared.default
    grid.write(line, 6, 0.0 if default is None or isinstance(default, Month | str) else float(default), look)
    work.book.name(f"a_{name}", at["used"])


def _used(declared: Column, cell: str, default: str) -> str:
    if declared.type is Type.YES_NO:
        return f'IF({cell}="",{default},{is_yes(cell)})'
    if declared.type is Type.MONTH:
        return f'IF({cell}="",0,{ordinal(cell)})'
    return f'IF({cell}="",{default},{cell})'


def _look(declared: Column) -> str:
    if declared.type is Type.MONTH:
        return "whole"
    return "share" if declared.type is Type.FRACTION else "fine" if declared.decimals > 1 else "any"
