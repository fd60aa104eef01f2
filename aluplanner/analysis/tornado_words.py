"""What a tornado says: its table, sentences about it, data for machines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, json_number
from aluplanner.analysis.cell_values import value_text
from aluplanner.analysis.cell_words import cell_title, objective_column, with_unit
from aluplanner.analysis.objective import Objective
from aluplanner.i18n import tr
from aluplanner.model.plan import Address, Plan

if TYPE_CHECKING:
    from aluplanner.analysis.tornado import Bar, Input, Tornado

_NAMED: Final = 6
"""So many cells are named in a sentence; of more the number is told."""


def range_texts(plan: Plan, bar: "Bar") -> tuple[str, str]:
    """Return the low and the high of what a bar moves, with their units; empty where its cells have different ones."""
    return _common(plan, bar, "low"), _common(plan, bar, "high")


def range_text(plan: Plan, bar: "Bar") -> str:
    """Return the range of what a bar moves: ``20 % … 100 %``."""
    low, high = range_texts(plan, bar)
    if not low and not high:
        return tr("each from its low to its high")
    unit = low.rpartition(" ")[2]
    if unit != "%" and low.endswith(f" {unit}") and high.endswith(f" {unit}"):
        low = low.removesuffix(f" {unit}")
    return tr("{low} … {high}", low=low or tr("each its low"), high=high or tr("each its high"))


def _common(plan: Plan, bar: "Bar", end: str) -> str:
    texts = {value_text(plan, each.address, getattr(each, end)) for each in bar.inputs}
    return texts.pop() if len(texts) == 1 else ""


def held_text(plan: Plan, bar: "Bar") -> str:
    """Return where the inputs of a bar stay while others are moved."""
    return _common(plan, bar, "held") or (tr("each its mode") if len(bar.inputs) > 1 else tr("blank"))


def own_text(plan: Plan, bar: "Bar") -> str:
    """Return what the plan itself has in the cells of a bar."""
    return _common(plan, bar, "own") or (tr("various") if len(bar.inputs) > 1 else tr("blank"))


def tornado_tables(answer: "Tornado") -> tuple[AnswerTable, ...]:
    """Return the bars as one table, the longest first, with sentences about them."""
    measure = Objective(answer.measure)
    signed = answer.measure.series in ("balance", "residual", "unseen_stock") or answer.measure.reducer == "change"
    columns = (
        AnswerColumn(tr("Input")),
        AnswerColumn(tr("Range")),
        AnswerColumn(tr("Mode")),
        AnswerColumn(tr("In the plan")),
        objective_column(measure, tr("At its low"), is_signed=signed),
        objective_column(measure, tr("At its high"), is_signed=signed),
        objective_column(measure, tr("Swing")),
        AnswerColumn(tr("One side only")),
    )
    rows = tuple(
        (
            bar.label,
            range_text(answer.plan, bar),
            held_text(answer.plan, bar),
            own_text(answer.plan, bar),
            bar.at_low,
            bar.at_high,
            bar.swing,
            tr("one side") if bar.is_one_sided else "",
        )
        for bar in answer.bars
    )
    title = tr("Tornado of {measure}, {scenario}", measure=str(answer.measure), scenario=answer.scenario)
    addresses = tuple(bar.inputs[0].address for bar in answer.bars)
    return (AnswerTable(tr("Tornado"), title, columns, rows, notes_of(answer), addresses),)


def centre_text(answer: "Tornado") -> str:
    """Return the measure with every input at its mode, with its unit."""
    return _measured(answer, answer.centre)


def own_result_text(answer: "Tornado") -> str:
    """Return the measure of the plan as it stands, with its unit."""
    return _measured(answer, answer.own)


def _measured(answer: "Tornado", value: float) -> str:
    return with_unit(objective_column(Objective(answer.measure)), value) or tr("blank")


def notes_of(answer: "Tornado") -> tuple[str, ...]:
    """Return what a reader should know of a tornado."""
    notes = [
        tr("All inputs at their modes: {value}. A uniform input, which has none, stays at the plan's own value.",
           value=centre_text(answer)),
        tr("The plan as it stands: {value}.", value=own_result_text(answer)),
    ]  # fmt: skip
    if answer.shifted:
        notes.append(_shifted_note(answer.plan, answer.shifted))
    if any(bar.is_one_sided for bar in answer.bars):
        notes.append(tr("One side: both ends move the measure the same way, so the swing counts from the mode."))
    if any(bar.factor for bar in answer.bars):
        notes.append(tr("Cells with a common factor are moved all the way together, whatever their correlation."))
    if answer.left_out:
        notes.append(tr("Shorter bars that are not shown: {count}.", count=answer.left_out))
    return (*notes, *_left_alone(answer))


def _left_alone(answer: "Tornado") -> list[str]:
    notes = []
    if answer.fixed:
        cells = _cells(answer.plan, answer.fixed)
        notes.append(tr("Not moved, since the scenario states them itself: {cells}.", cells=cells))
    if answer.clipped:
        cells = _cells(answer.plan, answer.clipped)
        notes.append(tr("Held at the plant's built capacity, which the range goes beyond: {cells}.", cells=cells))
    if answer.unknown:
        notes.append(tr("Rows of Uncertainty that name no cell, and are left out: {count}.", count=answer.unknown))
    return notes


def _shifted_note(plan: Plan, inputs: Sequence["Input"]) -> str:
    texts = [
        tr("{cell} {own}, mode {mode}", cell=cell_title(plan, each.address), own=_own(plan, each),
           mode=value_text(plan, each.address, each.held))
        for each in inputs[:_NAMED]
    ]  # fmt: skip
    return tr("The plan has other values than the modes: {cells}.", cells=_listed(texts, len(inputs)))


def _own(plan: Plan, each: "Input") -> str:
    return tr("blank") if each.own is None else value_text(plan, each.address, each.own)


def _cells(plan: Plan, addresses: Sequence[Address]) -> str:
    return _listed([cell_title(plan, address) for address in addresses[:_NAMED]], len(addresses))


def _listed(texts: Sequence[str], count: int) -> str:
    listed = "; ".join(texts)
    return listed if count <= len(texts) else tr("{cells} and {count} more", cells=listed, count=count - len(texts))


def tornado_json(answer: "Tornado") -> dict[str, object]:
    """Return a tornado in full precision."""
    return {
        "scenario": answer.scenario,
        "measure": str(answer.measure),
        "unit": answer.measure.unit,
        "by": answer.by,
        "at_modes": json_number(answer.centre),
        "plan": json_number(answer.own),
        "bars": [_bar_json(bar) for bar in answer.bars],
        "left_out": answer.left_out,
        "fixed": [str(address) for address in answer.fixed],
        "notes": list(notes_of(answer)),
    }


def _bar_json(bar: "Bar") -> dict[str, object]:
    return {
        "label": bar.label,
        "factor": bar.factor or None,
        "inputs": [
            {"address": str(each.address), "low": each.low, "high": each.high, "held": each.held, "plan": each.own}
            for each in bar.inputs
        ],
        "at_low": json_number(bar.at_low),
        "at_high": json_number(bar.at_high),
        "swing": json_number(bar.swing),
        "one_sided": bar.is_one_sided,
    }
