"""The sheet Capacity: built and running capacity by plant and month (section 4 of the model page)."""

from aluplanner.i18n import tr
from aluplanner.workbook.living.layout import CAPACITY, CAPACITY_BLOCKS
from aluplanner.workbook.living.work import Work, month_page, write_caption, write_plants


def build_capacity(work: Work) -> None:
    """Write the blocks, plants down and months across."""
    note = tr("Plants down, months across, kt/y. Trace shows all lines of one plant together.")
    page = month_page(work, CAPACITY, tr("Capacity"), note)
    formulas = _formulas(work)
    for name in CAPACITY_BLOCKS:
        area = work.layout.capacity(name)
        write_caption(page, area, CAPTIONS[name]())
        write_plants(work, page, area)
        page.grid.fill(area, formulas[name], work.capacities.block(name), "fine" if name == "starting" else "figure")
    work.book.name("Running", work.layout.capacity("running"))
    work.book.name("Starting", work.layout.capacity("starting"))


CAPTIONS = {
    "planned": lambda: tr("Planned: under construction times the part due to have started"),
    "starting": lambda: tr("Starting: part of what is under construction that is due to start in the month"),
    "halted": lambda: tr("Halted construction"),
    "pipeline": lambda: tr("Pipeline: commissioned out of what was under construction, less what halts withhold"),
    "commissioned": lambda: tr("Commissioned by actions"),
    "closed": lambda: tr("Closed"),
    "closing_running": lambda: tr("Closures that fall on running capacity, before any limit"),
    "restarted": lambda: tr("Restarted by actions"),
    "closed_running": lambda: tr("Closed while running"),
    "curtailed": lambda: tr("Curtailed in kt/y or pots"),
    "built": lambda: tr("Built"),
    "running": lambda: tr("Running before share cuts"),
    "cut": lambda: tr("Cut by share"),
    "before_market": lambda: tr("Running before the market's response"),
    "spare": lambda: tr("Spare: idle compliant capacity that a high price can bring back"),
}


def _formulas(work: Work) -> dict[str, str]:
    layout = work.layout
    here = {name: layout.capacity(name).at() for name in CAPACITY_BLOCKS}
    before = {name: layout.capacity(name).at(0, -1) for name in ("planned", "pipeline")}
    of = {
        name: layout.plant(name).at(fix="c")
        for name in ("building", "first", "ramp", "built_0", "operating_0", "idle_c")
    }
    month, ordinal = layout.number_of_month.at(fix="r"), layout.month("ordinal").at(fix="r")
    weight, out, share = (layout.reach(name).row() for name in ("weight", "out", "cut_share"))

    def applied(mask: str, weights: str = weight, block: str = "Implemented") -> str:
        return f"=SUMPRODUCT({mask},{weights},INDEX({block},{month},0))"

    slots = "".join(f"+{layout.credit(slot, 'cut').at()}" for slot in range(layout.slots))
    return {
        "planned": f"={of['building']}*MAX(0,MIN(1,({ordinal}-{of['first']}+1)/{of['ramp']}))",
        "starting": f"=IF({of['building']}>0,MAX(0,{here['planned']}-{before['planned']})/{of['building']},0)",
        "halted": applied("Is_halt"),
        "pipeline": f"={before['pipeline']}+IF({of['building']}>0,{of['building']}*{here['starting']}"
        f"*MAX(0,MIN(1,1-{here['halted']}/{of['building']})),0)",
        "commissioned": applied("Is_commission"),
        "closed": applied("Is_close"),
        "closing_running": applied("Is_close", out),
        "restarted": applied("Is_restart"),
        "closed_running": f"=MIN({of['operating_0']}+{here['restarted']},{here['closing_running']})",
        "curtailed": applied("Is_tonnage"),
        "built": f"=MAX(0,{of['built_0']}-{here['closed']})+{here['pipeline']}+{here['commissioned']}",
        "running": f"=MAX(0,MIN({here['built']},{of['operating_0']}+{here['pipeline']}+{here['commissioned']}"
        f"+{here['restarted']}-{here['closed_running']})-{here['curtailed']})",
        "cut": f"={here['running']}*{applied('Is_bare', share, 'Rho_phi')[1:]}{slots}",
        "before_market": f"=MAX(0,{here['running']}-{here['cut']})",
        "spare": f"=MAX(0,{of['idle_c']}-{here['restarted']}-({here['closed']}-{here['closing_running']}))",
    }
