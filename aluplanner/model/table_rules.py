"""Rules between the cells of a row and between rows (sections 1 to 3 of the model page)."""

from collections.abc import Collection, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aluplanner.i18n import tr
from aluplanner.model.actions import (
    ALL_PLANTS,
    CLOSE,
    COMMISSION,
    CURTAIL,
    ENDING,
    KINDS,
    MEASURES,
    WINTER_REGION,
    Action,
)
from aluplanner.model.cell_rules import cell_issue
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.makers import makers_of
from aluplanner.model.plan import Plan
from aluplanner.model.plants import ALUMINIUM
from aluplanner.model.schema import fold


def check_plants(plan: Plan) -> Iterator[Issue]:
    """Yield broken rules of the Plants table."""
    rows = plan.plants
    built = rows.numbers("built")
    for column in (column for column in rows.table.columns if column.name in ("operating", "non_compliant")):
        name = column.name
        for position in np.flatnonzero(rows.numbers(name) > built):
            yield cell_issue(
                rows,
                int(position),
                name,
                "above-built",
                tr(
                    "{title} is {value}, more than built, {built}.",
                    title=column.title,
                    value=f"{rows.numbers(name)[position]:,.10g}",
                    built=f"{built[position]:,.10g}",
                ),
                tr("Lower it to {built} or less, or correct built.", built=f"{built[position]:,.10g}"),
            )
    horizon = plan.horizon
    if horizon:
        for position in np.flatnonzero(rows.numbers("first_output") < horizon.first.ordinal):
            yield cell_issue(
                rows,
                int(position),
                "first_output",
                "before-horizon",
                tr("First output lies before the first month, {month}.", month=horizon.first),
                tr(
                    "Count what has started in built, and state what is still to come from {month} on.",
                    month=horizon.first,
                ),
            )


def check_actions(plan: Plan) -> Iterator[Issue]:
    """Yield broken rules of the Actions table."""
    names = target_names(plan)
    for position, action in enumerate(plan.actions):
        yield from _check_size(plan, position, action)
        yield from _check_end(plan, position, action)
        yield from _check_targets(plan, position, action, names)
        yield from _check_credits(plan, position, action)
        yield from _check_start(plan, position, action)


def target_names(plan: Plan) -> Collection[str]:
    """Return every name that a target may use, folded: plants, groups, provinces, All, and Winter region if any."""
    return _plants_by_name(plan).keys()


def _check_size(plan: Plan, position: int, action: Action) -> Iterator[Issue]:
    given = [name for name in MEASURES if getattr(action, name) is not None]
    if action.kind == COMMISSION and given != ["announced"]:
        yield cell_issue(
            plan.actions,
            position,
            next((name for name in given if name != "announced"), "announced"),
            "size",
            tr("“{action}” commissions capacity, which is sized in kt/y only.", action=action.action),
            tr("Give Announced, and leave Share and Pots empty."),
        )
    elif len(given) != 1:
        message = tr("“{action}” has no size.", action=action.action)
        if given:
            message = tr("“{action}” is sized twice.", action=action.action)
        yield cell_issue(
            plan.actions,
            position,
            given[-1] if given else "announced",
            "size",
            message,
            tr("Give exactly one of Announced, Share and Pots."),
        )


def _check_end(plan: Plan, position: int, action: Action) -> Iterator[Issue]:
    rows = plan.actions
    if action.kind in KINDS and action.kind not in ENDING:
        stated = {
            "end": action.end is not None,
            "phase_out": action.phase_out not in (None, 1.0),
            "repeats_yearly": bool(action.repeats_yearly),
        }
        for name in (name for name, is_stated in stated.items() if is_stated):
            yield cell_issue(
                rows,
                position,
                name,
                "permanent",
                tr("“{kind}” is permanent and cannot end.", kind=action.kind),
                tr("Leave End, Phase-out and Repeats yearly empty, or use another kind."),
            )
        return
    if action.start and action.end and action.end < action.start:
        yield cell_issue(
            rows,
            position,
            "end",
            "end-before-start",
            tr("The end, {end}, lies before the start, {start}.", end=action.end, start=action.start),
            tr("Give an end in or after the month of the start."),
        )
    if action.repeats_yearly and (action.end is None or (action.start and action.end - action.start >= 12)):
        yield cell_issue(
            rows,
            position,
            "repeats_yearly",
            "repeat",
            tr("What repeats yearly needs an end within a year of its start."),
            tr("Give an end less than 12 months after the start."),
        )


