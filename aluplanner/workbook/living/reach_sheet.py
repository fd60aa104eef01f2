"""The sheet Reach: whom each action reaches and with what weight (sections 2 and 4 of the model page)."""

from aluplanner.i18n import tr
from aluplanner.workbook.living.layout import REACH
from aluplanner.workbook.living.work import Work, action_page, write_caption, write_plants


def build_reach(work: Work) -> None:
    """Write the blocks, plants down and actions across."""
    layout, actions = work.layout, work.actions
    page = action_page(
        work, REACH, tr("Reach"), tr("Plants down, actions across: whom an action reaches, and its weights.")
    )
    of_plant = {name: layout.plant(name).at(fix="c") for name in (
        "product_no", "plant_key", "group_key", "province_key", "winter_key", "operating_0",
    )}  # fmt: skip
    of = {name: layout.action(name).at(fix="r") for name in (
        "on", "product_no", "target_list", "choice", "eligible", "reached", "is_commission", "is_close", "is_tonnage",
        "is_share", "operating_share", "compliance_no", "share",
    )}  # fmt: skip
    here = {name: layout.reach(name).at() for name in ("reached", "eligible", "weight")}
    keys = ",".join(f"FIND({name},{of['target_list']})" for name in ('";all;"', *(of_plant[name] for name in _KEYS)))
    running_part = f"INDEX({layout.running_parts.row()},{of['compliance_no']})"
    blocks = {
        "reached": (
            tr("Reached: 1 where target and product fit"),
            f"=IF(OR({of['on']}=0,{of_plant['product_no']}=0,{of_plant['product_no']}<>{of['product_no']}),0,"
            f"IF(COUNT({keys})>0,1,0))",
            actions.reached, "flag",
        ),
        "eligible": (
            tr("Eligible e, kt/y: what it could reach"),
            f"=IF(OR({here['reached']}=0,{of['choice']}=0),0,INDEX({layout.choices.row()},{of['choice']}))",
            actions.eligible, "figure",
        ),
        "weight": (
            tr("Weight w: part of the action that falls on the plant"),
            f"=IF({of['eligible']}>0,{here['eligible']}/{of['eligible']},"
            f"IF(AND({of['is_commission']}=1,{of['reached']}>0),{here['reached']}/{of['reached']},0))",
            actions.weight, "fine",
        ),
        "out": (
            tr("Taken out of operation by each kt/y of a closure (weight times its running part) or a tonnage cut"),
            f'=IF({here["weight"]}=0,0,IF({of["is_close"]}=1,{here["weight"]}*'
            f'IF({of["operating_share"]}="",{running_part},{of["operating_share"]}),'
            f"IF({of['is_tonnage']}=1,{here['weight']},0)))",
            actions.out, "fine",
        ),
        "cut_share": (
            tr("Share cuts: share times the part of the plant that is reached"),
            f"=IF(OR({of['is_share']}=0,{here['reached']}=0),0,{of['share']}*IF({of_plant['operating_0']}=0,"
            f"IF({of['compliance_no']}=3,0,1),{here['eligible']}/{of_plant['operating_0']}))",
            actions.cut_share, "fine",
        ),
    }  # fmt: skip
    for name, (caption, formula, values, look) in blocks.items():
        area = layout.reach(name)
        write_caption(page, area, caption)
        write_plants(work, page, area)
        page.grid.fill(area, formula, values, look)


_KEYS = ("plant_key", "group_key", "province_key", "winter_key")
