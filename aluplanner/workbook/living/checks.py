"""The sheet Check: whether the workbook still says what it should, and what it cannot do."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.layers_sheet import DEEPEST, MOST_LAYERS, LayerValues, OverrideValues
from aluplanner.workbook.living.layout import CHECK, FIRST, SPARE, SPARE_OVERRIDES
from aluplanner.workbook.living.months_now import plan_cell
from aluplanner.workbook.living.work import Work, write_title

_KNOWN_BELOW: Final = 500
_BELOW: Final = ("plants", "actions", "demand", "monthly", "bauxite", "scenarios", "overrides")
_KEYS: Final = {"plants": "plant", "actions": "action", "demand": "sector", "monthly": "month", "bauxite": "origin",
                "scenarios": "scenario", "overrides": "scenario"}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One check: what it counts, by which formula, what that gives now and how much is allowed.

    ``is_note`` marks what may well be so but should be known; else more than allowed is a fault.
    """

    title: str
    formula: str
    value: float
    allowed: float = 0.0
    is_note: bool = False


def verdicts(work: Work) -> Area:
    """Return the cells that say how each check ends."""
    return Area(CHECK, FIRST, 4, len(check_lines(work)), 1)


def build_checks(work: Work) -> None:
    """Write the checks and the limits of the workbook."""
    page = work.book[CHECK]
    write_title(
        page, tr("Check"), tr("Look means that a figure cannot be trusted; a note says what may be so on purpose.")
    )
    page.grid.write(FIRST - 1, 1, tr("Check"), "header")
    page.grid.write_row(FIRST - 1, 2, (tr("Found"), tr("Allowed"), tr("Verdict")), "header_right")
    lines = check_lines(work)
    for row, line in enumerate(lines, start=FIRST):
        page.grid.write(row, 1, line.title, "r_title")
        is_fine = 0 < line.allowed < 1
        found = "tiny" if is_fine and not line.is_note else "r_kt" if is_fine else "r_kt/y"
        page.grid.formula(row, 2, line.formula, line.value, found)
        page.grid.write(row, 3, line.allowed, "tiny" if is_fine else "r_kt/y")
        word = tr("note") if line.is_note else tr("Look")
        formula = f'=IF(ISERROR(B{row}),"{tr("Look")}",IF(B{row}<=C{row},"{tr("OK")}","{word}"))'
        page.grid.formula(row, 4, formula, tr("OK") if line.value <= line.allowed else word, "verdict")
    row = FIRST + len(lines) + 1
    page.grid.write(row, 1, tr("What this workbook can do"), "block")
    for text in limit_texts(work):
        row += 1
        page.grid.write(row, 1, text, "wrapped")
        page.worksheet.merge_range(row - 1, 0, row - 1, 3, "")
        page.grid.height(row, 16 if len(text) < 125 else 30)
    sheet = page.worksheet
    for column, width in enumerate((84, 14, 12, 12)):
        sheet.set_column(column, column, width)
    cells = f"D{FIRST}:D{FIRST + len(lines) - 1}"
    for word, tint in ((tr("Look"), "#F8CBAD"), (tr("note"), "#FFF2CC"), (tr("OK"), "#E2EFDA")):
        shade = work.book.writer.add_format({"bg_color": tint})
        sheet.conditional_format(cells, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": shade})
    sheet.freeze_panes(FIRST - 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, row - 1, 3)
    sheet.hide_gridlines(2)


def check_lines(work: Work) -> tuple[Line, ...]:
    """Return the checks in order."""
    return (*_figures(work), *_layers(work), *_sizes(work), *_notes(work))


def _figures(work: Work) -> tuple[Line, ...]:
    layout = work.layout
    left = layout.step("balance_left").whole()
    made, production = layout.market("production").whole(), layout.line("production").whole()
    running, built = layout.market("operating").whole(), layout.capacity("built").whole()
    errors = "+".join(f"SUMPRODUCT(--ISERROR({area.whole()}))" for area in (layout.lines, layout.market("operating")))
    return (
        Line(tr("Mass balance: left over in any month, kt"), f"=MAX(MAX({left}),-MIN({left}))", 0.0, 1e-6),
        Line(tr("Production of the plants less that of the country, kt"), f"=ABS(SUM({made})-SUM({production}))", 0.0,
             1e-6),
        Line(
            tr("Months of plants that run below 0 or above what is built"),
            f"=SUMPRODUCT(--({running}<-0.000001))+SUMPRODUCT(--({running}>{built}+0.000001))", 0.0,
        ),
        Line(tr("Cells with an error in Balance and Market"), f"={errors}", 0.0),
    )  # fmt: skip


def _layers(work: Work) -> tuple[Line, ...]:
    layout = work.layout
    at = {name: layout.override(name).whole() for name in ("scenario", "place", "code", "rank", "stands")}
    values = OverrideValues(LayerValues(work.case))
    keys = layout.layer("key").whole()
    deep, deeper = (layout.layer(f"text {depth}").whole() for depth in (DEEPEST, DEEPEST + 1))
    lost = float(((values.place > 0) & (values.code == 0)).sum())
    replaced = float(((values.rank > 0) & (values.stands == 0)).sum())
    return (
        Line(
            tr("The chosen scenario is none of the list"),
            '=IF(AND(Scenario_no=0,LOWER(TRIM(Scenario))<>"base"),1,0)', 0.0,
        ),
        Line(
            tr("The chosen scenario builds on itself, or deeper than {deepest} layers", deepest=DEEPEST),
            f"=IF(Scenario_no=0,0,IF(LEN(INDEX({deep},Scenario_no))=LEN(INDEX({deeper},Scenario_no)),0,1))", 0.0,
        ),
        Line(
            tr("Overrides of the chosen scenario that name no cell"),
            f"=SUMPRODUCT(({at['place']}>0)*({at['code']}=0))", lost,
        ),
        Line(
            tr("Overrides of scenarios that are not there"),
            f'=SUMPRODUCT(({at["scenario"]}<>"")*(COUNTIF({keys},{at["scenario"]})=0))', 0.0,
        ),
        Line(
            tr("Overrides that a later layer replaces"), f"=SUMPRODUCT(({at['rank']}>0)*({at['stands']}=0))", replaced,
            is_note=True,
        ),
    )  # fmt: skip


def _sizes(work: Work) -> tuple[Line, ...]:
    layout, actions = work.layout, work.actions
    below = "+".join(f"COUNTA({_below(layout.stated(table, _KEYS[table])).whole()})" for table in _BELOW)
    texts = "+".join(f"SUMPRODUCT(--ISTEXT({layout.stated(table, name).whole()}))" for table, name in _NUMBERS)
    names = (
        layout.plant("key").whole(),
        layout.stated("actions", "action").whole(),
        layout.stated("demand", "sector").whole(),
    )
    doubles = "+".join(f'SUMPRODUCT(({keys}<>"")*(COUNTIF({keys},{keys})>1))' for keys in names)
    months = plan_cell(layout, "Months")
    years = layout.month("year").whole()
    monthly = layout.stated("monthly", "month").whole()
    of = {name: layout.action(name).whole() for name in ("repeats", "s", "m")}
    return (
        Line(tr("Share cuts with credit; there are so many slots"), "=MAX(Slot_no)", float(actions.slot.max(initial=0)),
             float(layout.slots)),
        Line(tr("Rows below those that the formulas know"), f"={below}", 0.0),
        Line(tr("Texts where a number or a month is due"), f"={texts}", 0.0),
        Line(tr("Plants, actions or sectors whose name stands twice"), f"={doubles}", 0.0),
        Line(tr("Months of the plan beyond those exported"),
             f'=ABS(IF({months}="",24,{months})-{layout.months})', 0.0),
        Line(tr("Months whose year has no growth column"), f"=SUMPRODUCT(--({years}>{layout.years[-1]}))", 0.0),
        Line(tr("Rows of Monthly that are not the first of a month"),
             f'=SUMPRODUCT(({monthly}<>"")*(DAY({monthly})<>1))', 0.0),
        Line(tr("Yearly repeats begun over three years before the horizon with more than 24 months of phase-out"),
             f"=SUMPRODUCT(({of['repeats']}=1)*({of['s']}<-36)*({of['m']}>24))", 0.0),
    )  # fmt: skip


_NUMBERS: Final = (
    *(("plants", name) for name in ("built", "operating", "non_compliant", "under_construction", "first_output",
                                    "ramp_months", "pot_size", "cash_cost")),
    *(("actions", name) for name in ("announced", "share", "pots", "implementation", "operating_share", "announced_on",
                                     "start", "delay", "phase_in", "end", "phase_out")),
    *(("monthly", name) for name in ("month", "net_imports", "reserve_release", "alumina_net_imports",
                                     "consumption_change", "actual_production", "actual_stock", "actual_price")),
    ("demand", "consumption"), ("bauxite", "available"), ("bauxite", "grade"),
)  # fmt: skip


def _below(area: Area) -> Area:
    return Area(area.sheet, area.top + area.rows, area.left, _KNOWN_BELOW, 1)


def _notes(work: Work) -> tuple[Line, ...]:
    layout, actions, case = work.layout, work.actions, work.case
    on, reached, unallocated = (layout.action(name).whole() for name in ("on", "reached", "unallocated"))
    closed, built = layout.capacity("closed"), layout.plant("built_0").whole()
    over = np.maximum(0.0, work.capacities.block("closed") - case.numbers("plants", "built")[:, None])
    missing = case.series("alumina_shortfall")
    last = closed.part_column(layout.months - 1).whole()
    return (
        Line(tr("Size of actions that finds no capacity, kt/y"), f"=SUM({unallocated})",
             float((actions.asked - actions.size).sum()), 1e-6, is_note=True),
        Line(tr("Actions that reach nothing"), f"=SUMPRODUCT(({on}=1)*({reached}=0))",
             float(((actions.on == 1) & (actions.reached.sum(axis=0) == 0)).sum()), is_note=True),
        Line(tr("Closed beyond what is built, kt/y, in the last month"),
             f"=SUMPRODUCT(({last}>{built})*({last}-{built}))", float(over[:, -1].sum()), 1e-6, is_note=True),
        Line(tr("Shortfall of stock, kt"), f"=SUM({layout.line('shortfall').whole()})",
             float(case.series("shortfall").sum()), 1e-6, is_note=True),
        Line(tr("Shortfall of alumina, kt"), f"=SUM({layout.line('alumina_shortfall').whole()})",
             float(np.nansum(missing)), 1e-6, is_note=True),
        Line(tr("Largest difference from the exported figures (new scenarios have none)"),
             f"=MAX({layout.differences.whole()})", 0.0, 1e-6, is_note=True),
    )  # fmt: skip


def limit_texts(work: Work) -> tuple[str, ...]:
    """Return what the workbook can and cannot do, in sentences."""
    layout = work.layout
    return (
        tr(
            "Formulas know {spare} empty rows at the end of the input sheets, {overrides} of Overrides: fill those in,"
            " insert none. A row without a name is off.",
            spare=SPARE, overrides=SPARE_OVERRIDES,
        ),
        tr(
            "Scenarios build on up to {names} others, {deepest} layers deep. There is room for {slots} share cuts with"
            " credit.",
            names=MOST_LAYERS, deepest=DEEPEST, slots=layout.slots,
        ),
        tr(
            "The horizon has {months} months; its first month can be moved, its length and the years of growth cannot."
            " Months are dates, the first of the month.", months=layout.months,
        ),
        tr(
            "Claims, Uncertainty and everything that takes many runs (Monte Carlo, attribution, scenarios side by side)"
            " are worked out by AluPlanner only; this file opens there as a plan."
        ),
    )  # fmt: skip
