"""What a living workbook cannot hold; a plan beyond that is refused with what would help."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.schema import fold, split_names
from aluplanner.workbook.living.layers_sheet import DEEPEST, MOST_LAYERS, PER_NAME
from aluplanner.workbook.living.layout import WARM_UP, Layout
from aluplanner.workbook.living.words import key

MOST_MONTHS: Final = 240
MOST_FORMULAS: Final = 1_200_000
MOST_ROWS: Final = 9_000
LONGEST_LIST: Final = 30_000
_REPEAT_MONTHS: Final = 36
_LONGEST_FADE: Final = 24


def check_limits(plan: Plan, scenarios: Iterable[Plan], layout: Layout) -> None:
    """Raise if a living workbook cannot hold the plan.

    Parameters
    ----------
    plan
        The plan, without errors.
    scenarios
        The plan as each scenario sees it.
    layout
        Where everything would stand.

    Raises
    ------
    PlanError
        With everything that is beyond the limits.
    """
    issues = [*_sizes(plan, layout), *_unread(plan), *_layers(plan), *_names(plan)]
    for resolved in scenarios:
        issues += [issue for issue in _repeats(resolved) if issue not in issues]
    if issues:
        raise PlanError(issues)


def _issue(message: str, remedy: str, **place: str) -> Issue:
    return Issue(Severity.ERROR, "living-limit", message, remedy, **place)  # type: ignore[arg-type]


def _sizes(plan: Plan, layout: Layout) -> Iterator[Issue]:
    if layout.months > MOST_MONTHS:
        yield _issue(
            tr("A living workbook holds {most} months; the plan has {months}.", most=MOST_MONTHS, months=layout.months),
            tr("Shorten the horizon in Plan, or write the results as values: aluplanner run … --out."),
            table="plan", row="Months", column="value",
        )  # fmt: skip
    formulas = about_formulas(layout)
    rows = max(len(plan.table(name)) for name in TABLES)
    if formulas > MOST_FORMULAS or rows > MOST_ROWS:
        yield _issue(
            tr(
                "The plan would take some {formulas} formulas, more than Excel and LibreOffice work with.",
                formulas=f"{formulas:,}",
            ),
            tr("Put plants together or shorten the horizon, or write the results as values: aluplanner run … --out."),
        )


def about_formulas(layout: Layout) -> int:
    """Return about how many formulas a living workbook would have."""
    plants, actions, months = layout.plants, layout.actions, layout.months
    by_plant = plants * months * (20 + 4 * layout.slots)
    return by_plant + 5 * plants * actions + 9 * actions * (months + WARM_UP) + 60 * (plants + actions + months)


def _unread(plan: Plan) -> Iterator[Issue]:
    for name in TABLES:
        rows = plan.table(name)
        for (position, column), kept in rows.unread.items():
            yield _issue(
                tr("“{text}” cannot be read, so that no formula can use it.", text=kept.text),
                tr("Correct the cell first."),
                table=name, row=rows.keys[position], column=column,
            )  # fmt: skip


def _layers(plan: Plan) -> Iterator[Issue]:
    for scenario in plan.scenarios:
        place = {"table": "scenarios", "row": scenario.scenario, "column": "builds_on"}
        stated = (scenario.builds_on or "").split(";")
        if len(stated) > MOST_LAYERS or len(scenario.builds_on or "") > PER_NAME:
            yield _issue(
                tr("“{name}” builds on more than {most} scenarios.", name=scenario.scenario, most=MOST_LAYERS),
                tr("Put some of them together in a scenario of their own."), **place,
            )  # fmt: skip
        if _depth(plan, scenario.scenario) > DEEPEST:
            yield _issue(
                tr("“{name}” builds on others more than {most} layers deep.", name=scenario.scenario, most=DEEPEST),
                tr("Name the lower layers in it directly."), **place,
            )  # fmt: skip
        elif _length(plan, scenario.scenario) > LONGEST_LIST:
            yield _issue(
                tr("“{name}” takes so many layers that their list fits into no cell.", name=scenario.scenario),
                tr("Shorten the names, or build on fewer scenarios."), **place,
            )  # fmt: skip


def _depth(plan: Plan, name: str) -> int:
    found = plan.scenarios.find(name)
    return max((1 + _depth(plan, layer) for layer in found.layers), default=0) if found else 0


def _length(plan: Plan, name: str) -> int:
    found = plan.scenarios.find(name)
    return sum((_length(plan, layer) for layer in found.layers), len(name) + 2) if found else 0


def _names(plan: Plan) -> Iterator[Issue]:
    """Yield names that formulas take for the same though the plan does not, or the other way round.

    TRIM leaves one blank where there are several, knows no other blanks, and LOWER is not quite casefold.
    """
    for table, column, texts in _named(plan):
        by_plan, by_formula = _grouped(texts, fold), _grouped(texts, key)
        for group in {*by_plan, *by_formula} - ({*by_plan} & {*by_formula}):
            if len(group) > 1:
                names = ", ".join(f"“{name}”" for name in sorted(group))
                yield _issue(
                    tr("Formulas cannot tell the names {names} as the plan does.", names=names),
                    tr("Spell a name the same everywhere, without double or unusual blanks; give others another one."),
                    table=table, column=column,
                )  # fmt: skip


def _grouped(texts: Iterable[str], compared: Callable[[str], str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        groups[compared(text)].add(text)
    return {frozenset(group) for group in groups.values()}


def _named(plan: Plan) -> Iterator[tuple[str, str, set[str]]]:
    """Yield the texts that are compared with one another: table, column, texts."""
    placed = {text for plant in plan.plants for text in (plant.plant, plant.group, plant.province) if text}
    targets = {name for action in plan.actions for name in split_names(action.target)}
    overridden: dict[str, set[str]] = defaultdict(set)
    for override in plan.overrides:
        overridden[fold(override.table or "")].add(override.row or "")
        if override.column in ("target", "credit", "group", "province") and isinstance(override.value, str):
            names = split_names(override.value)
            (placed if override.column != "credit" else overridden["actions"]).update(names)
    yield "plants", "plant", placed | targets | overridden["plants"] | {"All", "Winter region"}
    credits = {name for action in plan.actions for name in action.credits}
    yield "actions", "action", {*plan.actions.keys} | credits | overridden["actions"]
    yield "demand", "sector", {*plan.demand.keys} | overridden["demand"]
    yield "bauxite", "origin", {*plan.bauxite.keys} | overridden["bauxite"]
    layers = {name for scenario in plan.scenarios for name in scenario.layers}
    yield "scenarios", "scenario", {*plan.scenarios.keys} | layers | {row.scenario for row in plan.overrides}


def _repeats(plan: Plan) -> Iterator[Issue]:
    first = plan.horizon.first.ordinal if plan.horizon else 0
    for action in plan.actions:
        if not action.repeats_yearly or action.start is None or action.enabled is False:
            continue
        is_early = action.start.ordinal + (action.delay or 0.0) - first < -_REPEAT_MONTHS
        if is_early and (action.phase_out or 1.0) > _LONGEST_FADE:
            yield _issue(
                tr("“{name}” repeats since long ago and fades over more than 24 months.", name=action.action),
                tr("Let it start at most three years before the horizon, or fade faster."),
                table="actions", row=action.action, column="phase_out",
            )  # fmt: skip


def needed_slots(scenarios: Iterable[Plan]) -> int:
    """Return how many share cuts take credit in the scenario that has most of them."""
    return max(
        (
            sum(1 for action in plan.actions if action.enabled is not False and action.is_share_cut and action.credits)
            for plan in scenarios
        ),
        default=0,
    )
