"""The bars of a waterfall: what fits into so many rows, and what each says."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from aluplanner.analysis.answer_table import figure_text
from aluplanner.analysis.attribution import Attribution, Contribution
from aluplanner.analysis.attribution_groups import By
from aluplanner.analysis.attribution_tables import figure_column
from aluplanner.i18n import tr
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Address
from aluplanner.ui.results.texts import unit_text

TIGHTER_WHEN_MORE: Final = frozenset(
    {
        *("consumption", "price", "premium", "shortfall", "closed", "closed_running", "curtailed", "halted"),
        *("due", "implemented", "landed", "overhang", "announced", "effective", "credibility", "alumina_shortfall"),
        *("bauxite_use", "alumina_requirement"),
    }
)
"""Series of which more means a tighter market or a harder policy; of all others, less does."""

_NAMES_IN_TIP: Final = 12


class Role(Enum):
    """What a bar stands for."""

    START = auto()
    END = auto()
    PART = auto()
    REST = auto()
    """The small contributions together; where they are shown one by one, the way back."""


@dataclass(frozen=True, slots=True)
class WaterfallBar:
    """One row of a waterfall.

    Attributes
    ----------
    role
        What it stands for.
    name
        What stands at the left.
    begin, end
        Levels before and after it, in the measure's unit; of start and end both are the level itself.
    error
        Standard error of its value.
    text
        Its figure as it stands at the bar, without the unit.
    tip
        What it says in full.
    tightens
        Whether it makes the market tighter.
    address
        The cell it leads to.
    """

    role: Role
    name: str
    begin: float
    end: float
    error: float
    text: str
    tip: str
    tightens: bool = False
    address: Address | None = None

    @property
    def low(self) -> float:
        """The lower of its levels."""
        return min(self.begin, self.end)

    @property
    def high(self) -> float:
        """The higher of its levels."""
        return max(self.begin, self.end)

    @property
    def is_idle(self) -> bool:
        """Whether its figure shows no effect."""
        return not self.text.strip("0., %")

    @property
    def is_end(self) -> bool:
        """Whether it is one of the two levels that the others lead between."""
        return self.role in (Role.START, Role.END)


def bars_of(answer: Attribution, rows: int, *, is_unfolded: bool = False) -> tuple[WaterfallBar, ...]:
    """Return the bars of an answer from its start to its end, the small ones as one where rows are few.

    Parameters
    ----------
    answer
        The answer.
    rows
        How many rows there are room for, at least 3.
    is_unfolded
        Whether all are wanted, whatever the room.
    """
    every = answer.groups
    shown = _shown(answer, rows - 2)
    if not is_unfolded or shown == len(every):
        return tuple(_bars(answer, every[:shown], every[shown:]))
    *bars, end = _bars(answer, every, ())
    fewer = WaterfallBar(Role.REST, tr("fewer"), end.end, end.end, 0.0, "", tr("Shows the small ones together again."))
    return (*bars, fewer, end)


def _shown(answer: Attribution, rows: int) -> int:
    """Return how many contributions have a row of their own: those that can be seen, as far as there are rows."""
    every = answer.groups
    seen = sum(1 for bar in every if _figure(answer, bar.value).strip("0., %") != "")
    if seen == len(every) and len(every) <= rows:
        return seen
    shown = min(seen, max(0, rows - 1))
    return len(every) if len(every) - shown == 1 and len(every) <= rows else shown


def _bars(
    answer: Attribution, shown: tuple[Contribution, ...], rest: tuple[Contribution, ...]
) -> Iterator[WaterfallBar]:
    level = answer.start
    yield _level_bar(answer, Role.START)
    for each in shown:
        begin, level = level, level + each.value
        tip = _tip(answer, each)
        yield _part(answer, each.name, begin, level, each.error, tip, each.address)
    if rest:
        begin, level = level, answer.end
        yield _rest(answer, rest, begin, level)
    yield _level_bar(answer, Role.END)


def _level_bar(answer: Attribution, role: Role) -> WaterfallBar:
    is_start = role is Role.START
    name, level = (answer.start_name, answer.start) if is_start else (answer.end_name, answer.end)
    text = _level_text(answer, level)
    tip = tr("{name}: {level} {unit}", name=name, level=text, unit=unit_of(answer.measure))
    if not is_start:
        difference = _figure(answer, answer.end - answer.start)
        tip = tr("{level}, {difference} from the start", level=tip, difference=difference)
    return WaterfallBar(role, name, level, level, 0.0, text, tip)


def _part(
    answer: Attribution, name: str, begin: float, end: float, error: float, tip: str, address: Address | None
) -> WaterfallBar:
    text = _figure(answer, end - begin)
    return WaterfallBar(Role.PART, name, begin, end, error, text, tip, _tightens(answer.measure, end - begin), address)


def _rest(answer: Attribution, rest: tuple[Contribution, ...], begin: float, end: float) -> WaterfallBar:
    is_idle = not any(_figure(answer, each.value).strip("0., %") for each in rest)
    name = tr("{count} without effect", count=len(rest)) if is_idle else tr("{count} others", count=len(rest))
    lines = [f"{each.name} {_figure(answer, each.value)}" for each in rest[:_NAMES_IN_TIP]]
    lines += ["…"] * (len(rest) > _NAMES_IN_TIP)
    tip = "\n".join([*lines, tr("A click or Enter shows them one by one.")])
    text = _figure(answer, end - begin)
    return WaterfallBar(Role.REST, name, begin, end, 0.0, text, tip, _tightens(answer.measure, end - begin))


def _tip(answer: Attribution, each: Contribution) -> str:
    unit = unit_of(answer.measure)
    lines = [tr("{name}: {value} {unit}", name=each.name, value=_figure(answer, each.value), unit=unit)]
    if not answer.is_exact:
        error = figure_text(figure_column(answer, "", is_signed=False, finer=1), each.error)
        lines.append(tr("standard error {error} {unit}", error=error, unit=unit))
    if answer.by is By.ACTION:
        alone, last = _figure(answer, each.alone), _figure(answer, each.last)
        lines.append(tr("by itself from the start {alone}, if it comes last {last}", alone=alone, last=last))
    else:
        lines.append("; ".join(each.members[:_NAMES_IN_TIP]))
    return "\n".join(lines)


def _tightens(measure: Measure, change: float) -> bool:
    return (change > 0) == (measure.series in TIGHTER_WHEN_MORE)


def _figure(answer: Attribution, change: float) -> str:
    return figure_text(figure_column(answer, ""), change)


def _level_text(answer: Attribution, level: float) -> str:
    return figure_text(figure_column(answer, "", is_signed=False), level)


def unit_of(measure: Measure) -> str:
    """Return the unit as it stands behind figures; fractions are shown with their percent sign already."""
    return "" if measure.unit == "fraction" else unit_text(measure.unit)
