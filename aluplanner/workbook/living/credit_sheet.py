"""The sheet Credit: share cuts that count earlier closures and curtailments (section 4 of the model page).

Each such cut has a slot: the first one the first, and so on, in the order of the actions.
"""

import numpy as np

from aluplanner.i18n import tr
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.book import Page
from aluplanner.workbook.living.layout import CREDIT
from aluplanner.workbook.living.work import Work, month_page, write_caption, write_plants


def build_credit(work: Work) -> None:
    """Write the blocks of every slot."""
    note = tr(
        "Share cuts that take credit, a slot each: what the credited actions take out counts within the owner group."
    )
    page = month_page(work, CREDIT, tr("Credit"), note)
    layout = work.layout
    if not layout.slots:
        page.grid.write(5, 1, tr("No share cut takes credit; the workbook was exported without room for one."), "plain")
        return
    _write_credited(work, page)
    totals = layout.slot_totals
    write_caption(page, totals, tr("What the cut of each slot takes in all, kt/y"))
    for slot in range(layout.slots):
        line = totals.part_row(slot)
        page.grid.write_row(line.top, 1, (tr("Slot {number}", number=slot + 1),), "name")
        cut = work.capacities.slot_cut(slot + 1)
        page.grid.fill(line, f"=SUM({layout.credit(slot, 'cut').column()})", cut.sum(axis=0)[None, :], "figure")
        _write_slot(work, page, slot)


def _write_credited(work: Work, page: Page) -> None:
    """Write which actions count in each slot: a line of actions, in the columns of the sheets of actions."""
    layout = work.layout
    area = layout.slot_credits
    caption = tr("Which actions are credited, in the order of Actions now; first the number of the cut and its credits")
    write_caption(page, area, caption)
    key, on = layout.action("key").at(fix="r"), layout.action("on").at(fix="r")
    credit_list = layout.action("credit_list").whole()
    for slot in range(layout.slots):
        line = area.part_row(slot)
        page.grid.write(line.top, 1, tr("Slot {number}", number=slot + 1), "name")
        places = np.flatnonzero(work.actions.slot == slot + 1)
        number = float(places[0] + 1) if len(places) else 0.0
        text = derived_list(work, int(places[0])) if len(places) else ""
        page.grid.formula(line.top, 2, f"=IFERROR(MATCH({slot + 1},Slot_no,0),0)", number, "whole")
        page.grid.formula(line.top, 3, f'=IF($B{line.top}=0,"",INDEX({credit_list},$B{line.top}))', text, "text")
        found = f'=IF($C{line.top}="",0,{on}*IF(ISNUMBER(FIND({key},$C{line.top})),1,0))'
        page.grid.fill(line, found, work.actions.credits(slot + 1)[None, :], "flag")


def derived_list(work: Work, place: int) -> str:
    """Return the credits of an action as formulas search them."""
    from aluplanner.workbook.living.words import list_text

    return list_text(work.case.texts("actions", "credit")[place])


def _write_slot(work: Work, page: Page, slot: int) -> None:
    layout, capacities = work.layout, work.capacities
    number = layout.slot_credits.part_row(slot)
    cut_number = f"$B${number.top}"
    blocks = {name: layout.credit(slot, name) for name in ("out", "ask", "bare", "cut")}
    month = layout.number_of_month.at(fix="r")
    running = layout.capacity("running").at()
    owner = layout.plant("owner").at(fix="c")
    # beside each plant: whether the cut reaches it, and share times the part reached
    reached, share = (Area(CREDIT, blocks["out"].top, column, layout.plants, 1) for column in (2, 3))
    for area, name, values in (
        (reached, "reached", capacities.slot_reach(slot + 1)), (share, "cut_share", capacities.slot_share(slot + 1)),
    ):  # fmt: skip
        formula = f"=IF({cut_number}=0,0,INDEX({layout.reach(name).row()},{cut_number}))"
        page.grid.fill(area, formula, values[:, None], "fine")
    at = {name: block.at() for name, block in blocks.items()}
    f = share.at(fix="c")
    out = f"SUMPRODUCT({number.row(fix='cr')},{layout.reach('out').row()},INDEX(Implemented,{month},0))"
    ask, bare = (f"SUMIF(Owner,{owner},{blocks[name].column()})" for name in ("ask", "bare"))
    strength = f"INDEX(Rho_phi,{month},{cut_number})"
    formulas = {
        "out": (tr("Slot {number}: taken out by what is credited, where the cut reaches"),
                f"=IF({reached.at(fix='c')}=0,0,{out})", capacities.slot_out),
        "ask": (tr("Slot {number}: asked beyond what is credited"),
                f"=IF({f}=0,-{at['out']},{f}*({running}+{at['out']})-{at['out']})", capacities.slot_ask),
        "bare": (tr("Slot {number}: what it would take without credit"),
                 f"=IF({f}=0,0,{f}*{running})", capacities.slot_bare),
        "cut": (tr("Slot {number}: what it takes"),
                f"=IF({at['bare']}=0,0,{at['bare']}*MAX(0,{ask})/{bare}*{strength})", capacities.slot_cut),
    }  # fmt: skip
    for name, (caption, formula, find) in formulas.items():
        write_caption(page, blocks[name], caption.format(number=slot + 1))
        write_plants(work, page, blocks[name])
        page.grid.fill(blocks[name], formula, find(slot + 1), "figure")
