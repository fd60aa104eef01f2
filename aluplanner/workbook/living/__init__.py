"""The living model: a workbook whose formulas work out the balance, for who has only Excel or LibreOffice."""

from pathlib import Path
from typing import Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.layers import resolve
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.workbook.living.work import Work

_TOLERANCE: Final = 1e-9
_SPARE_SLOT_CELLS: Final = 4_000
"""Plants times months up to which there is room for one more share cut with credit."""


def living_bytes(plan: Plan, scenario: str = BASE) -> bytes:
    """Return a workbook whose formulas work out the balance of a plan (sections 2 to 8 of the model page).

    The input sheets are those of any plan workbook, so that it opens as the plan; the scenario is chosen in a cell of
    Summary. Every formula carries its value. The same plan and scenario give the same bytes.

    Parameters
    ----------
    plan
        The plan.
    scenario
        The scenario that is chosen when the workbook is opened; ``"Base"`` for the base.

    Raises
    ------
    PlanError
        If the plan has errors or is beyond what such a workbook can hold, and if there is no such scenario.
    """
    return built(plan, scenario).book.to_bytes()


def write_living(plan: Plan, path: str | Path, scenario: str = BASE) -> None:
    """Write the living workbook of a plan to a file; see :func:`living_bytes`.

    Raises
    ------
    PlanError
        As :func:`living_bytes`, and if the file cannot be written.
    """
    from aluplanner.workbook.files import replace_file, require_ending

    require_ending(path, ".xlsx")
    replace_file(path, living_bytes(plan, scenario))


def built(plan: Plan, scenario: str = BASE) -> Work:
    """Return the living workbook of a plan with all its sheets, not yet put into bytes."""
    # heavy, and needed for an export only
    from aluplanner.workbook.living.book import MARK, Book
    from aluplanner.workbook.living.case import Case
    from aluplanner.workbook.living.case_actions import Actions
    from aluplanner.workbook.living.case_capacity import Capacities
    from aluplanner.workbook.living.layout import SUMMARY, Layout
    from aluplanner.workbook.living.limits import check_limits, needed_slots
    from aluplanner.workbook.living.sheets import build_sheets

    balances = {name: solve(plan, name) for name in (BASE, *plan.scenario_names)}
    chosen = solve(plan, scenario)
    resolved = [resolve(plan, name) for name in balances]
    layout = Layout(plan, needed_slots(resolved))
    if layout.plants * layout.months <= _SPARE_SLOT_CELLS:
        layout = Layout(plan, layout.slots + 1)
    check_limits(plan, resolved, layout)
    case = Case(plan, layout, chosen, chosen.scenario)
    actions = Actions(case)
    book = Book(plan.title, str(plan.fact("Author") or ""))
    work = Work(book, case, layout, actions, Capacities(case, actions))
    build_sheets(work, balances)
    book.name(MARK, f"{SUMMARY}!$A$1")
    _check_figures(work)
    return work


def _check_figures(work: Work) -> None:
    """Raise if what stands beside the formulas of plants and actions does not add up to the solver's series."""
    case, actions, capacities = work.case, work.actions, work.capacities
    watched = actions.is_watched
    for name, found in (
        ("operating", capacities.is_smelter @ capacities.operating),
        ("production", capacities.production.sum(axis=0)),
        ("due", actions.due @ watched),
        ("implemented", actions.implemented @ watched),
        ("landed", actions.landed @ watched),
        ("overhang", np.minimum(case.balance.opening("operating"), actions.open @ watched)),
        ("halted", capacities.is_smelter @ capacities.block("halted")),
    ):
        wanted = case.series(name)
        if not np.allclose(found, wanted, rtol=_TOLERANCE, atol=_TOLERANCE * max(1.0, np.abs(wanted).max(initial=0.0))):
            raise RuntimeError(tr("The living workbook does not add up to {series}.", series=name))
