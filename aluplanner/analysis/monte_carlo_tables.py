"""A Monte Carlo as tables for people."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Final

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure
from aluplanner.analysis.monte_carlo_paired import Paired
from aluplanner.analysis.monte_carlo_scenario import LEVELS, ScenarioDraws
from aluplanner.analysis.monte_carlo_words import draws_note
from aluplanner.i18n import tr
from aluplanner.model.balance import STATES
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plan import Address

if TYPE_CHECKING:
    from aluplanner.analysis.monte_carlo import MonteCarlo

MONTHS: Final = "months"
"""Name of the table of fans: the long one."""


def monte_carlo_tables(found: "MonteCarlo") -> tuple[AnswerTable, ...]:
    """Return market states, measures, stock, factors, correlations, differences and months; empty ones are left out."""
    made = (
        states_table(found),
        measures_table(found),
        stock_table(found),
        factors_table(found),
        correlations_table(found),
        differences_table(found),
        months_table(found),
    )
    return tuple(table for table in made if table.rows)


def states_table(found: "MonteCarlo") -> AnswerTable:
    """Return how likely each market state is, period by period."""
    columns = (
        *_words(tr("Scenario"), tr("Period"), tr("Plan as it stands")),
        *(_odds(tr(state)) for state in STATES),
        _odds(tr("any shortage")),
    )
    rows: list[tuple[Figure, ...]] = []
    for name, drawn in found.scenarios.items():
        for odds in drawn.states:
            label = tr("{period} (part)", period=odds.period.label) if odds.is_part else odds.period.label
            rows.append((_shown(name), label, tr(odds.plan_state), *odds.probabilities, odds.shortage))
    notes = (
        draws_note(found.draws, found.seed, found.sampling),
        _drawn_note(found),
        tr("A period is balanced while its balance stays within the balance band of its consumption."),
        *found.notes,
    )
    return AnswerTable("states", tr("Probability of each market state"), columns, tuple(rows), notes)


def _drawn_note(found: "MonteCarlo") -> str:
    """Return how many cells each scenario draws: those that it states itself are fixed in it."""
    counts = (tr("{scenario} {count}", scenario=_shown(name), count=len(each.uncertain))
              for name, each in found.scenarios.items())  # fmt: skip
    return tr(
        "Uncertain cells drawn: {counts}; what a scenario states itself is fixed in it.", counts=", ".join(counts)
    )


def measures_table(found: "MonteCarlo") -> AnswerTable:
    """Return how each measure spreads, the plan as it stands beside the median."""
    columns = (
        *_words(tr("Scenario"), tr("Measure"), tr("Unit")),
        *(_figure(title) for title in (tr("Plan as it stands"), tr("Median"), tr("Mean"), tr("Standard deviation"))),
        *(_figure(_level(level)) for level in LEVELS if level != 50),
        _odds(tr("Draws below the plan"), 0),
    )
    rows: list[tuple[Figure, ...]] = []
    for name, drawn in found.scenarios.items():
        for measure in found.measures:
            spread = drawn.spread(measure)
            outer = [value for level, value in zip(LEVELS, spread.percentiles, strict=True) if level != 50]
            middle = (spread.plan, spread.median, spread.mean, spread.deviation)
            rows.append((_shown(name), str(measure), tr(measure.unit), *middle, *outer, spread.below_plan))
    return AnswerTable("measures", tr("Measures over the draws"), columns, tuple(rows), _general(found))


def stock_table(found: "MonteCarlo") -> AnswerTable:
    """Return how likely stock is below each threshold, month by month."""
    columns = (
        *_words(tr("Scenario")),
        AnswerColumn(tr("Threshold"), "kt", 0),
        *_words(tr("Month")),
        *map(_odds, (tr("Below at the end"), tr("Fallen below by then"), tr("Below at any end by then"))),
    )
    rows: list[tuple[Figure, ...]] = []
    for name, drawn in found.scenarios.items():
        for threshold in found.thresholds:
            likely = (drawn.below(threshold), drawn.fallen_below(threshold), drawn.ever_below(threshold))
            by_month = zip(drawn.horizon.labels, *(each.tolist() for each in likely), strict=True)
            rows += [(_shown(name), threshold, *month) for month in by_month]
    notes = (
        tr("Fallen below: stock stood at or above the threshold at an earlier month's end, or at the opening."),
        *_general(found),
    )
    title = tr("Probability that visible stock is below a threshold")
    return AnswerTable("stock", title, columns, tuple(rows), notes)


def correlations_table(found: "MonteCarlo") -> AnswerTable:
    """Return which drawn inputs go with each measure, the strongest first."""
    columns = (
        *_words(tr("Scenario"), tr("Measure"), tr("Input")),
        _correlation(),
        *_words(tr("Cell")),
    )
    rows: list[tuple[Figure, ...]] = []
    addresses: list[Address | None] = []
    for name, drawn in found.scenarios.items():
        for measure in found.measures:
            for each in drawn.strongest(measure):
                cell = each.cells[0]
                rows.append((_shown(name), str(measure), each.title(drawn.balance.plan), each.correlation, str(cell)))
                addresses.append(cell)
    notes = (
        tr("Spearman's rank correlation: +1 where the measure always rises with the input, −1 where it always falls."),
        tr("Inputs with one factor move together: each shows a part of what the others do."),
        *_general(found),
    )
    return AnswerTable("correlations", tr("What the measures go with"), columns, tuple(rows), notes, tuple(addresses))


def factors_table(found: "MonteCarlo") -> AnswerTable:
    """Return which factors and single inputs go with each measure, the strongest first."""
    columns = (*_words(tr("Scenario"), tr("Measure"), tr("Factor or input")), _correlation(), *_words(tr("Cells")))
    rows: list[tuple[Figure, ...]] = []
    addresses: list[Address | None] = []
    for name, drawn in found.scenarios.items():
        for measure in found.measures:
            for each in drawn.strongest(measure, by_factor=True):
                cells = "; ".join(map(str, each.cells))
                rows.append((_shown(name), str(measure), each.title(drawn.balance.plan), each.correlation, cells))
                addresses.append(each.cells[0])
    notes = (tr("Inputs with a common factor together: the rank correlation of the sum of their ranks."),)
    title = tr("What the measures go with, by common factor")
    return AnswerTable("factors", title, columns, tuple(rows), notes, tuple(addresses))


def differences_table(found: "MonteCarlo") -> AnswerTable:
    """Return how each scenario differs from each later one, draw by draw."""
    columns = (
        *_words(tr("Scenario A"), tr("Scenario B"), tr("A less B"), tr("Unit")),
        *(_signed(title) for title in (tr("Plan as it stands"), tr("Median"), tr("Mean"))),
        _figure(tr("Standard deviation")),
        *(_signed(_level(level)) for level in LEVELS if level != 50),
        _odds(tr("A lower")),
        _odds(tr("both the same")),
        _odds(tr("A tighter, ties by half")),
    )
    rows = tuple(
        _difference(each) for first, second in combinations(found.names, 2) for each in found.differences(first, second)
    )
    notes = (
        tr("Both meet the same draws, so a difference is that of the scenarios and not of chance."),
        *_unlike_notes(found),
        tr("Tighter means lower: a lower balance, less stock."),
        *_general(found),
    )
    return AnswerTable("differences", tr("Scenarios draw by draw"), columns, rows, notes)


def _unlike_notes(found: "MonteCarlo") -> tuple[str, ...]:
    """Return which scenarios hold cells fixed that others draw: their difference has that chance in it after all."""
    notes = []
    for first, second in combinations(found.names, 2):
        for fixed, drawn in ((first, second), (second, first)):
            cells = set(found.of(drawn).uncertain) - set(found.of(fixed).uncertain)
            if cells:
                notes.append(
                    tr(
                        "But {fixed} itself states {count} of the cells that are drawn in {drawn}: their chance is in"
                        " the difference.", fixed=_shown(fixed), count=len(cells), drawn=_shown(drawn),
                    )
                )  # fmt: skip
    return tuple(notes)


def _difference(each: Paired) -> tuple[Figure, ...]:
    levels = dict(zip(LEVELS, each.percentiles, strict=True))
    middle = (each.plan, levels[50], each.mean, each.deviation)
    outer = (value for level, value in levels.items() if level != 50)
    odds = (each.lower, each.equal, each.tighter)
    return (_shown(each.first), _shown(each.second), each.label, tr(each.unit), *middle, *outer, *odds)


def months_table(found: "MonteCarlo") -> AnswerTable:
    """Return the fans: the plan as it stands and the percentiles of each series, month by month."""
    columns = (
        *_words(tr("Scenario"), tr("Series"), tr("Unit"), tr("Month")),
        _figure(tr("Plan as it stands")),
        *(_figure(_level(level)) for level in LEVELS),
    )
    rows = tuple(row for name, drawn in found.scenarios.items() for row in _months(_shown(name), drawn))
    return AnswerTable(MONTHS, tr("Percentiles by month"), columns, rows, _general(found))


def _months(name: str, drawn: ScenarioDraws) -> Iterator[tuple[Figure, ...]]:
    for series, fan in drawn.fans.items():
        title, unit = COUNTRY_SERIES[series]
        stated = drawn.balance.series(series).tolist()
        for place, month in enumerate(drawn.horizon.labels):
            yield (name, tr(title), tr(unit), month, stated[place], *fan[:, place].tolist())


def _general(found: "MonteCarlo") -> tuple[str, ...]:
    return (draws_note(found.draws, found.seed, found.sampling),)


def _shown(scenario: str) -> str:
    return tr("Base") if scenario == "Base" else scenario


def _level(level: int) -> str:
    return tr("Median") if level == 50 else tr("{level} %", level=level)


def _words(*titles: str) -> tuple[AnswerColumn, ...]:
    return tuple(AnswerColumn(title) for title in titles)


def _figure(title: str) -> AnswerColumn:
    return AnswerColumn(title, decimals=None)


def _signed(title: str) -> AnswerColumn:
    return AnswerColumn(title, decimals=None, is_signed=True)


def _odds(title: str, decimals: int = 1) -> AnswerColumn:
    return AnswerColumn(title, decimals=decimals, is_percent=True)


def _correlation() -> AnswerColumn:
    return AnswerColumn(tr("Rank correlation"), decimals=2, is_signed=True)
