"""What a trace says: the number in a sentence, its parts, and where they lead."""

from typing import Final

from aluplanner.analysis.trace import Kind, Part, Trace
from aluplanner.i18n import CHINESE, current_language, number_style, tr
from aluplanner.model.demand import growth_column, growth_year
from aluplanner.model.measure import Measure
from aluplanner.model.plan import TABLES, Address
from aluplanner.ui.plots.numbers import MINUS, NOTHING, month_text
from aluplanner.ui.results.texts import FRACTION, figure_text, period_title, scenario_text, series_text, unit_text

_DECIMALS: Final = {"kt": 1, "kt/y": 1, "RMB/t": 1, "days": 2, FRACTION: 2, "TWh": 2}
_OTHER_DECIMALS: Final = 3
_MANY: Final = 10
"""From so many times the number on, a share needs no fraction."""


def part_text(value: float, unit: str, *, signed: bool = False) -> str:
    """Return a part as the table shows it: finer than the number, so that small parts can be seen."""
    number = value * 100 if unit == FRACTION else value
    return _styled(number, _DECIMALS.get(unit, _OTHER_DECIMALS), signed=signed)


def difference_text(value: float, unit: str) -> str:
    """Return a difference with its sign; a dash where there is none to be seen."""
    text = part_text(value, unit, signed=True)
    return text if text.startswith(("+", MINUS)) else NOTHING


def _styled(number: float, decimals: int, *, signed: bool = False) -> str:
    text = f"{abs(number):,.{decimals}f}"
    is_zero = not text.strip("0.,")
    style = number_style()
    text = text.translate({ord(","): style.group, ord("."): style.decimal})
    if is_zero:
        return text
    return MINUS + text if number < 0 else "+" + text if signed else text


def share_text(value: float, whole: float) -> str:
    """Return a part's share of the number as percent; a dash where the number is 0."""
    if not whole:
        return NOTHING
    share = 100 * value / whole
    return tr("{number} %", number=_styled(share, 1 if abs(share) < 100 * _MANY else 0))


def measure_text(measure: Measure) -> str:
    """Return a measure in words: ``Production, Jul 17``; names in brackets, how it is reduced over several months."""
    title = series_text(measure.series)
    if measure.names:
        title = tr("{series} of {names}", series=title, names=", ".join(measure.names))
    parts = [title, period_title(measure.period)]
    if measure.period.length > 1:
        parts.append(reducer_text(measure.reducer))
    elif measure.reducer == "change":
        parts.append(tr("change"))
    return ", ".join(parts)


def reducer_text(reducer: str) -> str:
    """Return how months are reduced, in words."""
    return {
        "sum": tr("sum"),
        "mean": tr("mean"),
        "min": tr("lowest month"),
        "max": tr("highest month"),
        "start": tr("first month"),
        "end": tr("last month"),
        "change": tr("change"),
    }[reducer]


def headline_text(trace: Trace) -> str:
    """Return what is traced as a sentence: ``Production, Jul 17, Base: 3,105 kt``."""
    what = measure_text(trace.measure)
    if trace.month is not None and trace.measure.period.length > 1:
        what = f"{what} ({month_text(trace.month)})"
    return tr(
        "{measure}, {scenario}: {value}", measure=what, scenario=scenario_text(trace.scenario), value=value_text(trace)
    )


def value_text(trace: Trace) -> str:
    """Return the number with its unit."""
    if trace.value is None:
        return tr("blank")
    is_signed = trace.measure.reducer == "change" or trace.measure.series in ("balance", "residual", "unseen_stock")
    return f"{figure_text(trace.value, trace.unit, signed=is_signed)} {unit_text(trace.unit)}"


def place_text(address: Address) -> str:
    """Return a cell as words: ``Plants › Weiqiao Binzhou › Operating``."""
    table = TABLES.get(address.table)
    title = table.heading if table else address.table
    parts = (title, address.row, _column_text(address) if address.column != "value" else "")
    return " › ".join(part for part in parts if part)


def _column_text(address: Address) -> str:
    """Return the title of a cell's column, without its unit."""
    year = growth_year(address.column)
    known = [growth_column(year)] if year else [*TABLES[address.table].columns] if address.table in TABLES else []
    column = next((column for column in known if column.name == address.column), None)
    if column is None:
        return address.column
    return column.title_zh if current_language() == CHINESE else column.title


def label_text(part: Part) -> str:
    """Return what a part is, its month as the program writes months."""
    told = part.measure
    if told is not None and told.period.length == 1:
        if part.kind is Kind.OPENING:
            return measure_text(told)
        if part.kind is Kind.MONTH and part.label == told.period.label:
            return month_text(told.period.start)
    return part.label


def is_traced_on(part: Part) -> bool:
    """Return whether a part leads to a trace of its own: it has no cell, or is a series that says more."""
    return part.measure is not None and (part.link is None or part.kind is Kind.SERIES)


def target_text(part: Part) -> str:
    """Return where a part leads: to a cell, or to a trace of its own."""
    if part.measure is not None and is_traced_on(part):
        return tr("Trace {measure}", measure=measure_text(part.measure))
    return place_text(part.link) if part.link is not None else ""
