"""The sheet Actions now: a column an action as the chosen scenario sees it (sections 1 to 3 of the model page)."""

from typing import Any

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.actions import CLOSE, COMMISSION, HALT, RESTART
from aluplanner.workbook.living.area import letters
from aluplanner.workbook.living.case import NO_MONTH, Objects
from aluplanner.workbook.living.layout import (
    ACTIONS_FROM,
    ACTIONS_NOW,
    CODES,
    OF_ACTION,
    PER_ROW,
    PER_TABLE,
    STATED_OF_ACTION,
)
from aluplanner.workbook.living.looks import TAB_WORKINGS
from aluplanner.workbook.living.words import list_text, name_key
from aluplanner.workbook.living.work import (
    Work,
    is_yes,
    number_of_word,
    ordinal,
    padded_names,
    seen,
    set_print,
)

_MASKS = ("is_halt", "is_close", "is_tonnage", "is_share", "is_restart", "is_commission", "is_watched", "is_bare")
_STATED_LOOKS = {"share": "share", "implementation": "share", "operating_share": "share",
                 "announced_on": "month", "start": "month", "end": "month"}  # fmt: skip
_LOOKS = {"target_list": "text", "credit_list": "text", "key": "text", "mean_pot": "fine", "carried_out": "share"}
_FIGURES = ("eligible", "asked", "size", "unallocated", "weight_sum", "out_sum", "s_0", "s", "e_0", "e", "n", "m", "a")


def build_actions(work: Work) -> None:
    """Write the sheet."""
    page = work.book.page(ACTIONS_NOW, TAB_WORKINGS)
    page.grid.write(1, 1, tr("Actions as the chosen scenario sees them, a column each"), "title")
    page.grid.height(1, 24)
    _write_stated(work)
    _write_derived(work)
    page.worksheet.set_column(0, 0, 20)
    page.worksheet.set_column(1, 2, 7)
    page.worksheet.set_column(ACTIONS_FROM - 1, ACTIONS_FROM + work.layout.actions - 2, 14)
    page.worksheet.freeze_panes(4, ACTIONS_FROM - 1)
    set_print(page, True)
    for name in _MASKS:
        work.book.name(name.capitalize(), work.layout.action(name))
    work.book.name("Slot_no", work.layout.action("slot"))


def _label(work: Work, name: str, text: str = "") -> None:
    work.book[ACTIONS_NOW].grid.write(work.layout.action(name).top, 1, text or name, "name")


def _write_stated(work: Work) -> None:
    layout, grid = work.layout, work.book[ACTIONS_NOW].grid
    no, code_row, name_row = (layout.action(name) for name in ("no", "code", "name"))
    numbers = np.arange(1.0, layout.actions + 1)[None, :]
    code = CODES["actions"] * PER_TABLE
    grid.fill(no, f"=COLUMN()-{ACTIONS_FROM - 1}", numbers, "whole")
    grid.fill(code_row, f"={code}+{no.at(fix='r')}*{PER_ROW}", code + numbers * PER_ROW, "whole")
    names = layout.stated("actions", "action").whole()
    grid.fill(name_row, f"=TRIM(INDEX({names},{no.at(fix='r')}))", padded_names(work, "actions")[None, :], "header")
    grid.height(name_row.top, 48)
    for name, text in (("no", tr("Number")), ("code", tr("Cell")), ("name", tr("Action"))):
        _label(work, name, text)
    stated = work.case.stated("actions", STATED_OF_ACTION)
    for place, name in enumerate(STATED_OF_ACTION):
        _label(work, name)
        column = layout.number("actions", name)
        grid.write(layout.action(name).top, 2, letters(column), "field")
        source = f"INDEX({layout.stated('actions', name).whole()},{no.at(fix='r')})"
        formula = seen(f"{code_row.at(fix='r')}+{column}", source)
        grid.fill(layout.action(name), formula, stated[:, [place]].T, _STATED_LOOKS.get(name, "any"))


