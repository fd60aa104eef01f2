"""The sheet Plants now: every plant as the chosen scenario sees it (sections 1, 2 and 4 of the model page)."""

from typing import Any

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.actions import COMPLIANCES, KINDS
from aluplanner.workbook.living.case import NO_MONTH, Objects
from aluplanner.workbook.living.layout import (
    CODES,
    FIRST,
    OF_PLANT,
    PER_ROW,
    PER_TABLE,
    PLANTS_NOW,
    STATED_OF_PLANT,
)
from aluplanner.workbook.living.looks import TAB_WORKINGS
from aluplanner.workbook.living.words import NOTHING, key, name_key
from aluplanner.workbook.living.work import (
    Work,
    is_yes,
    number_of_word,
    ordinal,
    padded_names,
    seen,
    set_print,
    write_title,
)

_WINTER = ";winter region;"
_STATED_LOOKS = {"first_output": "month", "pot_size": "fine", "winter_region": "text"}


def build_plants(work: Work) -> None:
    """Write the sheet."""
    page = work.book.page(PLANTS_NOW, TAB_WORKINGS)
    write_title(
        page, tr("Plants as the chosen scenario sees them"), tr("A plant without a name is off: all its figures are 0.")
    )
    titles = [tr("No."), tr("Plant"), tr("As compared"), tr("Cell"), *STATED_OF_PLANT, *OF_PLANT]
    titles += [f"{kind}: {choice}" for kind in KINDS for choice in COMPLIANCES]
    titles += [tr("running part: {choice}", choice=choice) for choice in COMPLIANCES]
    page.grid.write_row(FIRST - 1, 1, titles, "header")
    page.grid.height(FIRST - 1, 48)
    _write_stated(work)
    _write_derived(work)
    _write_choices(work)
    page.worksheet.set_column(0, 0, 5)
    page.worksheet.set_column(1, 1, 24)
    page.worksheet.set_column(2, 70, 11)
    page.worksheet.freeze_panes(FIRST - 1, 2)
    set_print(page, True)
    work.book.name("Is_smelter", work.layout.plant("is_smelter"))
    work.book.name("Owner", work.layout.plant("owner"))


def _write_stated(work: Work) -> None:
    layout, grid = work.layout, work.book[PLANTS_NOW].grid
    at = {name: layout.plant(name) for name in ("no", "name", "key", "code")}
    names = padded_names(work, "plants")
    numbers = np.arange(1.0, layout.plants + 1)
    code = CODES["plants"] * PER_TABLE
    grid.fill(at["no"], f"=ROW()-{FIRST - 1}", numbers[:, None], "whole")
    grid.fill(at["name"], f"=TRIM({layout.stated('plants', 'plant').at()})", names[:, None], "name")
    keys = np.array([key(name) for name in names], dtype=object)
    grid.fill(at["key"], f"=LOWER({at['name'].at()})", keys[:, None], "text")
    grid.fill(at["code"], f"={code}+{at['no'].at()}*{PER_ROW}", (code + numbers * PER_ROW)[:, None], "whole")
    stated = work.case.stated("plants", STATED_OF_PLANT)
    for place, name in enumerate(STATED_OF_PLANT):
        cell = f"{at['code'].at(fix='c')}+{layout.number('plants', name)}"
        formula = seen(cell, layout.stated("plants", name).at(fix="c"))
        grid.fill(layout.plant(name), formula, stated[:, [place]], _STATED_LOOKS.get(name, "any"))


