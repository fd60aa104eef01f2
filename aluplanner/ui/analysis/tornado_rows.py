"""What the rows of a tornado say: one for each input that matters, and a line for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aluplanner.analysis.answer_table import AnswerColumn, figure_text
from aluplanner.analysis.cell_values import value_text
from aluplanner.analysis.cell_words import cell_title, objective_column, with_unit
from aluplanner.analysis.objective import Objective
from aluplanner.analysis.sampling import uncertain_cells
from aluplanner.analysis.tornado import Bar, Tornado
from aluplanner.analysis.tornado_words import range_texts
from aluplanner.i18n import tr
from aluplanner.model.plan import Address
from aluplanner.ui.panels.trace_words import measure_text

_IDLE: Final = 1e-9
"""Swings below this part of the longest one make no difference that anyone could see."""
_SIGNED: Final = frozenset({"balance", "residual", "unseen_stock"})


@dataclass(frozen=True, slots=True)
class Row:
    """One bar with its texts: input and measure at its low and at its high, and the swing."""

    bar: Bar
    low: str
    high: str
    at_low: str
    at_high: str
    swing: str

    @property
    def ends(self) -> tuple[tuple[float, str, str], tuple[float, str, str]]:
        """The measure, its text and the input's text at both ends, the lower end of the measure first."""
        low, high = (self.bar.at_low, self.at_low, self.low), (self.bar.at_high, self.at_high, self.high)
        return (low, high) if low[0] <= high[0] else (high, low)

    @property
    def side_text(self) -> str:
        """What both ends do where they do the same; empty where they do not."""
        if not self.bar.is_one_sided:
            return ""
        return tr("both ends raise it") if self.bar.at_low > self.bar.centre else tr("both ends lower it")


def rows_of(answer: Tornado) -> tuple[Row, ...]:
    """Return a row for each bar that has a length, the longest first."""
    most = max((bar.swing for bar in answer.bars if bar.swing == bar.swing), default=0.0)
    return tuple(_row(answer, bar) for bar in answer.bars if bar.swing > _IDLE * max(1.0, most))


def idle_bars(answer: Tornado) -> tuple[Bar, ...]:
    """Return the bars that have no length, or are blank."""
    shown = {id(row.bar) for row in rows_of(answer)}
    return tuple(bar for bar in answer.bars if id(bar) not in shown)


def _row(answer: Tornado, bar: Bar) -> Row:
    column = figure_column(answer)
    swing = figure_text(objective_column(Objective(answer.measure)), bar.swing)
    low, high = range_texts(answer.plan, bar)
    return Row(
        bar, low or tr("lows"), high or tr("highs"),
        figure_text(column, bar.at_low), figure_text(column, bar.at_high), swing,
    )  # fmt: skip


def figure_column(answer: Tornado) -> AnswerColumn:
    """Return how the measure is written: a balance with its sign."""
    is_signed = answer.measure.series in _SIGNED or answer.measure.reducer == "change"
    return objective_column(Objective(answer.measure), is_signed=is_signed)


def headline_of(answer: Tornado) -> str:
    """Return what the picture says, in a sentence."""
    rows = rows_of(answer)
    if not rows:
        return tr("No uncertain input makes a difference to it.")
    swing = with_unit(objective_column(Objective(answer.measure)), rows[0].bar.swing)
    return tr("{input} matters most: {swing}", input=rows[0].bar.label, swing=swing)


def title_of(answer: Tornado) -> str:
    """Return what the picture shows, as one line."""
    return tr("What moves it: {measure}", measure=measure_text(answer.measure))


def rest_text(answer: Tornado, left: Sequence[Row]) -> str:
    """Return what is said of the inputs that have no row of their own."""
    parts = []
    if left:
        parts.append(tr("{count} smaller ones, up to {swing} each", count=len(left), swing=left[0].swing))
    if idle := idle_bars(answer):
        parts.append(tr("no difference: {inputs}", inputs="; ".join(bar.label for bar in idle)))
    return tr(" · ").join(parts)


def tip_of(answer: Tornado, row: Row) -> str:
    """Return what a row says in words."""
    unit = figure_column(answer).unit
    lines = [
        row.bar.label,
        tr("low, {input}: {value} {unit}", input=row.low, value=row.at_low, unit=unit),
        tr("high, {input}: {value} {unit}", input=row.high, value=row.at_high, unit=unit),
        tr("swing: {value} {unit}", value=row.swing, unit=unit),
    ]
    if row.side_text:
        lines.append(row.side_text)
    lines += _cells(answer, row.bar)
    lines.append(tr("Click to go to the cell"))
    return "\n".join(lines)


def _cells(answer: Tornado, bar: Bar) -> list[str]:
    """Return where the inputs of a bar come from: their cells, or the mode of the only one."""
    plan = answer.plan
    if bar.factor:
        return [
            tr("{cell}: {low} … {high}", cell=cell_title(plan, each.address),
               low=value_text(plan, each.address, each.low), high=value_text(plan, each.address, each.high))
            for each in bar.inputs
        ]  # fmt: skip
    only = bar.inputs[0]
    own = value_text(plan, only.address, only.own) or tr("blank")
    mode = value_text(plan, only.address, only.held) or tr("blank")
    return [tr("mode {mode}, in the plan {own}", mode=mode, own=own)]


def target_of(answer: Tornado, bar: Bar) -> Address:
    """Return where a bar leads: to its cell, or for several to the factor of the first in Uncertainty."""
    first = bar.inputs[0].address
    if not bar.factor:
        return first
    cell = uncertain_cells(answer.plan)[first]
    rows = answer.plan.uncertainty
    return Address("uncertainty", rows.table.row_key(cell), "factor")
