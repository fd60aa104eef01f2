"""The sheet Bauxite now: what each origin could make and what is taken of it (section 5 of the model page)."""

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.reporting import bauxite_use
from aluplanner.model.upstream import bauxite_capacity, bauxite_taken
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.book import Page
from aluplanner.workbook.living.layout import BAUXITE_NOW, CODES, PER_ROW, PER_TABLE
from aluplanner.workbook.living.work import Work, month_page, padded_names, seen, write_caption

_STATED = ("available", "growth", "grade")


def build_bauxite(work: Work) -> None:
    """Write the blocks: as stated, capacity, taken, used."""
    note = tr("Origins in order of preference: each takes what is left of the month's alumina production.")
    page = month_page(work, BAUXITE_NOW, tr("Bauxite now"), note)
    _write_stated(work, page)
    layout = work.layout
    stated = layout.origin_stated
    available, growth, grade = (stated.at(0, place, "c") for place in range(3))
    year, part = (layout.month(name).at(fix="r") for name in ("year", "year_part"))
    able, taken = layout.origin("capacity"), layout.origin("taken")
    above = f"SUM({able.at(0, 0, 'r')}:{able.at().partition('!')[2]})-{able.at()}"
    made = layout.line("alumina_production").at(fix="r")
    capacity, use, taken_values = bauxite_values(work)
    for name, caption, formula, values in (
        ("capacity", tr("Alumina that its bauxite could make, kt"),
         f'=IF(N({grade})=0,0,N({available})*(1+N({growth}))^({year}-Base_year)*{part}/{grade})', capacity),
        ("taken", tr("Alumina made from it, kt"),
         f'=IF(Refineries=0,"",MIN({able.at()},MAX(0,{made}-({above}))))', taken_values),
        ("use", tr("Bauxite used, kt"), f'=IF(Refineries=0,"",{taken.at()}*N({grade}))', use),
    ):  # fmt: skip
        area = layout.origin(name)
        write_caption(page, area, caption)
        _write_names(work, page, area)
        page.grid.fill(area, formula, values, "figure")


def _write_names(work: Work, page: Page, area: Area) -> None:
    names = Area(BAUXITE_NOW, area.top, 1, area.rows, 1)
    source = f"=TRIM({work.layout.stated('bauxite', 'origin').at(fix='c')})"
    page.grid.fill(names, source, padded_names(work, "bauxite")[:, None], "name")


def _write_stated(work: Work, page: Page) -> None:
    layout = work.layout
    area = layout.origin_stated
    write_caption(page, area, tr("As the chosen scenario sees it"))
    titles = (tr("Origin"), tr("Cell"), None, None, tr("Available, kt/y"), tr("Growth"), tr("Grade, t/t"))
    page.grid.write_row(area.top - 1, 1, titles, "header")
    _write_names(work, page, area)
    codes = Area(BAUXITE_NOW, area.top, 2, area.rows, 1)
    base = CODES["bauxite"] * PER_TABLE
    numbers = base + PER_ROW * np.arange(1.0, area.rows + 1)
    page.grid.fill(codes, f"={base}+(ROW()-{area.top - 1})*{PER_ROW}", numbers[:, None], "field")
    values = work.case.stated("bauxite", _STATED)
    for place, name in enumerate(_STATED):
        formula = seen(
            f"{codes.at(fix='c')}+{layout.number('bauxite', name)}", layout.stated("bauxite", name).at(fix="c")
        )
        page.grid.fill(area.part_column(place), formula, values[:, [place]], "share" if name == "growth" else "any")


def bauxite_values(work: Work) -> tuple[Array, Array, Array]:
    """Return capacity, use and what is taken, kt, shape ``(origins, months)`` each; NaN without refineries."""
    layout, run = work.layout, work.case.balance.run
    shape = (layout.count("bauxite"), layout.months)
    capacity, use, taken = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    able = bauxite_capacity(run.inputs, work.case.horizon, run.frame.year_fraction)
    capacity[: able.shape[2]] = able[0].T
    if not work.case.has_refineries:
        return capacity, np.full(shape, np.nan), np.full(shape, np.nan)
    use[: able.shape[2]] = bauxite_use(run)[0].T
    taken[: able.shape[2]] = bauxite_taken(able, run.reported("alumina_production"))[0].T
    return capacity, use, taken
