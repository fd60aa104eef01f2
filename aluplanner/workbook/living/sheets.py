"""The sheets of a living workbook in their order: results, inputs, workings."""

from collections.abc import Mapping

from aluplanner.model.balance import Balance
from aluplanner.workbook.living.actions_now import build_actions
from aluplanner.workbook.living.assumptions_now import build_assumptions
from aluplanner.workbook.living.balance_sheet import build_balance
from aluplanner.workbook.living.bauxite_now import build_bauxite
from aluplanner.workbook.living.capacity_sheet import build_capacity
from aluplanner.workbook.living.checks import build_checks
from aluplanner.workbook.living.credit_sheet import build_credit
from aluplanner.workbook.living.demand_now import build_demand
from aluplanner.workbook.living.exported import build_exported
from aluplanner.workbook.living.inputs import build_inputs
from aluplanner.workbook.living.layers_sheet import build_layers
from aluplanner.workbook.living.layout import BALANCE, CHECK, SUMMARY
from aluplanner.workbook.living.market_sheet import build_market
from aluplanner.workbook.living.months_now import build_months
from aluplanner.workbook.living.phases import build_phases
from aluplanner.workbook.living.plants_now import build_plants
from aluplanner.workbook.living.reach_sheet import build_reach
from aluplanner.workbook.living.steps import build_steps
from aluplanner.workbook.living.summary import build_summary
from aluplanner.workbook.living.trace import build_trace
from aluplanner.workbook.living.words_sheet import build_words
from aluplanner.workbook.living.work import Work


def build_sheets(work: Work, balances: Mapping[str, Balance]) -> None:
    """Write all sheets.

    Parameters
    ----------
    work
        The workbook under way.
    balances
        The balance of the base and of every scenario, by name.
    """
    for sheet in (SUMMARY, BALANCE, CHECK):
        work.book.page(sheet)
    build_trace(work)
    build_inputs(work)
    build_layers(work)
    for build in (
        build_assumptions, build_months, build_plants, build_actions, build_reach, build_phases, build_demand,
        build_bauxite, build_capacity, build_credit, build_market, build_steps,
    ):  # fmt: skip
        build(work)
    build_exported(work, balances)
    build_words(work)
    build_balance(work)
    build_checks(work)
    build_summary(work)
    work.book[SUMMARY].worksheet.activate()
