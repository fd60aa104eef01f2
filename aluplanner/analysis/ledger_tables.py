"""The ledger as tables for people and as data for machines."""

from collections.abc import Iterator, Mapping
from typing import Final

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure, json_number
from aluplanner.analysis.ledger import Ledger
from aluplanner.analysis.ledger_bridge import ALUMINA_COVER, KNOWN, MARKET
from aluplanner.analysis.ledger_choices import ACTION, END, FIGURES, GROUP, LOST, PROVINCE
from aluplanner.analysis.ledger_rows import LedgerRow, Section
from aluplanner.i18n import tr
from aluplanner.model.calendar import Period
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address

SHOWN: Final = ("announced", "due", "implemented", "gap", "overhang", "out", LOST)
"""The figures that the tables show; landed and effective are in the JSON."""

_ALL: Final = "all"
_NOTHING: Final = 1e-9

ALUMINIUM: Final = (Section.ORDER, Section.COMPANY)


def figure_columns() -> tuple[AnswerColumn, ...]:
    """Return the columns of :data:`SHOWN`."""
    titles = (
        tr("Announced"), tr("Due"), tr("Implemented"), tr("Gap"), tr("Overhang"), tr("Out of operation"),
    )  # fmt: skip
    return *(AnswerColumn(title, "kt/y") for title in titles), AnswerColumn(tr("Output lost"), "kt")


def row_heading(by: str) -> str:
    """Return what the rows stand for."""
    titles = {ACTION: tr("Action"), PROVINCE: tr("Province"), GROUP: tr("Group")}
    return titles.get(by, tr("Kind"))


def section_words(section: Section) -> str:
    """Return whose actions a row is about, in a word or two."""
    words = {Section.ORDER: tr("order"), Section.COMPANY: tr("company’s own"), Section.ALUMINA: tr("alumina")}
    return words[section]


def section_total(section: Section) -> str:
    """Return the label of a section's subtotal."""
    words = {
        Section.ORDER: tr("All orders"), Section.COMPANY: tr("All companies’ own cuts"),
        Section.ALUMINA: tr("All alumina cuts"),
    }  # fmt: skip
    return words[section]


def ledger_tables(found: Ledger) -> tuple[AnswerTable, ...]:
    """Return the ledger, its proof, and its steps if any."""
    tables = [_main(found), _sums(found), _output(found)]
    if found.steps:
        tables.append(_steps(found))
    return tuple(tables)


def period_words(found: Ledger) -> str:
    """Return the period and how capacities are read over it."""
    months = found.horizon.labels[found.inside()]
    if found.reading == END:
        return tr("{period}, capacities at the end of {month}", period=period_title(found), month=months[-1])
    return tr("{period}, capacities as the mean of its month-ends", period=period_title(found))


def period_title(found: Ledger) -> str:
    """Return the period by its months where it is called nothing but all."""
    if found.period.label != _ALL:
        return found.period.label
    first, last = found.horizon.labels[0], found.horizon.labels[-1]
    return first if first == last else tr("{first} to {last}", first=first, last=last)


def sections(found: Ledger) -> tuple[Section, ...]:
    """Return the sections that have rows."""
    present = {row.section for row in found.rows}
    return tuple(section for section in Section if section in present)


# The ledger itself


def _main(found: Ledger) -> AnswerTable:
    pairs = list(_main_rows(found))
    return AnswerTable(
        "Ledger",
        tr("Policy ledger of {scenario}, {period}", scenario=found.scenario, period=period_words(found)),
        (AnswerColumn(row_heading(found.by)), AnswerColumn(tr("Whose")), *figure_columns()),
        tuple(row for row, _ in pairs),
        _notes(found),
        tuple(address for _, address in pairs),
    )


def _main_rows(found: Ledger) -> Iterator[tuple[tuple[Figure, ...], Address | None]]:
    for section in sections(found):
        for place, row in enumerate(found.rows):
            values = row_values(found, place)
            if row.section is section and has_something(values):
                yield _line(row.label, section_words(section), values), row.address
        yield _line(section_total(section), "", _totals(found, (section,))), None
        if section is Section.ORDER and found.read("overhang", found.cap):
            cap = _only("overhang", found.read("overhang", found.cap))
            yield (tr("Overhang: no more than all that ran"), "", *cap), None
    if set(ALUMINIUM) <= set(sections(found)):
        yield _line(tr("Orders and companies’ own cuts"), "", _totals(found, ALUMINIUM)), None


def row_values(found: Ledger, place: int) -> dict[str, float]:
    """Return the figures of :data:`SHOWN` of a row over the period."""
    return {name: found.read(name, found.figures[name][place]) for name in SHOWN}


def has_something(values: Mapping[str, float]) -> bool:
    """Return whether any figure of a row is more than rounding."""
    return any(abs(value) > _NOTHING for value in values.values())


def _line(label: str, whose: str, values: Mapping[str, float]) -> tuple[Figure, ...]:
    return label, whose, *(values[name] for name in SHOWN)


def _only(name: str, value: float) -> tuple[Figure, ...]:
    return tuple(value if shown == name else None for shown in SHOWN)


def _totals(found: Ledger, some: tuple[Section, ...], period: Period | None = None) -> dict[str, float]:
    return {name: sum(found.total(name, section, period) for section in some) for name in SHOWN}


