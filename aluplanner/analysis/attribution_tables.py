"""An attribution as tables for people and as data for machines."""

from typing import Final

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure, figure_text, json_number
from aluplanner.analysis.attribution import Attribution, Contribution
from aluplanner.analysis.attribution_groups import By
from aluplanner.i18n import tr
from aluplanner.model.actions import ACTIONS
from aluplanner.model.demand import DEMAND
from aluplanner.model.plan import Address
from aluplanner.model.plants import PLANTS
from aluplanner.model.schema import Column

_DECIMALS: Final[dict[str, int | None]] = {"fraction": 1, "t/t": None, "TWh": 1, "days": 1}
"""Digits behind the point by unit; whole numbers else."""


def heading_of(by: By) -> str:
    """Return what the bars of a grouping are."""
    match by:
        case By.KIND:
            return _title(ACTIONS.columns, "kind")
        case By.PROVINCE:
            return _title(PLANTS.columns, "province")
        case By.GROUP:
            return _title(PLANTS.columns, "group")
        case By.POLICY:
            return tr("Orders and own moves")
        case _:
            return tr("Change")


def _title(columns: tuple[Column, ...], name: str) -> str:
    return next(column.heading for column in columns if column.name == name)


def figure_column(answer: Attribution, heading: str, *, is_signed: bool = True, finer: int = 0) -> AnswerColumn:
    """Return a column of figures in the measure's unit, with ``finer`` digits more than it usually takes."""
    unit = answer.measure.unit
    decimals = _DECIMALS.get(unit, 0)
    shown = None if decimals is None else decimals + finer
    return AnswerColumn(heading, "" if unit == "fraction" else unit, shown, unit == "fraction", is_signed)


def tables_of(answer: Attribution) -> tuple[AnswerTable, ...]:
    """Return the waterfall of the groups and, unless these are the single changes, that of the changes."""
    name, title = tr("Attribution"), title_of(answer)
    if answer.by is By.ACTION:
        return (_table(answer, name, title, By.ACTION, answer.contributions, notes_of(answer)),)
    return (
        _table(answer, name, title, answer.by, answer.groups, notes_of(answer)),
        _table(answer, tr("Changes"), tr("The single changes"), By.ACTION, answer.contributions, ()),
    )


def title_of(answer: Attribution) -> str:
    """Return what the answer says, as one line: from what to what, and by how much."""
    column = figure_column(answer, "")
    difference = f"{figure_text(column, answer.end - answer.start)} {column.unit}".rstrip()
    return tr(
        "{measure}: {start} to {end}, {difference}",
        measure=answer.measure,
        start=answer.start_name,
        end=answer.end_name,
        difference=difference,
    )


def _table(
    answer: Attribution, name: str, title: str, by: By, bars: tuple[Contribution, ...], notes: tuple[str, ...]
) -> AnswerTable:
    singles, sampled = by is By.ACTION, not answer.is_exact
    columns = [
        AnswerColumn(heading_of(by)),
        figure_column(answer, tr("Contribution")),
        figure_column(answer, tr("Level"), is_signed=False),
        *([figure_column(answer, tr("Standard error"), is_signed=False, finer=1)] if sampled else []),
        *([figure_column(answer, tr("Alone")), figure_column(answer, tr("Last"))] if singles else []),
    ]
    width = len(columns)
    level = answer.start
    rows: list[tuple[Figure, ...]] = [_end_row(answer.start_name, level, width)]
    for bar in bars:
        level += bar.value
        error = (bar.error,) if sampled else ()
        rows.append((bar.name, bar.value, level, *error, *((bar.alone, bar.last) if singles else ())))
    rows.append(_end_row(answer.end_name, answer.end, width))
    addresses: tuple[Address | None, ...] = (None, *(bar.address for bar in bars), None)
    return AnswerTable(name, title, tuple(columns), tuple(rows), notes, addresses if singles else ())


def _end_row(name: str, level: float, width: int) -> tuple[Figure, ...]:
    return (name, None, level, *(None for _ in range(width - 3)))


def notes_of(answer: Attribution) -> tuple[str, ...]:
    """Return how the contributions were found, in sentences."""
    notes = [how_found(answer)]
    if answer.by in (By.PROVINCE, By.GROUP):
        notes.append(
            tr("An action that reaches several plants is split as its size is: by the capacity that it can reach.")
        )
    if answer.by is By.ACTION and len(answer.contributions) > 1:
        notes.append(
            tr("Alone: what it changes by itself from the start. Last: what is missing without it at the end.")
        )
    if any(cells.table == DEMAND.name for cells in answer.cases.players) and answer.by in (By.PROVINCE, By.GROUP):
        notes.append(tr("Demand and other inputs without a place stand by themselves."))
    return tuple(notes)


def how_found(answer: Attribution) -> str:
    """Return in a sentence whether the contributions are exact, or from how many orders."""
    count = len(answer.contributions)
    if not count:
        return tr("Nothing differs between the two.")
    if answer.is_exact:
        return tr(
            "Shapley values, exact: the mean over all orders of {count} changes ({coalitions} mixtures solved).",
            count=count,
            coalitions=f"{answer.coalitions:,}",
        )
    steady = int(answer.shares.is_steady.sum())
    return tr(
        "Shapley values from {orders} of the orders of {count} changes (seed {seed}); {steady} of them changed the same"
        " in every order tried.",
        orders=f"{answer.orders:,}",
        count=count,
        seed=answer.seed,
        steady=steady,
    )


def json_of(answer: Attribution) -> dict[str, object]:
    """Return the answer in full precision for machines."""
    return {
        "measure": str(answer.measure),
        "unit": answer.measure.unit,
        "scenario": answer.scenario,
        "against": answer.against,
        "start": json_number(answer.start),
        "end": json_number(answer.end),
        "difference": json_number(answer.end - answer.start),
        "is_exact": answer.is_exact,
        "orders": answer.orders,
        "seed": answer.seed,
        "mixtures": answer.coalitions,
        "contributions": [_bar_json(bar) for bar in answer.contributions],
        "by": str(answer.by),
        "groups": [_bar_json(bar) for bar in answer.groups],
    }


def _bar_json(bar: Contribution) -> dict[str, object]:
    return {
        "name": bar.name,
        "address": str(bar.address) if bar.address else None,
        "value": json_number(bar.value),
        "error": json_number(bar.error),
        "alone": json_number(bar.alone),
        "last": json_number(bar.last),
        "members": list(bar.members),
    }