def _check_targets(plan: Plan, position: int, action: Action, names: Collection[str]) -> Iterator[Issue]:
    rows = plan.actions
    unknown = [name for name in action.targets if fold(name) not in names]
    for name in unknown:
        yield cell_issue(
            rows,
            position,
            "target",
            "unknown-target",
            tr("“{name}” is neither a plant nor a group nor a province.", name=name),
            tr("Name rows of Plants, their groups or provinces, All, or Winter region, separated by ;"),
        )
    if unknown:
        return
    reached = reached_plants(plan, action)
    if not len(reached):
        yield Issue(
            Severity.WARNING,
            "reaches-nothing",
            tr(
                "“{action}” reaches no plant that makes {product}.",
                action=action.action,
                product=action.product or ALUMINIUM,
            ),
            tr("Correct its target or its product."),
            table="actions",
            row=action.action,
            column="target",
            position=position,
        )
    if action.pots is None:
        return
    lacking = [plan.plants[index].plant for index in reached if not plan.plants[index].pot_size]
    if lacking:
        yield cell_issue(
            rows,
            position,
            "pots",
            "pot-size",
            tr("“{action}” counts pots, but {plants} has no pot size.", action=action.action, plants=_listed(lacking)),
            tr("Fill in Pot size in the rows of Plants, or size the action in kt/y or by share."),
        )


def _listed(names: list[str]) -> str:
    """Return names as a list in a sentence, the first three of a long one."""
    shown = ", ".join(f"“{name}”" for name in names[:3])
    return tr("{names} and {more} more", names=shown, more=len(names) - 3) if len(names) > 3 else shown


_PLACING: Final = ("plant", "group", "province", "winter_region", "product")
"""The columns by which a target finds its plants."""


def reached_plants(plan: Plan, action: Action) -> NDArray[np.intp]:
    """Return the indices of the plants that an action reaches by target and product (section 2)."""
    product = action.product or ALUMINIUM
    return plan.plants.kept(
        f"reach of {product}: {action.target}", lambda: _reached_plants(plan, action.targets, product), _PLACING
    )


def _reached_plants(plan: Plan, targets: tuple[str, ...], product: str) -> NDArray[np.intp]:
    by_name = _plants_by_name(plan)
    named = [by_name[name] for name in map(fold, targets) if name in by_name]
    makers = makers_of(plan.plants, product)
    if len(named) == 1:  # most targets are one name, of few plants
        return named[0][makers[named[0]]]
    is_reached = np.zeros(len(plan.plants), dtype=bool)
    for places in named:
        is_reached[places] = True
    return np.flatnonzero(is_reached & makers)


def _plants_by_name(plan: Plan) -> dict[str, NDArray[np.intp]]:
    """Return the plants each folded name stands for."""
    return plan.plants.kept("plants by name", lambda: _find_plants_by_name(plan), _PLACING)


def _find_plants_by_name(plan: Plan) -> dict[str, NDArray[np.intp]]:
    plants = plan.plants
    everywhere = range(len(plants))
    everyone = np.arange(len(plants), dtype=np.intp)
    found: dict[str, list[int]] = {}
    for column in ("plant", "group", "province"):
        names = plants.column(column, everywhere)
        folded = {name: fold(str(name)) for name in {*names} if name}
        for index, name in enumerate(names):
            if name:
                found.setdefault(folded[name], []).append(index)
    in_region = np.flatnonzero(plants.numbers("winter_region"))
    if len(in_region):
        found.setdefault(fold(WINTER_REGION), []).extend(in_region.tolist())
    # a plant may be called like its group; slices cost nothing, and most names are those of one plant
    by_name = {
        name: np.unique(places) if len(places) > 1 else everyone[places[0] : places[0] + 1]
        for name, places in found.items()
    }
    return by_name | {fold(ALL_PLANTS): everyone}