def _notes(found: Ledger) -> tuple[str, ...]:
    notes = [
        tr("Gap: due less implemented. Overhang: what orders in force have announced and not yet brought."),
        tr("Out of operation: what running capacity an action takes out, once the limits of each plant are counted; "
           "actions that together ask for more than there is share it in proportion to what each asked."),
        tr("Output lost: what that capacity would have made in the months of the period."),
    ]  # fmt: skip
    if Section.ALUMINA in sections(found):
        notes.append(tr("Cuts in alumina take refineries out; what aluminium they cost shows in the alumina balance."))
    if found.by in (PROVINCE, GROUP):
        notes.append(tr("What is announced, due, implemented or left over falls on plants by their capacity reached."))
    silent = sum(not has_something(row_values(found, place)) for place in range(len(found.rows)))
    if silent:
        notes.append(tr("{count} rows that have nothing in the period are not shown.", count=silent))
    if found.adding:
        notes.append(tr("{count} actions that add capacity are left out.", count=found.adding))
    return tuple(notes)


# The proof


def _sums(found: Ledger) -> AnswerTable:
    titles = {
        "due": tr("Due"), "implemented": tr("Implemented"), "landed": tr("Landed"), "overhang": tr("Overhang"),
    }  # fmt: skip
    rows = []
    for name, title in titles.items():
        added = found.total(name)
        cap = found.read(name, found.cap) if name == "overhang" else 0.0
        series = found.read(name, found.series[name])
        rows.append((title, added, cap, series, series - added - cap))
    columns = (
        AnswerColumn(tr("Series")), AnswerColumn(tr("All orders"), "kt/y"),
        AnswerColumn(tr("Cap"), "kt/y"), AnswerColumn(tr("In the balance"), "kt/y"),
        AnswerColumn(tr("Difference"), "kt/y", 1),
    )  # fmt: skip
    note = tr("Cap: no more hangs over the market than all that ran at the opening.")
    return AnswerTable("Sums", tr("The orders add up to the series of the balance"), columns, tuple(rows), (note,))


def _output(found: Ledger) -> AnswerTable:
    lost = [(tr("Output lost to orders"), found.total(LOST)), (tr("Output lost to companies’ own cuts"), _own(found))]
    steps = [
        (tr("The market’s own answer to it"), found.bridge[MARKET]),
        (tr("Lack of alumina without them"), found.bridge[ALUMINA_COVER]),
        (tr("Known months keep their actual"), found.bridge[KNOWN]),
        (tr("Without these actions, less with them"), found.without - found.production),
        (tr("Production without these actions"), found.without),
        (tr("Production"), found.production),
    ]
    rows = [*lost, *((label, found.read(LOST, months)) for label, months in steps)]
    return AnswerTable(
        "Output",
        tr("From output lost to two runs of the model"),
        (AnswerColumn(tr("Line")), AnswerColumn(period_title(found), "kt")),
        tuple(rows),
        (_limits_note(found),),
    )


def _own(found: Ledger) -> float:
    return found.total(LOST, Section.COMPANY)


def _limits_note(found: Ledger) -> str:
    alone, out = (sum(found.total(name, section) for section in ALUMINIUM) for name in ("effective", "out"))
    return tr(
        "As if each action were alone they would take out {alone} kt/y; the limits of the plants leave {out} kt/y.",
        alone=f"{alone:,.0f}", out=f"{out:,.0f}",
    )  # fmt: skip


# Step by step


def _steps(found: Ledger) -> AnswerTable:
    rows = [_step(found, row, place, period) for place, row in enumerate(found.rows) for period in found.steps]
    for section in sections(found):
        for period in found.steps:
            values = _totals(found, (section,), period)
            rows.append((section_total(section), "", period.label, *(values[name] for name in SHOWN)))
    columns = (
        AnswerColumn(row_heading(found.by)), AnswerColumn(tr("Whose")), AnswerColumn(tr("Period")), *figure_columns(),
    )  # fmt: skip
    return AnswerTable("Steps", tr("The same step by step"), columns, tuple(rows), _step_notes(found))


def _step_notes(found: Ledger) -> tuple[str, ...]:
    inside = set(found.period.inside(found.horizon))
    if all(inside.issuperset(step.inside(found.horizon)) for step in found.steps):
        return ()
    return (tr("Steps are told whole, also where they reach beyond {period}.", period=period_title(found)),)


def _step(found: Ledger, row: LedgerRow, place: int, period: Period) -> tuple[Figure, ...]:
    values = (found.read(name, found.figures[name][place], period) for name in SHOWN)
    return row.label, section_words(row.section), period.label, *values


# For machines


def ledger_json(found: Ledger) -> dict[str, object]:
    """Return every figure month by month, and over the period."""
    return {
        "scenario": found.scenario,
        "by": found.by,
        "period": found.period.label,
        "reading": found.reading,
        "months": list(found.horizon.labels),
        "rows": [_json_row(found, row, place) for place, row in enumerate(found.rows)],
        "totals": {str(section): _json_figures(found, found.totals[section]) for section in sections(found)},
        "overhang_cap": _json_months(found.cap),
        "series": {name: _json_months(months) for name, months in found.series.items()},
        "output_bridge": {name: _json_months(months) for name, months in found.bridge.items()},
        "production": _json_months(found.production),
        "production_without": _json_months(found.without),
        "steps": [period.label for period in found.steps],
    }


def _json_row(found: Ledger, row: LedgerRow, place: int) -> dict[str, object]:
    figures = {name: found.figures[name][place] for name in FIGURES}
    return {
        "label": row.label,
        "section": str(row.section),
        "kind": row.kind or None,
        "address": str(row.address) if row.address else None,
        **_json_figures(found, figures),
    }


def _json_figures(found: Ledger, figures: Mapping[str, Array]) -> dict[str, object]:
    over = {name: json_number(found.read(name, months)) for name, months in figures.items()}
    return {"over_period": over, **{name: _json_months(months) for name, months in figures.items()}}


def _json_months(months: Array) -> list[float | None]:
    return [json_number(value) for value in months.tolist()]