def _write_derived(work: Work) -> None:
    layout, grid = work.layout, work.book[PLANTS_NOW].grid
    at: dict[str, str] = {
        name: layout.plant(name).at(fix="c") for name in ("no", "name", "key", *STATED_OF_PLANT, *OF_PLANT)
    }
    groups, winter = layout.plant("group_key").whole(), is_yes(at["winter_region"])
    formulas = {
        "product_no": f'=IF({at["name"]}="",0,IF({at["product"]}="",1,{number_of_word("W_product", at["product"])}))',
        "is_smelter": f"=IF({at['product_no']}=1,1,0)",
        "is_refinery": f"=IF({at['product_no']}=2,1,0)",
        "plant_key": f'=IF({at["key"]}="","{NOTHING}",";"&{at["key"]}&";")',
        "group_key": _searched(at["group"]),
        "province_key": _searched(at["province"]),
        "winter_key": f'=IF({at["winter_region"]}="","{NOTHING}",IF({winter}=1,"{_WINTER}","{NOTHING}"))',
        "owner": f'=IF({at["group_key"]}="{NOTHING}",{at["no"]},'
        f"SUMPRODUCT(MAX(({groups}={at['group_key']})*{layout.plant('no').whole()})))",
        "built_0": _number(at, "built"),
        "operating_0": _number(at, "operating"),
        "nc": _number(at, "non_compliant"),
        "building": _number(at, "under_construction"),
        "first": f'=IF(OR({at["product_no"]}=0,{at["first_output"]}=""),{NO_MONTH:.0f},{ordinal(at["first_output"])})',
        "ramp": f'=MAX(1,IF({at["ramp_months"]}="",1,{at["ramp_months"]}))',
        "pot": _number(at, "pot_size"),
        "cost": f'=IF(OR({at["product_no"]}=0,{at["cash_cost"]}=""),"",{at["cash_cost"]})',
        "op_nc": f"=MIN({at['operating_0']},{at['nc']})",
        "op_c": f"={at['operating_0']}-{at['op_nc']}",
        "idle_nc": f"={at['nc']}-{at['op_nc']}",
        "idle_c": f"={at['built_0']}-{at['nc']}-{at['op_c']}",
    }
    values = derived_values(work)
    for name, formula in formulas.items():
        look = "text" if name.endswith("_key") else "fine" if name == "pot" else "any" if name == "cost" else "figure"
        grid.fill(layout.plant(name), formula, values[name][:, None], "flag" if name in _WHOLE else look)


_WHOLE = ("product_no", "is_smelter", "is_refinery", "owner", "first", "ramp")


def _searched(cell: str) -> str:
    return f'=IF(TRIM({cell})="","{NOTHING}",";"&LOWER(TRIM({cell}))&";")'


def _number(at: dict[str, str], column: str) -> str:
    return f"=IF({at['product_no']}=0,0,N({at[column]}))"


def derived_values(work: Work) -> dict[str, Objects]:
    """Return what follows for each plant, by column."""
    case, capacities = work.case, work.capacities
    number = case.numbers
    smelter = capacities.is_smelter
    named = np.array([bool(name) for name in padded_names(work, "plants")])
    built, running, nc = (number("plants", column) for column in ("built", "operating", "non_compliant"))
    running_nc = np.minimum(running, nc)
    winter = number("plants", "winter_region")
    cost = number("plants", "cash_cost", np.nan, np.nan)
    found: dict[str, Any] = {
        "product_no": np.where(named, 2.0 - smelter, 0.0),
        "is_smelter": smelter,
        "is_refinery": np.where(named, 1.0 - smelter, 0.0),
        "plant_key": _keys([str(name) for name in padded_names(work, "plants")]),
        "group_key": _keys(case.texts("plants", "group")),
        "province_key": _keys(case.texts("plants", "province")),
        "winter_key": np.where(winter > 0, _WINTER, NOTHING).astype(object),
        "owner": capacities.owners,
        "built_0": built,
        "operating_0": running,
        "nc": nc,
        "building": capacities.building,
        "first": number("plants", "first_output", NO_MONTH, NO_MONTH),
        "ramp": np.maximum(1.0, number("plants", "ramp_months", 1.0, 1.0)),
        "pot": number("plants", "pot_size"),
        "cost": cost,
        "op_nc": running_nc,
        "op_c": running - running_nc,
        "idle_nc": nc - running_nc,
        "idle_c": built - nc - (running - running_nc),
    }
    return found


def _keys(names: list[str]) -> Objects:
    return np.array([name_key(name) for name in names], dtype=object)


def _write_choices(work: Work) -> None:
    """Write what each kind of action could reach by compliance, and the running part of what a closure reaches."""
    layout, grid = work.layout, work.book[PLANTS_NOW].grid
    at = {name: layout.plant(name).at(fix="c") for name in OF_PLANT}
    built, running, nc = at["built_0"], at["operating_0"], at["nc"]
    reachable = (
        *(at["building"],) * 3, built, f"{built}-{nc}", nc, running, at["op_c"], at["op_nc"],
        f"{built}-{running}", at["idle_c"], at["idle_nc"], *(built,) * 3,
    )  # fmt: skip
    for place, expression in enumerate(reachable):
        area = layout.choices.part_column(place)
        grid.fill(area, f"={expression}", work.actions.case_choices[:, [place]], "figure")
    parts: tuple[tuple[str, str], ...] = ((running, built), (at["op_c"], f"({built}-{nc})"), (at["op_nc"], nc))
    for place, (part, whole) in enumerate(parts):
        area = layout.running_parts.part_column(place)
        grid.fill(area, f"=IF({whole}=0,0,{part}/{whole})", work.actions.running_parts[:, [place]], "fine")
