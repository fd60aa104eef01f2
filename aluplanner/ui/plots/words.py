"""What a plot over the months shows, as a summary in words and as a table."""

from functools import partial

import numpy as np

from aluplanner.i18n import tr
from aluplanner.ui.plots.fan_words import fan_columns, fan_sentences
from aluplanner.ui.plots.numbers import month_text
from aluplanner.ui.plots.shown import Shown, ShownScenario, Values, stack_values
from aluplanner.ui.plots.spec import LineSpec, PaneSpec, PlotSpec


def summary_of(spec: PlotSpec, shown: Shown) -> str:
    """Return what a plot shows in sentences: where each series begins, ends, and lies lowest and highest."""
    months = shown.horizon
    head = tr(
        "{title}, {scenario}, {first} to {last}.",
        title=spec.title, scenario=shown.selected.label, first=month_text(months.first), last=month_text(months.last),
    )  # fmt: skip
    if shown.is_difference:
        head = tr("{head} Differences to the base.", head=head)
    sentences = [
        _sentence(pane, label, values, shown) for pane in spec.panes for label, values in _selected_series(pane, shown)
    ]
    sentences += fan_sentences(spec, shown)
    others = [scenario.label for scenario in shown.scenarios[1:]]
    if others:
        sentences.append(tr("Compared with: {names}.", names="; ".join(others)))
    return " ".join([head, *sentences])


def _selected_series(pane: PaneSpec, shown: Shown) -> list[tuple[str, Values]]:
    if shown.selected not in shown.drawn:
        return []
    series = [(line.label, shown.values(shown.selected, line.series)) for line in pane.lines]
    return series + (list(stack_values(shown, pane.stack).items()) if pane.stack else [])


def _sentence(pane: PaneSpec, label: str, values: Values, shown: Shown) -> str:
    known = np.flatnonzero(np.isfinite(values))
    if not known.size:
        return pane.if_blank or tr("{label}: no figures.", label=label)
    first, last = int(known[0]), int(known[-1])
    low, high = int(np.nanargmin(values)), int(np.nanargmax(values))
    month = [month_text(each) for each in shown.horizon.months]
    text = partial(pane.text, is_difference=shown.is_difference)
    return tr(
        "{label} ({unit}): {start} in {first}, {end} in {last}, lowest {low} in {low_month}, "
        "highest {high} in {high_month}.",
        label=label, unit=pane.difference_unit if shown.is_difference else pane.unit,
        start=text(values[first]), first=month[first], end=text(values[last]), last=month[last],
        low=text(values[low]), low_month=month[low], high=text(values[high]), high_month=month[high],
    )  # fmt: skip


def table_of(spec: PlotSpec, shown: Shown) -> tuple[list[str], list[list[object]]]:
    """Return headers and one row a month of everything a plot shows; blanks are ``None``."""
    headers = [tr("Month")]
    columns: list[list[object]] = [list(shown.horizon.labels)]
    for pane in spec.panes:
        for header, values in _columns(pane, shown):
            headers.append(header)
            columns.append([None if np.isnan(value) else value for value in values.tolist()])
    return headers, [list(row) for row in zip(*columns, strict=True)]


def _columns(pane: PaneSpec, shown: Shown) -> list[tuple[str, Values]]:
    unit = tr("fraction") if pane.is_percent else pane.unit
    unit = tr("{unit}, difference to base", unit=unit) if shown.is_difference else unit
    columns = [
        (_header(line, unit, scenario), shown.values(scenario, line.series))
        for scenario in shown.drawn
        for line in pane.lines
        if scenario.position == 0 or line.is_compared
    ]
    if pane.stack:
        columns += [(f"{name} ({unit})", values) for name, values in stack_values(shown, pane.stack).items()]
    columns += fan_columns(pane, unit, shown)
    if pane.actual and not shown.is_difference:
        columns.append((tr("Actual ({unit})", unit=unit), shown.actuals[pane.actual]))
    return columns


def _header(line: LineSpec, unit: str, scenario: ShownScenario) -> str:
    return f"{line.label} ({unit}) – {scenario.label}"