def _check_credits(plan: Plan, position: int, action: Action) -> Iterator[Issue]:
    rows = plan.actions
    if action.credits and not action.is_share_cut:
        yield cell_issue(
            rows,
            position,
            "credit",
            "credit-without-share",
            tr("Only a curtailment sized by share can take credit for other actions."),
            tr("Empty Credit, or size the curtailment by Share."),
        )
        return
    for name in action.credits:
        credited = rows.find(name)
        if credited is None:
            message = tr("There is no action “{name}” to credit.", name=name)
        elif credited.kind == CLOSE or (credited.kind == CURTAIL and not credited.is_share_cut):
            continue
        else:
            message = tr("“{name}” cannot be credited.", name=name)
        yield cell_issue(
            rows,
            position,
            "credit",
            "credit",
            message,
            tr("Name closures, or curtailments sized in kt/y or pots, separated by ;"),
        )


def _check_start(plan: Plan, position: int, action: Action) -> Iterator[Issue]:
    horizon = plan.horizon
    if horizon and action.start and action.start < horizon.first and action.enabled is not False:
        yield Issue(
            Severity.WARNING,
            "starts-before-horizon",
            tr(
                "“{action}” starts before the first month and is applied on top of the opening figures.",
                action=action.action,
            ),
            tr("Switch it off if the opening figures already contain it."),
            table="actions",
            row=action.action,
            column="start",
            position=position,
        )


def check_seasonality(plan: Plan) -> Iterator[Issue]:
    """Yield broken rules of the Seasonality table: all twelve months, and a mean above 0."""
    rows = plan.seasonality
    if not len(rows):
        return
    months = rows.numbers("month_of_year")
    for position in np.flatnonzero(months % 1 != 0):
        yield cell_issue(
            rows,
            int(position),
            "month_of_year",
            "whole",
            tr("The month of the year is not a whole number."),
            tr("Write 1 to 12."),
        )
    missing = sorted(set(range(1, 13)) - {int(month) for month in months if month % 1 == 0})
    if missing:
        yield Issue(
            Severity.ERROR,
            "months-missing",
            tr("Seasonality lacks the months {months}.", months=", ".join(map(str, missing))),
            tr("Give all twelve, or leave the table empty for equal weights."),
            table="seasonality",
            column="month_of_year",
        )
    elif rows.numbers("weight").sum() <= 0:
        yield Issue(
            Severity.ERROR,
            "weights",
            tr("The weights of the months add up to nothing."),
            tr("Give at least one month a weight above 0."),
            table="seasonality",
            column="weight",
        )


def check_assumptions(plan: Plan) -> Iterator[Issue]:
    """Yield broken rules between assumptions, and names that are none."""
    rows = plan.assumptions
    for position, row in enumerate(rows):
        if row.assumption and fold(row.assumption) not in rows.table.parameters:
            yield cell_issue(
                rows,
                position,
                "assumption",
                "unknown-assumption",
                tr("There is no assumption “{name}”.", name=row.assumption),
                tr("Correct the name or delete the row."),
            )
    low, high = (plan.assumption(f"alumina_{end}_utilisation") for end in ("min", "max"))
    if isinstance(low, float) and isinstance(high, float) and low > high:
        yield cell_issue(
            rows,
            rows.position("alumina_min_utilisation") or 0,
            "value",
            "utilisation",
            tr("The lowest utilisation of refineries is above the highest."),
            tr("Lower alumina_min_utilisation or raise alumina_max_utilisation."),
        )


def check_horizon(plan: Plan) -> Iterator[Issue]:
    """Yield an error if the plan does not say which months it covers."""
    if plan.horizon is None:
        yield Issue(
            Severity.ERROR,
            "horizon",
            tr("The plan does not say which months it covers."),
            tr("State First month and Months in the Plan table, or give Demand a column such as Growth 2017 (%)."),
            table="plan",
            row="First month",
            column="value",
        )