def _formulas(work: Work) -> dict[str, str]:
    layout = work.layout
    at = {name: layout.action(name).at(fix="r") for name in ("name", *STATED_OF_ACTION, *OF_ACTION)}
    on, kind = at["on"], at["kind_no"]
    reach = {name: layout.reach(name).column() for name in ("reached", "eligible", "weight", "out")}
    pots = layout.plant("pot").whole()
    first_slot = layout.action("slot")
    before = f"{first_slot.at(0, -1, 'cr')}:{first_slot.at(0, -1, '').partition('!')[2]}"
    compliance = number_of_word("W_compliance", at["compliance"])
    return {
        "on": f'=IF({at["name"]}="",0,IF({at["enabled"]}="",1,{is_yes(at["enabled"])}))',
        "kind_no": f"=IF({on}=0,0,{number_of_word('W_kind', at['kind'])})",
        "product_no": f'=IF({on}=0,0,IF({at["product"]}="",1,{number_of_word("W_product", at["product"])}))',
        "compliance_no": f'=IF({on}=0,0,IF({at["compliance"]}="",1,{compliance}))',
        "choice": f"=IF(OR({kind}=0,{at['compliance_no']}=0),0,({kind}-1)*3+{at['compliance_no']})",
        "target_list": f'=IF(TRIM({at["target"]})="",";all;",{_list(at["target"])})',
        "credit_list": f'=IF(TRIM({at["credit"]})="","",{_list(at["credit"])})',
        "key": f'=IF({at["name"]}="","; ;",";"&LOWER({at["name"]})&";")',
        "is_halt": f"=IF({kind}=1,1,0)",
        "is_close": f"=IF({kind}=2,1,0)",
        "is_tonnage": f'=IF(AND({kind}=3,{at["share"]}=""),1,0)',
        "is_share": f'=IF(AND({kind}=3,{at["share"]}<>""),1,0)',
        "is_restart": f"=IF({kind}=4,1,0)",
        "is_commission": f"=IF({kind}=5,1,0)",
        "is_watched": f"=IF(AND({kind}>=1,{kind}<=3,{at['product_no']}=1),"
        f'IF({at["policy"]}="",1,{is_yes(at["policy"])}),0)',
        "is_bare": f"=IF(AND({at['is_share']}=1,{at['slot']}=0),1,0)",
        "slot": f'=IF(AND({at["is_share"]}=1,{at["credit_list"]}<>""),1+MAX({before}),0)',
        "reached": f"=SUM({reach['reached']})",
        "eligible": f"=SUM({reach['eligible']})",
        "mean_pot": f"=IF({at['eligible']}=0,0,SUMPRODUCT({reach['eligible']},{pots})/{at['eligible']})",
        "asked": f'=IF({on}=0,0,IF({at["announced"]}<>"",{at["announced"]},'
        f'IF({at["share"]}<>"",{at["share"]}*{at["eligible"]},N({at["pots"]})*{at["mean_pot"]})))',
        "size": f"=IF({at['is_commission']}=1,{at['asked']},MIN({at['asked']},{at['eligible']}))",
        "unallocated": f"={at['asked']}-{at['size']}",
        "carried_out": f'=IF({on}=0,0,IF({at["implementation"]}="",1,{at["implementation"]}))',
        "s_0": f'=IF(OR({on}=0,{at["start"]}=""),{NO_MONTH:.0f},{ordinal(at["start"])}-First_month)',
        "s": f"={at['s_0']}+IF({on}=0,0,N({at['delay']}))",
        "e_0": f'=IF(OR({on}=0,{at["end"]}=""),{NO_MONTH:.0f},{ordinal(at["end"])}-First_month)',
        "e": f"={at['e_0']}+IF({on}=0,0,N({at['delay']}))",
        "n": _months(at, "phase_in"),
        "m": _months(at, "phase_out"),
        "repeats": f'=IF(OR({on}=0,{at["repeats_yearly"]}=""),0,{is_yes(at["repeats_yearly"])})',
        "a": f'=IF(OR({on}=0,{at["announced_on"]}=""),{at["s_0"]},{ordinal(at["announced_on"])}-First_month)',
        "weight_sum": f"=SUM({reach['weight']})",
        "out_sum": f"=SUM({reach['out']})",
    }


def _months(at: dict[str, str], column: str) -> str:
    return f'=MAX(1,IF(OR({at["on"]}=0,{at[column]}=""),1,{at[column]}))'


def _list(cell: str) -> str:
    return f'";"&SUBSTITUTE(SUBSTITUTE(LOWER(TRIM({cell})),"; ",";")," ;",";")&";"'


def _write_derived(work: Work) -> None:
    values = derived_values(work)
    for name, formula in _formulas(work).items():
        _label(work, name)
        look = "figure" if name in _FIGURES else _LOOKS.get(name, "flag")
        work.book[ACTIONS_NOW].grid.fill(work.layout.action(name), formula, values[name][None, :], look)


def derived_values(work: Work) -> dict[str, Objects]:
    """Return what follows for each action, by row of the sheet."""
    actions, case = work.actions, work.case
    delay = actions.timing("delay")
    found: dict[str, Any] = {
        "on": actions.on,
        "kind_no": actions.kind_no,
        "product_no": actions.product_no,
        "compliance_no": actions.compliance_no,
        "choice": actions.choice,
        "target_list": _texts([list_text(text) or ";all;" for text in case.texts("actions", "target")]),
        "credit_list": _texts([list_text(text) for text in case.texts("actions", "credit")]),
        "key": _texts([name_key(str(name)) for name in padded_names(work, "actions")]),
        "is_halt": actions.is_kind(HALT),
        "is_close": actions.is_kind(CLOSE),
        "is_tonnage": actions.is_tonnage,
        "is_share": actions.is_share,
        "is_restart": actions.is_kind(RESTART),
        "is_commission": actions.is_kind(COMMISSION),
        "is_watched": actions.is_watched,
        "is_bare": actions.is_bare,
        "slot": actions.slot,
        "reached": actions.reached.sum(axis=0),
        "eligible": actions.eligible_sum,
        "mean_pot": actions.mean_pot,
        "asked": actions.asked,
        "size": actions.size,
        "unallocated": actions.asked - actions.size,
        "carried_out": actions.carried_out,
        "s_0": actions.month("start"),
        "s": actions.month("start") + delay,
        "e_0": actions.month("end"),
        "e": actions.month("end") + delay,
        "n": np.maximum(1.0, actions.timing("phase_in")),
        "m": np.maximum(1.0, actions.timing("phase_out")),
        "repeats": actions.repeats,
        "a": actions.announced_on,
        "weight_sum": actions.weight.sum(axis=0),
        "out_sum": actions.out.sum(axis=0),
    }
    return found


def _texts(texts: list[str]) -> Objects:
    return np.array(texts, dtype=object)
